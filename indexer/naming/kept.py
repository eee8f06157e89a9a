"""What was said of a name before is said again: names come back in an article, and in the next ones."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

MOST = 20_000  # names, of which each function remembers its own
LONGEST = 120  # characters; hostile ones have a million, and would fill the memory

T = TypeVar("T")


def kept(function: Callable[[str], T]) -> Callable[[str], T]:
    """The same function of a name, remembering what it said; a look into a dictionary is the fastest way to ask."""
    return _Answers(function).__getitem__


class _Answers(dict[str, T]):
    """What a function said of each name; all is forgotten when there are MOST."""

    def __init__(self, function: Callable[[str], T]) -> None:
        super().__init__()
        self._function = function

    def __missing__(self, name: str) -> T:
        answer = self._function(name)
        if len(name) <= LONGEST:
            if len(self) >= MOST:
                self.clear()
            self[name] = answer
        return answer
