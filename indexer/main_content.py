"""Which text of a page is its article? Paragraphs, cross-heads, list items and quotations, without the boilerplate."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from bs4 import BeautifulSoup, Tag

from indexer.article_container import find_container
from indexer.boilerplate import Boilerplate, kind
from indexer.lines import goes_on, join
from indexer.paywalls import without_offers
from indexer.remarks import without_remarks
from indexer.text import without_trailing_fragments
from indexer.text_blocks import HEADINGS, TEXT_TAGS, Block, reads_as_sentence
from indexer.titles import letters

_LOOSE_SHARE = 0.3  # of the text that stands in paragraphs; less outside of them are captions and remarks
_PARTED = HEADINGS | {"li", "tr", "dd"}  # what goes on in no other element
_SHORTEST_LEAD = 40  # characters by which a description is recognised


@dataclass(frozen=True)
class MainContent:
    """The text of an article, its paragraphs parted by an empty line, "" if there is none.

    `offered`: whether the page offers the rest of the article for money; `closed`: whether it surely does not show
    that; `sure`: whether the text stands in one element with its headline.
    """

    text: str
    offered: bool = False
    closed: bool = False
    sure: bool = False


def extract_main_content(
    page: BeautifulSoup,
    tags: Sequence[Tag],
    found: Sequence[Block],
    boilerplate: Boilerplate,
    headlines: Sequence[str],
    descriptions: Sequence[str],
) -> MainContent:
    """The article's text among the blocks of a page with these elements.

    A repetition of one of the `headlines` is left out. What stands above the text and is one of the `descriptions` that
    the page gives of itself is its lead, whatever element it stands in.
    """
    known = {letters(headline) for headline in headlines}
    possible = [block for block in found if _may_be_text(block, boilerplate) and letters(block.text) not in known]
    container = find_container(page, tags, possible, headlines)
    readable = _readable([block for block in possible if id(block.element) in container.inside])
    unclosed, closed = without_offers(readable)
    blocks, offered = without_remarks(unclosed)
    if all(block.is_heading for block in blocks):
        return MainContent("", offered, closed)
    blocks = list(_without_idle_headings([*_lead(found, blocks, descriptions), *blocks]))
    texts = list(_paragraphs(blocks))
    # The short items of a list at the end are marked as such: they are text, not a left-over.
    texts = texts if blocks[-1].tag in ("li", "tr") else without_trailing_fragments(texts)
    return MainContent("\n\n".join(texts), offered, closed, container.below_headline)


def _paragraphs(blocks: Sequence[Block]) -> Iterator[str]:
    """The paragraphs of the text; a sentence may go on in the next <p>, behind a picture or an initial."""
    lines: list[str] = []
    for block, following in pairwise([*blocks, None]):
        assert block is not None
        lines.append(block.text)
        if following is None or {block.tag, following.tag} & _PARTED or not goes_on(block.text, following.text):
            yield join(lines)
            lines = []


def _may_be_text(block: Block, boilerplate: Boilerplate) -> bool:
    if id(block.element) in boilerplate.marked or not block.is_running_text:
        return False
    return block.is_prose or id(block.element) not in boilerplate.headers


def _readable(blocks: Sequence[Block]) -> Sequence[Block]:
    """The blocks without labels: what stands outside any paragraph is text where much of the text does, or all."""
    marked = [block for block in blocks if block.tag in TEXT_TAGS]
    loose = [block for block in blocks if block.tag not in TEXT_TAGS and block.is_prose]
    in_paragraphs = sum(len(block.text) for block in marked if not block.is_heading)
    if sum(len(block.text) for block in loose) <= _LOOSE_SHARE * in_paragraphs:
        return marked or blocks
    kinds = {kind(block.element) for block in loose}
    return [block for block in blocks if block.tag in TEXT_TAGS or kind(block.element) in kinds] if marked else blocks


def _lead(found: Sequence[Block], blocks: Sequence[Block], descriptions: Sequence[str]) -> Iterator[Block]:
    """The block above the text that is what the page says of itself, perhaps cut there; none if it is in the text."""
    for description in descriptions:
        beginning = description.rstrip(".… ")
        if len(beginning) < _SHORTEST_LEAD or any(block.text.startswith(beginning) for block in blocks):
            continue
        for block in found:
            if block is blocks[0]:
                break
            if block.text.startswith(beginning) and not block.linked:
                yield block
                return


def _without_idle_headings(blocks: Sequence[Block]) -> Iterator[Block]:
    """The blocks without headings that have no text below: their links or pictures were left out.

    A heading that is a sentence is text by itself, as the points of a list of ten are.
    """
    for block, following in zip(blocks, [*blocks[1:], None], strict=True):
        idle = following is None or (following.is_heading and following.tag <= block.tag)
        if not (block.is_heading and idle) or reads_as_sentence(block.text):
            yield block
