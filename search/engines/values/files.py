"""Where do the tables of values lie? Beside the commits of an engine, in files that `values.json` names.

Tables are listed before the engine commits, and what they replace is removed after it. So whenever a process is killed,
there is a row for each entry of the last commit. There may be rows of entries that there never were, or are no more: no
hit has their serial numbers. A table is several times as large as the one after it, or both are made one, until they
are large (O'Neil and others, *The log-structured merge-tree*, 1996).
"""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from search.engines.arrays import Array, ArrayFile, write_arrays
from search.engines.values.building import Keywords, NewRows, living, merged
from search.engines.values.table import Table
from search.files import replace_file, share, sync

LIST = "values.json"
SUFFIX = ".values"
GROWTH = 4
MOST_MERGED = 50_000  # rows that are made one table: that takes 150 MB, and one more table little of a request
MOST_ROWS = 2  # of tables, for an entry; beyond that they are written anew


@dataclass(frozen=True, slots=True)
class ListedTables:
    """The tables in use by the names of their files, the oldest first.

    `following` is the next serial number, `written` how many tables there ever were: no name comes again.
    """

    tables: Mapping[str, Table]
    following: int = 0
    written: int = 0

    @property
    def rows(self) -> int:
        """The number of their rows."""
        return sum(map(len, self.tables.values()))


def create_tables(directory: Path) -> None:
    """Begin with no tables."""
    _write_list(directory, ListedTables({}))


def read_tables(directory: Path, known: Mapping[str, Table] | None = None) -> ListedTables:
    """The tables in use; those that are known are not opened again.

    A file that a newer commit has removed raises FileNotFoundError.
    """
    listed = json.loads((directory / LIST).read_bytes())
    known = known or {}
    tables = {name: known.get(name) or Table.read(ArrayFile(directory / name)) for name in listed["tables"]}
    return ListedTables(tables, int(listed["following"]), int(listed["written"]))


def _write_list(directory: Path, listed: ListedTables) -> None:
    kept = {"tables": list(listed.tables), "following": listed.following, "written": listed.written}
    replace_file(directory / LIST, json.dumps(kept))


class TableWriter:
    """Takes the values of the entries of one block."""

    def __init__(self, directory: Path) -> None:
        self._directory = directory
        self._listed = read_tables(directory)
        self._following = self._listed.following
        self._new = NewRows()
        self.remove_replaced()

    def add(self, keywords: Keywords) -> int:
        """Take the values of an entry; the serial number that it has."""
        serial = self._following
        self._following += 1
        self._new.add(serial, keywords)
        return serial

    def write(self) -> None:
        """List the rows of the block; to be called before the engine commits."""
        if not len(self._new):
            return
        kept = dict(self._listed.tables)
        last: list[Table] = []
        size = len(self._new)
        while kept:
            before = len(kept[next(reversed(kept))])
            if before >= GROWTH * size or before + size > MOST_MERGED:
                break
            last.insert(0, kept.popitem()[1])
            size += before
        table = self._new.table([*kept.values(), *last])
        self._list(kept, merged([*last, table], list(kept.values())) if last else table)

    def keep_only(self, serials: Array) -> None:
        """Have one table with nothing of other entries than these, which are all of the last commit."""
        self._list({}, living(list(self._listed.tables.values()), serials))

    def is_wasteful(self, count: int) -> bool:
        """Whether most rows are of entries that are no more, if there are `count`."""
        return self._listed.rows > MOST_ROWS * count

    def remove_replaced(self) -> None:
        """Remove tables that are not listed; to be called after the engine has committed."""
        for path in self._directory.glob(f"*{SUFFIX}"):
            if path.name not in self._listed.tables:
                with suppress(PermissionError):  # Windows: a reader still holds it; the next block gets it
                    path.unlink(missing_ok=True)

    def _list(self, kept: Mapping[str, Table], table: Table) -> None:
        """List a new table, unless it has no rows, behind those that are kept."""
        written = self._listed.written + 1
        tables = {**kept, f"{written:06}{SUFFIX}": table} if len(table) else kept
        for name in tables.keys() - kept.keys():
            with (self._directory / name).open("wb") as file:
                write_arrays(file, table.arrays())
                file.flush()
                os.fsync(file.fileno())
            share(self._directory / name)
            sync(self._directory)
        _write_list(self._directory, ListedTables(tables, self._following, written))
        self._listed = read_tables(self._directory, kept)  # what need not be in memory is not
