"""Which values have these entries? A table of them in a file, which never changes (Lucene: doc values).

An engine gives each entry a *serial number* when it is put, and no number twice; what is put again has another one. A
table has a row for each serial number: the *ordinals* of the values of the entry. The values that no older table has
are listed in a table in their order, and follow those of the older ones: the first has the ordinal `base`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from hashlib import blake2b
from itertools import accumulate

import numpy as np

from search import schema
from search.engines.array_files import ArrayFile
from search.engines.arrays import Array, ranges, smallest
from search.engines.strings import TermDictionary

# What readers see is counted for nearly each request, the rest when an archive is written: one row for each of both.
_SELDOM = ("document", *schema.EVIDENCE)
GROUPS = {"often": tuple(name for name in schema.KEYWORDS if name not in _SELDOM), "seldom": _SELDOM}
GROUP_OF = {name: group for group, names in GROUPS.items() for name in names}

_PARTS = ("bounds", "ordinals", "letters", "letter ends", "hashes", "places")
_AFTER_NAME = "\0"  # sorts before whatever follows it


def key(name: str, value: str) -> str:
    """A value of a keyword as it is listed: in the order of keywords, then of values."""
    return f"{name}{_AFTER_NAME}{value}"


def hashes_of(keys: Iterable[str]) -> Array:
    """Numbers by which keys are looked up; two of ten million share one with a probability of 1 in 370,000."""
    return np.frombuffer(b"".join(blake2b(one.encode(), digest_size=8).digest() for one in keys), "<u8")


@dataclass(frozen=True, slots=True)
class Column:
    """The values of the keywords of one group.

    The ordinals of row n stand between `bounds[n]` and `bounds[n + 1]`. `terms` are the keys of the values that are new
    in the table, `hashes` theirs in order, and `places` where the key of each hash stands.
    """

    bounds: Array
    ordinals: Array
    terms: TermDictionary
    hashes: Array
    places: Array

    @classmethod
    def made(cls, bounds: Array, ordinals: Array, terms: TermDictionary, hashes: Array) -> Column:
        """A column of keys with their hashes."""
        order = np.argsort(hashes)
        return cls(bounds, ordinals, terms, hashes[order], order)

    @classmethod
    def read(cls, file: ArrayFile, group: str) -> Column:
        """The column in a file."""
        bounds, ordinals, letters, letter_ends, hashes, places = (file[f"{group}/{part}"] for part in _PARTS)
        return cls(bounds, ordinals, TermDictionary(letters, letter_ends), hashes, places)

    def arrays(self, group: str) -> Iterator[tuple[str, Array]]:
        """What a file has of it."""
        parts = (self.bounds, self.ordinals, self.terms.letters, self.terms.ends, self.hashes, self.places)
        for part, array in zip(_PARTS, parts, strict=True):
            yield f"{group}/{part}", array if part in ("letters", "hashes") else smallest(array)

    def ordinals_of(self, rows: Array) -> Array:
        """The ordinals of these rows, one row after the other. Raises ValueError if the file is not as written."""
        return in_rows(self.bounds, self.ordinals, rows)

    def places_of(self, name: str) -> range:
        """The places of the values of a keyword."""
        return self.terms.beginning(key(name, ""))

    def value(self, place: int) -> str:
        """The value at a place."""
        return self.terms[place].partition(_AFTER_NAME)[2]

    def listed(self) -> Iterator[bytes]:
        """The keys of the values, in order."""
        return map(self.terms.bytes, range(len(self.terms)))

    def hashes_by_place(self) -> Array:
        """The hashes of the values, in the order of these."""
        hashes = np.empty_like(self.hashes)
        hashes[self.places] = self.hashes
        return hashes

    def look_up(self, hashes: Array) -> tuple[Array, Array]:
        """The places of the values with these hashes, and whether there are such."""
        found = np.searchsorted(self.hashes, hashes)
        there = found < len(self.hashes)
        there[there] = self.hashes[found[there]] == hashes[there]
        places = np.zeros(len(hashes), np.int64)
        places[there] = self.places[found[there]]
        return places, there


@dataclass(frozen=True, slots=True)
class Table:
    """Rows of entries, by their serial numbers, which ascend; and a column for each group of keywords."""

    serials: Array
    columns: Mapping[str, Column]

    def __len__(self) -> int:
        return len(self.serials)

    @classmethod
    def read(cls, file: ArrayFile) -> Table:
        """The table in a file; pages of it that nobody looks at are not read."""
        return cls(file["serials"], {group: Column.read(file, group) for group in GROUPS})

    def arrays(self) -> Iterator[tuple[str, Array]]:
        """What a file has of it."""
        yield "serials", smallest(self.serials)
        for group, column in self.columns.items():
            yield from column.arrays(group)

    def rows(self, serials: Array) -> Array:
        """The rows of those serial numbers that lie between the first and the last of the table, all of which it has.

        Raises ValueError if it has not.
        """
        return rows_of(self.serials, serials)


def in_rows(bounds: Array, numbers: Array, rows: Array) -> Array:
    """The numbers of these rows, one row after the other: those of row n stand between `bounds[n]` and `bounds[n + 1]`.

    Raises ValueError if the file is not as written.
    """
    starts = bounds[rows].astype(np.int64)
    lengths = bounds[rows + 1] - starts
    if len(rows) and (int(lengths.min()) < 0 or int((starts + lengths).max()) > len(numbers)):
        raise ValueError("a row of values has no end")
    return numbers[ranges(starts, lengths)]


def rows_of(all: Array, serials: Array) -> Array:
    """The rows of those serial numbers that lie between the first and the last of `all`, which has a row for each.

    Raises ValueError if it has not.
    """
    first, last = int(all[0]), int(all[-1])
    mine = serials[(serials >= first) & (serials <= last)]
    if last - first + 1 == len(all):
        return mine - first
    rows = np.searchsorted(all, mine.astype(all.dtype))  # else all would be copied to numbers as large as these
    if not np.array_equal(all[rows], mine):
        raise ValueError("an entry has no row of values")
    return rows


def with_bases(columns: Sequence[Column]) -> list[tuple[int, Column]]:
    """Columns, each behind the ordinal of its first value."""
    ends = list(accumulate(len(column.terms) for column in columns))
    return list(zip([0, *ends], columns, strict=False))


def edges_of(columns: Sequence[tuple[int, Column]], name: str) -> list[tuple[int, int]]:
    """The ordinals of the values of a keyword in each column: the first, and that behind the last."""
    places = ((base, column.places_of(name)) for base, column in columns)
    return [(base + place.start, base + place.stop) for base, place in places]
