"""A disk that runs full: is it told in a sentence, is the last commit whole, and does it go on when there is room?"""

from __future__ import annotations

import os
import resource
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from random import Random

from tests.torture import crew
from tests.torture.articles import State, state_of, write_documents
from tests.torture.library_kills import PROJECT, examined
from tests.torture.plan import ENGINES, Laboratory
from tests.torture.result import Result, Tally

PATIENCE = 120.0
COMMIT = 20  # articles between two commits
BEFORE: State = dict.fromkeys(range(40), 0)
ALL: State = dict.fromkeys(range(160), 0)
ENOUGH = 64_000_000
PAGE = 4_096
# Bytes of the disk, or of its largest file where no disk can be mounted.
DISK, FILE = (40_000, 1_000_000), (2_000, 120_000)


@dataclass(frozen=True, slots=True)
class Filling:
    """An index that is begun, or one that grows, on a disk of so many bytes."""

    folder: Path
    engine: str
    mode: str
    size: int
    mounts: bool


def run(laboratory: Laboratory) -> Result:
    """Fill as many disks as planned; as root small disks, else with a limit for the size of files."""
    started = time.monotonic()
    mounts = can_mount(laboratory.folder / "trial")
    tally = crew.run(attempt, units(laboratory, mounts), laboratory, PATIENCE)
    tally.figures["the disk"] = "a small tmpfs" if mounts else "a limit for the size of a file"
    return tally.result("disk", time.monotonic() - started)


def units(laboratory: Laboratory, mounts: bool) -> Iterator[Filling]:
    """All disks, of sizes between too small for anything and large enough."""
    chance = Random(laboratory.plan.seed)
    write_documents(laboratory.folder / "all", ALL)
    write_documents(laboratory.folder / "before", BEFORE)
    for number in range(laboratory.plan.fillings):
        mode = ("fresh", "growing")[number // 2 % 2]
        size = chance.randint(*(DISK if mounts else FILE))
        yield Filling(laboratory.folder / f"disk-{number}", ENGINES[number % 2], mode, size, mounts)


def attempt(unit: Filling, note: crew.Note) -> Tally:
    """Fill a disk and look at what is left."""
    tally = Tally()
    note(_told(unit))
    unit.folder.mkdir()
    with _disk(unit) as resize:
        examined(tally, unit, lambda: _fill(unit, resize, tally))
    shutil.rmtree(unit.folder, ignore_errors=True)
    return tally


def _fill(unit: Filling, resize: Callable[[int], None], tally: Tally) -> None:
    index, all_documents = unit.folder / "index", unit.folder.parent / "all"
    if unit.mode == "growing":
        resize(ENOUGH)
        assert _index(unit.folder.parent / "before", index, unit.engine).returncode == 0
        resize(unit.size + _bytes(index))
    done = _index(all_documents, index, unit.engine, 0 if unit.mounts else unit.size)
    tally.counts["runs"] += 1
    tally.counts["disk full" if done.returncode else "had room"] += 1
    if done.returncode:
        _judge(unit, done.stderr, tally)
    found = state_of(index)
    assert found.items() <= ALL.items(), "the index holds what was not written"
    assert len(found) % COMMIT == 0, "the index holds half a commit"
    assert unit.mode == "fresh" or found.keys() >= BEFORE.keys(), "a commit is lost"
    resize(ENOUGH)
    assert _index(all_documents, index, unit.engine).returncode == 0, "another run fails, though there is room"
    assert state_of(index) == ALL, "another run did not bring it up to date"
    tally.counts["went on when there was room"] += 1


def _judge(unit: Filling, told: str, tally: Tally) -> None:
    """The message must be a sentence that names the place."""
    last = told.strip().splitlines()[-1][:120] if told.strip() else "nothing"
    if "Traceback" in told:
        tally.failed(f"{unit.engine}: a full disk is a traceback", f"{_told(unit)}: {last}")
    elif str(unit.folder) not in told:
        without = last.replace(str(unit.folder), "...")
        tally.failed(f"{unit.engine}: the message names no place", f"{_told(unit)}: {without}")


def _told(unit: Filling) -> str:
    return f"{unit.engine}, {unit.mode}, {unit.size:,} bytes"


def _index(sources: Path, index: Path, engine: str, largest: int = 0) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "tests.torture.indexer_process", str(COMMIT), "index", str(sources),
               "--index", str(index), "--engine", engine, "--no-entities", "--jobs", "1"]  # fmt: skip
    limit = partial(resource.setrlimit, resource.RLIMIT_FSIZE, (largest, largest)) if largest else None
    return subprocess.run(
        command, capture_output=True, text=True, cwd=PROJECT, timeout=PATIENCE, check=False, preexec_fn=limit
    )


def _bytes(folder: Path) -> int:
    """What the files of a folder take of a disk, in whole pages."""
    return sum(-(-path.stat().st_size // PAGE) * PAGE for path in folder.rglob("*") if path.is_file())


@contextmanager
def _disk(unit: Filling) -> Iterator[Callable[[int], None]]:
    """A disk at the folder; gives the function that changes its size."""
    if not unit.mounts:
        yield lambda _size: None
        return
    mount = ["mount", "-t", "tmpfs", "-o", f"size={unit.size}", "torture", str(unit.folder)]
    subprocess.run(mount, check=True, capture_output=True)
    try:
        yield partial(_resize, unit.folder)
    finally:
        subprocess.run(["umount", "--lazy", str(unit.folder)], check=True)


def _resize(folder: Path, size: int) -> None:
    subprocess.run(["mount", "-o", f"remount,size={size}", str(folder)], check=True, capture_output=True)


def can_mount(folder: Path) -> bool:
    """Whether this process may mount a disk."""
    if os.geteuid() or not shutil.which("mount"):
        return False
    folder.mkdir(parents=True, exist_ok=True)
    mounted = subprocess.run(["mount", "-t", "tmpfs", "torture", str(folder)], capture_output=True, check=False)
    if mounted.returncode == 0:
        subprocess.run(["umount", str(folder)], check=True)
    return mounted.returncode == 0
