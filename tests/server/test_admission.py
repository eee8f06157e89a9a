"""Requests are worked on one after the other, unless one takes long, and who would wait too long is told so."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import pytest

from web.operation import admission
from web.operation.admission import Gate

LONG = 30.0  # seconds


def passing(gate: Gate, work: Callable[[], object], client: str = "") -> bool:
    """Do some work of a client's in its turn; whether it came."""
    with gate.turn(client) as admitted:
        if admitted:
            work()
    return admitted


def test_quick_requests_are_worked_on_one_after_the_other(monkeypatch: pytest.MonkeyPatch) -> None:
    """None begins before the one before it has ended."""
    monkeypatch.setattr(admission, "PATIENCE", LONG)
    gate, seen = Gate(4), list[str]()

    def work() -> None:
        seen.append("begins")
        time.sleep(0.001)  # which lets go of Python, as the engine does
        seen.append("ends")

    with ThreadPoolExecutor(16) as readers:
        assert all(readers.map(lambda _: passing(gate, work), range(30)))
    assert seen == ["begins", "ends"] * 30


def test_none_waits_for_slow_requests() -> None:
    """Beside slow requests others are begun, as many as may be worked on at once."""
    gate, released = Gate(3), threading.Event()
    with ThreadPoolExecutor(12) as readers:
        slow = [readers.submit(passing, gate, lambda: released.wait(LONG)) for _ in range(2)]
        quick = [readers.submit(passing, gate, lambda: None) for _ in range(10)]
        assert all(request.result(LONG) for request in quick)
        assert not any(request.done() for request in slow)
        released.set()
        assert all(request.result(LONG) for request in slow)


def test_requests_have_their_turn_in_the_order_in_which_they_came() -> None:
    """Who comes later does not overtake those who wait."""
    gate, seen = Gate(1), list[int]()
    with ThreadPoolExecutor(10) as readers, gate.turn():
        for number in range(10):
            readers.submit(passing, gate, lambda number=number: seen.append(number))
            while len(gate._waiting) <= number:
                time.sleep(0.001)
    assert seen == list(range(10))


def test_what_fails_leaves_its_place(monkeypatch: pytest.MonkeyPatch) -> None:
    """After a request that raised, the next one has its turn."""
    gate = Gate(1)
    for _ in range(3):
        with pytest.raises(ZeroDivisionError):
            passing(gate, lambda: 1 / 0)
    assert passing(gate, lambda: None)


def test_who_waits_too_long_is_not_let_in(monkeypatch: pytest.MonkeyPatch) -> None:
    """If a turn does not come in time, the caller is told, and the queue is one shorter."""
    monkeypatch.setattr(admission, "LONGEST_WAIT", 0.1)
    gate = Gate(1)
    with gate.turn():
        assert [passing(gate, lambda: None) for _ in range(3)] == [False] * 3
    assert passing(gate, lambda: None)


def test_a_long_queue_lets_nobody_in(monkeypatch: pytest.MonkeyPatch) -> None:
    """If as many wait as may, the next one is told at once."""
    monkeypatch.setattr(admission, "MOST_WAITING", 0)
    gate = Gate(1)
    with gate.turn() as admitted:
        assert admitted
        assert not passing(gate, lambda: None)


def test_who_gives_up_leaves_no_slow_request_in_front_of_others(monkeypatch: pytest.MonkeyPatch) -> None:
    """If the first of those that wait goes, the next one is begun in its place."""
    gate, released = Gate(2), threading.Event()
    with ThreadPoolExecutor(3) as readers:
        slow = readers.submit(passing, gate, lambda: released.wait(LONG))
        while not gate._working:
            time.sleep(0.001)
        monkeypatch.setattr(admission, "PATIENCE", 0.5)
        monkeypatch.setattr(admission, "LONGEST_WAIT", 0.2)
        first = readers.submit(passing, gate, lambda: None)
        while not gate._waiting:
            time.sleep(0.001)
        monkeypatch.setattr(admission, "LONGEST_WAIT", LONG)
        following = readers.submit(passing, gate, lambda: None)
        assert (first.result(LONG), following.result(LONG / 2)) == (False, True)
        released.set()
        assert slow.result(LONG)


def test_one_client_leaves_half_of_the_places_to_others(monkeypatch: pytest.MonkeyPatch) -> None:
    """However many slow requests it sends: the others pass it, and it goes on when its own have ended."""
    monkeypatch.setattr(admission, "PATIENCE", 0.0)
    gate, released, begun = Gate(4), threading.Event(), list[str]()

    def slow() -> None:
        begun.append("slow")
        released.wait(LONG)

    with ThreadPoolExecutor(20) as readers:
        greedy = [readers.submit(passing, gate, slow, "a") for _ in range(10)]
        assert all(readers.submit(passing, gate, lambda: None, "b").result(LONG) for _ in range(20))
        assert begun == ["slow"] * 2
        released.set()
        assert all(request.result(LONG) for request in greedy)
    assert len(begun) == 10


def test_one_client_leaves_half_of_the_queue_to_others(monkeypatch: pytest.MonkeyPatch) -> None:
    """Beyond that it is told at once, while others may wait, and who is not limited may take all of it."""
    monkeypatch.setattr(admission, "MOST_WAITING", 8)
    gate = Gate(1)
    with ThreadPoolExecutor(20) as readers:
        with gate.turn("a"):
            greedy = [readers.submit(passing, gate, lambda: None, "a") for _ in range(10)]
            while sum(request.done() for request in greedy) < 6:
                time.sleep(0.001)
            others = [readers.submit(passing, gate, lambda: None) for _ in range(4)]
            while len(gate._waiting) < 8:
                time.sleep(0.001)
            assert not passing(gate, lambda: None, "b")
        assert all(request.result(LONG) for request in others)
    assert sum(request.result(LONG) for request in greedy) == 4


def test_one_place_is_for_all() -> None:
    """Where only one request is worked on at once, a client may have that place."""
    assert passing(Gate(1), lambda: None, "a")
