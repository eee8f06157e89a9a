"""Which format is a document of? Its name tells, unless it says nothing, or its first bytes say otherwise."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import PurePosixPath

from indexer.encodings import decode_page, is_binary
from indexer.formats.table import (
    ALTO,
    APPLE_MAIL,
    BY_SUFFIX,
    DOCX,
    EPUB,
    FEED,
    FOREIGN_PACKED,
    JSON,
    MAIL,
    MAILBOX,
    METS,
    MHTML,
    NEWSML,
    NITF,
    OFFICE,
    PAGE,
    PAGE_XML,
    PDF,
    RECORDS,
    TABLE,
    TAR,
    TEI,
    WACZ,
    WARC,
    WIKINEWS,
    XML,
    ZIP,
    Format,
)  # fmt: skip
from indexer.formats.tables import is_head
from indexer.packings import FOREIGN, FOREIGN_SUFFIXES, SUFFIXES

# What no first bytes turn into an article: pictures, sounds, films, fonts, parts of pages, programs, other packings.
_NEVER_READ = frozenset(
    (
        ".jpg .jpeg .png .gif .webp .avif .svg .ico .bmp .tif .tiff .jp2 .heic .psd .mp3 .m4a .wav .ogg .oga .flac "
        ".mp4 .m4v .mov .avi .webm .mkv .woff .woff2 .ttf .otf .eot .css .js .mjs .map .scss .exe .dll .so .pyc .jar "
        ".class .iso .log .toml .yaml .yml .ini .cfg .sh .py .cdx .cdxj .dtd .xsd .xsl .xslt "
        ".sql .sqlite .db .lock"
    ).split()
) | frozenset(FOREIGN_SUFFIXES)
# What a name says of these is true, whatever a text that says another thing may look like.
_TOLD_BY_NAME = (RECORDS, JSON, TABLE, FEED, TEI, WARC, WACZ, MAILBOX, MHTML, MAIL, DOCX, EPUB)
_TOLD_AT_A_GLANCE = (RECORDS, JSON, TABLE, PAGE, MAIL, MHTML, XML, ZIP)

_ROOTS = {
    "newsMessage": NEWSML, "newsItem": NEWSML, "nitf": NITF, "rss": FEED, "feed": FEED, "RDF": FEED, "alto": ALTO,
    "PcGts": PAGE_XML, "mets": METS, "TEI": TEI, "teiCorpus": TEI, "mediawiki": WIKINEWS,
}  # fmt: skip
_DOCTYPE = re.compile(r"<!doctype\s+(\w+)", re.IGNORECASE)
_NAME = re.compile(r"<(?:[\w.-]+:)?([\w.-]+)")
_PAGE_ROOTS = ("html", "head", "body")
_PARTS_OF_PAGES = ("p", "div", "h1", "h2", "h3", "span", "center", "font")  # if no declaration says that it is XML
_OF_OTHER_PROGRAMS = (b"{\\rtf", b"%!PS-", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1")  # the last one is old Word
_RECORD = re.compile(r'\[?\s*\{\s*"[^"\n]{1,100}"\s*:')
_HEADER = re.compile(
    r"(?:return-path|received|from|subject|mime-version|date|message-id|delivered-to|to|x-[\w-]+|content-type"
    r"|snapshot-content-location|authentication-results|dkim-signature|arc-seal):\s",
    re.IGNORECASE,
)
_OF_MAIL = re.compile(
    r"^(?:mime-version|message-id|received|content-type|content-transfer-encoding): ", re.IGNORECASE | re.MULTILINE
)
_LENGTH_OF_MAIL = re.compile(r"\d{1,10}[ \t]*\r?\n")  # stands above those of Apple Mail
_MAILBOX = re.compile(r"From \S+ .*\d{4}\s*\n(?:>?[\w-]+: |>?From )")
_OF_SAVED_PAGE = re.compile(r"^content-type:\s*multipart/related", re.IGNORECASE | re.MULTILINE)
_OF_SENT_MAIL = re.compile(r"^(?:to|cc|received|message-id|return-path|delivered-to):", re.IGNORECASE | re.MULTILINE)
_PDF = re.compile(rb"^%PDF-\d", re.MULTILINE)
_PDF_WITHIN = 1024  # bytes; what stands before is not the document's (ISO 32000-1, annex H)
# What ZIP files hold that are a format by themselves, by their first member or by the names of their first members.
_MEDIA_TYPE = re.compile(rb"mimetype")
_BY_MEDIA_TYPE = ((b"application/epub+zip", EPUB), (b"application/vnd.oasis.opendocument", OFFICE))
_IN_ZIP = ((b"word/", DOCX), (b"xl/workbook", OFFICE), (b"xl/worksheets", OFFICE), (b"ppt/", OFFICE))
_OF_CRAWL = re.compile(rb"archive/|indexes/|pages/|datapackage(?:-digest)?\.json$|fuzzy\.json$|logs/|screenshots/")


def suffix(name: str) -> str:
    """The suffix that tells the format, in lower case, without .gz and the like or a query: .jsonl of a.JSONL.gz."""
    name = name.lower().partition("?")[0]
    return PurePosixPath(name.removesuffix(_packed(name))).suffix


def format_by_name(name: str) -> Format | None:
    """The format that a name says, None if it says none."""
    return BY_SUFFIX.get(suffix(name))


def kind_of(name: str) -> str:
    """What the report calls documents of such a name: their suffix, with .gz and the like behind it if packed so."""
    return f"{suffix(name) or 'without a suffix'}{_packed(name.lower())}"


def _packed(name: str) -> str:
    """The suffix by which a name in lower case says that the document is packed by itself, "" if it does not."""
    return next(filter(name.endswith, SUFFIXES), "")


def may_be_read(name: str) -> bool:
    """Whether a document with a name that says no format may be one of ours all the same."""
    return suffix(name) not in _NEVER_READ


def format_of(name: str, head: bytes) -> Format | None:
    """The format of a document by its name and its first bytes; None for what is of no format of ours.

    A text that says nothing of itself is read only if its name says so: it may be anything, a list, a program.
    """
    named, told = format_by_name(name), _format_by_content(head)
    if told is None or (named in _TOLD_BY_NAME and told in _TOLD_AT_A_GLANCE):
        return named
    return told


def _format_by_content(head: bytes) -> Format | None:
    """The format that the first bytes of a document prove, None if they prove none."""
    if head.startswith(b"PK\x03\x04"):
        return _format_of_zip(head)
    if head[257:262] == b"ustar":
        return TAR
    if _PDF.search(head, 0, _PDF_WITHIN) and not head.startswith(b"<"):
        return PDF
    if head.startswith(b"WARC/"):
        return WARC
    if head.startswith(_OF_OTHER_PROGRAMS):
        return OFFICE
    if head.startswith(FOREIGN):
        return FOREIGN_PACKED
    return None if is_binary(head) else _format_of_text(decode_page(head).lstrip("\ufeff \t\r\n"))


def _format_of_zip(head: bytes) -> Format:
    """What a ZIP file is by the first of its members; what these hold says nothing, be they packed files themselves."""
    if _MEDIA_TYPE.match(head, 30):  # behind the first member's header
        return next((format for type, format in _BY_MEDIA_TYPE if type in head[:128]), ZIP)
    names = list(_names_in_zip(head))
    if all(map(_OF_CRAWL.match, names)) and any(name.startswith((b"archive/", b"indexes/")) for name in names):
        return WACZ
    return next((format for begins, format in _IN_ZIP if any(name.startswith(begins) for name in names)), ZIP)


def _names_in_zip(head: bytes) -> Iterator[bytes]:
    """The names of the members whose headers stand in the first bytes, as far as these lead from one to the next."""
    at = 0
    while head.startswith(b"PK\x03\x04", at) and len(head) >= at + 30:
        flags, size = int.from_bytes(head[at + 6 : at + 8], "little"), int.from_bytes(head[at + 18 : at + 22], "little")
        name, extra = (int.from_bytes(head[at + place : at + place + 2], "little") for place in (26, 28))
        yield head[at + 30 : at + 30 + name]
        at += 30 + name + extra + size
        if flags & 8 and not size:  # its length stands behind it
            at = head.find(b"PK\x03\x04", at)
            if at < 0:
                return


def _format_of_text(text: str) -> Format | None:
    if text.startswith("<"):
        return _format_of_markup(text)
    if _RECORD.match(text):
        return RECORDS if _has_whole_lines(text) else JSON
    if _MAILBOX.match(text):
        return MAILBOX
    length = _LENGTH_OF_MAIL.match(text)
    if length and _format_of_mail(text[length.end() :]) is MAIL:
        return APPLE_MAIL
    return _format_of_mail(text) or (TABLE if is_head(text.partition("\n")[0]) else None)


def _format_of_mail(text: str) -> Format | None:
    if not _HEADER.match(text) or not _OF_MAIL.search(head := text.partition("\n\n")[0].replace("\r", "")):
        return None
    return MHTML if _OF_SAVED_PAGE.search(head) and not _OF_SENT_MAIL.search(head) else MAIL


def _format_of_markup(text: str) -> Format | None:
    root = _root(text)
    if root.lower() in _PAGE_ROOTS:
        return PAGE
    if text.startswith("<?xml"):
        return _ROOTS.get(root, XML)
    return PAGE if root.lower() in _PARTS_OF_PAGES else _ROOTS.get(root)


def _root(text: str) -> str:
    """The local name of the first element behind declarations and comments, or of the document type if it is HTML."""
    place = 0
    while True:
        place += len(text[place:]) - len(text[place:].lstrip())
        document_type = _DOCTYPE.match(text, place)
        if document_type and document_type[1].lower() == "html":
            return "html"
        if text.startswith(("<?", "<!"), place):
            end = "?>" if text[place + 1] == "?" else "-->" if text.startswith("<!--", place) else ">"
            inside = text.find("[", place, text.find(">", place)) if end == ">" else -1
            after = text.find(end, text.find("]", inside) if inside >= 0 else place)
            if after < 0:
                return ""
            place = after + len(end)
        else:
            name = _NAME.match(text, place)
            return name[1] if name else ""


def _has_whole_lines(text: str) -> bool:
    """Whether a text that begins with a JSON object has an object on each of its first two lines."""
    first, _, rest = text.partition("\n")
    return first.startswith("{") and first.rstrip().endswith("}") and (not rest.strip() or rest.startswith("{"))
