"""What takes a pass over the whole vocabulary is computed once, cached, and served while it is renewed.

HTTP knows the idea as stale-while-revalidate (RFC 5861).
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from typing import Generic, TypeVar

from search.engines.base import Engine

# A snapshot is served for this many times as long as computing it took, although the archive has changed
# since: little is new in it, and that of a small archive is renewed at once.
SERVED_FOR = 100.0

Snapshot = TypeVar("Snapshot")


class CachedSnapshot(Generic[Snapshot]):
    """What `compute` makes of the archive as of some commit; computed when first needed, shared between threads."""

    def __init__(self, compute: Callable[[Engine], Snapshot], clock: Callable[[], float] = time.monotonic) -> None:
        self._compute = compute
        self._clock = clock
        self._building = threading.Lock()
        self._snapshot: Snapshot | None = None
        self._stamp: object = None
        self._built = 0.0
        self._served_for = 0.0

    def get(self, engine: Engine, stamp: object) -> Snapshot:
        """The snapshot of an engine; `stamp` is anything that differs after a commit.

        Only the first call waits; while the snapshot is renewed, other threads are served the old one.
        """
        outdated = stamp != self._stamp and self._clock() - self._built >= self._served_for
        if self._snapshot is not None and not outdated:
            return self._snapshot
        if self._building.acquire(blocking=self._snapshot is None):
            try:
                if stamp != self._stamp:
                    started = self._clock()
                    self._snapshot, self._stamp = self._compute(engine), stamp
                    self._built = self._clock()
                    self._served_for = (self._built - started) * SERVED_FOR
            finally:
                self._building.release()
        assert self._snapshot is not None
        return self._snapshot
