"""Does a page only list articles? Then all its text stands in teasers, each below a headline that leads elsewhere."""

from __future__ import annotations

from collections.abc import Iterable

from bs4 import Tag

from indexer.boilerplate import Boilerplate
from indexer.metadata import attribute
from indexer.text_blocks import Block, reads_as_sentence

_FEWEST = 3  # articles make a list
_FEWEST_WORDS = 7  # of a teaser; less is a day or a label
_LONGEST_TEASER = 400  # characters; more is an article below its own address
_LINKED = 0.8  # of a headline that leads to its article
_NEAREST = 4  # elements around a headline, one of which may be the link


def only_lists(blocks: Iterable[Block], boilerplate: Boilerplate) -> bool:
    """Whether a page of these blocks has teasers of several articles, and no sentence of its own beside them."""
    teasers: dict[str, int] = {}  # characters below the headlines, by their addresses
    leads_to = ""
    for block in blocks:
        if block.is_heading:
            leads_to = _address(block)
        elif leads_to and len(block.text.split()) >= _FEWEST_WORDS:  # a teaser may be cut anywhere
            teasers[leads_to] = teasers.get(leads_to, 0) + len(block.text)
        elif reads_as_sentence(block.text) and id(block.element) not in boilerplate.marked:
            return False
    return len(teasers) >= _FEWEST and max(teasers.values()) <= _LONGEST_TEASER


def _address(heading: Block) -> str:
    """Where the link leads that a heading is, "" if it is none or leads to a place on the page."""
    if heading.linked < _LINKED * len(heading.text):
        return ""
    link = heading.element.find("a", href=True)
    around = heading.element.parent
    for _ in range(_NEAREST):
        if link is not None or around is None:
            break
        link, around = (around if around.has_attr("href") else None), around.parent
    return attribute(link, "href").strip().partition("#")[0] if isinstance(link, Tag) else ""
