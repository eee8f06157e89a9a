"""Queries to try that find something in this archive: where ours do not, its own words stand in their place."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, replace
from itertools import islice

from search import Archive, Request
from search.errors import NachleseError, TooExpensive
from web.pages.help import CHAPTERS, MOST_START, START, Chapter, Example
from web.pages.own_words import own_words
from web.shared_archive import shared


@dataclass(frozen=True, slots=True)
class Examples:
    """The chapters of the help, queries for the start page, and which of all their queries find something."""

    chapters: tuple[Chapter, ...]
    start: tuple[str, ...] = ()
    found: frozenset[str] = frozenset()


def examples() -> Examples:
    """Those of the archive's last commit; without a usable archive ours, of which none finds anything."""
    try:
        return shared().of_commit(_examples)
    except NachleseError:  # such as no index yet; the help is of use before there is one
        return Examples(CHAPTERS)


def _examples(archive: Archive) -> Examples:
    words: Mapping[str, str] = {}
    with suppress(TooExpensive):  # examples of ours are left
        words = own_words(archive)
    tried = _Tried(archive)
    chapters = tuple(
        replace(chapter, examples=tuple(_chosen(example, words, tried.finds) for example in chapter.examples))
        for chapter in CHAPTERS
    )
    start = (query for pattern in START for query in _filled(pattern, words) if tried.finds(query))
    return Examples(chapters, tuple(islice(start, MOST_START)), frozenset(tried.found))


class _Tried:
    """Queries that were tried; `found` are those that find something."""

    def __init__(self, archive: Archive) -> None:
        self._archive = archive
        self.found: set[str] = set()

    def finds(self, query: str) -> bool:
        """Whether an article has all that is asked; what takes too long is no example."""
        with suppress(TooExpensive):
            if self._archive.count(Request(query)):
                self.found.add(query)
        return query in self.found


def _chosen(example: Example, words: Mapping[str, str], finds: Callable[[str], bool]) -> Example:
    """The first that finds something: the example itself, then what may stand for it; itself if nothing does."""
    return next((other for other in _alternatives(example, words) if finds(other.query)), example)


def _alternatives(example: Example, words: Mapping[str, str]) -> Iterator[Example]:
    """The example, and what may stand for it with the archive's own words filled in, where it has them."""
    yield example
    for pattern, meaning in example.instead:
        for query in _filled(pattern, words):
            yield Example(query, meaning, words=words)


def _filled(pattern: str, words: Mapping[str, str]) -> Iterator[str]:
    with suppress(KeyError):
        yield pattern.format_map(words)
