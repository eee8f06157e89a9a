"""Which tables of values are in use? Those that `values.json` names, beside the commits of an engine.

Who reads an index maps their files into memory when it is opened, as a newer commit may remove them. What they hold is
read when the first values are counted.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from itertools import takewhile
from pathlib import Path
from typing import Any

from search.engines.array_files import ArrayFile
from search.files import replace_file

LIST = "values.json"
SUFFIX = ".values"


def rows_of(table: ArrayFile) -> int:
    """The number of rows of a table."""
    return table.length("serials")


@dataclass(frozen=True, slots=True)
class FrequentFile:
    """The file of frequent values, and the names of the tables of which it was made, the oldest first."""

    name: str
    made_of: tuple[str, ...]
    file: ArrayFile


@dataclass(frozen=True, slots=True)
class ListedTables:
    """The tables in use by the names of their files, the oldest first.

    `following` is the next serial number.
    """

    tables: Mapping[str, ArrayFile]
    following: int = 0
    frequent: FrequentFile | None = None

    @property
    def rows(self) -> int:
        """The number of their rows."""
        return sum(map(rows_of, self.tables.values()))

    def with_frequent(self) -> list[str]:
        """The tables whose rows the file of frequent values has: the oldest ones, as far as they are still in use."""
        made_of = self.frequent.made_of if self.frequent else ()
        return [name for name, _ in takewhile(lambda pair: pair[0] == pair[1], zip(made_of, self.tables, strict=False))]


def create_tables(directory: Path) -> None:
    """Begin with no tables."""
    write_list(directory, ListedTables({}))


def read_tables(directory: Path, known: Mapping[str, ArrayFile] | None = None) -> ListedTables:
    """The tables in use; those that are known are not opened again.

    A file that a newer commit has removed raises FileNotFoundError.
    """
    listed = json.loads((directory / LIST).read_bytes())
    known = known or {}
    tables = {name: known.get(name) or ArrayFile(directory / name) for name in listed["tables"]}
    return ListedTables(tables, int(listed["following"]), _frequent(directory, listed))


def _frequent(directory: Path, listed: Mapping[str, Any]) -> FrequentFile | None:
    """The file of frequent values, if there is one.

    An archive does without it, and is slower: it may have been replaced just now, or damaged, which `nachlese check`
    tells and the next run mends.
    """
    if "frequent" in listed:
        name, *made_of = listed["frequent"]
        with suppress(FileNotFoundError, ValueError):
            return FrequentFile(name, tuple(made_of), ArrayFile(directory / name))
    return None


def state_of(directory: Path) -> tuple[int, int]:
    """What differs after each change of the list."""
    stat = (directory / LIST).stat()
    return stat.st_mtime_ns, stat.st_ino


def write_list(directory: Path, listed: ListedTables) -> None:
    """List tables as those in use."""
    kept: dict[str, Any] = {"tables": list(listed.tables), "following": listed.following}
    if listed.frequent and listed.with_frequent():
        kept["frequent"] = [listed.frequent.name, *listed.frequent.made_of]
    replace_file(directory / LIST, json.dumps(kept))
