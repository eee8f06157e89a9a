"""Every file of an index has a check sum, and a check says which files are not as they were written."""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from search import Article, open_archive, write_archive
from search.errors import IndexDamaged, IndexIncompatible, IndexMissing
from search.store import checksums
from search.store.check_report import CheckReport, advice
from search.store.checking import check_archive, require_sound
from tests.archive.test_rights import ENGINES


@pytest.fixture(params=ENGINES)
def index(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    """An index of two commits, with something replaced and something deleted."""
    for number in range(2):
        with write_archive(tmp_path / "index", str(request.param)) as writer:
            for id in range(4 * number, 4 * number + 4):
                writer.put(Article(str(id), f"Wort {number}", title="Titel"))
    with write_archive(tmp_path / "index") as writer:
        writer.put(Article("0", "Anders"))
        writer.delete("1")
    return tmp_path / "index"


def files(index: Path) -> Iterator[Path]:
    """All files of an index but locks."""
    yield from (file for file in sorted(index.rglob("*")) if file.is_file() and "lock" not in file.name.lower())


def test_an_index_as_it_was_written_is_sound(index: Path) -> None:
    """After each commit all files are known, and none differs."""
    report = check_archive(index)
    assert report == CheckReport(str(index), checked=len(list(files(index))))
    assert report.is_sound
    assert list(advice(report)) == []
    require_sound(index)


def test_each_flipped_bit_is_reported(index: Path) -> None:
    """A bit that flips in any file, at its beginning, middle or end, is reported with the name of this file alone."""
    for file in files(index):
        whole = file.read_bytes()
        for place in {0, len(whole) // 2, len(whole) - 1} if whole else ():
            file.write_bytes(whole[:place] + bytes([whole[place] ^ 1]) + whole[place + 1 :])
            try:
                report = check_archive(index)
                assert report.damaged == (str(file.relative_to(index)),)
            except IndexIncompatible:  # what is no JSON any more
                assert file.name == "archive.json"
        file.write_bytes(whole)
    assert check_archive(index).is_sound


def test_each_cut_and_each_missing_file_is_reported(index: Path) -> None:
    """A file that is cut, emptied or gone is reported with its name, and the remedy with the directory."""
    for file in files(index):
        if file.name == "archive.json":
            continue
        whole, name = file.read_bytes(), str(file.relative_to(index))
        for cut in {whole[: len(whole) // 2], b""} - {whole}:
            file.write_bytes(cut)
            assert check_archive(index).damaged == (name,)
        file.unlink()
        report = check_archive(index)
        assert (report.missing, report.damaged) == ((name,), ())
        assert any("--rebuild" in sentence and str(index) in sentence for sentence in advice(report))
        with pytest.raises(IndexDamaged, match="--rebuild"):
            require_sound(index)
        file.write_bytes(whole)


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this system has no named pipes")
def test_a_pipe_in_place_of_a_file_is_not_waited_for(index: Path) -> None:
    """Nobody waits for what may come out of it: checks and readers say that the file is missing or damaged."""
    for file in files(index):
        whole = file.read_bytes()
        file.unlink()
        os.mkfifo(file)
        with pytest.raises((IndexDamaged, IndexIncompatible), match="--rebuild"):
            open_archive(index).close()
        if file.name != "archive.json":
            assert check_archive(index).missing == (str(file.relative_to(index)),)
        file.unlink()
        file.write_bytes(whole)


def test_what_is_unexpected_is_named_and_no_damage(index: Path) -> None:
    """A file of no commit is named, and the index is sound."""
    (index / "generation-000001" / "stray").write_text("x")
    report = check_archive(index)
    assert report.unexpected == ("generation-000001/stray",)
    assert report.is_sound
    assert "may be removed" in " ".join(advice(report))


def test_damage_is_not_taken_for_the_truth(index: Path) -> None:
    """A later commit keeps the sums of the files it did not write, so older damage is still seen."""
    folder = index / "generation-000001"
    once = [file for file in files(folder) if file.name not in checksums.WRITTEN_AGAIN]
    if not once:
        pytest.skip("the engine in memory writes its one file with each commit")
    file = max(once, key=lambda file: file.stat().st_size)
    whole = file.read_bytes()
    file.write_bytes(whole[:-1] + bytes([whole[-1] ^ 1]))
    known = json.loads((index / "archive.json").read_text())["files"]
    assert checksums.checksums(folder, known)[file.name] == known[file.name]


def test_only_new_files_are_read_again(index: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A commit reads the files that it wrote, so its cost does not grow with the index."""
    read: list[str] = []
    real = checksums.checksum
    before = set(json.loads((index / "archive.json").read_text())["files"])
    monkeypatch.setattr(checksums, "checksum", lambda file: (read.append(file.name), real(file))[1])
    with write_archive(index) as writer:
        writer.put(Article("neu", "Wort"))
    assert set(read) & before <= checksums.WRITTEN_AGAIN


def test_a_run_that_was_stopped_is_no_damage(index: Path) -> None:
    """What a stopped run left is not called damaged; what it cannot have touched is compared, the next run mends."""

    def stop() -> None:
        with write_archive(index) as writer:
            writer.put(Article("halb", "Wort"))
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        stop()
    (index / "generation-000001" / "0123.store").write_text("a segment of no commit")
    report = check_archive(index)
    assert (report.is_sound, report.unfinished, report.unexpected) == (True, True, ())
    assert "generation-000001/0123.store" in report.unverified
    assert "was stopped" in " ".join(advice(report))
    (index / "generation-000001" / "0123.store").unlink()
    with write_archive(index):
        pass
    assert check_archive(index) == CheckReport(str(index), checked=len(list(files(index))))


@pytest.mark.parametrize("sums", [{}, [], None, "", 5, [["a", "b"]]], ids=str)
@pytest.mark.parametrize("checksum", [True, False])
def test_without_its_check_sums_nothing_is_sound(index: Path, sums: Any, checksum: bool) -> None:
    """An archive.json that has lost the check sums of the files, or its own, is damaged, and a rebuild is advised."""
    manifest = json.loads((index / "archive.json").read_text()) | {"files": sums}
    if not checksum:
        del manifest["checksum"]
    (index / "archive.json").write_text(json.dumps(manifest))
    if type(sums) is dict:
        report = check_archive(index)
        assert report.damaged == ("archive.json",)
        assert set(report.unverified) == {str(file.relative_to(index)) for file in files(index)} - {"archive.json"}
        assert any("--rebuild" in sentence for sentence in advice(report))
    else:
        with pytest.raises(IndexIncompatible, match="--rebuild"):
            check_archive(index)
    with write_archive(index, rebuild=True):
        pass
    assert check_archive(index).is_sound


def test_a_rebuild_and_a_move_keep_the_sums(index: Path, tmp_path: Path) -> None:
    """A new generation has its own sums, and a copy of an index is as sound as the index."""
    with write_archive(index, rebuild=True) as writer:
        writer.put(Article("1", "Wort"))
    shutil.copytree(index, tmp_path / "copy")
    for place in (index, tmp_path / "copy"):
        assert check_archive(place).is_sound
        assert check_archive(place).checked > 1


def test_no_index_is_told(tmp_path: Path) -> None:
    """Where there is no index there is nothing to check."""
    with pytest.raises(IndexMissing):
        check_archive(tmp_path)


def test_a_commit_copies_nothing_damaged(index: Path, tmp_path: Path) -> None:
    """A table of values or a segment of Whoosh that is damaged is told by the commit that would write it anew."""
    for file in [file for file in files(index) if file.suffix in (".values", ".arrays")]:
        copy = tmp_path / file.stem
        shutil.copytree(index, copy)
        damaged = copy / file.relative_to(index)
        whole = damaged.read_bytes()
        place = whole.find(b"Wort") + 1  # else the first letter of all
        damaged.write_bytes(whole[:place] + bytes([whole[place] ^ 1]) + whole[place + 1 :])
        with pytest.raises(IndexDamaged, match="--rebuild"):
            put_one_by_one(copy)
        assert str(damaged.relative_to(copy)) in check_archive(copy).damaged
        damaged.write_bytes(whole)
        put_one_by_one(copy)
        assert check_archive(copy).is_sound


def put_one_by_one(index: Path) -> None:
    """Commit so often that whatever is small is merged."""
    for number in range(20):
        with write_archive(index) as writer:
            writer.put(Article(f"neu-{number}", f"Wort {number}", source="Zeitung"))
