"""Kills of a program that writes with `write_archive`, in commits of a few articles."""

from __future__ import annotations

import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from random import Random

from search import write_archive
from search.store.checking import check_archive
from tests.torture.articles import State, answers, article, differences, state_of
from tests.torture.catching import Unforeseen, tried
from tests.torture.result import Tally
from tests.torture.writer_process import MODES, states, write_from

__all__ = ["MODES", "Kill", "kill"]

PROJECT = Path(__file__).parents[2]
LONGEST_LIFE = 0.4  # seconds from the first commit on
FURTHER = 2  # blocks that the next program writes


@dataclass(frozen=True, slots=True)
class Kill:
    """What is killed: a writer in one of MODES; the seed says what it writes and when it dies."""

    folder: Path
    engine: str
    mode: str
    seed: int


def kill(unit: Kill) -> Tally:
    """Kill a writer, then look at the index and go on writing."""
    tally = Tally()
    tally.counts[f"kills of a program, {unit.mode}"] += 1
    examined(tally, unit, lambda: _look(unit, _kill(unit), tally))
    shutil.rmtree(unit.folder, ignore_errors=True)
    return tally


def examined(tally: Tally, unit: object, look: Callable[[], None]) -> None:
    """Whatever is wrong with what a kill left becomes a failure."""
    try:
        tried(look)
    except Unforeseen as error:
        what = str(error.__cause__) if isinstance(error.__cause__, AssertionError) else str(error)
        tally.failed(f"after a kill: {what}", _described(unit))
    except Exception as error:  # noqa: BLE001 - after a kill no error is promised
        tally.failed(f"after a kill: {type(error).__name__}", f"{_described(unit)}: {error}")


def _described(unit: object) -> str:
    """The kill without its folder, which is no part of it."""
    return " ".join(str(getattr(unit, name, "")) for name in ("engine", "mode", "size", "seed"))


def _kill(unit: Kill) -> int:
    """Let a writer commit at least once, kill it some time later; the number of commits that it told."""
    command = [sys.executable, "-m", "tests.torture.writer_process", str(unit.folder), unit.engine, unit.mode,
               str(unit.seed)]  # fmt: skip
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, cwd=PROJECT) as process:
        assert process.stdout is not None
        assert process.stdout.readline().strip() == "0", "the writer did not begin"
        time.sleep(Random(unit.seed).uniform(0, LONGEST_LIFE))
        process.kill()
        return 1 + len(process.stdout.read().split())


def _look(unit: Kill, told: int, tally: Tally) -> None:
    """The index holds what was told, or one commit more; the next program goes on from there."""
    ahead = list(islice(states(unit.mode, unit.seed), told, told + FURTHER + 2))
    found = state_of(unit.folder)
    assert found in ahead[:2], "the index holds no committed state"
    assert check_archive(unit.folder).is_sound, "what a kill left counts as damage"
    done = told + ahead.index(found)
    tally.counts["commits told"] += told
    tally.counts["states opened"] += 1
    for _ in write_from(unit.folder, unit.engine, unit.mode, unit.seed, done, FURTHER):
        pass
    expected = next(islice(states(unit.mode, unit.seed), done + FURTHER, None))
    assert state_of(unit.folder) == expected, "the next program did not go on"
    assert len(list(unit.folder.glob("generation-*"))) == 1, "a generation is left over"
    assert_whole(unit.folder)
    _compare(unit, expected, tally)


def assert_whole(directory: Path) -> None:
    """Each file is known and as it was written, and nothing is left of what was killed."""
    report = check_archive(directory)
    assert report.is_sound, "the next run leaves damage"
    assert not report.unfinished, "the next run leaves a commit unfinished"
    assert not (*report.unexpected, *report.unverified), "files are left that no commit knows"
    assert not list(directory.glob("generation-*/.tmp*")), "temporary files are left"


def _compare(unit: Kill, expected: State, tally: Tally) -> None:
    """The index answers as one that is built at once."""
    with tempfile.TemporaryDirectory() as fresh:
        with write_archive(fresh, unit.engine) as writer:
            for number, version in expected.items():
                writer.put(article(number, version))
        different = list(differences(answers(unit.folder), answers(Path(fresh))))
    assert not different, f"{different[0]!r} is answered differently from a fresh build"
    tally.counts["equal to a fresh build"] += 1
