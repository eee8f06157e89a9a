"""What is one document? A file, a member of a packed file, or standard input; where it lies and what its name says."""

from __future__ import annotations

import os
from dataclasses import dataclass, field, replace
from functools import cached_property

from indexer.double_encoding import once
from indexer.encodings import decode
from indexer.named_days import day_of_path
from indexer.packings import packing_by_name
from search.dates import NewsDate

STDIN = "-"
# Times the size of a packed file. Prose packs to about a third, very uniform records to a fiftieth: more is a bomb.
MOST_UNPACKED = 200
LEAST_UNPACKED = 64 * 1024 * 1024  # bytes that may come of a small file
MEMBER = "!/"  # between a packed file and what lies in it; no folder of a path that is walked ends so by chance

Mapping = tuple[tuple[str, str], ...]  # pairs of a key of ours and the key that a file has for it


class Budget:
    """How many bytes may come of a packed file and of all that is packed in it."""

    def __init__(self, size: int) -> None:
        self._left = max(LEAST_UNPACKED, size * MOST_UNPACKED)

    @property
    def is_spent(self) -> bool:
        """Whether more came than may come."""
        return self._left < 0

    def spend(self, number: int) -> None:
        """Count unpacked bytes. Raises Overspent if they are too many."""
        self._left -= number
        if self._left < 0:
            raise Overspent


class Overspent(Exception):
    """A packed file unpacks to far more than its size."""


@dataclass(frozen=True)
class Document:
    """One file to read, a member of one, or standard input.

    `name` is what the report shows: the path as reachable from the given SOURCE, or "-".
    `relative_path` is the path below SOURCE with forward slashes; for a SOURCE that is a file, its name.
    `size` is the number of bytes on disk, 0 for standard input. `mapping` says which of its keys mean ours.
    `home` is the location of the file that a member lies in, `budget` that of the outermost one. `encoding` is what a
    server said of a page, "" if it said nothing.
    """

    name: str
    path: str | None  # a Path takes twice the memory of all the rest, and there may be very many documents
    relative_path: str
    size: int
    mapping: Mapping = ()
    home: str = ""
    budget: Budget | None = field(default=None, compare=False, repr=False)
    encoding: str = ""

    @cached_property  # many articles may ask for it
    def location(self) -> str:
        """Where it lies: the absolute path, or "-"; of a member that of its file. `Article.document` says this."""
        if self.home or self.path is None:
            return self.home or STDIN
        found = printable(os.path.abspath(self.path))
        return self.name if found == self.name else found  # one string

    @property
    def date(self) -> NewsDate | None:
        """The day that its name (1989-11-10-mauerfall.txt) or its folder tells, None if there is none or several."""
        return day_of_path(self.relative_path)

    @property
    def compressed(self) -> bool:
        """Whether its name says that it is packed by itself: with gzip, bzip2 or xz."""
        return packing_by_name(self.relative_path) is not None

    @property
    def is_stdin(self) -> bool:
        """Whether it is standard input."""
        return self.path is None and not self.home

    def opened(self) -> Document:
        """The same with a budget for what is unpacked of it."""
        return self if self.budget else replace(self, budget=Budget(self.size))

    def member(self, path: str, size: int) -> Document:
        """What lies in it under this path; the names of members are printable, whatever packed them."""
        path = "".join(sign if sign.isprintable() else "\N{REPLACEMENT CHARACTER}" for sign in path)
        return replace(
            self,
            name=f"{self.name}{MEMBER}{path}",
            path=None,
            relative_path=f"{self.relative_path}{MEMBER}{path}",
            size=size,
            home=self.location,
        )


def file_of(name: str) -> str:
    """The file that a document of this name is, or lies in."""
    return name.partition(MEMBER)[0]


def printable(path: str) -> str:
    """A path that can be shown and stored: names written in Latin-1 by an old system are decoded."""
    try:
        path.encode()
    except UnicodeEncodeError:
        return decode(os.fsencode(path))
    return once(path)
