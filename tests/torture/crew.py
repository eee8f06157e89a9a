"""Processes that try one input after the other. One that dies or hangs is a failure, and another goes on.

Before a process tries an input it writes it down, so that what killed it is known.
"""

from __future__ import annotations

import logging
import multiprocessing
import os
import resource
import signal
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from multiprocessing.connection import Connection, wait
from pathlib import Path
from typing import Any

from tests.torture.plan import Laboratory
from tests.torture.result import Tally

MOST_DEATHS = 50  # after which a part gives up
LONGEST_START = 120.0  # seconds that a process may take until it can begin
MOST_REMEMBERED = 4_000  # bytes of an input that are written down

Note = Callable[[object], None]
Work = Callable[[Any, Note], Tally]  # tries an input, writing down what it tries


def run(work: Work, units: Iterable[Any], laboratory: Laboratory, patience: float, most_memory: int = 0) -> Tally:
    """Try all units in as many processes as planned; `patience` is how many seconds each may take.

    `most_memory` is how many bytes of addresses each process may have, 0 for any number.
    """
    crew = _Crew(work, laboratory, patience, most_memory)
    try:
        for done, unit in enumerate(units):
            if laboratory.progress.is_over or crew.deaths >= MOST_DEATHS:
                crew.tally.counts["stopped early"] += 1
                break
            crew.give(unit)
            laboratory.progress.say(f"{done:,} of them, {len(crew.tally.failures)} kinds of failure")
        crew.finish()
    finally:
        crew.dismiss()
    return crew.tally


class _Crew:
    """The workers, and what they have found."""

    def __init__(self, work: Work, laboratory: Laboratory, patience: float, most_memory: int) -> None:
        self.tally = Tally()
        self.deaths = 0
        self._patience = patience
        self._make: Callable[[object], _Worker] = lambda name: _Worker(
            work, laboratory.folder / f"worker-{name}", most_memory
        )
        self._idle = [self._make(number) for number in range(laboratory.plan.jobs)]
        self._busy: list[_Worker] = []

    def give(self, unit: Any) -> None:
        """Hand a unit to a worker, when one is free."""
        if not self._idle:
            self._await_one()
        worker = self._idle.pop()
        worker.give(unit)
        self._busy.append(worker)

    def finish(self) -> None:
        """Wait for all that is being tried."""
        while self._busy:
            self._await_one()

    def dismiss(self) -> None:
        """End all workers."""
        for worker in (*self._idle, *self._busy):
            worker.end()

    def _await_one(self) -> None:
        oldest = min(worker.since for worker in self._busy)
        wait([worker.pipe for worker in self._busy], max(0.0, oldest + self._patience - time.monotonic()))
        for worker in list(self._busy):
            if worker.pipe.poll() or time.monotonic() > worker.since + self._patience:
                self._busy.remove(worker)
                self._idle.append(self._after(worker))

    def _after(self, worker: _Worker) -> _Worker:
        """Take what a worker found; the worker to go on with."""
        if not worker.pipe.poll():
            self.tally.failed(f"took longer than {self._patience:.0f} s and was killed", worker.last_words())
        else:
            try:
                self.tally.add(worker.pipe.recv())
            except (EOFError, OSError):
                worker.process.join()
                self.tally.failed(f"killed its process (exit {worker.process.exitcode})", worker.last_words())
            else:
                return worker
        self.deaths += 1
        worker.end()
        return self._make(f"after-{self.deaths}")


class _Worker:
    """A process, the pipe to it, and the file in which it writes down what it tries."""

    def __init__(self, work: Work, diary: Path, most_memory: int) -> None:
        # Not fork: engines have threads, which a forked process would lack.
        context = multiprocessing.get_context("spawn")
        self.pipe, other = context.Pipe()
        self.since = 0.0
        self._is_ready = False
        self._diary = diary
        self.process = context.Process(target=_work, args=(work, other, diary, most_memory), daemon=False)
        self.process.start()
        other.close()

    def give(self, unit: Any) -> None:
        with suppress(OSError, EOFError):  # if it has died already, its pipe says so
            if not self._is_ready and self.pipe.poll(LONGEST_START):
                self._is_ready = self.pipe.recv()
            self.since = time.monotonic()
            self.pipe.send(unit)

    def last_words(self) -> str:
        return self._diary.read_text(errors="replace") if self._diary.exists() else "before the first input"

    def end(self) -> None:
        self.process.kill()
        self.process.join()
        self.pipe.close()


def _work(work: Work, pipe: Connection, diary: Path, most_memory: int) -> None:
    """What a process does until there is nothing more for it."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C ends the laboratory, which has its processes finish first
    logging.disable()  # what fails stands in the tally
    tempfile.tempdir = str(diary.parent)  # so that nothing is left of a process that is killed
    if most_memory:
        resource.setrlimit(resource.RLIMIT_AS, (most_memory, most_memory))
    file = os.open(diary, os.O_CREAT | os.O_WRONLY | os.O_TRUNC)

    def note(input: object) -> None:
        text = (input if isinstance(input, str) else repr(input)).encode(errors="backslashreplace")[:MOST_REMEMBERED]
        os.ftruncate(file, os.pwrite(file, text, 0))

    pipe.send(True)  # the time for a unit does not begin before
    for unit in _received(pipe):
        pipe.send(work(unit, note))


def _received(pipe: Connection) -> Iterator[Any]:
    while True:
        try:
            yield pipe.recv()
        except EOFError:  # the laboratory has closed
            return


def shares(total: int, most: int) -> Iterator[int]:
    """Numbers that add up to a total, none above `most`."""
    while total > 0:
        yield min(total, most)
        total -= most
