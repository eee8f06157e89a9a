"""Which documents does a run have? There may be hundreds of thousands; as objects they would take 400 bytes each."""

from __future__ import annotations

from array import array
from collections.abc import Sequence
from typing import overload

from indexer.document import Document, Mapping


class Documents(Sequence[Document]):
    """Documents in their order, each in 20 bytes and its path below SOURCE; `bytes` is the size of all of them.

    They are made anew whenever they are asked for.
    """

    def __init__(self) -> None:
        self.bytes = 0
        self._paths = bytearray()  # below SOURCE, behind each other
        self._ends = array("Q")  # of each path
        self._sizes = array("Q")
        self._kinds = array("I")
        self._known: dict[tuple[str, Mapping], int] = {}  # what stands before a path, and the keys of its documents
        self._beginnings: list[tuple[str, Mapping]] = []  # the same by their numbers
        self._others: dict[int, Document] = {}  # standard input, and names that are no valid text

    def append(self, document: Document) -> None:
        """Add one more."""
        path, below = document.path or "", document.relative_path
        if path != document.name or not path.endswith(below):
            self._others[len(self)] = document
            path = below = ""
        beginning = path[: len(path) - len(below)], document.mapping
        if beginning not in self._known:
            self._known[beginning] = len(self._beginnings)
            self._beginnings.append(beginning)
        self._kinds.append(self._known[beginning])
        self._paths += below.encode()
        self._ends.append(len(self._paths))
        self._sizes.append(document.size)
        self.bytes += document.size

    def __len__(self) -> int:
        return len(self._sizes)

    @overload
    def __getitem__(self, place: int) -> Document: ...
    @overload
    def __getitem__(self, place: slice) -> list[Document]: ...
    def __getitem__(self, place: int | slice) -> Document | list[Document]:
        if isinstance(place, slice):
            return [self[each] for each in range(*place.indices(len(self)))]
        if not 0 <= place < len(self):
            raise IndexError(place)
        if place in self._others:
            return self._others[place]
        below = self._paths[self._ends[place - 1] if place else 0 : self._ends[place]].decode()
        beginning, mapping = self._beginnings[self._kinds[place]]
        path = beginning + below
        return Document(path, path, below, self._sizes[place], mapping)
