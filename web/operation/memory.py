"""The memory that processes take for themselves: an index that is mapped counts for nobody."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterable
from pathlib import Path

from search.heap import give_back, keep_little

_INTERVAL = 5  # seconds in which what was freed is given back


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


def spare_memory() -> None:
    """Have what this process frees go back to the system; before threads are started.

    What a commit outdates, such as the words of the archive, is freed in the arena of whichever thread asked first.
    """
    keep_little()
    threading.Thread(target=_give_back_for_ever, daemon=True).start()


def _give_back_for_ever() -> None:
    while True:
        time.sleep(_INTERVAL)
        give_back()
