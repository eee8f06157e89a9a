"""Which article does a mail hold (.eml), a mailbox of them, or a page that a browser saved as one file (.mhtml)?"""

from __future__ import annotations

import codecs
import io
import re
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from email import policy
from email.errors import InvalidBase64CharactersDefect
from email.headerregistry import BaseHeader, HeaderRegistry
from email.message import EmailMessage
from email.parser import BytesParser
from email.utils import parseaddr
from pathlib import PurePosixPath

from indexer.document import Document
from indexer.encodings import controls_as_1252, decode, decode_told, is_meant_as_1252
from indexer.errors import DocumentError
from indexer.formats.drafts import Draft, articles_of
from indexer.formats.foreign import sound
from indexer.formats.members import Member
from indexer.fragments import paragraphs_of_markup
from indexer.items import Item, PassedOver
from indexer.streams import MAX_RECORD_BYTES, MEBIBYTE, Stream, read_whole, refuse_bomb

_MOST_PARTS = 4000
_LONGEST_HEADER = 4000  # characters; the library takes minutes and gigabytes for a megabyte of `=?`
_HEADERS = HeaderRegistry()
_TEXTS = ("text/plain", "text/html")
_TYPE = re.compile(r"\s*([a-z0-9.+-]+/[a-z0-9.+-]+)", re.IGNORECASE)
_PARAMETER = re.compile(r"\b(boundary|charset)\s*=\s*\"?([^\s\";]+)", re.IGNORECASE)
_ENCODED_WORD = re.compile(r"=\?([\w.:-]{1,40})((?:\*[\w-]*)?\?[qb]\?)", re.IGNORECASE)
_BASE64 = re.compile(r"[A-Za-z0-9+/=\r\n]+")
_WORD = re.compile(r"[^\W\d_]{3,}")
_AS_MUCH = 0.5  # of the words of a page stand in its plain text, too; in a remark that it is one, hardly any
_OF_REMARKS = {"html", "browser"}  # are words of those which may be longer than the page
_MOST_ODD = 0.1  # of the signs of base64 are none; prose has more, to which a list added a line has fewer
_MOZILLA_STATUS, _EXPUNGED = re.compile(r"[0-9a-fA-F]{1,8}"), 0x0008
_LENGTH = re.compile(rb"(\d{1,10})[ \t]*\r?\n")  # of a mail of Apple Mail, in bytes
# What begins each mail of a mailbox, behind an empty line: a sender and a date as C writes it, with zones and without
# seconds, as a mail has it, or in numbers. Some programs leave out the date, and a header follows at once.
_FROM = b"From "
_SEPARATOR = re.compile(
    rb"From .*(?:\b(?:mon|tue|wed|thu|fri|sat|sun),?\s+(?:[a-z]{3}\s+\d{1,2}|\d{1,2}\s+[a-z]{3})\b.*\d{1,2}:\d{2}"
    rb"|\b\d{4}-\d{2}-\d{2}[ T]\d{1,2}:\d{2})|From \S+\s*$",
    re.IGNORECASE,
)
_LONGEST_HEAD = 1000  # bytes that are looked at
_FIELD = re.compile(rb">?(?:[!-9;-~]+:|From )")


def read_mail(document: Document, stream: Stream) -> Iterator[Item]:
    """The one article of a mail: its subject and its text; what is attached is passed over.

    Raises DocumentError if it has no text.
    """
    yield from _read(document, read_whole(document, stream))


def read_apple_mail(document: Document, stream: Stream) -> Iterator[Item]:
    """The same of a file in which Apple Mail keeps one: the length of the mail stands above it, its state below."""
    data = read_whole(document, stream)
    length = _LENGTH.match(data)
    if not length or length.end() + int(length[1]) > len(data):
        raise DocumentError(document.name, "is no whole mail of Apple Mail; export it as .eml or .mbox")
    yield from _read(document, data[length.end() : length.end() + int(length[1])])


def _read(document: Document, data: bytes) -> Iterator[Item]:
    with sound(document, "mail", "export it again"):
        mail = _parsed(document, data)
        if _is_deleted(mail):
            yield PassedOver(document.name, "mail deleted in Thunderbird")
            return
        parts = _parts(document, mail)
        draft = _draft(document, mail, parts.texts)
        attached = [_passed_over(document, part) for part in parts.attached]
    yield from attached
    yield from articles_of(document, draft)


def _draft(document: Document, mail: EmailMessage, texts: list[EmailMessage]) -> Draft:
    sender, address = parseaddr(_header(mail, "From"))
    title = _header(mail, "Subject")
    return Draft(
        id=_header(mail, "Message-ID").strip("<> "),
        title=title,
        paragraphs=[text for part in texts for text in _text(document, part, title)],
        dates=[_header(mail, "Date")],
        source=address.rpartition("@")[2],
        authors=[sender] if sender else [],
    )


def open_mhtml(document: Document, stream: Stream) -> Iterator[Member]:
    """The page that a browser saved, with its address. Raises DocumentError if there is none."""
    saved = read_whole(document, stream)
    with sound(document, "saved page", "save it again"):
        mail = _parsed(document, saved)
        page = next((part for part in mail.walk() if part.get_content_type() in _PAGES), None)
        if page is None:
            raise DocumentError(document.name, "holds no page; save it again")
        url = _header(mail, "Snapshot-Content-Location") or _header(page, "Content-Location")
        data = _decoded(page).encode()
    inside = Document(document.name, None, document.relative_path, len(data), (), document.location)
    yield Member(inside, io.BufferedReader(io.BytesIO(data)), url=url or None, format="page")


_PAGES = ("text/html", "application/xhtml+xml")


def open_mailbox(document: Document, stream: Stream) -> Iterator[Member]:
    """The mails of a mailbox. Raises DocumentError if one is larger than a document may be."""
    number, lines, size = 0, list[bytes](), 0
    for line, begins in _lines_of_mailbox(document, stream):
        if begins:
            if lines:
                number += 1
                yield _mail(document, number, lines)
            lines, size = [], 0
        else:
            lines.append(line[1:] if line.startswith(b">From ") else line)
            size += len(line)
        if size > MAX_RECORD_BYTES:
            raise DocumentError(
                document.name, f"holds a mail of more than {MAX_RECORD_BYTES // MEBIBYTE} MiB; split it"
            )
    if lines:
        yield _mail(document, number + 1, lines)


def _lines_of_mailbox(document: Document, stream: Stream) -> Iterator[tuple[bytes, bool]]:
    """The lines of a mailbox, each with whether it parts two mails: text may have a paragraph that begins with From."""
    line, is_blank, total, is_first = stream.readline(MAX_RECORD_BYTES + 1), True, 0, True
    while line:
        total += len(line)
        refuse_bomb(document, total)
        following = b""
        if is_blank and line.startswith(_FROM):
            following = stream.readline(_LONGEST_HEAD)  # of it the beginning; its rest is a line more
            yield line, is_first or _is_separator(line, following)
        else:
            yield line, False
        is_blank, is_first = not line.strip(), False
        line = following or stream.readline(MAX_RECORD_BYTES + 1)


def _is_separator(line: bytes, following: bytes) -> bool:
    """Whether a line behind an empty one, and the one that follows, begin a mail: a sender, a date, and a header."""
    return bool(_SEPARATOR.match(line[:_LONGEST_HEAD]) and _FIELD.match(following[:_LONGEST_HEAD]))


def _mail(document: Document, number: int, lines: list[bytes]) -> Member:
    data = b"".join(lines)
    return Member(document.member(f"{number}.eml", len(data)), io.BufferedReader(io.BytesIO(data)), format="mail")


def _bounded_header(name: str, value: str) -> BaseHeader:
    """A header as the library understands its beginning; else what can be understood of it, or an empty one."""
    value = _ENCODED_WORD.sub(_with_known_encoding, _of_bytes(value[:_LONGEST_HEADER]))
    for text in (value, _plain_type(value) if name.lower() == "content-type" else ""):
        with suppress(Exception):  # the library raises anything for what only looks like a header
            header: BaseHeader = _HEADERS(name, text)
            return header
    raise AssertionError(name)


def _of_bytes(value: str) -> str:
    """A header whose bytes beyond ASCII are read as those of a text: programs write them as they are."""
    return value if value.isascii() else decode(value.encode("utf-8", "surrogateescape"))


def _with_known_encoding(word: re.Match[str]) -> str:
    """The beginning of an encoded word; what names no encoding that is known means Windows-1252, too."""
    try:
        known = not is_meant_as_1252(word[1]) and bool(codecs.lookup(word[1]))
    except LookupError:
        known = False
    return word[0] if known else f"=?windows-1252{word[2]}"


def _plain_type(value: str) -> str:
    """The type that such a header names, with the parameters that matter, as the library surely understands it."""
    found = _TYPE.match(value)
    return "; ".join(
        [found[1] if found else "text/plain", *(f'{name}="{text}"' for name, text in _PARAMETER.findall(value))]
    )


_POLICY = policy.default.clone(refold_source="none", header_factory=_bounded_header)


def _parsed(document: Document, data: bytes) -> EmailMessage:
    if data.count(b"\n--") > _MOST_PARTS:
        raise DocumentError(document.name, f"holds more than {_MOST_PARTS:,} parts; take it apart")
    mail = BytesParser(policy=_POLICY).parsebytes(data)
    assert isinstance(mail, EmailMessage)  # as this policy makes them
    return mail


def _header(mail: EmailMessage, name: str) -> str:
    """A header as text; "" if it is absent or cannot be understood."""
    return controls_as_1252(str(mail.get(name) or ""))


def _is_deleted(mail: EmailMessage) -> bool:
    """Whether Thunderbird shows a mail no more, which stays in its folder until that is compacted."""
    status = _MOZILLA_STATUS.fullmatch(_header(mail, "X-Mozilla-Status"))
    return status is not None and bool(int(status[0], 16) & _EXPUNGED)


@dataclass(slots=True)
class _Parts:
    """What a mail consists of: the parts that make its text, in order, and what is attached."""

    texts: list[EmailMessage] = field(default_factory=list)
    attached: list[EmailMessage] = field(default_factory=list)


def _parts(document: Document, part: EmailMessage) -> _Parts:
    """The parts in a part of a mail; of alternatives the one that says more, the plain text if it says as much."""
    found = _Parts()
    if part.get_content_maintype() == "multipart" and part.is_multipart():
        inner = [_parts(document, each) for each in part.iter_parts() if isinstance(each, EmailMessage)]
        if part.get_content_subtype() == "alternative":
            found.texts = _preferred(document, [each.texts for each in inner if each.texts])
        else:  # writers go on below a picture
            found.texts = [text for each in inner for text in each.texts]
        found.attached = [other for each in inner for other in each.attached]
    elif (
        part.get_content_type() in _TEXTS and not part.get_filename() and part.get_content_disposition() != "attachment"
    ):
        found.texts = [part]
    else:
        found.attached = [part]
    return found


def _preferred(document: Document, alternatives: list[list[EmailMessage]]) -> list[EmailMessage]:
    """The texts of one of several alternatives: the plain ones, unless those only say that there is a page."""
    plain = next((texts for texts in alternatives if all(map(_is_plain, texts))), [])
    pages = next((texts for texts in alternatives if not all(map(_is_plain, texts))), [])
    said, shown = _said(document, plain), _said(document, pages)
    is_remark = len(said & shown) < _AS_MUCH * len(shown) and (len(said) < len(shown) or bool(said & _OF_REMARKS))
    return pages if is_remark or not said else plain


def _is_plain(part: EmailMessage) -> bool:
    return part.get_content_subtype() == "plain"


def _said(document: Document, texts: list[EmailMessage]) -> set[str]:
    """The words of some texts, in small letters; none of a page that cannot be read."""
    with suppress(DocumentError):
        return {word for part in texts for text in _text(document, part, "") for word in _WORD.findall(text.lower())}
    return set()


def _passed_over(document: Document, part: EmailMessage) -> PassedOver:
    name = part.get_filename() or part.get_content_type()
    kind = PurePosixPath(name.lower()).suffix or part.get_content_type()
    return PassedOver(document.member(name, 0).name, f"{kind} attached to a mail")


def _text(document: Document, part: EmailMessage, title: str) -> list[str]:
    """The paragraphs of a part that is text or a page."""
    text = _decoded(part)
    if not text.strip():
        return []
    return paragraphs_of_markup(document.name, text, title) if part.get_content_subtype() == "html" else [text]


def _decoded(part: EmailMessage) -> str:
    data = part.get_payload(decode=True)
    data = data if isinstance(data, bytes) else b""
    raw = part.get_payload()
    if any(isinstance(defect, InvalidBase64CharactersDefect) for defect in part.defects) and isinstance(raw, str):
        data = data if len(_BASE64.sub("", raw)) < _MOST_ODD * len(raw) else raw.encode("utf-8", "surrogateescape")
    return decode_told(data, part.get_content_charset() or "")
