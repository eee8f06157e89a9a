"""What an archive has to be read through for is learnt once, kept, and learnt anew some time after a commit."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from typing import Generic, TypeVar

from search.engines.base import Engine

# What was learnt is used for this many times as long as learning it took, although the archive has
# changed since: little of it is new, and of a small archive it is learnt anew at once.
WORTH_ITS_BUILDING = 100.0

Lesson = TypeVar("Lesson")


class Learnt(Generic[Lesson]):
    """What `learn` makes of an archive, when it is first needed; may be shared between threads."""

    def __init__(self, learn: Callable[[Engine], Lesson], clock: Callable[[], float] = time.monotonic) -> None:
        self._learn = learn
        self._clock = clock
        self._building = threading.Lock()
        self._lesson: Lesson | None = None
        self._state: object = None
        self._built = 0.0
        self._worth = 0.0

    def get(self, engine: Engine, state: object) -> Lesson:
        """What is known of an engine; `state` is anything that differs after a commit.

        Only the first call waits for it; while it is learnt anew, other threads go on with what was.
        """
        outdated = state != self._state and self._clock() - self._built >= self._worth
        if self._lesson is not None and not outdated:
            return self._lesson
        if self._building.acquire(blocking=self._lesson is None):
            try:
                if state != self._state:
                    started = self._clock()
                    self._lesson, self._state = self._learn(engine), state
                    self._built = self._clock()
                    self._worth = (self._built - started) * WORTH_ITS_BUILDING
            finally:
                self._building.release()
        assert self._lesson is not None
        return self._lesson
