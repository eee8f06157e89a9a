"""Which requests are worked on at once? One as long as it is quick, others beside one that takes long.

Threads that work at once only take Python's lock from each other, again and again within a request; one after the other
they answer more requests. But none shall wait for a slow one, and who would wait too long is told so at once.
"""

from __future__ import annotations

import threading
import time
from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager

PATIENCE = 0.05  # seconds that a request is worked on before another one is begun beside it
MOST_WAITING = 128  # requests of a process that wait, each in a thread; more are told to come back
LONGEST_WAIT = 5.0  # seconds
_SPARE_THREADS = 16  # for what needs no turn, and to refuse


class Gate:
    """Lets requests in, in the order in which they came, at most `at_once` at the same time."""

    def __init__(self, at_once: int) -> None:
        self._at_once = at_once
        self._lock = threading.Lock()
        self._waiting: deque[threading.Event] = deque()
        self._working: set[object] = set()
        self._last: object = None  # of these, the one that was begun last, and when
        self._begun = 0.0

    @contextmanager
    def turn(self) -> Iterator[bool]:
        """Inside, it is the caller's turn; False if so many wait that it never came."""
        request = threading.Event()
        admitted = self._enter(request)
        try:
            yield admitted
        finally:
            if admitted:
                self._leave(request)

    def _enter(self, request: threading.Event) -> bool:
        until = time.monotonic() + LONGEST_WAIT
        with self._lock:
            if not self._waiting and self._may_begin():
                self._begin(request)
                return True
            if len(self._waiting) >= MOST_WAITING:
                return False
            self._waiting.append(request)
        while (left := until - time.monotonic()) > 0:
            request.wait(min(left, PATIENCE) if self._is_next(request) else left)
            request.clear()
            if self._begins_beside(request):
                return True
        return self._gives_up(request)

    def _leave(self, request: threading.Event) -> None:
        with self._lock:
            self._working.discard(request)
            if self._waiting and self._may_begin():
                self._begin_next().set()

    def _is_next(self, request: threading.Event) -> bool:
        """Whether a request is the first of those that wait; the others sleep, as waking all would cost too much."""
        with self._lock:
            return bool(self._waiting) and self._waiting[0] is request

    def _begins_beside(self, request: threading.Event) -> bool:
        """Whether a request that is the next one may begin now, beside one that takes long."""
        with self._lock:
            if self._waiting and self._waiting[0] is request and self._may_begin():
                self._begin_next()
            return request in self._working

    def _gives_up(self, request: threading.Event) -> bool:
        """Have a request wait no longer; True if its turn has come after all."""
        with self._lock:
            if request in self._working:
                return True
            self._waiting.remove(request)
            self._wake_next()
            return False

    def _begin_next(self) -> threading.Event:
        following = self._waiting.popleft()
        self._begin(following)
        self._wake_next()
        return following

    def _wake_next(self) -> None:
        """Have the request that is the first of those that wait look at the clock."""
        if self._waiting:
            self._waiting[0].set()

    def _begin(self, request: threading.Event) -> None:
        self._working.add(request)
        self._last, self._begun = request, time.monotonic()

    def _may_begin(self) -> bool:
        unhurried = self._last not in self._working or time.monotonic() - self._begun > PATIENCE
        return unhurried and len(self._working) < self._at_once


def threads_for(at_once: int) -> int:
    """The threads that a process needs, most of which only wait."""
    return at_once + MOST_WAITING + _SPARE_THREADS
