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
from indexer.lines import ends_sentence
from indexer.streams import MAX_RECORD_BYTES, MEBIBYTE, Stream, seekable
from indexer.text import LONGEST_HEADLINE, split_text

_PROPERTIES = "docProps/core.xml"
_STYLES = "\n".join(
    f"{styled} => h1.title:fresh" for styled in ("p[style-name='Title']", "p[style-name='Titel']", "p.Title", "p.Titel")
)
_BLOCK = re.compile(r"<(h[1-6]|p)\b([^>]*)>(.*?)</\1>", re.DOTALL)
# What Word and templates note as the title of a document that nobody named.
_NO_TITLE = re.compile(
    r"(?:dokument|document)\s*\d*|(?:unbenannt|untitled|vorlage|template|microsoft (?:office )?word)\b.*"
    r"|.*\.(?:docx?|dotx?|odt|rtf)|\S*_\S*|titel|title",
    re.IGNORECASE,
)
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
    noted = line_of(known, "title")
    title = _title(markup, "" if _NO_TITLE.fullmatch(noted) else noted)
    found = paragraphs_of_markup(document.name, markup, title)
    if not title and len(found) > 1:
        title, body = split_text("\n\n".join(found))
        found = body.split("\n\n")
    authors = authors_of_file(line_of(known, "creator"))
    dates = [line_of(known, "created"), line_of(known, "modified")]
    return Draft(title=title, paragraphs=found, dates=[] if document.date else dates, authors=authors)


def _title(markup: str, noted: str) -> str:
    """What is styled as the title, or as the only heading of the first level; else what Word notes, else a heading.

    Only short lines may stand before it, and none before one of a lower level.
    """
    first = ""
    for number, (tag, attributes, inner) in enumerate(map(re.Match.groups, _BLOCK.finditer(markup))):
        text = " ".join(unescape(re.sub(r"<[^>]+>", "", inner)).split())
        if tag == "h1":
            is_sure = "title" in attributes or markup.count("<h1") == 1
            return text if is_sure else noted or text
        if tag != "p" and number == 0:
            first = text
        elif ends_sentence(text) or len(text) > LONGEST_HEADLINE:
            break
    return noted or first
