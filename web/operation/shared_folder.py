"""Where do processes count together? A folder for temporary files, which none that was killed leaves for good."""

from __future__ import annotations

import logging
import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import replace
from pathlib import Path

from filelock import FileLock, Timeout

from web.operation.options import Operation

_log = logging.getLogger(__name__)
_BEGINNING = "nachlese-"
_LOCK = "lock"  # its file; locked as long as a process of the server lives, as they inherit it


@contextmanager
def shared_folder(operation: Operation) -> Iterator[Operation]:
    """The operation with a folder by which processes count together, as long as they run.

    What servers have left that were killed is removed before.
    """
    with ExitStack() as stack:
        try:
            _remove_abandoned(Path(tempfile.gettempdir()))
            folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix=_BEGINNING)))
            stack.enter_context(FileLock(folder / _LOCK, timeout=0))
        except OSError as error:
            _log.warning("No folder for temporary files (%s): each process counts for itself. Set TMPDIR.", error)
            yield operation
        else:
            yield replace(operation, shared=folder)


def remove(operation: Operation) -> None:
    """Remove the folder after the first process was killed, which can do so no more."""
    if operation.shared:
        shutil.rmtree(operation.shared, ignore_errors=True)


def _remove_abandoned(place: Path) -> None:
    """Remove the folders of our own user that no process has locked any more."""
    for folder in place.glob(f"{_BEGINNING}*"):
        lock = folder / _LOCK
        if folder.is_symlink() or not lock.is_file() or (hasattr(os, "getuid") and lock.stat().st_uid != os.getuid()):
            continue
        try:
            with FileLock(lock, timeout=0):
                shutil.rmtree(folder, ignore_errors=True)
        except (Timeout, OSError):  # it is in use, or another server removes it
            continue
