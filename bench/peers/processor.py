"""How much time have a process and all that descend from it taken of the processors? Read from /proc.

The clock of the wall tells what a reader waits for, but also what else the machine did; processor time is the work
itself, whether one or several processors did it. Children that have ended and were waited for count with their parent.
"""

from __future__ import annotations

import os
from pathlib import Path

from bench.peers.memory import PROC, family

_TICKS = os.sysconf("SC_CLK_TCK")  # a second
_TIMES = slice(11, 15)  # behind the name: utime, stime, cutime, cstime (proc(5))


def processor_seconds(pid: int) -> float:
    """The seconds of all processors together so far, to a hundredth; 0 where there is no /proc."""
    return sum(map(_ticks, family(pid))) / _TICKS


def load() -> float:
    """How many processes wanted to run on the machine in the last minute, on average."""
    return os.getloadavg()[0]


def _ticks(pid: int) -> int:
    try:
        text = Path(PROC / str(pid) / "stat").read_text()
    except OSError:  # it has gone meanwhile, and its parent has its times
        return 0
    return sum(map(int, text.rpartition(")")[2].split()[_TIMES]))
