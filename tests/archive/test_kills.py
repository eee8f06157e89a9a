"""kill -9 at any moment leaves the last committed index readable, and the next writer goes on."""

import random
import subprocess
import sys
import time
from pathlib import Path

import pytest

from search import Article, Request, open_archive, write_archive
from search.store.checking import check_archive
from tests.archive.writer_process import BLOCK

KILLS = 4


def kill_a_writer(directory: Path, engine: str, mode: str, lives: float) -> int:
    """Let a writer commit at least once, kill it some time later; the number of blocks it said were committed."""
    command = [sys.executable, "-m", "tests.archive.writer_process", str(directory), engine, mode]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        committed = int(process.stdout.readline()) + 1
        time.sleep(lives)
        process.kill()
        committed += len(process.stdout.read().split())
    return committed


def kept_whole(directory: Path) -> None:
    """Each file is known and as it was written, and nothing is left of what was killed."""
    report = check_archive(directory)
    assert report.is_sound
    assert (report.unexpected, report.unverified, report.unfinished) == ((), (), False)
    assert not list(directory.glob("generation-*/.tmp*"))


@pytest.mark.parametrize(("engine", "mode"), [("whoosh", "add"), ("tantivy", "add"), ("tantivy", "merge")])
def test_a_killed_writer_loses_no_commit(tmp_path: Path, engine: str, mode: str) -> None:
    """After each kill all committed blocks are there, whole blocks only, and writing works."""
    chance = random.Random(engine)
    for attempt in range(KILLS):
        directory = tmp_path / str(attempt)
        committed = kill_a_writer(directory, engine, mode, chance.uniform(0, 0.4))
        assert check_archive(directory).is_sound  # what a killed writer left is no damage
        with open_archive(directory) as archive:
            total = archive.search(Request(text="Wörtern Block")).total
            assert total in (committed * BLOCK, (committed + 1) * BLOCK)
            assert archive.search(Request(text='"vielen Wörtern"', size=5)).hits
        with write_archive(directory) as writer:
            assert writer.put(Article("danach", "Nach dem Absturz")) == "added"
        with open_archive(directory) as archive:
            assert archive.search(Request(text="Absturz")).total == 1
        kept_whole(directory)


@pytest.mark.parametrize("engine", ["whoosh", "tantivy"])
def test_a_killed_rebuild_leaves_one_generation(tmp_path: Path, engine: str) -> None:
    """After a kill during rebuilds readers find a whole generation, and the next writer clears the rest away."""
    chance = random.Random(engine)
    for attempt in range(KILLS):
        directory = tmp_path / str(attempt)
        kill_a_writer(directory, engine, "rebuild", chance.uniform(0, 0.3))
        with open_archive(directory) as archive:
            assert archive.search(Request(text="Wörtern")).total == BLOCK
        assert check_archive(directory).is_sound
        with write_archive(directory) as writer:
            writer.put(Article("danach", "Nach dem Absturz"))
        assert len(list(directory.glob("generation-*"))) == 1
        kept_whole(directory)
