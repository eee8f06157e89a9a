"""How is an index read without a write to it? By another user, or from a read-only disk.

tantivy takes a lock when it opens the files of a commit: it opens `.tantivy-meta.lock` for writing, beside them. So a
reader opens a folder of its own, with links to the files, and removes it at once: the files are mapped into memory by
then. The lock kept a writer from removing files meanwhile; without it, a reader that misses one looks again.
"""

from __future__ import annotations

import os
import shutil
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import tantivy

from search.errors import IndexUnreadable
from search.files import share

META = "meta.json"
ATTEMPTS = 20
PAUSE = 0.05  # seconds


def open_searcher(directory: Path) -> tuple[tantivy.Searcher, tantivy.Schema]:
    """What searches the last commit, and the schema of the index."""
    for _ in range(ATTEMPTS):
        before = _state(directory)
        try:
            return _open(directory)
        except (OSError, ValueError):
            # A writer that commits replaces files, and tantivy makes the list of them anew, for its user only at first.
            if _state(directory) == before and not _is_being_written(directory):
                raise
            time.sleep(PAUSE)
    return _open(directory)


def share_meta(directory: Path) -> None:
    """Let readers have the list of files that tantivy has just replaced."""
    share(directory / META)


def _open(directory: Path) -> tuple[tantivy.Searcher, tantivy.Schema]:
    if os.name == "nt":  # where links need a right of their own
        return _searcher(directory)
    meta = (directory / META).read_bytes()
    with _folder(directory) as own:
        for file in directory.absolute().iterdir():
            if not file.name.startswith(".") and file.name != META:
                (own / file.name).symlink_to(file)
        (own / META).write_bytes(meta)
        return _searcher(own)


def _searcher(directory: Path) -> tuple[tantivy.Searcher, tantivy.Schema]:
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


def _state(directory: Path) -> tuple[int, int] | None:
    """What differs after each commit."""
    try:
        stat = (directory / META).stat()
    except OSError:
        return None
    return stat.st_mtime_ns, stat.st_ino


def _is_being_written(directory: Path) -> bool:
    """Whether the list of files has not yet the rights of its directory."""
    meta = directory / META
    try:
        return not os.access(meta, os.R_OK) and bool(directory.stat().st_mode & ~meta.stat().st_mode & 0o444)
    except OSError:
        return False
