"""How is an index read without a write to it? By another user, or from a read-only disk.

tantivy takes a lock when it opens the files of a commit: it opens `.tantivy-meta.lock` for writing, beside them. So a
reader opens a folder of its own, with links to the files, and removes it at once: the files are mapped into memory by
then. The lock kept a writer from removing files meanwhile; without it, a reader that misses one looks again.
"""

from __future__ import annotations

import json
import os
import shutil
import tempfile
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import tantivy

from search.engines.array_files import ArrayFile
from search.engines.values.listing import ListedTables, read_tables, state_of
from search.errors import IndexUnreadable
from search.files import share

META = "meta.json"
ATTEMPTS = 20
PAUSE = 0.05  # seconds
_HAS_LINKS = os.name != "nt"  # where links need a right of their own


@dataclass(frozen=True, slots=True)
class Commit:
    """An index as of one commit: what searches it, its schema, the values of its entries.

    `segments` has the names of its segments with their numbers of entries.
    """

    searcher: tantivy.Searcher
    schema: tantivy.Schema
    segments: Mapping[str, int]
    values: ListedTables


def open_commit(directory: Path, known: Mapping[str, ArrayFile] | None = None) -> Commit:
    """The last commit of an index; those tables of values that are known are not opened again."""
    for _ in range(ATTEMPTS):
        before = _state(directory)
        try:
            commit = _open(directory, known)
            if _state(directory) == before:  # else the values may be those of a newer commit
                return commit
        except (OSError, ValueError):
            # A writer that commits replaces files, and tantivy makes the list of them anew, for its user only at first.
            if _state(directory) == before and not _is_being_written(directory):
                raise
            time.sleep(PAUSE)
    return _open(directory, known)


def open_segment(directory: Path, name: str) -> tantivy.Searcher:
    """What searches one segment of the last commit. Raises ValueError if it has none of this name."""
    meta = json.loads((directory / META).read_bytes())
    meta["segments"] = [segment for segment in meta["segments"] if segment["segment_id"] == name]
    if not meta["segments"] or not _HAS_LINKS:
        raise ValueError(f"The segment {name} of {directory} cannot be opened by itself")
    return _linked(directory, json.dumps(meta).encode())[0]


def share_meta(directory: Path) -> None:
    """Let readers have the list of files that tantivy has just replaced."""
    share(directory / META)


def _open(directory: Path, known: Mapping[str, ArrayFile] | None) -> Commit:
    meta = (directory / META).read_bytes()
    searcher, schema = _linked(directory, meta) if _HAS_LINKS else _opened(directory)
    segments = {segment["segment_id"]: int(segment["max_doc"]) for segment in json.loads(meta)["segments"]}
    return Commit(searcher, schema, segments, read_tables(directory, known))


def _linked(directory: Path, meta: bytes) -> tuple[tantivy.Searcher, tantivy.Schema]:
    """What searches the segments that a list names, from a folder of its own."""
    with _folder(directory) as own:
        for file in directory.absolute().iterdir():
            if not file.name.startswith(".") and file.name != META:
                (own / file.name).symlink_to(file)
        (own / META).write_bytes(meta)
        return _opened(own)


def _opened(directory: Path) -> tuple[tantivy.Searcher, tantivy.Schema]:
    index = tantivy.Index.open(str(directory))
    # We look for new commits ourselves, so no thread has to watch the files.
    index.config_reader(reload_policy="manual")
    return index.searcher(), index.schema


@contextmanager
def _folder(directory: Path) -> Iterator[Path]:
    """A folder of our own for a moment."""
    try:
        folder = Path(tempfile.mkdtemp(prefix="nachlese-"))
    except FileNotFoundError as error:
        raise IndexUnreadable(
            f"To read the index in {directory.parent}, tantivy needs a folder for temporary files, and there is none "
            "that may be written. Set TMPDIR to one; it holds a few links for a moment."
        ) from error
    try:
        yield folder
    finally:
        for _ in range(ATTEMPTS):  # the thread that tantivy starts to watch an index may be about to lock it
            shutil.rmtree(folder, ignore_errors=True)
            if not folder.exists():
                break


def _state(directory: Path) -> tuple[int, ...] | None:
    """What differs after each commit, and when the tables of values are others."""
    try:
        stat = (directory / META).stat()
        return stat.st_mtime_ns, stat.st_ino, *state_of(directory)
    except OSError:
        return None


def _is_being_written(directory: Path) -> bool:
    """Whether the list of files has not yet the rights of its directory."""
    meta = directory / META
    try:
        return not os.access(meta, os.R_OK) and bool(directory.stat().st_mode & ~meta.stat().st_mode & 0o444)
    except OSError:
        return False
