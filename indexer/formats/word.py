"""Which article does a Word document hold (.docx)? Its text, and title, author and day as Word notes them."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator
from html import unescape
from xml.etree.ElementTree import Element

from indexer.document import Document
from indexer.encodings import decode_page
from indexer.errors import DocumentError
from indexer.formats.drafts import Draft, articles_of, authors_of_file
from indexer.formats.foreign import sound
from indexer.formats.xml import line_of, parse_text
from indexer.fragments import paragraphs_of_markup
from indexer.items import Item
from indexer.streams import MAX_RECORD_BYTES, MEBIBYTE, Stream, seekable
from indexer.text import split_text

_PROPERTIES = "docProps/core.xml"
_STYLES = "p[style-name='Title'] => h1:fresh\np[style-name='Titel'] => h1:fresh"
_MOST = MAX_RECORD_BYTES  # bytes of XML
_MOST_ELEMENTS = 100_000  # which mammoth holds three times, half a kilobyte each


def read_docx(document: Document, stream: Stream) -> Iterator[Item]:
    """The one article of a Word document: a line styled as title, else as first heading, else its first line is the
    headline.

    Raises DocumentError for what is no sound .docx or unpacks to more than an article takes.
    """
    import mammoth

    data = seekable(document, stream)
    with sound(document, "Word document", "save it again as .docx"):
        with zipfile.ZipFile(data) as packed:
            properties = _checked(document, packed)
        data.seek(0)
        images = mammoth.images.img_element(lambda _image: {})
        markup = mammoth.convert_to_html(data, style_map=_STYLES, convert_image=images).value
    yield from articles_of(document, _draft(document, markup, properties))


def _checked(document: Document, packed: zipfile.ZipFile) -> Element | None:
    """The properties of a document, all of whose parts are sound XML within the bounds; mammoth has none."""
    properties, size = None, 0
    for info in packed.infolist():
        if info.filename.endswith((".xml", ".rels")):
            with packed.open(info) as part:
                data = part.read(_MOST + 1 - size)
            size += len(data)
            if size > _MOST:
                raise DocumentError(document.name, f"holds more than {_MOST // MEBIBYTE} MiB of XML; split it")
            root = parse_text(document, decode_page(data), _MOST_ELEMENTS)
            properties = root if info.filename == _PROPERTIES else properties
    return properties


def _draft(document: Document, markup: str, properties: Element | None) -> Draft:
    known = Element("none") if properties is None else properties
    title = line_of(known, "title") or _heading(markup)
    found = paragraphs_of_markup(document.name, markup, title)
    if not title and len(found) > 1:
        title, body = split_text("\n\n".join(found))
        found = body.split("\n\n")
    authors = authors_of_file(line_of(known, "creator"))
    dates = [line_of(known, "created"), line_of(known, "modified")]
    return Draft(title=title, paragraphs=found, dates=[] if document.date else dates, authors=authors)


def _heading(markup: str) -> str:
    """The first title or heading, if it stands before all text."""
    match = re.match(r"\s*<h[1-6][^>]*>(.*?)</h[1-6]>", markup, re.DOTALL)
    return " ".join(unescape(re.sub(r"<[^>]+>", "", match[1])).split()) if match else ""
