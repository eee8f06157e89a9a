"""Which thread answers a request? One as long as it is quick, another one beside a request that takes long.

Threads that work at once only take Python's lock from each other, again and again within a request; one after the other
they answer more requests. But none shall wait for a slow one.
"""

from __future__ import annotations

import time
from typing import Any

from waitress.task import ThreadedTaskDispatcher

PATIENCE = 0.05  # seconds that a request is worked on before another one is begun beside it


class Dispatcher(ThreadedTaskDispatcher):
    """Hands requests to threads, in the order in which they came."""

    def __init__(self) -> None:
        super().__init__()
        self._quick: int | None = None  # the thread that works on the request begun last
        self._until = 0.0  # as long as nothing else is begun

    @property
    def is_busy(self) -> bool:
        """Whether a request is waiting."""
        return bool(self.queue)

    def relieve(self) -> None:
        """Have another thread begin if a request waits for one that takes long. To be called every now and then."""
        with self.lock:
            if self._may_begin():
                self.queue_cv.notify()

    def add_task(self, task: Any) -> None:
        """Have a request answered, whose turn comes after all others."""
        with self.lock:
            self.queue.append(task)
            if self._may_begin():
                self.queue_cv.notify()

    def handler_thread(self, thread_no: int) -> None:
        """What each thread does: answer requests until it is asked to stop."""
        while task := self._next(thread_no):
            try:
                task.service()
            except BaseException:
                self.logger.exception("A request failed: %r", task)
            with self.lock:
                if self._quick == thread_no:
                    self._quick = None

    def _next(self, thread_no: int) -> Any:
        """The next request when it may be begun, None if the thread is to stop."""
        with self.lock:
            while not self.stop_count and not self._may_begin():
                self.active_count -= 1
                self.queue_cv.wait()
                self.active_count += 1
            if self.stop_count:
                self.active_count -= 1
                self.stop_count -= 1
                self.threads.discard(thread_no)
                self.thread_exit_cv.notify()
                return None
            self._quick, self._until = thread_no, time.monotonic() + PATIENCE
            return self.queue.popleft()

    def _may_begin(self) -> bool:
        return bool(self.queue) and (self._quick is None or time.monotonic() >= self._until)
