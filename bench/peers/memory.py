"""How much memory does a process with all its children take at most? Read from /proc while it works.

Counted is the proportional set size (PSS): what processes share, a server its buffers or an engine
its files, counts once. Files of an index that are mapped into memory count as far as they are
there, although the system may take that back.
"""

from __future__ import annotations

import threading
from pathlib import Path

EVERY = 0.2  # seconds; reading takes about a millisecond for each process
PROC = Path("/proc")


class Watch:
    """Watches a process and its children in a thread until it is stopped."""

    def __init__(self, pid: int) -> None:
        self._pid = pid
        self._peak = 0
        self._end = threading.Event()
        self._thread = threading.Thread(target=self._look, daemon=True)
        self._thread.start()

    def peak(self) -> int:
        """The most bytes seen since the last call, 0 where the system has no /proc."""
        self._note()
        peak, self._peak = self._peak, 0
        return peak

    def stop(self) -> None:
        """Look no more."""
        self._end.set()
        self._thread.join()

    def _look(self) -> None:
        while not self._end.wait(EVERY):
            self._note()

    def _note(self) -> None:
        self._peak = max(self._peak, sum(map(_bytes, family(self._pid))))


def family(pid: int) -> list[int]:
    """A process and all that descend from it."""
    found = [pid]
    for parent in found:
        for listed in PROC.glob(f"{parent}/task/*/children"):
            found += map(int, _read(listed).split())
    return found


def _bytes(pid: int) -> int:
    for line in _read(PROC / str(pid) / "smaps_rollup").splitlines():
        if line.startswith("Pss:"):
            return int(line.split()[1]) * 1024
    return 0


def _read(path: Path) -> str:
    try:
        return path.read_text()
    except OSError:  # the process has gone meanwhile
        return ""
