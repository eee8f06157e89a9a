"""What does archive.json say? Which engine and code wrote an index, what is in use, and what its files must be."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, field, replace

from search.store.checksums import Sums, checksum_of

MOST_GENERATIONS = 10**9


@dataclass(frozen=True, slots=True)
class Manifest:
    """The content of archive.json; `committed` is the time of the last commit in UTC, ISO 8601.

    `files` has the check sum of each file of the generation, `checksum` that of all of this. `changes` is
    how many articles were put or deleted since the snapshots were computed.
    """

    engine: str
    schema: int
    analysis: str
    articles: int
    generation: int
    committed: str
    files: Sums = field(default_factory=dict)
    checksum: str = ""
    changes: int = 0

    @classmethod
    def parse(cls, text: str) -> Manifest:
        """The manifest from its JSON. Raises ValueError or TypeError for anything else, however deeply it is nested."""
        try:
            manifest = cls(**json.loads(text))
        except RecursionError:
            raise ValueError("it is nested too deeply") from None
        texts = (manifest.engine, manifest.analysis, manifest.committed, manifest.checksum)
        numbers = (manifest.schema, manifest.articles, manifest.generation, manifest.changes)
        known = type(manifest.files) is dict and all(type(text) is str for text in (*texts, *manifest.files.values()))
        if not known or not all(type(number) is int for number in numbers):
            raise TypeError("a value is of another type")
        if not 0 < manifest.generation <= MOST_GENERATIONS:
            raise ValueError(f"there is no generation {manifest.generation}")
        return manifest

    def expected_checksum(self) -> str:
        """The check sum of all that stands here."""
        return checksum_of(asdict(self) | {"checksum": ""})

    def sealed(self) -> Manifest:
        """The same with its check sum."""
        return replace(self, checksum=self.expected_checksum())

    def is_as(self, before: Manifest | None) -> bool:
        """Whether an earlier manifest, which has its check sum, says the same but for the time of the commit."""
        return before is not None and before == replace(self, committed=before.committed).sealed()
