"""Which requests are worked on at once? One as long as it is quick, others beside one that takes long.

Threads that work at once only take Python's lock from each other, again and again within a request; one after the other
they answer more requests. But none shall wait for a slow one, and who would wait too long is told so at once.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager

PATIENCE = 0.05  # seconds that a request is worked on before another one is begun beside it
MOST_WAITING = 32  # requests of a process that wait; more are told to come back
LONGEST_WAIT = 5.0  # seconds
_SPARE_THREADS = 16  # for what needs no turn, and to refuse


class Gate:
    """Lets requests in, at most `at_once` at the same time, several only beside slow ones."""

    def __init__(self, at_once: int) -> None:
        self._first = threading.Semaphore(1)
        self._beside = threading.Semaphore(at_once - 1)
        self._waiting = 0
        self._lock = threading.Lock()
        self._begun = 0.0

    @contextmanager
    def turn(self) -> Iterator[bool]:
        """Inside, it is the caller's turn; False if so many wait that it never came."""
        with self._queued() as waits:
            taken = self._take() if waits else None
        try:
            yield taken is not None
        finally:
            if taken:
                taken.release()

    @contextmanager
    def _queued(self) -> Iterator[bool]:
        """Inside, the caller is one of those that wait; False if there are too many."""
        with self._lock:
            self._waiting += 1
            few = self._waiting <= MOST_WAITING
        try:
            yield few
        finally:
            with self._lock:
                self._waiting -= 1

    def _take(self) -> threading.Semaphore | None:
        until = time.monotonic() + LONGEST_WAIT
        while time.monotonic() < until:
            if self._first.acquire(timeout=PATIENCE):
                self._begun = time.monotonic()
                return self._first
            if time.monotonic() - self._begun > PATIENCE and self._beside.acquire(blocking=False):
                return self._beside
        return None


def threads_for(at_once: int) -> int:
    """The threads that a process needs, most of which only wait."""
    return at_once + MOST_WAITING + _SPARE_THREADS
