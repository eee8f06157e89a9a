"""What if the system refuses? Its errors with the files of an index become errors of ours that name the remedy."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path

from search.engines.failures import system_error


def reading(index: Path) -> AbstractContextManager[None]:
    """Raise what the system says while files of an index are read as an error of ours, where there is one."""
    return _translated(index, False)


def writing(index: Path) -> AbstractContextManager[None]:
    """Raise what the system says while files of an index are written as an error of ours, where there is one."""
    return _translated(index, True)


@contextmanager
def _translated(index: Path, is_written: bool) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        file = Path(os.fsdecode(error.filename)) if error.filename else index
        known = system_error(error.errno, index, file, is_written)
        if known is None:
            raise
        raise known from error
