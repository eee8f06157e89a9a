"""How are the tables of values written? Beside the commits of an engine, in files that `values.json` names.

Tables are listed before the engine commits, and what they replace is removed after it. So whenever a process is killed,
there is a row for each entry of the last commit. There may be rows of entries that there never were, or are no more: no
hit has their serial numbers. A table is several times as large as the one after it, or both are made one, until they
are large (O'Neil and others, *The log-structured merge-tree*, 1996).
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

from search.engines.array_files import ArrayFile, write_arrays
from search.engines.arrays import Array
from search.engines.values.building import Keywords, NewRows, living, merged
from search.engines.values.frequent import made_of
from search.engines.values.listing import SUFFIX, FrequentFile, ListedTables, read_tables, rows_of, write_list
from search.engines.values.table import Table
from search.files import share, sync

GROWTH = 4
MOST_MERGED = 50_000  # rows that are made one table: that takes 150 MB, and one more table little of a request
MOST_ROWS = 2  # of tables, for an entry; beyond that they are written anew
LEAST_FREQUENT = 20_000  # rows from which on frequent values are written: those of fewer are counted fast
WRITTEN_AGAIN = 10  # so many times the rows that are not in the file of frequent values are less than all


class TableWriter:
    """Takes the values of the entries of one block.

    What it copies of other tables raises ValueError if it is not as it was written.
    """

    def __init__(self, directory: Path) -> None:
        self._directory = directory
        self._listed = read_tables(directory)
        self._following = self._listed.following
        self._new = NewRows()
        self._alike: list[str] = []
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
        alike = self._alike_to(len(self._new))
        for name in alike:  # before anything is listed: a run that is refused leaves nothing
            self._listed.tables[name].require_sound()
        table = self._new.table(list(map(Table.read, self._listed.tables.values())))
        self._new = NewRows()
        self._list(self._listed.tables, table)
        self._alike = alike

    def tidy(self) -> None:
        """Merge the table of the block with those that are alike, and remove files that are not listed.

        To be called after the engine has committed: merging takes memory that the engine has given back by then.
        """
        if self._alike:
            tables = dict(self._listed.tables)
            last = list(tables)[-1 - len(self._alike) :]
            together = [Table.read(tables.pop(name)) for name in last]
            self._alike = []
            self._list(tables, merged(together, list(map(Table.read, tables.values()))))
        self.remove_replaced()

    def _alike_to(self, size: int) -> list[str]:
        """The names of the last tables that a new one of so many rows is merged with."""
        names = list[str]()
        for name, file in reversed(list(self._listed.tables.items())):
            rows = rows_of(file)
            if rows >= GROWTH * size or rows + size > MOST_MERGED:
                break
            names.append(name)
            size += rows
        return names

    def keep_only(self, serials: Array) -> None:
        """Have one table with nothing of other entries than these, which are all of the last commit."""
        self._list({}, living(list(map(_copied, self._listed.tables.values())), serials))

    def write_frequent(self) -> None:
        """Write the frequent values anew if their file lacks many rows; to be called after the engine has committed."""
        listed = self._listed
        missing = listed.rows - sum(rows_of(listed.tables[name]) for name in listed.with_frequent())
        if listed.rows < LEAST_FREQUENT or missing * WRITTEN_AGAIN <= listed.rows:
            return
        frequent = made_of(list(map(Table.read, listed.tables.values())))
        name, file = self._written(frequent.arrays())
        self._listed = replace(listed, frequent=FrequentFile(name, tuple(listed.tables), file))
        write_list(self._directory, self._listed)
        self.remove_replaced()

    def is_wasteful(self, count: int) -> bool:
        """Whether most rows are of entries that are no more, if there are `count`."""
        return self._listed.rows > MOST_ROWS * count

    def remove_replaced(self) -> None:
        """Remove files that are not listed; to be called after the engine has committed."""
        frequent = self._listed.frequent
        used = {*self._listed.tables, *([frequent.name] if frequent and self._listed.with_frequent() else ())}
        for path in self._directory.glob(f"*{SUFFIX}"):
            if path.name not in used:
                with suppress(PermissionError):  # Windows: a reader still holds it; the next block gets it
                    path.unlink(missing_ok=True)

    def _list(self, kept: Mapping[str, ArrayFile], table: Table) -> None:
        """List a new table, unless it has no rows, behind those that are kept."""
        tables = dict(kept)
        if len(table):
            name, file = self._written(table.arrays())
            tables[name] = file
        self._listed = ListedTables(tables, self._following, self._listed.frequent)
        write_list(self._directory, self._listed)

    def _written(self, arrays: Iterable[tuple[str, Array]]) -> tuple[str, ArrayFile]:
        """The name of a file of arrays that is on disk, and the file: what need not be in memory is not.

        No name comes again: a killed run may have left a file of which a check sum is kept, and readers know files of
        an index that was removed and built again.
        """
        path = self._directory / f"{os.urandom(8).hex()}{SUFFIX}"
        with path.open("wb") as file:
            write_arrays(file, arrays)
            file.flush()
            os.fsync(file.fileno())
        share(path)
        sync(self._directory)
        return path.name, ArrayFile(path)


def _copied(file: ArrayFile) -> Table:
    """The table in a file that is about to be written anew. Raises ValueError if it is damaged."""
    file.require_sound()
    return Table.read(file)
