"""What is asked and what is answered, as plain values that every engine's process knows. Nothing but the standard
library is needed here, because some engines run in an interpreter that has nothing else of ours."""

from __future__ import annotations

import json
from abc import ABC, abstractmethod
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

# The classes of queries, and how the tables call them.
CLASSES = {
    "rare": "rare word",
    "common": "common word",
    "function": "function words",
    "three": "three words",
    "phrase": "phrase",
    "prefix": "prefix",
    "filtered": "filtered",
}

SIZE = 10  # hits of an answer
SNIPPET = 200  # characters, about
FACET_VALUES = 20
YEARS = 200
FACETS = ("source", "year", "person")


@dataclass(frozen=True, slots=True)
class Query:
    """All `words` are asked for: in a row if `kind` is phrase, as beginnings if it is prefix.

    `source` is the only one wanted, `since` and `until` the first and the last day, ISO 8601.
    """

    kind: str
    words: tuple[str, ...]
    source: str | None = None
    since: str | None = None
    until: str | None = None

    @classmethod
    def from_json(cls, value: Mapping[str, Any]) -> Query:
        """The query as it travels to another process."""
        return cls(**{**value, "words": tuple(value["words"])})

    @property
    def text(self) -> str:
        """The query as one types it into most search boxes."""
        words = " ".join(self.words)
        return f'"{words}"' if self.kind == "phrase" else f"{words}*" if self.kind == "prefix" else words


def read_queries(file: Path) -> dict[str, list[Query]]:
    """The queries of a file, by class."""
    drawn = json.loads(file.read_text(encoding="utf-8"))
    return {kind: [Query.from_json(query) for query in queries] for kind, queries in drawn.items()}


@dataclass(frozen=True, slots=True)
class Answer:
    """The ids of at most SIZE hits, best first, of `total`; snippets and facet counts if they were asked for."""

    total: int
    ids: Sequence[str]
    snippets: Sequence[str] = ()
    facets: Mapping[str, Mapping[str, int]] = field(default_factory=dict)


class Peer(ABC):
    """An engine that can be compared. Directories are its own; files of articles are JSON lines.

    `build` and `add` return when what they did would outlive a power cut, as far as the engine
    itself sees to that; `worker` then flushes what it left to the system.
    """

    @abstractmethod
    def version(self) -> str:
        """The name and version of the engine."""

    @abstractmethod
    def build(self, directory: Path, articles: Path) -> None:
        """Make an index of the articles in a directory that was created."""

    @abstractmethod
    def add(self, directory: Path, articles: Path) -> None:
        """Add articles to the index, which is open for searching, too."""

    def rebuild(self, directory: Path, articles: Path) -> None:
        """Build the index anew while the one that there is can be read. Raises NotImplementedError where none can."""
        raise NotImplementedError

    @abstractmethod
    def open(self, directory: Path) -> None:
        """Make ready for searching."""

    @abstractmethod
    def search(self, query: Query, whole: bool) -> Answer:
        """Hits and total, and with `whole` snippets and facets."""

    def create(self, directory: Path) -> None:
        """Make an empty directory, start a server; this is not measured."""
        directory.mkdir(parents=True)

    def size(self, directory: Path) -> int:
        """What an index that was just built takes on disk."""
        return sum(path.stat().st_size for path in directory.rglob("*") if path.is_file())

    def close(self) -> None:  # noqa: B027 - most have nothing to do, as their process ends
        """End what would outlive this process."""
