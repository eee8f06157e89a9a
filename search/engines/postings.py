"""How do the columns of many entries become postings, term by term? For libraries that would sort them one by one."""

from __future__ import annotations

import struct
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from heapq import merge
from typing import Any, Protocol

from search.engines.base import split

Posting = tuple[str, bytes, int, float, Any]  # column, term, document, frequency, packed positions


class Pool(Protocol):
    """What a library gathers postings in until they are sorted."""

    def add(self, item: Posting) -> None: ...

    def iter_postings(self) -> Iterable[Posting]: ...

    def cleanup(self) -> None: ...


class ColumnPool:
    """Stands in for a library's pool and gets whole columns, one a posting without positions (None) or without any.

    Only one column at a time is taken apart, and its postings need no sorting. All others go to the
    pool of the library: keyword values, and what it merges from its own files.
    """

    def __init__(self, others: Pool, with_positions: Iterable[str]) -> None:
        self._others = others
        self._with_positions = frozenset(with_positions)
        self._texts: defaultdict[str, list[tuple[int, str]]] = defaultdict(list)

    def add(self, item: Posting) -> None:
        """Take one posting of the library, or a column of a document with None for its positions."""
        name, text, document, _, value = item
        if value is None:
            self._texts[name].append((document, text.decode()))
        else:
            self._others.add(item)

    def iter_postings(self) -> Iterator[Posting]:
        """All postings in order; what was gathered is gone then."""
        return merge(self._others.iter_postings(), self._own())

    def cleanup(self) -> None:
        """Remove what the library's pool wrote."""
        self._others.cleanup()

    def _own(self) -> Iterator[Posting]:
        for name in sorted(self._texts):
            texts = self._texts.pop(name)
            yield from (_with_positions if name in self._with_positions else _with_frequencies)(name, texts)


def _with_positions(name: str, texts: Iterable[tuple[int, str]]) -> Iterator[Posting]:
    found: defaultdict[str, list[Any]] = defaultdict(list)
    for document, text in texts:
        for term, positions in _positions(text).items():
            found[term] += (document, pack(tuple(positions)))
    for term in sorted(found):
        documents = iter(found.pop(term))
        encoded = term.encode()
        for document, packed in zip(documents, documents, strict=True):
            yield name, encoded, document, float(len(packed) // POSITION_BYTES), packed


def _with_frequencies(name: str, texts: Iterable[tuple[int, str]]) -> Iterator[Posting]:
    found: defaultdict[str, list[int]] = defaultdict(list)
    for document, text in texts:
        for term, number in Counter(split(text)).items():
            found[term] += (document, number)
    for term in sorted(found):
        documents = iter(found.pop(term))
        encoded = term.encode()
        for document, number in zip(documents, documents, strict=True):
            yield name, encoded, document, float(number), b""


def _positions(text: str) -> dict[str, list[int]]:
    found: defaultdict[str, list[int]] = defaultdict(list)
    for position, term in enumerate(split(text)):
        found[term].append(position)
    return found


POSITION_BYTES = 4


# Most terms stand once in a text, so that few different values are most of all.
@lru_cache(maxsize=10_000)
def pack(positions: tuple[int, ...]) -> bytes:
    """Positions as bytes, POSITION_BYTES each."""
    return struct.pack(f"<{len(positions)}I", *positions)


@lru_cache(maxsize=10_000)
def unpack(packed: bytes) -> Sequence[int]:
    """The positions again."""
    return struct.unpack(f"<{len(packed) // POSITION_BYTES}I", packed)
