"""What was measured, as one JSON file for each measure, so that an interrupted run can go on."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from bench.peers.processor import load

Result = dict[str, Any]
NOTED = ("run", "load")  # what is noted with each result: when its run began, and how many processes wanted to run


@dataclass(frozen=True, slots=True)
class Store:
    """A work directory: articles, queries, indexes and results, each with when its run began and the load then."""

    place: Path
    run: str = field(default_factory=lambda: datetime.now(UTC).isoformat(timespec="seconds"))

    def articles(self, size: str) -> Path:
        """The file of the articles of a collection."""
        return self._made("articles") / f"{size}.jsonl"

    def queries(self, size: str) -> Path:
        """The file of its queries."""
        return self._made("articles") / f"{size}.queries.json"

    def index(self, size: str, peer: str) -> Path:
        """The directory of an index, which need not exist."""
        return self._made(f"indexes/{size}") / peer

    def get(self, size: str, peer: str, measure: str) -> Result | None:
        """A result, None if there is none yet."""
        path = self._result(size, peer, measure)
        if not path.exists():
            return None
        result: Result = json.loads(path.read_text(encoding="utf-8"))
        return result

    def put(self, size: str, peer: str, measure: str, result: Result) -> None:
        """Keep a result."""
        path = self._result(size, peer, measure)
        kept = {**result, **dict(zip(NOTED, (self.run, round(load(), 1)), strict=True))}
        path.write_text(json.dumps(kept, ensure_ascii=False, indent=1), encoding="utf-8")

    def forget(self, size: str, peer: str) -> None:
        """Drop all results of a peer, so that it is measured again."""
        for path in self._made(f"results/{size}").glob(f"{peer}.*.json"):
            path.unlink()

    def _result(self, size: str, peer: str, measure: str) -> Path:
        return self._made(f"results/{size}") / f"{peer}.{measure}.json"

    def _made(self, name: str) -> Path:
        directory = self.place / name
        directory.mkdir(parents=True, exist_ok=True)
        return directory
