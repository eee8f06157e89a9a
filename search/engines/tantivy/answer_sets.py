"""Which entries answer words that very many have? Sets of serial numbers, one bit each, that are combined.

tantivy takes 60 ns to hand over a serial number: for *der und in* longer than it takes to count the names of all that
answer. The set of a word is made when the word is asked for a second time, and kept as long as its commit is looked at,
as Lucene keeps the answers of clauses (LRUQueryCache). No answers to whole queries are kept.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import reduce
from typing import NamedTuple, Protocol

import numpy as np
from tantivy import Occur, Query

from search.engines.arrays import Array
from search.query import terms
from search.query.terms import Terms

FREQUENT = 1 / 20  # the least share of entries that has a word of which a set is made
MOST_SETS = 64  # with a bit for each entry: 8 MB for a million
MOST_ASKED = 1_000  # words of which is known that they were asked for


class Answers(NamedTuple):
    """The entries that answer, as a set, and their number."""

    found: Array
    total: int


class Searched(Protocol):
    """The entries of a commit."""

    def number(self) -> int:
        """Their number."""
        ...

    def selectivity(self, asked: Terms) -> float:
        """About which share of them answers."""
        ...

    def query(self, asked: Terms, scored: bool = True) -> Query:
        """Terms as a query."""
        ...

    def serials(self, query: Query, number: int) -> Array:
        """The serial numbers of those that answer a query, at most so many."""
        ...


class AnswerSets:
    """Those of one commit; threads may share them. All serial numbers are below `following`."""

    def __init__(self, following: int) -> None:
        self._following = following
        self._kept: dict[Terms, Array] = {}
        self._asked: set[Terms] = set()

    def answers(self, searched: Searched, asked: Terms) -> Answers | None:
        """The entries that answer terms without scores, None if a word of these is not frequent, or is asked once.

        Raises TooExpensive; ValueError if a serial number is not as it was written.
        """
        words = list(_words(asked))
        if not (all(searched.selectivity(word) >= FREQUENT for word in words) and self._were_asked(words)):
            return None
        found = self._combined(searched, asked)
        return Answers(found, int(np.count_nonzero(self._unpacked(found))))

    def _were_asked(self, words: list[Terms]) -> bool:
        """Whether all of them were asked for before; from now on they were."""
        if self._asked.issuperset(words):
            return True
        if len(self._asked) >= MOST_ASKED:
            self._asked.clear()
        self._asked.update(words)
        return False

    def serials(self, searched: Searched, answers: Answers) -> tuple[Array, bool]:
        """The serial numbers of the entries that answer; or those of all others, and True, if these are fewer."""
        found, missed = answers.found, 2 * answers.total > searched.number()
        if missed:
            found = self._of(searched, terms.MatchAll()) & ~found
        return np.flatnonzero(self._unpacked(found)), missed

    def _combined(self, searched: Searched, asked: Terms) -> Array:
        match asked:
            case terms.And(parts):
                return reduce(np.bitwise_and, (self._combined(searched, part) for part in parts))
            case terms.AndNot(base, excluded):
                return self._combined(searched, base) & ~self._combined(searched, excluded)
            case _:
                return self._of(searched, asked)

    def _of(self, searched: Searched, asked: Terms) -> Array:
        """The set of a word. What more than half of all entries have is told by the others."""
        found = self._kept.get(asked)
        if found is None:
            found = self._made(searched, asked)
            if len(self._kept) >= MOST_SETS:
                self._kept.clear()  # maybe while another thread looks, so what is answered is not read from it
            self._kept[asked] = found
        return found

    def _made(self, searched: Searched, asked: Terms) -> Array:
        query, number = searched.query(asked, scored=False), searched.number()
        if asked == terms.MatchAll() or searched.selectivity(asked) <= 1 / 2:
            return self._bits(searched.serials(query, number))
        rest = Query.boolean_query([(Occur.Must, Query.all_query()), (Occur.MustNot, query)])
        return self._of(searched, terms.MatchAll()) & ~self._bits(searched.serials(rest, number))

    def _bits(self, serials: Array) -> Array:
        if int(serials.max(initial=0)) >= max(1, self._following):
            raise ValueError("an entry has a serial number that is not known")
        bits = np.zeros(self._following, bool)
        bits[serials] = True
        return np.packbits(bits)

    def _unpacked(self, bits: Array) -> Array:
        return np.unpackbits(bits, count=self._following)


def _words(asked: Terms) -> Iterator[Terms]:
    """What is joined by and, and what is excluded from it."""
    match asked:
        case terms.And(parts):
            for part in parts:
                yield from _words(part)
        case terms.AndNot(base, excluded):
            yield from _words(base)
            yield from _words(excluded)
        case _:
            yield asked
