"""Which keys of a file mean ours? What `--map` says, else the `nachlese.toml` of its folder or of one above it."""

from __future__ import annotations

import os
import stat
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from indexer.document import Mapping, printable
from indexer.errors import Problem, problem_of
from indexer.formats.keys import OUR_KEYS
from search.errors import NachleseError

FILE = "nachlese.toml"
_OPTION = "write body=text,title=headline"
_TABLE = 'write [map], and below it lines such as body = "text"'
_UNTIL = "until then, what has keys is passed over in its folder and below"


class MappingUnusable(NachleseError):
    """A mapping names what there is not."""


class _Unusable(Exception):
    """A file of a mapping that cannot be read, or is none."""


def parse_mapping(text: str) -> Mapping:
    """The mapping of an option such as `body=text,title=headline`, none for an empty one. Raises MappingUnusable."""
    each_key = text.split(",") if text.strip() else []
    pairs = [tuple(part.strip() for part in each.partition("=")[::2]) for each in each_key]
    return _checked([(ours, theirs) for ours, theirs in pairs], "The mapping", f"; {_OPTION}")


def _checked(pairs: list[tuple[str, Any]], place: str, example: str = "") -> Mapping:
    for ours, theirs in pairs:
        if ours not in OUR_KEYS:
            known = ", ".join(OUR_KEYS)
            raise MappingUnusable(f"{place} names the key {ours!r}; ours are {known}{example}")
        if [key for key, _ in pairs].count(ours) > 1:
            raise MappingUnusable(f"{place} names {ours!r} twice; choose one key of the file for it{example}")
        if not isinstance(theirs, str) or not theirs:
            raise MappingUnusable(f"{place} gives {ours!r} no key of the file{example}")
    return tuple(pairs)


class Mappings:
    """The mappings of the folders of a SOURCE and above it, each file of them read once.

    A document has the same keys whether its folder is the SOURCE or one above it.
    """

    def __init__(self, root: Path, given: Mapping) -> None:
        self._root = root
        self._given = given
        self._known: dict[Path, Mapping | None] = {}
        self._problems: list[Problem] = []

    def of(self, folder: Path) -> Mapping | None:
        """The mapping for what lies in a folder of the SOURCE, None if the file that has it cannot be used."""
        if self._given:
            return self._given
        if folder not in self._known:
            try:
                own = self._read(folder / FILE)
                self._known[folder] = self._above(folder) if own is None else own
            except _Unusable:
                self._known[folder] = None
        return self._known[folder]

    def _above(self, folder: Path) -> Mapping | None:
        parent = Path(os.path.abspath(folder)).parent if folder == self._root else folder.parent
        return () if parent == folder else self.of(parent)

    def problems(self) -> Iterator[Problem]:
        """What was wrong with the files that were read since it was asked last."""
        yield from self._problems
        self._problems.clear()

    def _read(self, path: Path) -> Mapping | None:
        """What a file says, None if there is none. Raises _Unusable, and has the problem."""
        try:
            state = path.stat()
            if not stat.S_ISREG(state.st_mode):  # reading a pipe would wait forever
                raise MappingUnusable("it is no file")
            with path.open("rb") as file:
                table = tomllib.load(file).get("map")
            if not isinstance(table, dict):
                raise MappingUnusable("it has no table [map]")
            return _checked(list(table.items()), "it")
        except (FileNotFoundError, NotADirectoryError):
            return None
        except OSError as error:
            self._problems.append(problem_of(error, printable(str(path))))
        except (ValueError, RecursionError, MappingUnusable) as error:
            message = f"is no mapping: {error}; {_TABLE}; {_UNTIL}"
            self._problems.append(Problem(printable(str(path)), None, message))
        raise _Unusable
