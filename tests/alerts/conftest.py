"""An index, a file of searches, and a watcher of both."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.families.sample import article, put
from web.alerts.watching import Watcher

BASE = "https://archiv.example.org"


class Desk:
    """A newsroom that watches its index."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.index = folder / "index"
        self.searches = folder / "searches.toml"
        put(self.index, [article("alt", "Ein altes Hochwasser an der Elbe")], "memory")

    def saves(self, lines: str) -> None:
        """Write the searches."""
        self.searches.write_text(lines, encoding="utf-8")

    def watcher(self) -> Watcher:
        """A new process, as it were."""
        return Watcher(self.index, BASE, self.searches, self.folder / "state.sqlite")

    def lines(self, name: str = "neu.jsonl") -> list[str]:
        """The ids of the stories in a file."""
        path = self.folder / name
        return [json.loads(line)["id"] for line in path.read_text().splitlines()] if path.exists() else []


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return Desk(tmp_path)


SAVED = '[[search]]\nname = "Flut"\nquery = "Hochwasser"\njsonl = "neu.jsonl"\n'
