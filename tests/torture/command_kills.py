"""Kills of the real command that indexes, or of one of its worker processes."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import time
from contextlib import suppress
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from random import Random

from filelock import FileLock

from bench.peers.memory import family
from indexer.pipeline import Job, index
from search.store.checking import check_archive
from tests.torture.articles import State, answers, differences, state_of, write_documents
from tests.torture.indexer_process import BEGUN, COMMITTED
from tests.torture.library_kills import PROJECT, assert_whole, examined
from tests.torture.result import Tally

SIZES = (5, 20, 50)  # articles between two commits
BEFORE: State = dict.fromkeys(range(160), 0)
# A third is changed, some are gone, some are new.
AFTER: State = {number: int(number % 3 == 0) for number in range(200) if number % 10 != 7}
OPTIONS = {"prune": ("--prune",), "rebuild": ("--rebuild",), "jobs": ("--jobs", "2"), "worker": ("--jobs", "2")}
TOO_LATE = "ended before its kill"  # what is counted then
# That a command may go on after one of its workers was killed: it starts several new ones, and where the processors
# are busy each takes ten seconds to load what it needs.
MOST_SECONDS = 150.0


@dataclass(frozen=True, slots=True)
class Kill:
    """What is killed: the command in a mode; the seed says when. `base` is where `base` puts its indexes."""

    folder: Path
    base: Path
    engine: str
    mode: str
    seed: int

    @property
    def size(self) -> int:
        """Articles between two commits."""
        return SIZES[self.seed % len(SIZES)]

    @property
    def before(self) -> State:
        """What the index holds when the command starts."""
        return BEFORE if self.mode in ("incremental", "prune", "rebuild") else {}


def kill(unit: Kill) -> Tally:
    """Kill the command, then look at the index and run it again."""
    tally = Tally()
    sources, directory = prepared(unit)
    examined(tally, unit, lambda: _look(unit, directory, sources, tally))
    shutil.rmtree(unit.folder, ignore_errors=True)
    return tally


def states(unit: Kill) -> list[State]:
    """What the index may hold: before, and after each commit of the command."""
    before, expected = unit.before, _expected(unit)
    if unit.mode == "rebuild":
        return [before, expected]
    changed = {number: AFTER[number] for number in AFTER if before.get(number) != AFTER[number]}
    full = range(0, len(changed) + 1, unit.size)  # whoever reads so many has committed so many
    found = [before | dict(islice(changed.items(), number)) for number in full]
    if unit.mode == "prune":  # commits what it has read before it removes what is gone
        found.append(before | changed)
    return [*found, expected]


def _expected(unit: Kill) -> State:
    return dict(AFTER) if unit.mode in ("prune", "rebuild") else unit.before | AFTER


def base(folder: Path, engine: str) -> Path:
    """Indexes to start from and to compare with, made once below a folder for all processes; their folder.

    `before` holds BEFORE, of documents that lay where those of AFTER lie; the others what commands end with.
    """
    made = folder / engine
    with FileLock(folder / f"{engine}.lock"):
        if not (made / "done").exists():
            sources = made / "documents"
            write_documents(sources, BEFORE)
            _index(sources, made / "before", engine)
            shutil.rmtree(sources)
            write_documents(sources, AFTER)
            _index(sources, made / "fresh", engine)
            shutil.copytree(made / "before", made / "incremental")
            _index(sources, made / "incremental", engine)
            (made / "done").touch()
    return made


def _index(sources: Path, directory: Path, engine: str, prune: bool = False) -> None:
    report = index(Job((str(sources),), directory, engine=engine, jobs=1, entities=False, prune=prune))
    assert not report.failures, str(report.failures[0])


def prepared(unit: Kill) -> tuple[Path, Path]:
    """The documents, and the directory of an index as it is before the command."""
    made, directory = base(unit.base, unit.engine), unit.folder / "index"
    unit.folder.mkdir(parents=True, exist_ok=True)
    if unit.before:
        shutil.copytree(made / "before", directory)
    return made / "documents", directory


def _look(unit: Kill, directory: Path, sources: Path, tally: Tally) -> None:
    """The index holds what was told, or one commit more; another run ends with what a fresh one has."""
    told = _kill(unit, directory, sources, tally)
    possible, found = states(unit), state_of(directory)
    first = 0 if unit.mode == "rebuild" else min(told, len(possible) - 1)
    assert found in possible[first : first + 2], "the index holds no committed state"
    assert not found or check_archive(directory).is_sound, "what a kill left counts as damage"
    tally.counts["commits told"] += told
    tally.counts["states opened"] += 1
    _index(sources, directory, unit.engine, prune=unit.mode in ("prune", "rebuild"))
    assert state_of(directory) == _expected(unit), "another run did not bring it up to date"
    fresh = "fresh" if unit.mode != "incremental" else "incremental"
    different = list(differences(answers(directory), answers(base(unit.base, unit.engine) / fresh)))
    assert not different, f"{different[0]!r} is answered differently from a fresh build"
    assert_whole(directory)
    tally.counts["equal to a fresh build"] += 1


def _kill(unit: Kill, directory: Path, sources: Path, tally: Tally) -> int:
    """Run the command and kill it, or a worker; the number of commits that it told."""
    command = [sys.executable, "-m", "tests.torture.indexer_process", str(unit.size), "index", str(sources),
               "--index", str(directory), "--engine", unit.engine, "--no-entities",
               *OPTIONS.get(unit.mode, ())]  # fmt: skip
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, cwd=PROJECT) as process:
        try:
            assert process.stdout is not None
            assert process.stdout.readline().strip() == BEGUN, "the command did not begin"
            time.sleep(Random(unit.seed).uniform(0, _usual_seconds(unit)))
            victims = family(process.pid)
            _strike(unit, process, victims, tally)
            out, err = process.communicate(timeout=MOST_SECONDS)
        finally:
            process.kill()
    _assert_no_traceback(err)
    _await_end(victims[1:])
    return out.split().count(COMMITTED)


def _assert_no_traceback(err: str) -> None:
    """A process that was being started when the command was killed finds nobody who says what to do.

    The library tells that before it runs anything of ours.
    """
    tracebacks = [told for told in err.split("Traceback (most recent call last):")[1:] if "in spawn_main" not in told]
    assert not tracebacks, f"{tracebacks[0].strip().splitlines()[-1][:80]} as a traceback"


def _usual_seconds(unit: Kill) -> float:
    """About how long the command works; a kill after its end is counted as that."""
    return {"jobs": 2.0, "worker": 2.0, "fresh": 0.8, "rebuild": 0.8}.get(unit.mode, 0.5)


def _strike(unit: Kill, process: subprocess.Popen[str], victims: list[int], tally: Tally) -> None:
    workers = [pid for pid in victims[1:] if "spawn_main" in _command_line(pid)]
    if process.poll() is not None:
        tally.counts[TOO_LATE] += 1
    elif unit.mode != "worker":
        process.kill()
        tally.counts[f"kills of the command, {unit.mode}"] += 1
    elif workers:
        with suppress(ProcessLookupError):
            os.kill(Random(unit.seed).choice(workers), signal.SIGKILL)
        tally.counts["kills of a worker process"] += 1
    else:
        tally.counts["without a worker to kill"] += 1


def _command_line(pid: int) -> str:
    try:
        return Path(f"/proc/{pid}/cmdline").read_text(errors="replace")
    except OSError:
        return ""


def _await_end(pids: list[int]) -> None:
    """No process may outlive the command for long."""
    until = time.monotonic() + MOST_SECONDS
    while any(_command_line(pid) for pid in pids):  # a zombie has none
        assert time.monotonic() < until, "a worker outlives the command"
        time.sleep(0.05)
