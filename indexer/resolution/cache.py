"""What was said about this name before? A cache: names come back in an article and in the next ones."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from search.german.cache import TwoGenerationCache

MOST = 10_000  # names, of which each function caches its own
LONGEST = 120  # characters; hostile ones have a million, and would fill the memory

T = TypeVar("T")


def cached_by_name(function: Callable[[str], T]) -> Callable[[str], T]:
    """The same function of a name, with a cache of its latest answers."""
    return _NameCache(function, MOST).__getitem__


class _NameCache(TwoGenerationCache[str, T]):
    """A cache that keeps nothing of what is too long for a name."""

    def __missing__(self, name: str) -> T:
        return super().__missing__(name) if len(name) <= LONGEST else self.function(name)
