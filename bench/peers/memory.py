"""How much memory does a process with all its children take at most? Read from /proc while it works.

Counted is the proportional set size (PSS): what processes share, a server its buffers or an engine
its files, counts once. Files of an index that are mapped into memory count as far as they are
there, although the system takes that back when it needs it; so there is a second figure without files.
"""

from __future__ import annotations

import threading
import time
from pathlib import Path
from typing import NamedTuple

EVERY = 0.2  # seconds
REST = 50  # times as long as reading took: it takes longer the more is mapped, and so a fiftieth of a processor
PROC = Path("/proc")


class Memory(NamedTuple):
    """Bytes of processes: all, and those that no file stands behind."""

    all: int
    own: int


class Watch:
    """Watches a process and its children in a thread until it is stopped."""

    def __init__(self, pid: int) -> None:
        self._pid = pid
        self._peak = Memory(0, 0)
        self._end = threading.Event()
        self._thread = threading.Thread(target=self._look, daemon=True)
        self._thread.start()

    def peak(self) -> dict[str, int]:
        """The most bytes seen since the last call, `memory` with and `own` without files; 0 where there is no /proc."""
        self._note()
        peak, self._peak = self._peak, Memory(0, 0)
        return {"memory": peak.all, "own": peak.own}

    def stop(self) -> None:
        """Look no more."""
        self._end.set()
        self._thread.join()

    def _look(self) -> None:
        took = 0.0
        while not self._end.wait(max(EVERY, REST * took)):
            began = time.perf_counter()
            self._note()
            took = time.perf_counter() - began

    def _note(self) -> None:
        taken = [_taken(pid) for pid in family(self._pid)]
        self._peak = Memory(
            *(max(before, sum(now)) for before, now in zip(self._peak, zip(*taken, strict=True), strict=True))
        )


def largest(pid: int) -> int:
    """The bytes without files of that process, of one and its children, which has most now."""
    return max(_taken(each).own for each in family(pid))


def family(pid: int) -> list[int]:
    """A process and all that descend from it."""
    found = [pid]
    for parent in found:
        for listed in PROC.glob(f"{parent}/task/*/children"):
            found += map(int, _read(listed).split())
    return found


def _taken(pid: int) -> Memory:
    lines = (line.split() for line in _read(PROC / str(pid) / "smaps_rollup").splitlines()[1:])
    sizes = {name: int(kilobytes) * 1024 for name, kilobytes, *_ in lines}
    return Memory(sizes.get("Pss:", 0), sizes.get("Pss_Anon:", 0) + sizes.get("Pss_Shmem:", 0))


def _read(path: Path) -> str:
    try:
        return path.read_text()
    except OSError:  # the process has gone meanwhile
        return ""
