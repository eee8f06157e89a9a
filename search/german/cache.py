"""A bounded cache for the innermost loops: of two generations, and as fast to ask as a dict."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

Key = TypeVar("Key")
Value = TypeVar("Value")


class TwoGenerationCache(dict[Key, Value]):
    """What a function gives for its arguments: `cache[argument]` calls it only if the result is not cached.

    Keeps at least the `most` results that were asked for last and at most twice as many: a full
    generation becomes the old one, and what is asked for again is taken over from it. A look-up is one of a
    dict, so a text can be looked up by `map` without a step in Python for each word; an LRU cache
    would take twice as long to keep its order.
    """

    def __init__(self, function: Callable[[Key], Value], most: int) -> None:
        super().__init__()
        self.function = function
        self._most = most
        self._old: dict[Key, Value] = {}

    def __missing__(self, argument: Key) -> Value:
        old = self._old  # another thread may replace it meanwhile
        found = old[argument] if argument in old else self.function(argument)
        if len(self) >= self._most:
            self._old = dict(self)
            self.clear()
        self[argument] = found
        return found
