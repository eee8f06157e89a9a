"""What if all processes of a site need the same large values? Arrays and texts in one file, which is mapped, not read.

The file is a trie of marisa, which its library must find at the beginning; sections, each at a multiple of eight
bytes; a description in JSON; and the length of that in eight bytes.
"""

from __future__ import annotations

import errno
import json
import mmap
import os
from array import array
from bisect import bisect_right
from collections.abc import Iterable, Mapping
from itertools import accumulate
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, Literal, TypeAlias

from marisa_trie import Trie

if TYPE_CHECKING:  # who only reads need not wait for it
    import numpy.typing as npt

_ALIGNED = 8  # bytes: what an array of eight-byte numbers needs
NUMBERS: Final = "I"  # the type code of an array of numbers below 2 ** 32
LARGE_NUMBERS: Final = "Q"  # and of one of numbers below 2 ** 64

Buffer: TypeAlias = "bytes | array[int] | npt.NDArray[Any]"


class Mapped:
    """A trie, sections by their names, and small `values`, all read-only; threads and processes may share it."""

    def __init__(self, buffer: bytes | mmap.mmap, trie: Trie) -> None:
        self.trie = trie
        self._buffer = buffer
        self._view = memoryview(buffer)
        size = int.from_bytes(buffer[-_ALIGNED:], "little")
        described = json.loads(bytes(self._view[-_ALIGNED - size : -_ALIGNED]))
        self._places: dict[str, tuple[int, int]] = described["places"]
        self.values: dict[str, Any] = described["values"]

    @classmethod
    def open(cls, path: Path) -> Mapped:
        """The values in a file. What is read before must be known to be as written: nothing is checked here.

        Raises FileNotFoundError, also if the file is removed meanwhile.
        """
        with path.open("rb") as file:
            buffer = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
        try:
            return cls(buffer, Trie().mmap(str(path)))
        except RuntimeError as error:  # marisa's word for whatever keeps it from opening a file
            if path.exists():
                raise
            raise FileNotFoundError(errno.ENOENT, os.strerror(errno.ENOENT), str(path)) from error

    @classmethod
    def of(cls, packed: bytes) -> Mapped:
        """What `pack` has packed, in memory."""
        return cls(packed, Trie().frombytes(packed))

    def numbers(self, name: str, code: Literal["I", "Q"] = NUMBERS) -> memoryview[int]:
        """The section that was an array of NUMBERS, or of LARGE_NUMBERS."""
        start, end = self._places[name]
        return self._view[start:end].cast(code)

    def texts(self, name: str) -> MappedTexts:
        """The sections that were made by `packed_texts`."""
        return MappedTexts(self._buffer, self._places[name], self.numbers(f"{name} ends"))


class MappedTexts:
    """Texts, by their numbers."""

    def __init__(self, buffer: bytes | mmap.mmap, place: tuple[int, int], ends: memoryview[int]) -> None:
        self._buffer = buffer
        self._start, self._end = place
        self._ends = ends

    def __len__(self) -> int:
        return len(self._ends)

    def __getitem__(self, number: int) -> str:
        start = self._ends[number - 1] if number else 0
        return self._buffer[self._start + start : self._start + self._ends[number]].decode()

    def find(self, text: str, first: int = 0) -> int:
        """The number of the first text from `first` on that contains one; how many there are if none does."""
        start = self._ends[first - 1] if first else 0
        place = self._buffer.find(text.encode(), self._start + start, self._end)
        return len(self) if place < 0 else bisect_right(self._ends, place - self._start)


def packed_texts(name: str, texts: Iterable[str]) -> dict[str, bytes | array[int]]:
    """The sections for texts, whose bytes must be less than 2 ** 32, and none of which may be found across two."""
    encoded = [text.encode() for text in texts]
    return {name: b"".join(encoded), f"{name} ends": array(NUMBERS, accumulate(map(len, encoded)))}


def pack(trie: Trie, sections: Mapping[str, Buffer], values: Mapping[str, Any]) -> bytes:
    """The content of a file; `values` can be JSON and are read as a whole."""
    return b"".join(pieces(trie, sections, values))


def pieces(trie: Trie, sections: Mapping[str, Buffer], values: Mapping[str, Any]) -> list[memoryview | bytes]:
    """The same, to be written one after the other: of sections that are large there need be no copy."""
    written, places, end = list[memoryview | bytes](), dict[str, tuple[int, int]](), 0
    for name, section in [("", trie.tobytes()), *sections.items()]:
        content = memoryview(section)
        filling = bytes(-content.nbytes % _ALIGNED)
        written += (content, filling)
        places[name] = (end, end + content.nbytes)
        end += content.nbytes + len(filling)
    del places[""]  # which its library finds
    described = json.dumps({"places": places, "values": values}).encode()
    return [*written, described, len(described).to_bytes(_ALIGNED, "little")]
