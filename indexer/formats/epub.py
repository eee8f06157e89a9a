"""Which articles does an EPUB hold, a magazine or an e-paper? Each chapter with a text, dated as the book."""

from __future__ import annotations

import posixpath
import re
import zipfile
from collections.abc import Iterator
from urllib.parse import unquote
from xml.etree.ElementTree import Element

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

# Behind the name of a magazine: 33/2015, Nr. 7, Ausgabe 12 vom 3. Mai 2015, Heft 4 | 2020.
_MONTHS = "januar|februar|märz|april|mai|juni|juli|august|september|oktober|november|dezember"
_ISSUE = re.compile(
    rf"(?:[\s,:|–—-]+(?:(?:nr|no)\.?|nummer|ausgabe|heft|kw|vom|{_MONTHS}|\d[\d./_]*)){{1,8}}\s*$", re.IGNORECASE
)
_LONGEST_TITLE = 200  # characters
_CONTAINER = "META-INF/container.xml"


def open_epub(document: Document, stream: Stream) -> Iterator[Member | Problem | PassedOver]:
    """The chapters of an EPUB in the order of reading. Raises DocumentError if it is none."""
    with (
        sound(document, "EPUB", "copy or export it again"),
        zipfile.ZipFile(seekable(document, stream)) as packed,
    ):
        package, chapters = _chapters(document, packed)
        known = {"date": _date(package), "source": _source(package), "format": "page", "optional": True}
        yield from members_of(document, packed, map(packed.getinfo, chapters), **known)


def _chapters(document: Document, packed: zipfile.ZipFile) -> tuple[Element, list[str]]:
    """What describes the book, and the names of its chapters."""
    container = parse_text(document, _text(packed, _CONTAINER))
    found = container.find("rootfiles/rootfile")
    name = "" if found is None else found.get("full-path") or ""
    package = parse_text(document, _text(packed, name))
    pages = {item.get("id"): item.get("href") or "" for item in package.iterfind("manifest/item")}
    order = [pages[each.get("idref")] for each in package.iterfind("spine/itemref") if each.get("idref") in pages]
    there = set(packed.namelist())
    paths = [posixpath.normpath(posixpath.join(posixpath.dirname(name), unquote(each))) for each in order]
    return package, [path for path in dict.fromkeys(paths) if path in there]  # each once, however often it is named


def _date(package: Element) -> NewsDate | None:
    try:
        return parse_date(line_of(package, "metadata/date"))
    except ValueError:
        return None


def _source(package: Element) -> str | None:
    """The title of the book without number and day of the issue, so that all issues have one; else its publisher."""
    title = _ISSUE.sub("", line_of(package, "metadata/title")[:_LONGEST_TITLE]).strip(" ,:|-–—")
    return title or line_of(package, "metadata/publisher") or None


def _text(packed: zipfile.ZipFile, name: str) -> str:
    with packed.open(name) as part:
        return decode_page(part.read(MAX_RECORD_BYTES))
