"""Many strings as two arrays, the letters of all and where each ends; and the term dictionary made of them."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from itertools import pairwise
from typing import overload

import numpy as np

from search.engines.arrays import Array, lengths_to_ends, smallest

# The numbers of so many terms that were looked up are cached.
MOST_KNOWN = 2_000


class StringArray(Sequence[str]):
    """A sequence of strings that reads each when it is asked for."""

    def __init__(self, letters: Array, ends: Array) -> None:
        self.letters = letters
        self.ends = ends
        # Memory views give plain integers and bytes, several times faster than arrays do.
        self._letters = letters.data
        self._ends = ends.data

    def __len__(self) -> int:
        return len(self._ends)

    @overload
    def __getitem__(self, number: int) -> str: ...

    @overload
    def __getitem__(self, number: slice) -> list[str]: ...

    def __getitem__(self, number: int | slice) -> str | list[str]:
        if isinstance(number, slice):
            return [self[place] for place in range(*number.indices(len(self)))]
        return str(self.bytes(number), "utf-8")

    def __iter__(self) -> Iterator[str]:
        letters = bytes(self._letters)
        return (letters[start:end].decode() for start, end in pairwise((0, *self._ends)))

    def bytes(self, number: int) -> bytes:
        """A string as it is kept, in UTF-8."""
        return bytes(self._letters[self._ends[number - 1] if number else 0 : self._ends[number]])


class _SortedStrings(StringArray):
    """Strings sorted by characters, which is also the order of their bytes in UTF-8."""

    def place(self, text: bytes) -> int:
        """How many strings come before this one."""
        return bisect_left(range(len(self)), text, key=self.bytes)

    def number(self, text: str) -> int | None:
        """The number of a string, None if it is not there."""
        wanted = text.encode()
        place = self.place(wanted)
        return place if place < len(self) and self.bytes(place) == wanted else None


class TermDictionary(_SortedStrings):
    """The terms of a column in order; the numbers of those that are asked for again are kept."""

    def __init__(self, letters: Array, ends: Array) -> None:
        super().__init__(letters, ends)
        # Not its own method: it would hold itself, and its mapped file until the collector comes by.
        self.find = lru_cache(MOST_KNOWN)(_SortedStrings(letters, ends).number)

    def beginning(self, prefix: str) -> range:
        """The numbers of the strings that begin so."""
        start = self.place(prefix.encode())
        stop = self.place(prefix.encode() + b"\xff")  # a byte that UTF-8 never has, and beyond all that it has
        return range(start, stop)


def string_arrays(texts: Iterable[bytes]) -> tuple[Array, Array]:
    """The arrays that a StringArray is read from: letters and ends."""
    whole = list(texts)
    ends = lengths_to_ends(np.fromiter(map(len, whole), np.int64, len(whole)))
    return np.frombuffer(b"".join(whole), np.uint8), smallest(ends)
