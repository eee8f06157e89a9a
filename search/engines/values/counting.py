"""How many of some entries have each value? The numbers of their values are gathered and counted.

The first values of many entries are looked for among the frequent ones, which is several times as fast, and among all
where these are not certain to be the first.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from heapq import nsmallest
from itertools import pairwise
from typing import NamedTuple

import numpy as np

from search.deadline import check_deadline
from search.engines.arrays import Array, ascending, joined, lengths_to_ends
from search.engines.base import top_values
from search.engines.values import frequent
from search.engines.values.frequent import Frequent
from search.engines.values.listing import ListedTables, rows_of
from search.engines.values.table import GROUP_OF, GROUPS, Table, edges_of, with_bases

# Rows whose values are gathered at once: their numbers stay in the cache of a processor.
AT_ONCE = 1 << 15
# Values are looked for among the frequent ones if so many entries are asked for, and one of so many rows: the first
# values of fewer entries are often too rare to be certain.
LEAST_FREQUENT = 1_000
FREQUENT_ROWS = 160

Facets = dict[str, tuple[tuple[str, int], ...]]


class _Counts(NamedTuple):
    """The ordinals of values, ascending, and in how many entries each is."""

    ordinals: Array
    numbers: Array


class Values:
    """The values of all entries as of one commit; threads may share it."""

    def __init__(self, listed: ListedTables, count: int, living: Callable[[], Array]) -> None:
        """The values of `count` entries, whose serial numbers `living` gives; tables may have rows of others."""
        self._tables = tables = [Table.read(file) for file in listed.tables.values()]
        self._count = count
        self._living = living
        self._frequent = _frequent(listed)
        self._later = tables[len(listed.with_frequent()) :]  # whose rows are not among the frequent values
        self._bars: dict[str, int] = {}
        self._columns = {group: with_bases([table.columns[group] for table in tables]) for group in GROUPS}
        self._sizes = {group: sum(len(column.terms) for _, column in found) for group, found in self._columns.items()}
        self._totals: dict[str, Array] = {}  # by group
        self._edges: dict[str, list[tuple[int, int]]] = {}  # by keyword

    def most_frequent(self, limits: Mapping[str, int], serials: Array, missed: bool = False) -> Facets:
        """The most frequent values of each keyword among entries, at most as many as its limit says.

        The entries are those of the serial numbers or, where these are the `missed` ones, all others. Raises
        TooExpensive; ValueError if a file is not as it was written.
        """
        facets: Facets = {}
        if self._frequent and len(serials) >= max(LEAST_FREQUENT, len(self._frequent.serials) // FREQUENT_ROWS):
            asked = {name: limit for name, limit in limits.items() if GROUP_OF[name] == frequent.GROUP}
            facets = self._certain(self._frequent, asked, ascending(serials), missed)
        left = {name: limit for name, limit in limits.items() if name not in facets}
        for group in dict.fromkeys(GROUP_OF[name] for name in left):
            counts = self._others(group, serials) if missed else self._counted(group, serials)
            for name, limit in left.items():
                if GROUP_OF[name] == group:
                    facets[name] = self._first(counts, name, limit)
        return {name: facets[name] for name in limits}

    def _certain(self, known: Frequent, limits: Mapping[str, int], serials: Array, missed: bool) -> Facets:
        """The same of those keywords whose first values are certain by the frequent values alone.

        What is not among these has at most as many of the entries as its bar says, and as it has in later tables.
        """
        later = np.searchsorted(serials, int(known.serials[-1]), side="right")
        numbers = known.counted(serials[:later])
        others = self._counted(frequent.GROUP, serials[later:], self._later)
        places = np.searchsorted(known.ordinals, others.ordinals)
        is_known = np.append(known.ordinals, -1)[places] == others.ordinals
        numbers[places[is_known]] += others.numbers[is_known]
        rest = _Counts(others.ordinals[~is_known], others.numbers[~is_known])
        if missed:
            numbers = self._all(frequent.GROUP)[known.ordinals] - numbers
        there = np.flatnonzero(numbers)
        counts = _Counts(known.ordinals[there], numbers[there])
        facets: Facets = {}
        for name, limit in limits.items():
            found = self._first(counts, name, limit)
            most = self._bar(known, name) if missed else known.bar(name) + self._highest(rest, name)
            if not most or not limit or (len(found) == limit and found[-1][1] > most):
                facets[name] = found
        return facets

    def _bar(self, known: Frequent, name: str) -> int:
        """The most entries that any value of a keyword has which is not among the frequent ones."""
        if name not in self._bars:
            numbers = self._all(frequent.GROUP).copy()
            numbers[known.ordinals] = 0
            self._bars[name] = max(int(numbers[slice(*edges)].max(initial=0)) for edges in self._edges_of(name))
        return self._bars[name]

    def _highest(self, counts: _Counts, name: str) -> int:
        """The highest number of a value of a keyword."""
        return int(self._of(counts, name)[0].numbers.max(initial=0))

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
            self._edges[name] = edges_of(self._columns[GROUP_OF[name]], name)
        return self._edges[name]

    def _all(self, group: str) -> Array:
        """In how many entries each value is."""
        if group not in self._totals:
            whole = sum(map(len, self._tables)) == self._count
            serials = joined([table.serials for table in self._tables]) if whole else self._living()
            self._totals[group] = self._dense(group, serials).astype(np.int32)
        return self._totals[group]

    def _counted(self, group: str, serials: Array, tables: Sequence[Table] | None = None) -> _Counts:
        """The counts of entries, of which some tables may have all."""
        if len(serials) > AT_ONCE:
            return _sparse(self._dense(group, serials, tables))
        ordinals = self._gathered(group, serials, tables)
        if len(ordinals) < self._sizes[group]:  # sorting them costs less than a place for each value
            return _Counts(*np.unique(ordinals, return_counts=True))
        return _sparse(np.bincount(ordinals, minlength=self._sizes[group]))

    def _others(self, group: str, serials: Array) -> _Counts:
        everything = self._all(group)
        return _sparse(everything - self._dense(group, serials) if len(serials) else everything)

    def _dense(self, group: str, serials: Array, tables: Sequence[Table] | None = None) -> Array:
        """The number of these entries for each value.

        Counting goes through a place for each value, of which there are millions: not before so many were gathered.
        """
        size = self._sizes[group]
        counts = np.zeros(size, np.int64)
        waiting, number = list[Array](), 0
        for start in range(0, len(serials), AT_ONCE):
            check_deadline("counting the values of facets")
            waiting.append(self._gathered(group, serials[start : start + AT_ONCE], tables))
            number += len(waiting[-1])
            if number >= size or start + AT_ONCE >= len(serials):
                counts += np.bincount(joined(waiting), minlength=size)
                waiting, number = [], 0
        return counts

    def _gathered(self, group: str, serials: Array, tables: Sequence[Table] | None = None) -> Array:
        """The ordinals of the values of entries, of which some tables may have all. Raises ValueError if none has."""
        pieces, known = list[Array](), 0
        for table in self._tables if tables is None else tables:
            rows = table.rows(serials)
            known += len(rows)
            pieces.append(table.columns[group].ordinals_of(rows))
        ordinals = joined(pieces)
        if known != len(serials) or int(ordinals.max(initial=0)) >= max(1, self._sizes[group]):
            raise ValueError("an entry has values that are not known")
        return ordinals

    def _of(self, counts: _Counts, name: str) -> tuple[_Counts, Array]:
        """Those of a keyword, table by table, and where those of each table end."""
        edges = np.searchsorted(counts.ordinals, np.array(self._edges_of(name), np.int64).reshape(-1))
        parts = [slice(*edges) for edges in edges.reshape(-1, 2).tolist()]
        ordinals, numbers = (joined([array[part] for part in parts]) for array in counts)
        return _Counts(ordinals, numbers), lengths_to_ends(edges[1::2] - edges[::2])

    def _first(self, counts: _Counts, name: str, limit: int) -> tuple[tuple[str, int], ...]:
        """The most frequent values of a keyword, equal ones in order of the value."""
        (ordinals, numbers), ends = self._of(counts, name)
        if not limit or not len(numbers):
            return ()
        least = _least(numbers, limit)
        above = np.flatnonzero(numbers > least)
        found = dict(zip(self._values(name, ordinals[above]), numbers[above].tolist(), strict=True))
        tied = np.flatnonzero(numbers == least)
        ends = np.searchsorted(tied, ends)
        # Values of a table stand in their order, so that its first ones are enough.
        some = joined([tied[start:end][:limit] for start, end in pairwise([0, *ends.tolist()])])
        found |= dict.fromkeys(nsmallest(limit - len(found), self._values(name, ordinals[some])), least)
        return top_values(found, limit)

    def _values(self, name: str, ordinals: Array) -> Iterator[str]:
        """The values of a keyword that have these ordinals."""
        columns = self._columns[GROUP_OF[name]]
        bases = np.array([base for base, _ in columns], np.int64)
        for at, ordinal in zip(
            (np.searchsorted(bases, ordinals, side="right") - 1).tolist(), ordinals.tolist(), strict=True
        ):
            base, column = columns[at]
            yield column.value(ordinal - base)


def _frequent(listed: ListedTables) -> Frequent | None:
    """The frequent values of the tables, as far as there are any."""
    rows = sum(rows_of(listed.tables[name]) for name in listed.with_frequent())
    return Frequent.read(listed.frequent.file, rows) if listed.frequent and rows else None


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
