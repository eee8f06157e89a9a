"""Requests are answered one after the other, in their order, unless one takes long."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

import pytest

from web import dispatching
from web.dispatching import Dispatcher

THREADS = 3
LONG = 30.0  # seconds


@dataclass
class Request:
    """A request whose answer is some work."""

    work: Callable[[], object]
    is_cancelled: bool = False
    answered: threading.Event = field(default_factory=threading.Event)

    def service(self) -> None:
        """Answer it."""
        try:
            self.work()
        finally:
            self.answered.set()

    def cancel(self) -> None:
        """Do not answer it."""
        self.is_cancelled = True


@pytest.fixture
def dispatcher() -> Iterator[Dispatcher]:
    """A dispatcher with threads, which are stopped in the end."""
    made = Dispatcher()
    made.set_thread_count(THREADS)
    yield made
    made.shutdown()
    assert not made.threads


def test_quick_requests_are_answered_one_after_the_other(
    dispatcher: Dispatcher, monkeypatch: pytest.MonkeyPatch
) -> None:
    """None begins before the one before it has ended, whichever thread answers it."""
    monkeypatch.setattr(dispatching, "PATIENCE", LONG)
    seen: list[tuple[str, int]] = []

    def work(number: int) -> Callable[[], None]:
        def answer() -> None:
            seen.append(("begins", number))
            time.sleep(0.001)  # which lets go of Python, as the engine does
            seen.append(("ends", number))

        return answer

    requests = [Request(work(number)) for number in range(30)]
    for request in requests:
        dispatcher.add_task(request)
        dispatcher.relieve()
    assert all(request.answered.wait(LONG) for request in requests)
    assert seen == [(what, number) for number in range(30) for what in ("begins", "ends")]


def test_none_waits_for_slow_requests(dispatcher: Dispatcher) -> None:
    """Beside slow requests others are begun, as many as there are threads."""
    released = threading.Event()
    slow = [Request(lambda: released.wait(LONG)) for _ in range(THREADS - 1)]
    quick = [Request(lambda: None) for _ in range(10)]
    for request in [*slow, *quick]:
        dispatcher.add_task(request)
    until = time.monotonic() + LONG
    while not all(request.answered.is_set() for request in quick) and time.monotonic() < until:
        time.sleep(dispatching.PATIENCE)
        dispatcher.relieve()
    assert all(request.answered.is_set() for request in quick)
    assert not any(request.answered.is_set() for request in slow)
    released.set()
    assert all(request.answered.wait(LONG) for request in slow)


def test_a_request_that_fails_is_not_the_last(dispatcher: Dispatcher, caplog: pytest.LogCaptureFixture) -> None:
    """What goes wrong with one is logged, and the others are answered."""
    failing = Request(lambda: 1 / 0)
    others = [Request(lambda: None) for _ in range(THREADS)]
    for request in [failing, *others]:
        dispatcher.add_task(request)
    assert all(request.answered.wait(LONG) for request in others)
    assert "ZeroDivisionError" in caplog.text


def test_at_the_end_running_requests_are_answered_and_waiting_ones_are_not() -> None:
    """Asked to stop, it ends what it has begun and nothing else."""
    dispatcher, begun = Dispatcher(), threading.Event()
    dispatcher.set_thread_count(1)
    running, waiting = Request(lambda: (begun.set(), time.sleep(0.2))), Request(lambda: None)
    dispatcher.add_task(running)
    dispatcher.add_task(waiting)
    assert begun.wait(LONG)
    dispatcher.shutdown()
    assert running.answered.is_set()
    assert waiting.is_cancelled
    assert not waiting.answered.is_set()
