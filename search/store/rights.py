"""What if the system refuses? Its errors with the files of an index become errors of ours that name the remedy."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path

from search.engines.failures import system_error


def reading(file: Path) -> AbstractContextManager[None]:
    """Raise what the system says while a file of the index is read as an error of ours, where there is one."""
    return _translated(file, False)


def writing(file: Path) -> AbstractContextManager[None]:
    """Raise what the system says while a file of the index is written as an error of ours, where there is one."""
    return _translated(file, True)


@contextmanager
def _translated(file: Path, is_written: bool) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        known = system_error(error.errno, file.parent, file, is_written)
        if known is None:
            raise
        raise known from error
