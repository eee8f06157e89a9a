"""Which values are computed from a whole archive and kept with its commit? A file for each kind, mapped by readers.

A file is written once, under a number of its own, and is in use once `archive.json` names it. What else is to be kept
with a commit, such as the aliases that its names were resolved with, has the same way.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable
from pathlib import Path

from search.engines.base import Engine
from search.files import sync
from search.mapped import Buffer
from search.store.names import archive_names
from search.store.words import archive_words

SUFFIX = ".snapshot"
# Kinds of what is known of copies, each with the number of a level: computed from articles, commit by commit.
LEVELS = SKETCHES, MEMBERS = "sketches", "members"
COUNTING = "counting"  # how many seconds the words of an archive in a cluster took to be counted
NAMES = "names"
KINDS: dict[str, Callable[[Engine], bytes]] = {"words": archive_words, NAMES: archive_names}


def write_snapshots(folder: Path, engine: Engine) -> None:
    """Write a file of each kind into a generation, as of the commit that the engine looks at."""
    number = next_number(_names(folder, *KINDS))
    for kind, compute in KINDS.items():
        _write(folder / name_of(kind, number), (compute(engine),))
    sync(folder)


def write_kept(folder: Path, kind: str, content: Iterable[Buffer]) -> Path:
    """Write a file of another kind into a generation; where it lies."""
    path = folder / name_of(kind, next_number(_names(folder, kind)))
    _write(path, content)
    sync(folder)
    return path


def _names(folder: Path, *kinds: str) -> Iterable[str]:
    return (path.name for kind in kinds for path in folder.glob(f"{kind}-*{SUFFIX}"))


def next_number(names: Iterable[str]) -> int:
    """A number that none of these files has which were written so."""
    numbers = (name.removesuffix(SUFFIX).rpartition("-")[2] for name in names if name.endswith(SUFFIX))
    return max(map(int, numbers), default=0) + 1


def name_of(kind: str, number: int) -> str:
    """The name of the file of a kind with this number."""
    return f"{kind}-{number:06}{SUFFIX}"


def _write(path: Path, content: Iterable[Buffer]) -> None:
    with path.open("xb") as file:
        file.writelines(content)
        file.flush()
        os.fsync(file.fileno())


def snapshot_name(files: Iterable[str], kind: str) -> str | None:
    """The newest file of a kind among the files of a generation."""
    return newest_files(files).get(kind)


def newest_files(files: Iterable[str]) -> dict[str, str]:
    """The newest file of each kind among the files of a generation."""
    ordered = sorted(name for name in files if name.endswith(SUFFIX))
    return {name.rpartition("-")[0]: name for name in ordered}


def other_kinds(files: Iterable[str]) -> set[str]:
    """The kinds of what is kept in a generation of these files beside what is computed from its articles."""
    kinds = {name.rpartition("-")[0] for name in files if name.endswith(SUFFIX)} - KINDS.keys() - {COUNTING}
    return {kind for kind in kinds if not kind.startswith(LEVELS)}


def outdated(files: Iterable[str]) -> set[str]:
    """The snapshots among the files of a generation that have a newer one."""
    names = {name for name in files if name.endswith(SUFFIX)}
    return names - set(newest_files(names).values())
