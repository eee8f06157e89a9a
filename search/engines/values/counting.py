"""How many of some entries have each value? The numbers of their values are gathered and counted."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from heapq import nsmallest
from itertools import accumulate
from typing import NamedTuple

import numpy as np

from search.deadline import check_deadline
from search.engines.arrays import Array, joined
from search.engines.base import top_values
from search.engines.values.table import GROUP_OF, GROUPS, Column, Table

# Rows whose values are gathered at once: their numbers stay in the cache of a processor.
AT_ONCE = 1 << 15

Facets = dict[str, tuple[tuple[str, int], ...]]


class _Counts(NamedTuple):
    """The ordinals of values, ascending, and in how many entries each is."""

    ordinals: Array
    numbers: Array


class Values:
    """The values of all entries as of one commit; threads may share it."""

    def __init__(self, tables: Sequence[Table], count: int, living: Callable[[], Array]) -> None:
        """The values of `count` entries, whose serial numbers `living` gives; tables may have rows of others."""
        self._tables = tables
        self._count = count
        self._living = living
        self._columns = {group: _with_bases([table.columns[group] for table in tables]) for group in GROUPS}
        self._sizes = {group: sum(len(column.terms) for _, column in found) for group, found in self._columns.items()}
        self._totals: dict[str, Array] = {}  # by group
        self._edges: dict[str, list[tuple[int, int]]] = {}  # by keyword

    def most_frequent(self, limits: Mapping[str, int], serials: Array, missed: bool = False) -> Facets:
        """The most frequent values of each keyword among entries, at most as many as its limit says.

        The entries are those of the serial numbers or, where these are the `missed` ones, all others. Raises
        TooExpensive; ValueError if a file is not as it was written.
        """
        facets: Facets = {}
        for group in dict.fromkeys(GROUP_OF[name] for name in limits):
            counts = self._others(group, serials) if missed else self._counted(group, serials)
            for name, limit in limits.items():
                if GROUP_OF[name] == group:
                    facets[name] = self._first(counts, name, limit)
        return {name: facets[name] for name in limits}

    def counts(self, name: str) -> dict[str, int]:
        """All values of a keyword with their number of entries."""
        group = GROUP_OF[name]
        numbers = self._all(group)
        found: dict[str, int] = {}
        for (base, column), (start, end) in zip(self._columns[group], self._edges_of(name), strict=True):
            there = np.flatnonzero(numbers[start:end]) + start
            values = map(column.value, (there - base).tolist())
            found |= dict(zip(values, numbers[there].tolist(), strict=True))
        return found

    def _edges_of(self, name: str) -> list[tuple[int, int]]:
        """The ordinals of the values of a keyword in each table: the first, and that behind the last."""
        if name not in self._edges:
            columns = self._columns[GROUP_OF[name]]
            self._edges[name] = [
                (base + place.start, base + place.stop)
                for base, column in columns
                for place in [column.places_of(name)]
            ]
        return self._edges[name]

    def _all(self, group: str) -> Array:
        """In how many entries each value is."""
        if group not in self._totals:
            whole = sum(map(len, self._tables)) == self._count
            serials = joined([table.serials for table in self._tables]) if whole else self._living()
            self._totals[group] = self._dense(group, serials).astype(np.int32)
        return self._totals[group]

    def _counted(self, group: str, serials: Array) -> _Counts:
        if len(serials) > AT_ONCE:
            return _sparse(self._dense(group, serials))
        ordinals = self._gathered(group, serials)
        if len(ordinals) < self._sizes[group]:  # sorting them costs less than a place for each value
            return _Counts(*np.unique(ordinals, return_counts=True))
        return _sparse(np.bincount(ordinals, minlength=self._sizes[group]))

    def _others(self, group: str, serials: Array) -> _Counts:
        everything = self._all(group)
        return _sparse(everything - self._dense(group, serials) if len(serials) else everything)

    def _dense(self, group: str, serials: Array) -> Array:
        """The number of these entries for each value.

        Counting goes through a place for each value, of which there are millions: not before so many were gathered.
        """
        size = self._sizes[group]
        counts = np.zeros(size, np.int64)
        waiting, number = list[Array](), 0
        for start in range(0, len(serials), AT_ONCE):
            check_deadline("counting the values of facets")
            waiting.append(self._gathered(group, serials[start : start + AT_ONCE]))
            number += len(waiting[-1])
            if number >= size or start + AT_ONCE >= len(serials):
                counts += np.bincount(joined(waiting), minlength=size)
                waiting, number = [], 0
        return counts

    def _gathered(self, group: str, serials: Array) -> Array:
        """The ordinals of the values of entries. Raises ValueError if they are none."""
        pieces, known = list[Array](), 0
        for table in self._tables:
            rows = table.rows(serials)
            known += len(rows)
            pieces.append(table.columns[group].ordinals_of(rows))
        ordinals = joined(pieces)
        if known != len(serials) or int(ordinals.max(initial=0)) >= max(1, self._sizes[group]):
            raise ValueError("an entry has values that are not known")
        return ordinals

    def _first(self, counts: _Counts, name: str, limit: int) -> tuple[tuple[str, int], ...]:
        """The most frequent values of a keyword, equal ones in order of the value."""
        columns = self._columns[GROUP_OF[name]]
        parts = [slice(*np.searchsorted(counts.ordinals, edges).tolist()) for edges in self._edges_of(name)]
        numbers = [counts.numbers[part] for part in parts]
        if not limit or not any(map(len, numbers)):
            return ()
        least = _least(np.concatenate(numbers), limit)
        found: dict[str, int] = {}
        tied: list[str] = []
        for (base, column), part, own in zip(columns, parts, numbers, strict=True):
            places = counts.ordinals[part] - base
            above = np.flatnonzero(own > least)
            found |= dict(zip(map(column.value, places[above].tolist()), own[above].tolist(), strict=True))
            some = np.flatnonzero(own == least)[:limit]  # values stand in their order, so these are the first
            tied += map(column.value, places[some].tolist())
        found |= dict.fromkeys(nsmallest(limit - len(found), tied), least)
        return top_values(found, limit)


def _with_bases(columns: Sequence[Column]) -> list[tuple[int, Column]]:
    """Columns, each behind the ordinal of its first value."""
    ends = list(accumulate(len(column.terms) for column in columns))
    return list(zip([0, *ends], columns, strict=False))


def _sparse(counts: Array) -> _Counts:
    ordinals = np.flatnonzero(counts)
    return _Counts(ordinals, counts[ordinals])


def _least(numbers: Array, limit: int) -> int:
    """The number of which so many are higher or equal, or the least one there is.

    Most numbers are equal, which sorting and partition take long for; so the low ones are left out first.
    """
    if limit >= len(numbers):
        return int(numbers.min())
    bar = 1
    while len(higher := numbers[numbers > bar]) >= limit:
        numbers, bar = higher, 2 * bar
    at_least = np.bincount(np.minimum(numbers, bar))[::-1].cumsum()
    return len(at_least) - 1 - int(np.searchsorted(at_least, limit))
