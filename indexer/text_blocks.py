"""Which runs of text does a page consist of? One block for each paragraph, heading, list item, row of a table."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import groupby
from typing import TypeGuard

from bs4 import Tag
from bs4.element import NavigableString, PageElement, PreformattedString

from indexer.boilerplate import Boilerplate
from indexer.lines import ends_sentence, join
from indexer.metadata import clean_line
from indexer.text import clean, paragraphs

HEADINGS = frozenset(("h2", "h3", "h4", "h5", "h6"))
TEXT_TAGS = frozenset(("p", "li", "blockquote", "dd", "pre", "tr")) | HEADINGS
_BLOCKS = TEXT_TAGS | frozenset(
    "html body main article section div h1 ul ol dl dt table thead tbody tfoot td th caption center address "
    "details summary fieldset hr figure figcaption header aside footer nav form".split()
)
_CELLS = ("td", "th")
_PARAGRAPHS = ("p", "table")  # a cell with text beside these holds no value
_WHITE_SPACE = re.compile(r"[ \t\r\n\f]+")
_EMPTY_LINES = re.compile(r"\n[^\S\n]*\n\s*")
_FEWEST_WORDS = 5  # of a text outside any paragraph that is no sentence; less is a label
_PROSE_WORDS = 9  # of a sentence outside any paragraph, or of a lead; less is a remark or a label
_MOST_LINKED = 0.3  # of a sentence outside any paragraph; more is a list of links
# What stands before a link to another article, and is no text with it.
_LABEL = re.compile(
    r"(?:lesen sie (?:auch|hier|dazu|mehr|weiter)|mehr (?:dazu|zum thema|lesen|informationen)|siehe auch"
    r"|auch interessant|passend dazu|lesetipp|weiterlesen|read more|weitere (?:informationen|artikel)"
    r"|das könnte sie (?:auch )?interessieren)"
    r"\b[^.!?]*[:.…]?",
    re.IGNORECASE,
)
_LONGEST_LABEL = 5  # words before a colon and a link
_LONGEST_VALUE = 80  # characters of a cell of a table of values


@dataclass(frozen=True)
class Block:
    """A run of text in one block-level element.

    `linked` is how many of its characters are links, `unlinked` what it says besides, if it is all of the element.
    `lines` is what is parted by <br>, or are the cells of a row.
    """

    element: Tag
    text: str
    linked: int
    unlinked: str | None = None
    lines: tuple[str, ...] = ()

    @property
    def tag(self) -> str:
        """The name of the element."""
        return self.element.name

    @property
    def is_heading(self) -> bool:
        """Whether it is a cross-head."""
        return self.tag in HEADINGS

    @property
    def is_running_text(self) -> bool:
        """Whether it is running text: neither a lone link nor a label outside any paragraph."""
        reads_as_text = self.tag in TEXT_TAGS or ends_sentence(self.text) or len(self.text.split()) >= _FEWEST_WORDS
        return reads_as_text and self.linked < 0.9 * len(self.text) and not self._only_refers

    @property
    def is_prose(self) -> bool:
        """Whether it is surely a piece of the text of some article, whatever element holds it."""
        return not self.is_heading and self.linked < _MOST_LINKED * len(self.text) and reads_as_sentence(self.text)

    @property
    def _only_refers(self) -> bool:
        """Whether it is a link to another article with a label: *Lesen Sie auch: ...*."""
        label = (self.unlinked or "").strip(" »>→-–|")
        short = label.endswith(":") and len(label.split()) <= _LONGEST_LABEL
        return self.linked > 0 and (short or bool(_LABEL.fullmatch(label)))


def reads_as_sentence(text: str) -> bool:
    """Whether a text is a sentence or several, and no label or remark."""
    return ends_sentence(text) and len(text.split()) >= _PROSE_WORDS


@dataclass
class _OpenBlock:
    """A block while its pieces are being collected."""

    element: Tag
    pieces: list[str]
    unlinked: list[str] = field(default_factory=list)
    linked: int = 0

    def closed(self) -> Iterator[Block]:
        """The finished block; two line breaks (<br><br>) part it into several, in <pre> what parts any plain text."""
        text = "".join(self.pieces)
        if self.element.name == "pre":
            found = [[paragraph] for paragraph in paragraphs(clean(text))]
        else:
            found = list(filter(None, map(_lines, _EMPTY_LINES.split(text))))
        unlinked = clean_line("".join(self.unlinked)) if len(found) == 1 else None
        yield from (Block(self.element, join(lines), self.linked, unlinked, tuple(lines)) for lines in found)


def _lines(text: str) -> list[str]:
    return [line for each in text.split("\n") if (line := clean_line(each))]


def text_blocks(page: Tag, boilerplate: Boilerplate) -> Iterator[Block]:
    """The text of each block-level element and row of a table that readers see, in the order of the page.

    What is boilerplate is among it, but nothing that is hidden or no text.

    """
    for _, group in groupby(_blocks(page, boilerplate), _row):
        yield from _as_row(list(group))


def _row(block: Block) -> int:
    """What the cells of a row of a table have in common: the id() of the row; 0 for what is no cell."""
    return id(block.element.parent) if block.tag in _CELLS else 0


def _as_row(cells: list[Block]) -> list[Block]:
    """The cells of a row as one block if they hold values; in a table that lays out a page they hold its texts."""
    row = cells[0].element.parent
    if (
        row is None
        or not _row(cells[0])
        or len({id(cell.element) for cell in cells}) < 2
        or max(len(cell.text) for cell in cells) > _LONGEST_VALUE
        or any(cell.element.find(_PARAGRAPHS) for cell in cells)
    ):
        return cells
    texts = tuple(cell.text for cell in cells)
    return [Block(row, ", ".join(texts), sum(cell.linked for cell in cells), lines=texts)]


def _blocks(page: Tag, boilerplate: Boilerplate) -> Iterator[Block]:
    """The text of each block-level element.

    One walk over all elements, without recursion: pages that never close a tag nest thousands deep.
    """
    homes: dict[int, tuple[Tag, bool]] = {id(page): (page, False)}
    current = _OpenBlock(page, [])
    for element in page.descendants:
        parent = element.parent
        assert parent is not None  # descendants have one
        home, in_link = homes[id(parent)]
        if isinstance(element, Tag):
            homes[id(element)] = (element if element.name in _BLOCKS else home, in_link or element.name == "a")
            if element.name == "br":
                current.pieces.append("\n")
        elif is_text(element) and id(parent) not in boilerplate.unread:
            text = str(element) if home.name == "pre" else _WHITE_SPACE.sub(" ", element)
            if home is not current.element and text.strip():
                yield from current.closed()
                current = _OpenBlock(home, [])
            current.pieces.append(text)
            if in_link:
                current.linked += len(text.strip())
            else:
                current.unlinked.append(text)
    yield from current.closed()


def is_text(element: PageElement) -> TypeGuard[NavigableString]:
    """Whether it is a string that readers see: no comment, declaration or the like."""
    return isinstance(element, NavigableString) and not isinstance(element, PreformattedString)
