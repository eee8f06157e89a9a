"""What was computed once is looked up the next time: a table with a bound."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

Key = TypeVar("Key")
Value = TypeVar("Value")


class Remembered(dict[Key, Value]):
    """What a function gives for its arguments: `table[argument]` calls it only if the result is not known.

    Keeps at least the `most` results that were asked for last and at most twice as many: a full table
    becomes the old one, from which what is asked for again is taken over. A look-up is one of a
    dict, so a text can be looked up by `map` without a step in Python for each word; an LRU cache
    would take twice as long to keep its order.
    """

    def __init__(self, function: Callable[[Key], Value], most: int) -> None:
        super().__init__()
        self.function = function
        self._most = most
        self._old: dict[Key, Value] = {}

    def __missing__(self, argument: Key) -> Value:
        try:
            found = self._old[argument]
        except KeyError:
            found = self.function(argument)
        if len(self) >= self._most:
            self._old = dict(self)
            self.clear()
        self[argument] = found
        return found
