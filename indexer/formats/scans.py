"""Which article does a scanned page hold, as programs recognise it? ALTO and PAGE, in the order of reading."""

from __future__ import annotations

from collections.abc import Iterator
from xml.etree.ElementTree import Element

from indexer.document import Document
from indexer.formats.drafts import Draft, articles_of
from indexer.formats.xml import parse_xml
from indexer.items import Item
from indexer.streams import Stream
from indexer.text import split_whole_text

_HYPHENS = "-=⸗¬\u00ad"


def read_alto(document: Document, stream: Stream) -> Iterator[Item]:
    """The one article of an ALTO page. Raises DocumentError if no text was recognised."""
    yield from _page(document, [text for _, text in alto_blocks(parse_xml(document, stream))])


def read_page_xml(document: Document, stream: Stream) -> Iterator[Item]:
    """The one article of a PAGE document. Raises DocumentError if no text was recognised."""
    root = parse_xml(document, stream)
    regions = {region.get("id") or "": region for region in root.iter("TextRegion")}
    order = [each.get("regionRef") or "" for each in root.iter("RegionRefIndexed")]
    ordered = [*(name for name in order if name in regions), *(name for name in regions if name not in order)]
    yield from _page(document, [_region(regions[name]) for name in ordered])


def _page(document: Document, blocks: list[str]) -> Iterator[Item]:
    title, body = split_whole_text("\n\n".join(filter(None, blocks)))
    yield from articles_of(document, Draft(title=title, paragraphs=[body]))


def alto_blocks(root: Element) -> Iterator[tuple[str, str]]:
    """The ids and texts of the blocks of an ALTO page, words that a line end divides as one."""
    for block in root.iter("TextBlock"):
        yield block.get("ID") or "", joined([list(_words(line)) for line in block.iter("TextLine")])


def _words(line: Element) -> Iterator[str]:
    """The words of a line; of one that is divided, the whole at its first half and nothing at its second."""
    for part in line.iter("String"):
        whole = part.get("SUBS_CONTENT")
        if whole and part.get("SUBS_TYPE") == "HypPart2":
            continue
        yield whole or part.get("CONTENT") or ""


def _region(region: Element) -> str:
    """The text of a region, of its lines if it has any."""
    lines = [_unicode(line) for line in region.findall("TextLine")] or _unicode(region).split("\n")
    return joined([line.split() for line in lines])


def _rank(reading: Element) -> int:
    """The number of a reading; one without a number is the first."""
    number = reading.get("index") or ""
    return int(number) if number.isdecimal() else 0


def _unicode(element: Element) -> str:
    """The first reading of a region or line."""
    readings = sorted(element.findall("TextEquiv"), key=_rank)
    return readings[0].findtext("Unicode") or "" if readings else ""


def joined(lines: list[list[str]]) -> str:
    """Lines of words as one paragraph. A word that ends a line with a hyphen is joined with what follows in small."""
    text = ""
    for words in filter(None, lines):
        line = " ".join(filter(None, words))
        if text and text[-1] in _HYPHENS and line[:1].islower() and not line.startswith(("und ", "oder ", "bzw")):
            text = text[:-1] + line
        else:
            text = f"{text} {line}".strip()
    return text
