"""Which article does a mail hold (.eml), a mailbox of them, or a page that a browser saved as one file (.mhtml)?"""

from __future__ import annotations

import io
from collections.abc import Iterator
from email import policy
from email.headerregistry import BaseHeader, HeaderRegistry
from email.message import EmailMessage
from email.parser import BytesParser
from email.utils import parseaddr

from indexer.document import Document
from indexer.encodings import decode_page
from indexer.errors import DocumentError
from indexer.formats.drafts import Draft, articles_of
from indexer.formats.foreign import sound
from indexer.formats.members import Member
from indexer.fragments import paragraphs_of_markup
from indexer.items import Item
from indexer.streams import MAX_RECORD_BYTES, MEBIBYTE, Stream, read_whole, refuse_bomb

_MOST_PARTS = 4000
_LONGEST_HEADER = 4000  # characters; the library takes minutes and gigabytes for a megabyte of `=?`
_HEADERS = HeaderRegistry()
_FROM = b"From "  # begins each mail of a mailbox, behind an empty line


def read_mail(document: Document, stream: Stream) -> Iterator[Item]:
    """The one article of a mail: its subject and its text. Raises DocumentError if it has no text."""
    data = read_whole(document, stream)
    with sound(document, "mail", "export it again"):
        draft = _draft(document, _parsed(document, data))
    yield from articles_of(document, draft)


def _draft(document: Document, mail: EmailMessage) -> Draft:
    sender, address = parseaddr(_header(mail, "From"))
    title = _header(mail, "Subject")
    return Draft(
        id=_header(mail, "Message-ID").strip("<> "),
        title=title,
        paragraphs=_text(document, mail, title),
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
    number, lines, size, total = 0, list[bytes](), 0, 0
    previous = b"\n"
    while line := stream.readline(MAX_RECORD_BYTES + 1):
        total += len(line)
        refuse_bomb(document, total)
        if line.startswith(_FROM) and not previous.strip():
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
        previous = line
    if lines:
        yield _mail(document, number + 1, lines)


def _mail(document: Document, number: int, lines: list[bytes]) -> Member:
    data = b"".join(lines)
    return Member(document.member(f"{number}.eml", len(data)), io.BufferedReader(io.BytesIO(data)), format="mail")


def _bounded_header(name: str, value: str) -> BaseHeader:
    """A header as the library understands its beginning."""
    header: BaseHeader = _HEADERS(name, value[:_LONGEST_HEADER])
    return header


_POLICY = policy.default.clone(refold_source="none", header_factory=_bounded_header)


def _parsed(document: Document, data: bytes) -> EmailMessage:
    if data.count(b"\n--") > _MOST_PARTS:
        raise DocumentError(document.name, f"holds more than {_MOST_PARTS:,} parts; take it apart")
    mail = BytesParser(policy=_POLICY).parsebytes(data)
    assert isinstance(mail, EmailMessage)  # as this policy makes them
    return mail


def _header(mail: EmailMessage, name: str) -> str:
    """A header as text; "" if it is absent or cannot be understood."""
    try:
        return str(mail.get(name) or "")
    except (ValueError, IndexError, AttributeError, LookupError, TypeError):  # for what looks like a header only
        return ""


def _text(document: Document, mail: EmailMessage, title: str) -> list[str]:
    """The paragraphs of a mail: of its plain text, else of its page."""
    for kind in ("plain", "html"):
        part = mail.get_body((kind,))
        if isinstance(part, EmailMessage) and (text := _decoded(part)).strip():
            return paragraphs_of_markup(document.name, text, title) if kind == "html" else [text]
    return []


def _decoded(part: EmailMessage) -> str:
    data = part.get_payload(decode=True)
    data = data if isinstance(data, bytes) else b""
    try:
        return data.decode(part.get_content_charset() or "utf-8", "strict")
    except (LookupError, UnicodeDecodeError):
        return decode_page(data)
