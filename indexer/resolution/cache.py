"""What was said of a name before is said again: names come back in an article, and in the next ones."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from search.german.remembering import Remembered

MOST = 10_000  # names, of which each function remembers its own
LONGEST = 120  # characters; hostile ones have a million, and would fill the memory

T = TypeVar("T")


def kept(function: Callable[[str], T]) -> Callable[[str], T]:
    """The same function of a name, remembering what it said."""
    return _OfNames(function, MOST).__getitem__


class _OfNames(Remembered[str, T]):
    """A table that keeps nothing of what is too long for a name."""

    def __missing__(self, name: str) -> T:
        return super().__missing__(name) if len(name) <= LONGEST else self.function(name)
