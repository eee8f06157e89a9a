"""How are few segments left after a long run? Answers that come from many take up to twice as long.

tantivy merges segments as soon as there are enough of one size, and cannot be told to do so before: its bindings
have no call for it. So entries that it has just been given are put again, one by one, each a segment of its own,
until there are enough.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from search.engines.base import Entry

# What tantivy's LogMergePolicy takes for small, and so many of them it merges.
SMALL_SEGMENT = 10_000  # entries
MERGED_SEGMENTS = 8
LONG_RUN = 10_000  # entries; after shorter runs merging would take longer than the run


class RecentWrites:
    """What was written since the index was opened: how much, and the last entries."""

    def __init__(self) -> None:
        self._number = 0
        self._last: dict[str, Entry] = {}

    def put(self, entry: Entry) -> None:
        self._number += 1
        self._last.pop(entry.id, None)
        self._last[entry.id] = entry
        if len(self._last) >= MERGED_SEGMENTS:
            del self._last[next(iter(self._last))]

    def delete(self, id: str) -> None:
        self._last.pop(id, None)

    def last(self) -> list[Entry]:
        """The last entries of a long run, as many as may be needed; none of a short one."""
        return list(self._last.values()) if self._number >= LONG_RUN else []


def worth_merging(directory: Path) -> bool:
    """Whether an index has several small segments, but too few for tantivy to merge them."""
    small = [segment for segment in segments(directory) if segment["max_doc"] <= SMALL_SEGMENT]
    return 1 < len(small) < MERGED_SEGMENTS


def segments(directory: Path) -> list[dict[str, Any]]:
    """What tantivy notes of each segment of the last commit."""
    found: list[dict[str, Any]] = json.loads((directory / "meta.json").read_bytes())["segments"]
    return found


def living(segment: dict[str, Any]) -> int:
    """How many entries of a segment were not replaced or deleted."""
    return int(segment["max_doc"]) - int((segment["deletes"] or {"num_deleted_docs": 0})["num_deleted_docs"])
