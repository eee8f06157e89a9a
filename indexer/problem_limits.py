"""How many problems are worth a line? The first ones of a document; a file of nothing else is given up."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from indexer.errors import DocumentError, Problem
from indexer.items import Item
from search.article import Article

MOST_NAMED = 1000  # problems of a document that the report names, of each kind; it is held in memory until the end


def with_bounded_problems(name: str, items: Iterable[Item]) -> Iterator[Item]:
    """What a file holds: MOST_NAMED failures and as many warnings, and one that counts the others."""
    found = {True: 0, False: 0}  # problems by whether they are fatal
    last: dict[bool, Problem] = {}
    for item in items:
        if not isinstance(item, Problem):
            yield item
            continue
        found[item.fatal] += 1
        last[item.fatal] = item
        if found[item.fatal] <= MOST_NAMED:
            yield item
    for fatal, word in ((True, "failures"), (False, "warnings")):
        if found[fatal] == MOST_NAMED + 1:
            yield last[fatal]
        elif found[fatal] > MOST_NAMED:
            message = f"has {found[fatal] - MOST_NAMED:,} more {word} of these kinds; the last: {last[fatal]}"
            yield Problem(name, None, message, fatal)


def refuse_what_is_bad(name: str, items: Iterable[Item]) -> Iterator[Item]:
    """What one document holds, be it a member of a packed file.

    Raises DocumentError if more than MOST_NAMED failures came, and they are more than the articles: that is no file of
    ours, and reading on could take long.
    """
    articles = failures = 0
    for item in items:
        articles += isinstance(item, Article)
        failures += isinstance(item, Problem) and item.fatal
        if failures > max(MOST_NAMED, articles):
            message = f"has more than {MOST_NAMED:,} records that cannot be read, most of it; the rest was not read"
            raise DocumentError(name, f"{message}. Is it a file of articles?")
        yield item


class Repetitions:
    """Warnings of articles whose id was used before in a run: MOST_NAMED of them, and one that counts the others."""

    def __init__(self) -> None:
        self._number = 0
        self._last: Problem | None = None

    def note(self, problem: Problem) -> Iterator[Problem]:
        """The warning itself, if it is one of the first."""
        self._number += 1
        if self._number <= MOST_NAMED:
            yield problem
        else:
            self._last = problem

    def rest(self) -> Iterator[Problem]:
        """At the end of the run, the one that counts those that were not named, at the last of them."""
        if self._last:
            message = f"{self._number - MOST_NAMED:,} more articles replace others of the same id; the last: "
            yield replace(self._last, message=message + self._last.message)
