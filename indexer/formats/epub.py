"""Which articles does an EPUB hold, a magazine or an e-paper? Each chapter with a text, dated as the book."""

from __future__ import annotations

import posixpath
import zipfile
from collections.abc import Iterator
from urllib.parse import unquote

from indexer.document import Document
from indexer.encodings import decode_page
from indexer.errors import Problem
from indexer.formats.foreign import sound
from indexer.formats.members import Member
from indexer.formats.packed import members_of
from indexer.formats.xml import line_of, parse_text
from indexer.items import PassedOver
from indexer.streams import MAX_RECORD_BYTES, Stream, seekable
from search.dates import NewsDate, parse_date

_CONTAINER = "META-INF/container.xml"


def open_epub(document: Document, stream: Stream) -> Iterator[Member | Problem | PassedOver]:
    """The chapters of an EPUB in the order of reading. Raises DocumentError if it is none."""
    with (
        sound(document, "EPUB", "copy or export it again"),
        zipfile.ZipFile(seekable(document, stream)) as packed,
    ):
        chapters, date = _chapters(document, packed)
        yield from members_of(document, packed, map(packed.getinfo, chapters), date=date, format="page", optional=True)


def _chapters(document: Document, packed: zipfile.ZipFile) -> tuple[list[str], NewsDate | None]:
    """The names of the chapters, and the day of the book."""
    container = parse_text(document, _text(packed, _CONTAINER))
    found = container.find("rootfiles/rootfile")
    name = "" if found is None else found.get("full-path") or ""
    package = parse_text(document, _text(packed, name))
    pages = {item.get("id"): item.get("href") or "" for item in package.iterfind("manifest/item")}
    order = [pages[each.get("idref")] for each in package.iterfind("spine/itemref") if each.get("idref") in pages]
    there = set(packed.namelist())
    paths = [posixpath.normpath(posixpath.join(posixpath.dirname(name), unquote(each))) for each in order]
    try:
        date = parse_date(line_of(package, "metadata/date"))
    except ValueError:
        date = None
    return [path for path in dict.fromkeys(paths) if path in there], date  # each once, however often it is named


def _text(packed: zipfile.ZipFile, name: str) -> str:
    with packed.open(name) as part:
        return decode_page(part.read(MAX_RECORD_BYTES))
