"""The memory that processes take for themselves: an index that is mapped counts for nobody."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path


def own_memory(pids: Iterable[int]) -> dict[int, int]:
    """Bytes of each of these processes; those that have ended are left out, and all where there is no /proc."""
    found = {}
    for pid in pids:
        try:
            status = Path(f"/proc/{pid}/status").read_text()
        except OSError:
            continue
        if "RssAnon:" in status:
            found[pid] = int(status.partition("RssAnon:")[2].split()[0]) * 1024
    return found


def children(pid: int) -> tuple[int, ...]:
    """The processes that the first thread of another one has started; none where there is no /proc."""
    try:
        return tuple(map(int, Path(f"/proc/{pid}/task/{pid}/children").read_text().split()))
    except OSError:
        return ()
