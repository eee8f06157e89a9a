"""How are the names of an archive held, which are millions? In arrays: some 60 bytes a name, where a dict takes 250."""

from __future__ import annotations

from array import array
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping

import numpy as np

from search.article import ENTITY_TYPES, EntityName
from search.engines.arrays import Array
from search.engines.strings import StringArray

_NUMBERS = {type: number for number, type in enumerate(ENTITY_TYPES)}


class CountedNames(Mapping[EntityName, int]):
    """Names with their numbers of articles, each once; they are numbered in the order in which they came."""

    def __init__(self, counted: Iterable[tuple[EntityName, int]]) -> None:
        written = GrowingStrings()
        types, counts, hashes = array("B"), array("q"), array("q")
        for name, count in counted:
            written.append(name.name)
            types.append(_NUMBERS[name.type])
            counts.append(count)
            hashes.append(hash(name))
        self._written = written.strings()
        self._types, self._counts = memoryview(types), memoryview(counts)
        marks = np.frombuffer(hashes, np.int64)
        order = np.argsort(marks)
        # Memory views give plain integers, several times faster than arrays do.
        self._hashes, self._order = marks[order].data, order.astype(np.int32).data

    def __len__(self) -> int:
        return len(self._types)

    def __iter__(self) -> Iterator[EntityName]:
        return map(self.name, range(len(self)))

    def __getitem__(self, name: EntityName) -> int:
        wanted = hash(name)
        place = bisect_left(self._hashes, wanted)
        while place < len(self._hashes) and self._hashes[place] == wanted:
            number = self._order[place]
            if self.name(number) == name:
                return self._counts[number]
            place += 1
        raise KeyError(name)

    def name(self, number: int) -> EntityName:
        """The name of a number."""
        return EntityName(ENTITY_TYPES[self._types[number]], self._written[number])

    def count(self, number: int) -> int:
        """In how many articles the name of a number is."""
        return self._counts[number]

    def pairs(self) -> Iterator[tuple[EntityName, int]]:
        """The names with their numbers of articles: what `items` gives, in a fraction of the time."""
        return zip(self, self._counts, strict=True)

    def are(self, type: str) -> Array:
        """Of which numbers the names are of a type."""
        are_so: Array = np.asarray(self._types) == _NUMBERS[type]
        return are_so

    def end_in(self, letter: str) -> Array:
        """Of which numbers the names end in an ASCII letter; one of no letters may be told to do so."""
        letters = np.append(self._written.letters, np.uint8(0))
        are_so: Array = letters[self._written.ends - 1] == ord(letter)
        return are_so


class GrowingStrings:
    """Strings that come one by one, held as they are read."""

    def __init__(self) -> None:
        self._letters, self._ends = bytearray(), array("q")

    def append(self, text: str) -> None:
        """Add a string."""
        self._letters += text.encode()
        self._ends.append(len(self._letters))

    def strings(self) -> StringArray:
        """All strings; none can be added any more."""
        return StringArray(np.frombuffer(self._letters, np.uint8), np.frombuffer(self._ends, np.int64))
