"""Which requests are worked on at once? One as long as it is quick, others beside one that takes long.

Threads that work at once only take Python's lock from each other, again and again within a request; one after the other
they answer more requests. But none shall wait for a slow one, and who would wait too long is told so at once. No client
has more than half of the places, so that others find one beside its slow requests.
"""

from __future__ import annotations

import threading
import time
from collections import deque
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

PATIENCE = 0.05  # seconds that a request is worked on before another one is begun beside it
MOST_WAITING = 128  # requests of a process that wait, each in a thread; more are told to come back
LONGEST_WAIT = 5.0  # seconds
_SPARE_THREADS = 16  # for what needs no turn, and to refuse


@dataclass(frozen=True, slots=True, eq=False)
class _Request:
    """One that waits or is worked on: whose it is, and what tells its thread that its turn has come."""

    client: str
    begins: threading.Event = field(default_factory=threading.Event)


class Gate:
    """Lets requests in, in the order in which they came, at most `at_once` at the same time.

    Half of these, and half of those that wait, may be of one client; who has as many lets others pass.

    Who waits sleeps until its turn comes: a thread that wakes up takes Python's lock from the one at work. So the end
    of a request wakes one other, and only a thread of the gate's own looks at the clock.
    """

    def __init__(self, at_once: int) -> None:
        self._at_once = at_once
        self._lock = threading.Lock()
        self._crowded = threading.Condition(self._lock)
        self._watching = False
        self._waiting: deque[_Request] = deque()
        self._working: set[_Request] = set()
        self._last: _Request | None = None  # of these, the one that was begun last, and when
        self._begun = 0.0

    @contextmanager
    def turn(self, client: str = "") -> Iterator[bool]:
        """Inside, it is the caller's turn; False if so many wait that it never came.

        `client` is whose request it is, "" somebody's who may have all places.
        """
        request = _Request(client)
        admitted = self._enter(request)
        try:
            yield admitted
        finally:
            if admitted:
                self._leave(request)

    def _enter(self, request: _Request) -> bool:
        longest = LONGEST_WAIT
        with self._lock:
            self._waiting.append(request)
            self._let_in()
            if request in self._working:
                return True
            if len(self._waiting) > MOST_WAITING or self._is_greedy(request.client, self._waiting, MOST_WAITING):
                self._waiting.pop()
                return False
            self._watch()
        return request.begins.wait(longest) or self._gives_up(request)

    def _leave(self, request: _Request) -> None:
        with self._lock:
            self._working.discard(request)
            self._let_in()

    def _let_in(self) -> None:
        """Begin the next request, if one may: the first whose client has not as many as it may have."""
        if not self._waiting or not self._may_begin():
            return
        for request in self._waiting:
            if not self._is_greedy(request.client, (*self._working, request), self._at_once):
                self._waiting.remove(request)
                self._begin(request)
                request.begins.set()
                return

    def _is_greedy(self, client: str, requests: Iterable[_Request], places: int) -> bool:
        """Whether more of these requests are a client's than half of so many places."""
        return bool(client) and sum(other.client == client for other in requests) > max(1, places // 2)

    def _gives_up(self, request: _Request) -> bool:
        """Have a request wait no longer; True if its turn has come after all."""
        with self._lock:
            if request in self._working:
                return True
            self._waiting.remove(request)
            return False

    def _begin(self, request: _Request) -> None:
        self._working.add(request)
        self._last, self._begun = request, time.monotonic()

    def _may_begin(self) -> bool:
        unhurried = self._last not in self._working or time.monotonic() - self._begun > PATIENCE
        return unhurried and len(self._working) < self._at_once

    def _watch(self) -> None:
        """Have the gate's thread look at the clock, as somebody waits."""
        if not self._watching:
            self._watching = True
            threading.Thread(target=self._begin_beside, daemon=True).start()
        self._crowded.notify()

    def _begin_beside(self) -> None:
        """Begin requests beside those that take long, as long as the process lives."""
        while True:
            with self._lock:
                self._crowded.wait_for(lambda: self._waiting)
                self._let_in()
                left = self._begun + PATIENCE - time.monotonic()
            time.sleep(left if left > 0 else PATIENCE)


def threads_for(at_once: int) -> int:
    """The threads that a process needs, most of which only wait."""
    return at_once + MOST_WAITING + _SPARE_THREADS
