"""How is a table of values made? Of entries that are written, or of older tables."""

from __future__ import annotations

from array import array
from collections.abc import Mapping, Sequence

import numpy as np

from search.engines.arrays import Array, joined, lengths_to_ends, ranges
from search.engines.strings import TermDictionary, string_arrays
from search.engines.values.table import GROUPS, Column, Table, hashes_of, key

Keywords = Mapping[str, tuple[str, ...]]


class NewRows:
    """Rows of entries that no table has yet."""

    def __init__(self) -> None:
        self._serials = array("q")
        self._columns = {group: _NewColumn(names) for group, names in GROUPS.items()}

    def __len__(self) -> int:
        return len(self._serials)

    def add(self, serial: int, keywords: Keywords) -> None:
        """Add the row of an entry; serial numbers must ascend."""
        self._serials.append(serial)
        for column in self._columns.values():
            column.add(keywords)

    def table(self, older: Sequence[Table]) -> Table:
        """The table that follows the older ones."""
        columns = {
            group: column.column([table.columns[group] for table in older]) for group, column in self._columns.items()
        }
        return Table(np.array(self._serials, np.int64), columns)


class _NewColumn:
    """A column whose values are numbered as they come."""

    def __init__(self, names: Sequence[str]) -> None:
        self._keys: list[str] = []  # by number
        self._numbers: dict[str, dict[str, int]] = {name: {} for name in names}  # by keyword and value
        self._ordinals = array("q")
        self._bounds = array("q", [0])

    def add(self, keywords: Keywords) -> None:
        """Add a row."""
        for name, numbers in self._numbers.items():
            for value in keywords.get(name, ()):
                number = numbers.get(value)
                if number is None:
                    number = numbers[value] = len(self._keys)
                    self._keys.append(key(name, value))
                self._ordinals.append(number)
        self._bounds.append(len(self._ordinals))

    def column(self, older: Sequence[Column]) -> Column:
        """The same with ordinals that follow those of older columns, or are theirs."""
        keys = self._keys
        hashes = hashes_of(keys)
        ordinals = np.full(len(keys), -1, np.int64)
        base = 0
        for column in older:
            places, there = column.look_up(hashes)
            ordinals[there] = base + places[there]
            base += len(column.terms)
        new = sorted(np.flatnonzero(ordinals < 0).tolist(), key=keys.__getitem__)
        ordinals[new] = base + np.arange(len(new))
        terms = TermDictionary(*string_arrays(keys[number].encode() for number in new))
        own = ordinals[np.array(self._ordinals, np.int64)]
        return Column.made(np.array(self._bounds, np.int64), own, terms, hashes[new])


def merged(tables: Sequence[Table], older: Sequence[Table]) -> Table:
    """Successive tables as one that follows the older ones."""
    columns = {
        group: _merged([table.columns[group] for table in tables], sum(len(one.columns[group].terms) for one in older))
        for group in GROUPS
    }
    return Table(joined([table.serials for table in tables]), columns)


def _merged(columns: Sequence[Column], base: int) -> Column:
    keys = [key for column in columns for key in column.listed()]
    order = np.array(sorted(range(len(keys)), key=keys.__getitem__), np.int64)
    terms = TermDictionary(*string_arrays(keys[place] for place in order.tolist()))
    hashes = joined([column.hashes_by_place() for column in columns])
    return Column.made(
        _bounds(joined([np.diff(column.bounds.astype(np.int64)) for column in columns])),
        _renumbered(joined([column.ordinals for column in columns]).astype(np.uint32), base, _ranks(order)),
        terms, hashes[order],
    )  # fmt: skip


def living(tables: Sequence[Table], serials: Array) -> Table:
    """All tables as one, with the rows of these serial numbers only, and with no value that none of them has."""
    whole = merged(tables, [])
    rows = np.flatnonzero(np.isin(whole.serials, serials))
    return Table(whole.serials[rows], {group: _kept(column, rows) for group, column in whole.columns.items()})


def _kept(column: Column, rows: Array) -> Column:
    starts = column.bounds[rows]
    lengths = column.bounds[rows + 1] - starts
    ordinals = column.ordinals[ranges(starts, lengths)]
    places = np.flatnonzero(np.bincount(ordinals, minlength=len(column.terms)))
    numbers = np.zeros(len(column.terms), np.int64)
    numbers[places] = np.arange(len(places))
    terms = TermDictionary(*string_arrays(map(column.terms.bytes, places.tolist())))
    return Column.made(_bounds(lengths), numbers[ordinals], terms, column.hashes_by_place()[places])


def _bounds(lengths: Array) -> Array:
    return np.concatenate((np.zeros(1, np.int64), lengths_to_ends(lengths)))


def _ranks(order: Array) -> Array:
    """Where each stands in an order."""
    ranks = np.empty(len(order), np.int64)
    ranks[order] = np.arange(len(order))
    return ranks


def _renumbered(ordinals: Array, base: int, ranks: Array) -> Array:
    """Ordinals whose values from `base` on have these ranks now."""
    own = ordinals >= base
    ordinals[own] = (base + ranks)[ordinals[own] - base]
    return ordinals
