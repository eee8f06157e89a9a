"""Which text of a page is its article? Paragraphs, cross-heads, list items and quotations, without the boilerplate."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import TypeGuard

from bs4 import BeautifulSoup, Tag
from bs4.element import NavigableString, PageElement, PreformattedString

from indexer.boilerplate import find_boilerplate
from indexer.metadata import clean_line
from indexer.text import ends_sentence, without_trailing_fragments

_HEADINGS = frozenset(("h2", "h3", "h4"))
_TEXT_TAGS = frozenset(("p", "li", "blockquote", "dd", "pre")) | _HEADINGS
_BLOCKS = _TEXT_TAGS | frozenset(
    "html body main article section div h1 h5 h6 ul ol dl dt table thead tbody tfoot tr td th caption center address "
    "details summary fieldset hr".split()
)
_WHITE_SPACE = re.compile(r"[ \t\r\n\f]+")
_FEWEST_WORDS = 5  # of a text outside any paragraph that is no sentence; less is a label
# What stands before a link to another article, and is no text with it.
_LABEL = re.compile(
    r"(?:lesen sie (?:auch|hier|dazu|mehr|weiter)|mehr (?:dazu|zum thema|lesen|informationen)|siehe auch"
    r"|auch interessant|passend dazu|lesetipp|weiterlesen|read more|weitere (?:informationen|artikel)"
    r"|das könnte sie (?:auch )?interessieren)"
    r"\b[^.!?]*[:.…]?",
    re.IGNORECASE,
)
_LONGEST_LABEL = 5  # words before a colon and a link
_MOST = 0.8
_ENOUGH = 0.4


@dataclass(frozen=True)
class Block:
    """A run of text in one block-level element.

    `linked` is how many of its characters are links, `unlinked` what it says besides, if it is all of the element.
    """

    tag: str
    text: str
    linked: int
    unlinked: str | None = None

    @property
    def is_heading(self) -> bool:
        """Whether it is a cross-head."""
        return self.tag in _HEADINGS

    @property
    def is_running_text(self) -> bool:
        """Whether it is running text: neither a lone link nor a label outside any paragraph."""
        reads_as_text = self.tag in _TEXT_TAGS or ends_sentence(self.text) or len(self.text.split()) >= _FEWEST_WORDS
        return reads_as_text and self.linked < 0.9 * len(self.text) and not self._only_refers

    @property
    def _only_refers(self) -> bool:
        """Whether it is a link to another article with a label: *Lesen Sie auch: ...*."""
        label = (self.unlinked or "").strip(" »>→-–|")
        short = label.endswith(":") and len(label.split()) <= _LONGEST_LABEL
        return self.linked > 0 and (short or bool(_LABEL.fullmatch(label)))


def extract_main_content(page: BeautifulSoup, headlines: Sequence[str]) -> str:
    """The article's text, its paragraphs parted by an empty line, "" if there is none.

    A repetition of one of the `headlines` is left out.
    """
    boilerplate = find_boilerplate(page)
    found = _blocks(_container(page, boilerplate), boilerplate)
    blocks = [block for block in found if block.is_running_text and block.text not in headlines]
    blocks = [block for block in blocks if block.tag in _TEXT_TAGS] or blocks
    if all(block.is_heading for block in blocks):
        return ""
    blocks = list(_without_idle_headings(blocks))
    texts = [block.text for block in blocks]
    # The short items of a list at the end are marked as such: they are text, not a left-over.
    return "\n\n".join(texts if blocks[-1].tag == "li" else without_trailing_fragments(texts))


def _without_idle_headings(blocks: Sequence[Block]) -> Iterator[Block]:
    """The blocks without headings that have no text below: their links or pictures were left out."""
    for block, following in zip(blocks, [*blocks[1:], None], strict=True):
        idle = following is None or (following.is_heading and following.tag <= block.tag)
        if not (block.is_heading and idle):
            yield block


def _container(page: BeautifulSoup, boilerplate: set[int]) -> Tag:
    """The element that holds the article.

    <article>, <main> or the marked article body, if it holds a good part of the page's text (a page
    may consist of teasers that are <article>s too), else the smallest element with most of the text.
    """
    weights = _weights(page, boilerplate)
    whole = weights[id(page)]
    for selector in ("article", "main", '[itemprop~="articleBody"]'):
        best = max(page.select(selector), key=lambda tag: weights[id(tag)], default=None)
        if best is not None and weights[id(best)] > _ENOUGH * whole:
            return best
    return _smallest(page, weights)


def _smallest(page: Tag, weights: dict[int, int]) -> Tag:
    """The innermost element that still holds most of the page's text in paragraphs."""
    tag = page
    while True:
        heaviest = max(_children(tag), key=lambda child: weights[id(child)], default=None)
        if heaviest is None or heaviest.name in _TEXT_TAGS or weights[id(heaviest)] <= _MOST * weights[id(page)]:
            return tag
        tag = heaviest


def _children(tag: Tag) -> list[Tag]:
    return [child for child in tag.children if isinstance(child, Tag)]


def _weights(page: Tag, boilerplate: set[int]) -> dict[int, int]:
    """How many characters of paragraphs each element holds, by the id() of the element."""
    tags = [page, *page.find_all(True)]
    weights = dict.fromkeys(map(id, tags), 0)
    for tag in reversed(tags):  # children before their parents
        if tag.name == "p" and id(tag) not in boilerplate:
            weights[id(tag)] += sum(len(child) for child in tag.children if _is_text(child))
        if tag.parent is not None and tag is not page:
            weights[id(tag.parent)] += weights[id(tag)]
    return weights


def _is_text(element: PageElement) -> TypeGuard[NavigableString]:
    """Whether it is a string that readers see: no comment, declaration or the like."""
    return isinstance(element, NavigableString) and not isinstance(element, PreformattedString)


@dataclass
class _OpenBlock:
    """A block while its pieces are being collected."""

    element: Tag
    pieces: list[str]
    unlinked: list[str] = field(default_factory=list)
    linked: int = 0

    def closed(self) -> Iterator[Block]:
        """The finished block; two line breaks (<br><br>) part it into several."""
        lines = [line for text in re.split(r"\n[^\S\n]*\n\s*", "".join(self.pieces)) if (line := clean_line(text))]
        unlinked = clean_line("".join(self.unlinked)) if len(lines) == 1 else None
        yield from (Block(self.element.name, line, self.linked, unlinked) for line in lines)


def _blocks(container: Tag, boilerplate: set[int]) -> Iterator[Block]:
    """The text of each block-level element, in the order of the page.

    One walk over all elements, without recursion: pages that never close a tag nest thousands deep.
    """
    homes: dict[int, tuple[Tag, bool]] = {id(container): (container, False)}
    current = _OpenBlock(container, [])
    for element in container.descendants:
        parent = element.parent
        assert parent is not None  # descendants have one
        home, in_link = homes[id(parent)]
        if isinstance(element, Tag):
            homes[id(element)] = (element if element.name in _BLOCKS else home, in_link or element.name == "a")
            if element.name == "br":
                current.pieces.append("\n")
        elif _is_text(element) and id(parent) not in boilerplate:
            text = _WHITE_SPACE.sub(" ", element)
            if home is not current.element and text.strip():
                yield from current.closed()
                current = _OpenBlock(home, [])
            current.pieces.append(text)
            if in_link:
                current.linked += len(text.strip())
            else:
                current.unlinked.append(text)
    yield from current.closed()
