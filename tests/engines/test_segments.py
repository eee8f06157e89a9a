"""How the Whoosh engine lays out an index that grows by many commits."""

import os
from pathlib import Path
from stat import S_ISDIR

import pytest

from search.engines.base import EngineRequest
from search.engines.whoosh.engine import WhooshEngine
from tests.engines.samples import WORD, entry, fill


def test_many_commits_leave_few_files(tmp_path: Path) -> None:
    """A hundred commits of one entry each leave fewer than a dozen segments, and all entries."""
    engine = WhooshEngine(tmp_path, create=True)
    for number in range(100):
        fill(engine, [entry(f"{number:03}", "Wort", place=(f"Ort {number % 3}",))])
    assert len(list(tmp_path.glob("*.arrays"))) < 12
    found = engine.search(EngineRequest(WORD, size=200, facets={"place": 2}))
    assert [match.id for match in found.matches] == [f"{number:03}" for number in range(100)]
    assert found.facets["place"] == (("Ort 0", 34), ("Ort 1", 33))
    engine.close()


def test_what_is_deleted_makes_room(tmp_path: Path) -> None:
    """When most of a segment is deleted, it is written anew without that, and statistics forget it."""
    engine = WhooshEngine(tmp_path, create=True)
    fill(engine, [entry(f"{number}", "Wort " * 50) for number in range(10)])
    before = sum(file.stat().st_size for file in tmp_path.glob("*.arrays"))
    with engine.writer() as writer:
        for number in range(8):
            writer.delete(f"{number}")
    engine.refresh()
    assert engine.frequency("body_form", "wort") == engine.count() == 2
    assert sum(file.stat().st_size for file in tmp_path.glob("*.arrays")) < before
    with engine.writer() as writer:
        writer.delete("8")
        writer.delete("9")
    engine.refresh()
    assert engine.count() == 0
    assert not list(tmp_path.glob("*.arrays"))
    engine.close()


def test_a_table_of_contents_is_on_the_disk_before_it_has_its_name(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whoosh removes the old table right after renaming the new one, so that is synced before, and the name after."""
    done: list[str] = []
    real_sync, real_rename, real_remove = os.fsync, os.rename, os.remove

    def sync(opened: int) -> None:
        done.append("folder" if S_ISDIR(os.fstat(opened).st_mode) else "file")
        real_sync(opened)

    monkeypatch.setattr(os, "fsync", sync)
    monkeypatch.setattr(os, "rename", lambda old, new: (done.append("rename"), real_rename(old, new)))
    monkeypatch.setattr(os, "remove", lambda path: (done.append("remove"), real_remove(path)))
    engine = WhooshEngine(tmp_path, create=True)
    done.clear()
    fill(engine, [entry("1", "Wort")])
    last = len(done) - 1 - done[::-1].index("rename")
    assert done[last - 1 : last + 2] == ["file", "rename", "folder"]
    assert "remove" in done[last:]
