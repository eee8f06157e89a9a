"""Which number does each of millions of ids have? A dict of them would take the memory that everything else needs."""

from __future__ import annotations

from array import array
from collections.abc import Iterator

_FIRST_SIZE = 1 << 12  # a power of two, as all that follow
_FILLED = 0.6  # of its places; beyond that, looking for a free one takes long


class IdTable:
    """A small number for each id, in 20 to 40 bytes an id, however long that is.

    Ids are known by a hash of 64 bits that differs from process to process: in a run over a million, one in forty
    million has two ids that are taken for each other.
    """

    def __init__(self) -> None:
        self._reserve(_FIRST_SIZE)

    def get(self, id: str) -> int | None:
        """The number of an id, None if it has none."""
        key = hash(id) or 1
        place = self._place(key)
        return self._numbers[place] if self._keys[place] == key else None

    def put(self, id: str, number: int) -> None:
        """Give an id a number below 2 ** 32."""
        self._put(hash(id) or 1, number)
        if self._used > _FILLED * len(self._keys):
            keys, numbers = self._keys, self._numbers
            self._reserve(2 * len(keys))
            for key, number in zip(keys, numbers, strict=True):
                if key:
                    self._put(key, number)

    def __contains__(self, id: str) -> bool:
        return self.get(id) is not None

    def numbers(self) -> Iterator[int]:
        """The number of each id, in no order."""
        return (number for key, number in zip(self._keys, self._numbers, strict=True) if key)

    def _reserve(self, size: int) -> None:
        self._keys = array("q", bytes(8 * size))  # 0 where there is none
        self._numbers = array("I", bytes(4 * size))
        self._used = 0

    def _put(self, key: int, number: int) -> None:
        place = self._place(key)
        self._used += not self._keys[place]
        self._keys[place] = key
        self._numbers[place] = number

    def _place(self, key: int) -> int:
        """Where a key stands, or where it could."""
        keys, last = self._keys, len(self._keys) - 1
        place = key & last
        while keys[place] and keys[place] != key:
            place = (place + 1) & last
        return place
