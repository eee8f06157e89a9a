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
from collections.abc import Iterable, Iterator, Mapping
from itertools import chain
from pathlib import Path
from typing import Any, Final, Literal, TypeAlias

from marisa_trie import Trie

_ALIGNED = 8  # bytes: what an array of eight-byte numbers needs
NUMBERS: Final = "I"  # the type code of an array of numbers below 2 ** 32
LARGE_NUMBERS: Final = "Q"  # and of one of numbers below 2 ** 64

Buffer: TypeAlias = "bytes | memoryview | array[int]"


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

    def __iter__(self) -> Iterator[str]:
        return (self[number] for number in range(len(self)))

    def __getitem__(self, number: int) -> str:
        start = self._ends[number - 1] if number else 0
        return self._buffer[self._start + start : self._start + self._ends[number]].decode()

    def find(self, text: str, first: int = 0) -> int:
        """The number of the first text from `first` on that contains one; how many there are if none does."""
        start = self._ends[first - 1] if first else 0
        place = self._buffer.find(text.encode(), self._start + start, self._end)
        return len(self) if place < 0 else bisect_right(self._ends, place - self._start)


def packed_texts(name: str, texts: Iterable[str]) -> dict[str, bytes]:
    """The sections for texts, whose bytes must be less than 2 ** 32, and none of which may be found across two."""
    return {each: b"".join(parts) for each, parts in text_sections(name, texts)}


def text_sections(name: str, texts: Iterable[str]) -> Iterator[tuple[str, Iterable[Buffer]]]:
    """The same for `pieces`; each text is asked for when it is written."""
    ends = array(NUMBERS)
    yield name, _encoded(texts, ends)
    yield f"{name} ends", [ends]


def _encoded(texts: Iterable[str], ends: array[int]) -> Iterator[bytes]:
    end = 0
    for text in texts:
        encoded = text.encode()
        end += len(encoded)
        ends.append(end)
        yield encoded


def pack(trie: Trie, sections: Mapping[str, Buffer], values: Mapping[str, Any]) -> bytes:
    """The content of a file; `values` can be JSON and are read as a whole."""
    return b"".join(pieces(trie, ((name, [section]) for name, section in sections.items()), values))


def pieces(
    trie: Trie, sections: Iterable[tuple[str, Iterable[Buffer]]], values: Mapping[str, Any]
) -> Iterator[memoryview | bytes]:
    """The same, to be written one after the other: of sections in parts, one part is needed at once."""
    places, end = dict[str, tuple[int, int]](), 0
    for name, parts in chain([("", [trie.tobytes()])], sections):
        start = end
        for part in parts:
            content = memoryview(part)
            end += content.nbytes
            yield content
        places[name] = (start, end)
        filling = bytes(-end % _ALIGNED)
        end += len(filling)
        yield filling
    del places[""]  # which its library finds
    described = json.dumps({"places": places, "values": values}).encode()
    yield from (described, len(described).to_bytes(_ALIGNED, "little"))
