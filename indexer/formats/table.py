"""Which formats are there? Each with its suffixes, what reads it, and the packages that takes."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from importlib.util import find_spec

from indexer.document import Document
from indexer.formats.epub import open_epub
from indexer.formats.feeds import read_feed
from indexer.formats.json_documents import read_json, read_records
from indexer.formats.mail import open_mailbox, open_mhtml, read_apple_mail, read_mail
from indexer.formats.members import Member
from indexer.formats.mets import read_mets
from indexer.formats.newsml import read_newsml
from indexer.formats.nitf import read_nitf
from indexer.formats.packed import open_tar, open_zip
from indexer.formats.pdf import read_pdf
from indexer.formats.scans import read_alto, read_page_xml
from indexer.formats.tables import read_table
from indexer.formats.tei import read_tei
from indexer.formats.warc import open_wacz, open_warc
from indexer.formats.wikinews import read_wikinews
from indexer.formats.word import read_docx
from indexer.html import read_page
from indexer.items import Item, PassedOver
from indexer.packings import SUFFIXES, TARS
from indexer.streams import Stream
from indexer.text import read_text

Read = Callable[[Document, Stream], Iterator[Item]]
Open = Callable[[Document, Stream], Iterator[Member | Item]]


@dataclass(frozen=True, slots=True)
class Format:
    """One format. Either `read` makes articles of a document, or `open` lists the members that it holds.

    `suffixes` are those that tell it. `extra` installs the package whose module is `needs`. What is read `piecewise`
    may be larger than the memory.
    """

    name: str
    suffixes: tuple[str, ...]
    read: Read | None = None
    open: Open | None = None
    extra: str = ""
    needs: str = ""
    piecewise: bool = False

    @property
    def is_installed(self) -> bool:
        """Whether all that reading it takes is there."""
        return not self.needs or find_spec(self.needs) is not None


def _pass_over_xml(document: Document, stream: Stream) -> Iterator[PassedOver]:  # noqa: ARG001 - as all have it
    """Neither read nor opened: XML may hold anything but articles."""
    yield PassedOver(document.name, XML.name)


def _pass_over_office(document: Document, stream: Stream) -> Iterator[PassedOver]:  # noqa: ARG001 - as all have it
    """Neither read nor opened: tables, slides, and texts of programs that nobody has any more."""
    yield PassedOver(document.name, OFFICE.name)


def _pass_over_packed(document: Document, stream: Stream) -> Iterator[PassedOver]:  # noqa: ARG001 - as all have it
    """Neither read nor opened: packed in a way that takes a program of its own."""
    yield PassedOver(document.name, FOREIGN_PACKED.name)


TEXT = Format("text", (".txt",), read_text)
PAGE = Format("page", (".html", ".htm", ".xhtml", ".shtml"), read_page)
RECORDS = Format("JSON lines", (".jsonl", ".ndjson"), read_records, piecewise=True)
JSON = Format("JSON", (".json",), read_json, piecewise=True)
TABLE = Format("CSV", (".csv", ".tsv"), read_table, piecewise=True)
XML = Format("XML of another kind", (".xml",), open=_pass_over_xml)  # what is read is told by its root
OFFICE = Format("office document", (), open=_pass_over_office)
FOREIGN_PACKED = Format("packed file of another kind", (), open=_pass_over_packed)
NEWSML = Format("NewsML-G2", (), read_newsml)
NITF = Format("NITF", (".nitf",), read_nitf)
FEED = Format("feed", (".rss", ".atom", ".rdf"), read_feed, extra="feeds", needs="feedparser")
ALTO = Format("ALTO", (".alto",), read_alto)
PAGE_XML = Format("PAGE", (), read_page_xml)
METS = Format("METS", (".mets",), read_mets)
TEI = Format("TEI", (".tei",), read_tei, piecewise=True)
WIKINEWS = Format("dump of a wiki", (), read_wikinews, extra="wiki", needs="mwparserfromhell", piecewise=True)
ZIP = Format("ZIP", (".zip",), open=open_zip)
TAR = Format("tar", (".tar", *TARS), open=open_tar)
WARC = Format("WARC", (".warc", ".arc"), open=open_warc, extra="warc", needs="warcio")
WACZ = Format("WACZ", (".wacz",), open=open_wacz, extra="warc", needs="warcio")
DOCX = Format("Word", (".docx",), read_docx, extra="docx", needs="mammoth")
MAIL = Format("mail", (".eml",), read_mail)
APPLE_MAIL = Format("mail of Apple Mail", (".emlx",), read_apple_mail)
MAILBOX = Format("mailbox", (".mbox",), open=open_mailbox)
MHTML = Format("saved page", (".mhtml", ".mht"), open=open_mhtml)
PDF = Format("PDF", (".pdf",), read_pdf, extra="pdf", needs="pypdfium2")
EPUB = Format("EPUB", (".epub",), open=open_epub)

FORMATS = (
    TEXT, PAGE, RECORDS, JSON, TABLE, XML, NEWSML, NITF, FEED, ALTO, PAGE_XML, METS, TEI, WIKINEWS, ZIP, TAR, WARC,
    WACZ, DOCX, MAIL, APPLE_MAIL, MAILBOX, MHTML, PDF, EPUB, OFFICE,
    FOREIGN_PACKED,
)  # fmt: skip
BY_SUFFIX = {suffix: format for format in FORMATS for suffix in format.suffixes}
BY_NAME = {format.name: format for format in FORMATS}
KNOWN_SUFFIXES = f"{', '.join(BY_SUFFIX)}, or one of these followed by {', '.join(SUFFIXES)}"


def installation(extra: str) -> str:
    """The command that installs an extra."""
    return f"pip install 'nachlese[{extra}]'"
