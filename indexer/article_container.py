"""Which element of a page holds its article?"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from bs4 import BeautifulSoup, Tag

from indexer.boilerplate import kind
from indexer.metadata import attribute, short_text
from indexer.text_blocks import TEXT_TAGS, Block

_CONTAINERS: tuple[Callable[[Tag], bool], ...] = (
    lambda tag: tag.name == "article",
    lambda tag: tag.name == "main",
    lambda tag: "articleBody" in attribute(tag, "itemprop").split(),
)
_MOST = 0.8
_ENOUGH = 0.4
_ENOUGH_BELOW_HEADLINE = 0.15
_LONGEST_HEADLINE = 300  # characters of one that is looked for


@dataclass(frozen=True)
class Container:
    """The id() of the elements that hold an article and of all in them; whether it stands in one with its headline."""

    inside: set[int]
    below_headline: bool = False


def find_container(
    page: BeautifulSoup, tags: Sequence[Tag], blocks: Sequence[Block], headlines: Sequence[str]
) -> Container:
    """The element that holds the article; `tags` are all elements of the page, `blocks` what may be its text.

    That is the <article> below one of the headlines, or <article>, <main> or the marked article body, if it holds a
    good part of the page's prose (a page may consist of teasers that are <article>s too), else the smallest element
    with most of it; together with its brothers of the same kind, as a text may stand in several.
    """
    weights = _weights(page, tags, blocks)
    whole = weights[id(page)]
    below = _below_headline(tags, headlines)
    if below is not None and weights[id(below)] > _ENOUGH_BELOW_HEADLINE * whole:
        return Container(_with_brothers(below, weights), below_headline=True)
    for is_possible in _CONTAINERS:
        best = max(filter(is_possible, tags), key=lambda tag: weights[id(tag)], default=None)
        if best is not None and weights[id(best)] > _ENOUGH * whole:
            return Container(_with_brothers(best, weights))
    return Container(_with_brothers(_smallest(page, weights), weights))


def _below_headline(tags: Sequence[Tag], headlines: Sequence[str]) -> Tag | None:
    """The innermost <article> around the headline, if there is one such place."""
    found = [tag for tag in tags if tag.name == "h1" and short_text(tag, _LONGEST_HEADLINE, "") in headlines]
    return found[0].find_parent("article") if len(found) == 1 else None


def _smallest(page: Tag, weights: dict[int, int]) -> Tag:
    """The innermost element that still holds most of the page's prose."""
    tag = page
    while True:
        heaviest = max(_children(tag), key=lambda child: weights[id(child)], default=None)
        if heaviest is None or heaviest.name in TEXT_TAGS or weights[id(heaviest)] <= _MOST * weights[id(page)]:
            return tag
        tag = heaviest


def _with_brothers(tag: Tag, weights: dict[int, int]) -> set[int]:
    """The id() of an element and of its brothers that hold more of its text, and of all in them."""
    brothers = _children(tag.parent) if tag.parent is not None else [tag]
    return _all_in(each for each in brothers if each is tag or (kind(each) == kind(tag) and _goes_on(each, weights)))


def _goes_on(tag: Tag, weights: dict[int, int]) -> bool:
    """Whether an element holds prose, and no article of its own, which would begin with a headline."""
    first = tag.find(["h1", "h2", "h3", "p"]) if weights[id(tag)] else None
    return bool(weights[id(tag)]) and (tag.name != "article" or first is None or first.name == "p")


def _all_in(tags: Iterable[Tag]) -> set[int]:
    return {id(each) for tag in tags for each in (tag, *tag.find_all(True))}


def _children(tag: Tag) -> list[Tag]:
    return [child for child in tag.children if isinstance(child, Tag)]


def _weights(page: Tag, tags: Sequence[Tag], blocks: Iterable[Block]) -> dict[int, int]:
    """How many characters of prose each element holds, by the id() of the element."""
    weights = dict.fromkeys(map(id, (page, *tags)), 0)
    for block in blocks:
        if block.tag == "p" or block.is_prose:
            weights[id(block.element)] += max(0, len(block.text) - block.linked)
    for tag in reversed(tags):  # children before their parents
        if tag.parent is not None:
            weights[id(tag.parent)] += weights[id(tag)]
    return weights
