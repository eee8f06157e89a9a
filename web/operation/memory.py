"""The memory that processes take for themselves: an index that is mapped counts for nobody."""

from __future__ import annotations

import ctypes
import threading
import time
from collections.abc import Callable, Iterable
from pathlib import Path

_ARENA_MAX, _MOST_ARENAS = -8, 2  # options of glibc's mallopt
_MMAP_THRESHOLD, _LARGE = -3, 262_144  # bytes of a block that is given back as soon as it is free
_TRIM_INTERVAL = 5  # seconds; it takes some milliseconds


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
    """Have what this process frees go back to the system, where the C library can; before threads are started.

    glibc gives threads arenas of their own, eight for each processor, and keeps what is free in them. What a commit
    outdates, such as the words of the archive, is freed in the arena of whichever thread asked first.
    """
    try:
        library = ctypes.CDLL(None)
        set_option, trim = library.mallopt, library.malloc_trim
    except (OSError, TypeError, AttributeError):  # another system, another C library
        return
    set_option(_ARENA_MAX, _MOST_ARENAS)
    set_option(_MMAP_THRESHOLD, _LARGE)
    threading.Thread(target=_trim_for_ever, args=(trim,), daemon=True).start()


def _trim_for_ever(trim: Callable[[int], object]) -> None:
    while True:
        time.sleep(_TRIM_INTERVAL)
        trim(0)
