"""Where do the entries live? The promises that every engine keeps, and the values that go in and out.

An engine keeps entries, finds those that answer index terms, ranks and counts them. It knows
nothing of German: its terms come ready, one a position. The promises, checked for every engine by
tests/engines:

1. A query finds exactly the entries that the definitions in search.query.terms name.
2. Scores follow BM25 as search.query.terms states; they are rounded to SCORE_DIGITS so that
   equal ones are equal, and ties go by date (newest first, undated last), then by id.
3. `total` and facets count all answers, whatever the page; facet values go by count, then by value.
4. A page after a position holds the answers that follow it in the order, each once; a page back
   from it the nearest ones before it, in the same order. The position is that of the hit as it
   stands now: a commit may have changed all scores since.
5. A `with engine.writer()` block is all or nothing: what it put and deleted appears together at
   its end, or, after an exception or a killed process, not at all. The same id replaces.
6. Readers go on with what they have until `refresh`; searching is safe from several threads.
7. `ids` names the newest answers in the order of newest, without reading what was stored with them.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from heapq import nlargest, nsmallest
from operator import itemgetter
from typing import Protocol

from search.deadline import until_deadline
from search.page import Sort
from search.query.terms import MatchAll, Terms

SCORE_DIGITS = 4
UNDATED = 0
BEYOND_ALL_DAYS = 99999999


@dataclass(frozen=True, slots=True)
class Entry:
    """An article made ready for an engine.

    `columns` has the terms of each column in order, one a position, joined by single spaces;
    `keywords` the whole values; `first` and `last` the days between which it is dated (20250813),
    UNDATED for both if it has no date; `stored` what `get` and hits give back. Engines need not look at the
    fingerprint, which is part of `stored`, and at the sketch and moment by which copies are found (search/families).
    If it is `renewed`, the entry is that of an article which has not changed, and must not replace what another writer
    has put since, where there are several.
    """

    id: str
    columns: Mapping[str, str]
    keywords: Mapping[str, tuple[str, ...]]
    first: int
    last: int
    stored: str
    fingerprint: str = ""
    sketch: tuple[int, ...] = ()
    moment: int = 0
    renewed: bool = False


@dataclass(frozen=True, slots=True)
class ListPosition:
    """The place of a hit in its list (Lucene: searchAfter); `seen` is how many hits stand up to and with it.

    Score and day only count if there is no hit of this id any more.
    """

    score: float
    day: int
    id: str
    seen: int


@dataclass(frozen=True, slots=True)
class EngineRequest:
    """What an engine is asked: `facets` gives the most values to count of each keyword.

    With `back`, the page ends before the position `after` instead of beginning behind it.
    """

    terms: Terms = field(default_factory=MatchAll)
    sort: Sort = "relevance"
    size: int = 10
    after: ListPosition | None = None
    back: bool = False
    facets: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Match:
    """An entry that answers: `day` is its first day or UNDATED."""

    id: str
    score: float
    day: int
    stored: str


@dataclass(frozen=True, slots=True)
class EngineResult:
    """What an engine answers; `facets` has the most frequent values of each keyword with their counts.

    `bounded` are the patterns that more terms fit than were looked for: the most frequent ones were.
    """

    total: int
    matches: tuple[Match, ...]
    facets: Mapping[str, tuple[tuple[str, int], ...]]
    bounded: tuple[str, ...] = ()


class Writer(Protocol):
    """Collects changes; they take effect together when its `with` block ends well."""

    def put(self, entry: Entry) -> None:
        """Add an entry, or replace the one of the same id."""
        ...

    def delete(self, id: str) -> None:
        """Remove an entry; an unknown id is none of its concern."""
        ...


class Engine(Protocol):
    """An open index of one engine."""

    def search(self, request: EngineRequest) -> EngineResult:
        """The entries that answer."""
        ...

    def ids(self, terms: Terms, most: int) -> list[str]:
        """The ids of the entries that answer, the newest first, no more than `most`."""
        ...

    def search_many(self, requests: Sequence[EngineRequest]) -> list[EngineResult]:
        """The same for several requests, which an engine elsewhere gets in one message."""
        ...

    def writer(self) -> AbstractContextManager[Writer]:
        """A block of changes; only one at a time."""
        ...

    def merge_segments(self) -> None:
        """After many changes, leave few segments, so that searches are fast; what is found stays the same."""
        ...

    def purge(self, make_entry: Callable[[str], Entry]) -> None:
        """Leave nothing on the disk of what was deleted or replaced; what is found stays the same.

        `make_entry` makes the entry again of what was stored with it, for engines that cannot move one.
        """
        ...

    def update_vocabulary(self) -> None:
        """Have `vocabulary` know the words of columns as of now; most engines always do."""
        ...

    def vocabulary(self, name: str, prefix: str, limit: int) -> list[tuple[str, int]]:
        """The terms of a column of words as typed, or values of a keyword, that begin so, with their number of entries.

        At most `limit`, the most frequent first, equally frequent ones in order. Entries that were
        replaced or deleted may count until the engine has cleaned up.
        """
        ...

    def counts(self, name: str) -> dict[str, int]:
        """All values of a keyword with their number of entries, none that was replaced or deleted among them."""
        ...

    def frequency(self, name: str, text: str) -> int:
        """The number of entries with this term in a column; replaced and deleted ones may count for a while."""
        ...

    def frequencies(self, name: str, texts: Sequence[str]) -> list[int]:
        """The same for several terms, in their order."""
        ...

    def mean_length(self, name: str, text: str) -> float:
        """The mean number of terms in a column, by which scores judge a length; 0 if the engine does not know it.

        `text` is a term that an entry has there: some know it no other way.
        """
        ...

    def fingerprints(self, ids: Sequence[str], read: Callable[[str], str]) -> dict[str, str]:
        """The fingerprints of the entries of these ids, without those that there are not.

        `read` reads one from what was stored with an entry, for engines that do not keep it apart.
        """
        ...

    def get(self, id: str) -> str | None:
        """What was stored with an entry, None if there is no such id."""
        ...

    def get_many(self, ids: Sequence[str]) -> dict[str, str]:
        """The same for several entries, without those that there are not."""
        ...

    def count(self) -> int:
        """The number of entries."""
        ...

    def refresh(self) -> None:
        """Look at the last commit from now on."""
        ...

    def close(self) -> None:
        """Let go of files and memory."""
        ...


class OneByOne:
    """What is asked of an engine at once, for those which gain nothing by it: they are in the same process."""

    def search_many(self: Engine, requests: Sequence[EngineRequest]) -> list[EngineResult]:
        """The answers to several requests."""
        return [self.search(request) for request in until_deadline(requests, "searching", 1)]

    def frequencies(self: Engine, name: str, texts: Sequence[str]) -> list[int]:
        """The number of entries with each of these terms in a column."""
        return [self.frequency(name, text) for text in texts]

    def fingerprints(self: Engine, ids: Sequence[str], read: Callable[[str], str]) -> dict[str, str]:
        """The fingerprints of the entries of these ids."""
        return {id: read(stored) for id in ids if (stored := self.get(id)) is not None}

    def get_many(self: Engine, ids: Sequence[str]) -> dict[str, str]:
        """What was stored with several entries."""
        return {id: stored for id in ids if (stored := self.get(id)) is not None}

    def update_vocabulary(self) -> None:
        """Terms are listed as they are."""


def sort_key(sort: Sort, score: float, day: int, id: str) -> tuple[float, int, str]:
    """What the hits of a list are sorted by, ascending; `score` must be rounded."""
    if sort == "relevance":
        return -score, -day, id
    if sort == "newest":
        return 0.0, -day, id
    return 0.0, day or BEYOND_ALL_DAYS, id


def position_sort_key(sort: Sort, position: ListPosition) -> tuple[float, int, str]:
    """The sort key of the hit that a position stands for."""
    return sort_key(sort, position.score, position.day, position.id)


def top_values(counts: Mapping[str, int], limit: int) -> tuple[tuple[str, int], ...]:
    """The values with the highest counts, equal counts in order of the value."""
    if len(counts) > limit:  # most values of a long list tie at its end; sorting them would take most of the time
        least = nlargest(limit, counts.values())[-1] if limit else 0
        above = {value: count for value, count in counts.items() if count > least}
        tied = nsmallest(limit - len(above), (value for value, count in counts.items() if count == least))
        counts = above | dict.fromkeys(tied, least)
    # Two sorts, each by one value, take half the time of one by both; engines give values in their order anyway.
    return tuple(sorted(sorted(counts.items()), key=itemgetter(1), reverse=True)[:limit])


def split_terms(terms: str) -> Sequence[str]:
    """The terms of a column of an entry."""
    return terms.split(" ") if terms else ()
