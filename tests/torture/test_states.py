"""What a command may leave when it is killed is what its commits hold, whichever moment it dies at."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

import pytest

from indexer.pipeline import Job, index
from search.store import writing
from search.store.directory import IndexDirectory
from search.store.writing import ArchiveWriter
from tests.conftest import Once
from tests.torture import command_kills
from tests.torture.articles import state_of

SEEDS = {"prune": (0, 2), "incremental": (1,)}  # each seed has another number of articles between two commits


@pytest.mark.parametrize(("mode", "seed"), [(mode, seed) for mode in SEEDS for seed in SEEDS[mode]])
def test_around_each_commit_the_index_holds_the_last_state_told_or_the_next(
    tmp_path: Path, once: Once, monkeypatch: pytest.MonkeyPatch, mode: str, seed: int
) -> None:
    """Whether a command dies before or after it publishes a commit, or before it tells it, what is left is foreseen."""
    base = once("torture-base", Path.mkdir)
    unit = command_kills.Kill(tmp_path, base, "tantivy", mode, seed)
    told, copies = 0, list[tuple[int, Path]]()

    def copy() -> None:
        copies.append((told, tmp_path / f"copy-{len(copies)}"))
        shutil.copytree(directory, copies[-1][1])

    def publish(*arguments: Any) -> None:
        copy()
        published(*arguments)
        copy()

    def checkpoint(writer: ArchiveWriter) -> None:
        nonlocal told
        committed(writer)
        told += 1

    published, committed = IndexDirectory.publish, ArchiveWriter.checkpoint
    sources, directory = command_kills.prepared(unit)
    monkeypatch.setattr(IndexDirectory, "publish", publish)
    monkeypatch.setattr(ArchiveWriter, "checkpoint", checkpoint)
    monkeypatch.setattr(writing, "CHECKPOINT_ARTICLES", unit.size)
    index(Job((str(sources),), directory, jobs=1, entities=False, prune=mode == "prune"))
    expected = command_kills.states(unit)
    assert told == len(expected) - 1
    for number, path in copies:
        assert state_of(path) in expected[number : number + 2]
