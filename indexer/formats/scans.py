"""Which article does a scanned page hold, as programs recognise it? ALTO and PAGE, in the order of reading."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from xml.etree.ElementTree import Element

from indexer.document import Document
from indexer.formats.drafts import Draft, articles_of
from indexer.formats.xml import parse_xml
from indexer.items import Item
from indexer.lines import join
from indexer.streams import Stream
from indexer.text import split_whole_text


def read_alto(document: Document, stream: Stream) -> Iterator[Item]:
    """The one article of an ALTO page. Raises DocumentError if no text was recognised."""
    yield from _page(document, [text for _, text in alto_blocks(parse_xml(document, stream))])


def read_page_xml(document: Document, stream: Stream) -> Iterator[Item]:
    """The one article of a PAGE document. Raises DocumentError if no text was recognised."""
    root = parse_xml(document, stream)
    places: dict[str, int] = {}
    for order in root.iter("ReadingOrder"):
        for name in _order(order):
            places.setdefault(name, len(places))
    regions = sorted(root.iter("TextRegion"), key=lambda region: places.get(region.get("id") or "", len(places)))
    yield from _page(document, [_joined(_lines(region)) for region in regions])


def _page(document: Document, blocks: list[str]) -> Iterator[Item]:
    title, body = split_whole_text("\n\n".join(filter(None, blocks)))
    yield from articles_of(document, Draft(title=title, paragraphs=[body]))


def alto_blocks(root: Element) -> Iterator[tuple[str, str]]:
    """The ids and texts of the blocks of an ALTO page, words that a line end divides as one."""
    words = _Words()
    for block in root.iter("TextBlock"):
        yield block.get("ID") or "", _joined(" ".join(words.of(line)) for line in block.iter("TextLine"))


class _Words:
    """The words of the lines of a page; what was said last of a divided word is known."""

    def __init__(self) -> None:
        self._whole: str | None = None  # of the last first half; "" if that does not say it, None if there was none

    def of(self, line: Element) -> Iterator[str]:
        """The words of a line; of one that is divided, the whole at its first half and nothing at its second.

        Where the first half does not say the whole, both stand as they are, the first with its hyphen.
        """
        words: list[str] = []
        for part in line.iter():
            if part.tag == "String":
                words.append(self._word(part))
            elif part.tag == "HYP" and any(words[-1:]) and not self._whole:
                words[-1] = words[-1].rstrip("-") + (part.get("CONTENT") or "-")
        return filter(None, words)

    def _word(self, part: Element) -> str:
        word, whole = part.get("CONTENT") or "", part.get("SUBS_CONTENT") or ""
        if part.get("SUBS_TYPE") == "HypPart2":
            before, self._whole = self._whole, None
            return "" if before else word if before == "" else whole or word
        self._whole = whole if part.get("SUBS_TYPE") == "HypPart1" else None
        return whole or word


def _order(group: Element) -> Iterator[str]:
    """The ids of the regions in a group of the order of reading, and of the groups in it, by their numbers."""
    for each in sorted(group, key=_number):
        if name := each.get("regionRef"):
            yield name
        yield from _order(each)


def _number(element: Element) -> int:
    """The number of a reading or of a place; one without a number is the first."""
    number = element.get("index") or ""
    return int(number) if number.isdecimal() else 0


def _lines(region: Element) -> list[str]:
    """The lines of a region; one that has no text itself is made of its words, and a word of its glyphs."""
    lines = [_reading(line) or _words(line) for line in region.findall("TextLine")]
    has_parts = any(lines) or region.find("TextRegion//TextEquiv") is not None  # whose text the whole repeats
    return lines if has_parts else _reading(region).split("\n")


def _words(line: Element) -> str:
    words = [_reading(word) or "".join(map(_reading, word.findall("Glyph"))) for word in line.findall("Word")]
    return " ".join(filter(None, words))


def _reading(element: Element) -> str:
    """The first reading of a region, line, word or glyph."""
    readings = sorted(element.findall("TextEquiv"), key=_number)
    text = readings[0].findtext("Unicode") or readings[0].findtext("PlainText") if readings else ""
    return (text or "").strip()


def _joined(lines: Iterable[str]) -> str:
    """Lines as one paragraph, words that a line end divides as one."""
    return join([text for line in lines if (text := " ".join(line.split()))])
