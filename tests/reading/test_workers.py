"""What if a process that prepares articles dies?"""

import gc
import os
import signal
import struct
import threading
import time
from collections.abc import Iterator, Sequence
from concurrent import futures
from contextlib import suppress
from multiprocessing.queues import SimpleQueue
from pathlib import Path
from typing import Any

import pytest

from search import worker_pool
from search.errors import WorkersDied
from search.worker_pool import Ready, WorkerPool

BATCHES = [["a", "b", "c", "d"], ["e"], ["f", "g"]]


def work(batch: list[str]) -> list[str]:
    """The parts in capitals; `kill` dies in any process, a path in the first one that comes to it.

    `half` and a path dies there while it hands over a result.
    """
    for part in batch:
        if part == "kill":
            os.kill(os.getpid(), signal.SIGKILL)
        if part.startswith("half ") and not Path(part.removeprefix("half ")).exists():
            Path(part.removeprefix("half ")).touch()
            pipe = next(each for each in gc.get_objects() if isinstance(each, SimpleQueue))._writer
            os.write(pipe.fileno(), struct.pack("!i", 1000) + b"the beginning of a result")
            os.kill(os.getpid(), signal.SIGKILL)
        if part.startswith("/") and not Path(part).exists():
            Path(part).touch()
            os._exit(1)
    return [part.upper() for part in batch]


def process(batch: list[str]) -> list[str]:
    """For each part the process that has it."""
    return [str(os.getpid())] * len(batch)


def lost(part: str) -> str:
    return f"lost {part}"


def nothing() -> None:
    """Begins a process."""


def results(batches: Sequence[list[str] | Ready[str]], jobs: int) -> list[str]:
    with WorkerPool(jobs, nothing) as pool:
        return list(pool.results(work, lost, batches))


@pytest.mark.parametrize("jobs", [1, 2])
def test_results_come_in_order(jobs: int) -> None:
    """Whichever process is the quicker, results stand in the order of the batches."""
    assert results(BATCHES, jobs) == [*"ABCDEFG"]


def test_what_is_ready_has_its_place() -> None:
    """Results that are there already stand between the others; what waits is taken before the next batch is made."""
    taken: list[str] = []

    def batches() -> Iterator[list[str] | Ready[str]]:
        yield ["a", "b"]
        yield Ready("bereit")
        yield ["c"]
        yield Ready("wartet", waits=True)
        taken.append("nach dem Warten")
        yield ["kill"]
        yield Ready("danach", waits=True)

    with WorkerPool(2, nothing) as pool:
        for result in pool.results(work, lost, batches()):
            taken.append(result)
    assert taken == ["A", "B", "bereit", "C", "wartet", "nach dem Warten", "lost kill", "danach"]


def test_no_process_is_begun_for_what_is_ready(monkeypatch: pytest.MonkeyPatch) -> None:
    """A run in which everything is known costs no process."""
    monkeypatch.setattr(worker_pool, "_submitted", lambda *_: pytest.fail("a process was asked"))
    assert results([Ready("eins"), Ready("zwei")], 2) == ["eins", "zwei"]


def test_processes_stay_for_the_next_work() -> None:
    """One work after the other is done by the same processes, however many would have been wanted for it."""
    with WorkerPool(2, nothing) as pool:
        pool.want(1)
        first = set(pool.results(process, lost, BATCHES))
        pool.want(2)
        assert set(pool.results(process, lost, BATCHES)) == first
        assert list(pool.results(work, lost, BATCHES)) == [*"ABCDEFG"]
        pool.rest()
        assert first.isdisjoint(pool.results(process, lost, BATCHES))


@pytest.mark.parametrize("victim", [0, 1])
def test_a_worker_that_dies_at_the_end_keeps_nobody_waiting(victim: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """A worker that is killed while it waits for work has the lock of the queue; the other one ends all the same."""
    manager = futures.process._ExecutorManagerThread
    join = manager.join_executor_internals

    def join_after_a_death(self: Any) -> None:
        time.sleep(0.5)  # both wait for work, one of them with the lock
        for pid in list(self.processes)[victim : victim + 1]:
            with suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)
        join(self)

    monkeypatch.setattr(manager, "join_executor_internals", join_after_a_death)
    found: list[str] = []
    run = threading.Thread(target=lambda: found.extend(results(BATCHES, 2)), daemon=True)
    run.start()
    run.join(60)
    assert not run.is_alive()
    assert found == [*"ABCDEFG"]


def test_half_a_result_keeps_nobody_waiting(tmp_path: Path) -> None:
    """A worker that is killed while it hands over a result has its batch done again by another one."""
    half = f"half {tmp_path / 'was here'}"
    assert results([["a"], [half], ["b"], ["c"], ["d"]], 2) == ["A", half.upper(), "B", "C", "D"]


def test_an_error_ends_a_pool_with_half_a_result(tmp_path: Path) -> None:
    """Who stops taking results need not wait for one that was cut off."""
    with WorkerPool(2, nothing) as pool:
        found = pool.results(work, lost, [["a"], [f"half {tmp_path / 'was here'}"], ["b"], ["c"]])
        assert next(found) == "A"
        time.sleep(1)
        with pytest.raises(KeyboardInterrupt):
            found.throw(KeyboardInterrupt)  # type: ignore[attr-defined]


def test_only_the_part_that_kills_is_lost() -> None:
    """A part that kills every process is told as lost; the others of its batch and of all batches are not."""
    batches = [["a", "b", "kill", "d"], *BATCHES, ["h"]]
    assert results(batches, 2) == [*"AB", "lost kill", "D", *"ABCDEFG", "H"]


def test_a_process_that_dies_by_chance_costs_nothing(tmp_path: Path) -> None:
    """What was in work when a process was killed from outside is done again."""
    part = str(tmp_path / "died")
    assert results([["a", part, "b"], *BATCHES], 2) == ["A", part.upper(), "B", *"ABCDEFG"]


def test_processes_that_always_die_end_the_run(monkeypatch: pytest.MonkeyPatch) -> None:
    """If more processes die than a few parts explain, that is said, and nobody waits for ever."""
    monkeypatch.setattr(worker_pool, "MOST_DEATHS", 3)
    with pytest.raises(WorkersDied, match="have died 4 times"):
        results([["kill"] * 4], 1)
