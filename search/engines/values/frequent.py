"""Which values are frequent, and which entries have them? A second, smaller copy of the tables, quick to count.

Most values of an archive have a few entries, and none of these is among the first of a facet of many. So the frequent
ones stand in one array for the rows of all tables, as numbers of two bytes. What is left out has at most as many
entries as the *bar* of its keyword: what is counted more often is certain to come before it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Self

import numpy as np

from search.deadline import check_deadline
from search.engines.array_files import ArrayFile
from search.engines.arrays import Array, joined, lengths_to_ends, smallest
from search.engines.values.table import GROUPS, Table, edges_of, in_rows, rows_of, with_bases

GROUP = "often"
MOST = 1 << 16  # values that numbers of two bytes tell apart
AT_ONCE = 1 << 16  # rows whose values are gathered at once
_PARTS = ("serials", "bounds", "numbers", "ordinals", "bars")


@dataclass(frozen=True, slots=True)
class Frequent:
    """The frequent values of entries.

    A row has the numbers of its values between `bounds[n]` and `bounds[n + 1]`; `ordinals`, which ascend, are what the
    tables call them. `bars` has that of each keyword of the group, in their order.
    """

    serials: Array
    bounds: Array
    numbers: Array
    ordinals: Array
    bars: Array

    @classmethod
    def read(cls, file: ArrayFile, rows: int) -> Self:
        """What a file has, of the first rows."""
        serials, *rest = map(file.__getitem__, _PARTS)
        return cls(serials[:rows], *rest)

    def arrays(self) -> Iterator[tuple[str, Array]]:
        """What a file has of it."""
        for part in _PARTS:
            yield part, getattr(self, part)

    def bar(self, name: str) -> int:
        """The most entries that a value of a keyword has which is left out; 0 if none is."""
        return int(self.bars[GROUPS[GROUP].index(name)])

    def counted(self, serials: Array) -> Array:
        """How many of these entries have each value; their serial numbers ascend, and none is behind the last row.

        Raises TooExpensive; ValueError if a file is not as it was written.
        """
        counts = np.zeros(len(self.ordinals), np.int64)
        rows = rows_of(self.serials, serials) if len(serials) else serials
        if len(rows) != len(serials):
            raise ValueError("an entry has values that are not known")
        for start in range(0, len(rows), AT_ONCE):
            check_deadline("counting the values of facets")
            numbers = in_rows(self.bounds, self.numbers, rows[start : start + AT_ONCE])
            found = np.bincount(numbers, minlength=len(counts))
            if len(found) > len(counts):
                raise ValueError("an entry has values that are not known")
            counts += found
        return counts


def made_of(tables: Sequence[Table]) -> Frequent:
    """The frequent values of the rows of tables, of which there is at least one."""
    columns = [table.columns[GROUP] for table in tables]
    size = sum(len(column.terms) for column in columns)
    totals = np.zeros(size, np.int64)
    for column in columns:
        totals += np.bincount(column.ordinals, minlength=size)
    places = {
        name: joined([np.arange(*edges) for edges in edges_of(with_bases(columns), name)]) for name in GROUPS[GROUP]
    }
    bars = _bars({name: totals[place] for name, place in places.items()})
    is_frequent = np.zeros(size, bool)
    for name, place in places.items():
        is_frequent[place] = totals[place] > bars[name]
    number_of = np.cumsum(is_frequent) - 1
    lengths, numbers = list[Array](), list[Array]()
    for column in columns:
        kept = is_frequent[column.ordinals]
        ends = np.append(0, np.cumsum(kept))
        lengths.append(np.diff(ends[column.bounds]))
        numbers.append(number_of[column.ordinals[kept]].astype(np.uint16))
    return Frequent(
        smallest(joined([table.serials for table in tables])),
        smallest(np.append(0, lengths_to_ends(joined(lengths)))),
        np.concatenate(numbers),
        np.flatnonzero(is_frequent),
        np.array([bars[name] for name in GROUPS[GROUP]], np.int64),
    )


def _bars(totals: Mapping[str, Array]) -> dict[str, int]:
    """The bar of each keyword: those that have few values leave their room to the others."""
    bars: dict[str, int] = {}
    room = MOST
    for name, counts in sorted(totals.items(), key=lambda pair: len(pair[1])):
        share = room // (len(totals) - len(bars))
        left_out = len(counts) - share
        bars[name] = int(np.partition(counts, left_out - 1)[left_out - 1]) if left_out > 0 else 0
        room -= int((counts > bars[name]).sum())
    return bars
