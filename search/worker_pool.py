"""Which processes do the work, and what if one dies? It takes no more with it than the article that killed it."""

from __future__ import annotations

import gc
import itertools
import multiprocessing
import os
import signal
import threading
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures import wait as wait_for
from concurrent.futures.process import BrokenProcessPool
from contextlib import AbstractContextManager, ExitStack, contextmanager
from dataclasses import dataclass
from multiprocessing.connection import Connection, Pipe, wait
from types import TracebackType
from typing import Generic, Self, TypeVar

from search.errors import WorkersDied

WAITING = 3  # batches that wait for each process
LOOK = 1.0  # seconds after which it is looked whether a process has died
LOOKS = 5  # so many times as long the executor may take to see it by itself
# An article that kills its process costs about eight: one of the pool, and those that find it among the others of its
# batch. More deaths than a few such articles explain are no fault of articles.
MOST_DEATHS = 40
# Objects made and not freed until the garbage collector looks at the young ones.
ALLOCATIONS = 500_000

Part = TypeVar("Part")
Result = TypeVar("Result")


@dataclass(frozen=True, slots=True)
class Ready(Generic[Result]):
    """A result that is there already, and has its place between the others.

    What it `waits` for is that all before it have been taken: it can be used only until the next batch is asked for.
    """

    value: Result
    waits: bool = False

    def result(self) -> list[Result]:
        """As a future gives it."""
        return [self.value]


class WorkerPool:
    """Processes that do one work after the other, with what they have learned; they end with the block.

    `jobs` begin when there is work and none has been begun, each with `begin`.
    """

    def __init__(self, jobs: int, begin: Callable[[], None]) -> None:
        self._most = self.jobs = jobs
        self._begin = begin
        self._block = ExitStack()  # in which the processes live
        self._begun: ProcessPoolExecutor | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, type: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self._begun = None
        self._block.__exit__(type, error, traceback)

    def rest(self) -> None:
        """End the processes; others begin when there is more work."""
        self.__exit__(None, None, None)

    def want(self, jobs: int) -> None:
        """Have so many processes begin for what comes next, at most those of the pool; some that are there stay."""
        if self._begun is None:
            self.jobs = min(jobs, self._most)

    def results(
        self,
        work: Callable[[list[Part]], list[Result]],
        lost: Callable[[Part], Result],
        batches: Iterable[list[Part] | Ready[Result]],
    ) -> Iterator[Result]:
        """The results of all batches, in order; these are read only so far ahead that the processes stay busy.

        `work` makes one result of each part of a batch. `lost` makes that of a part which killed its process even when
        it was alone in it. What else was in work when a process died is done again, so that nothing is lost. No process
        is begun for what is ready. Raises what `work` raises, and WorkersDied.
        """
        return _Results(self, work, lost).of(batches)

    @contextmanager
    def at_work(self) -> Iterator[ProcessPoolExecutor]:
        """The processes; they end at once if the block raises, whatever they are at."""
        if self._begun is None:
            self._begun = self._block.enter_context(self.fresh(self.jobs))
        try:
            yield self._begun
        except BaseException as error:
            self.__exit__(type(error), error, error.__traceback__)
            raise

    def fresh(self, jobs: int) -> AbstractContextManager[ProcessPoolExecutor]:
        """Other processes of the same kind."""
        return _pool(jobs, self._begin)


class _Results(Generic[Part, Result]):
    """What the processes of a pool make by one work."""

    def __init__(
        self, pool: WorkerPool, work: Callable[[list[Part]], list[Result]], lost: Callable[[Part], Result]
    ) -> None:
        self._pool = pool
        self._work = work
        self._lost = lost
        self._deaths = 0

    def of(self, batches: Iterable[list[Part] | Ready[Result]]) -> Iterator[Result]:
        """The results of batches."""
        rest, unfinished = iter(batches), deque[list[Part] | Ready[Result]]()
        while True:
            try:
                yield from self._of_all(rest, unfinished)
                return
            except BrokenProcessPool:
                self._count_death()
            # What was in work when the pool broke holds the culprit, if there is one.
            while unfinished:
                yield from self._alone(unfinished.popleft())

    def _of_all(
        self, batches: Iterator[list[Part] | Ready[Result]], unfinished: deque[list[Part] | Ready[Result]]
    ) -> Iterator[Result]:
        """The results until a process dies: BrokenProcessPool; what was given out then stands in `unfinished`."""
        futures: deque[Future[list[Result]] | Ready[Result]] = deque()
        with self._pool.at_work() as pool:
            for batch in batches:
                unfinished.append(batch)
                futures.append(batch if isinstance(batch, Ready) else _submitted(pool, self._work, batch))
                while futures and isinstance(batch, Ready) and batch.waits:
                    yield from _next(pool, futures, unfinished)
                if len(futures) > self._pool.jobs * WAITING:
                    yield from _next(pool, futures, unfinished)
            while futures:
                yield from _next(pool, futures, unfinished)

    def _alone(self, batch: list[Part] | Ready[Result]) -> Iterator[Result]:
        """The results of a batch in a process of its own, of its halves if that dies, too."""
        if isinstance(batch, Ready):
            yield batch.value
            return
        try:
            with self._pool.fresh(1) as pool:
                yield from _result(pool, _submitted(pool, self._work, batch))
            return
        except BrokenProcessPool:
            self._count_death()
        if len(batch) == 1:
            yield self._lost(batch[0])
            return
        half = len(batch) // 2
        yield from self._alone(batch[:half])
        yield from self._alone(batch[half:])

    def _count_death(self) -> None:
        self._deaths += 1
        if self._deaths > MOST_DEATHS:
            raise WorkersDied(self._deaths)


def collect_rarely() -> None:
    """Have the garbage collector pass over what is loaded already and come by rarely: analysing makes few cycles."""
    gc.freeze()
    gc.set_threshold(ALLOCATIONS)


def _next(
    pool: ProcessPoolExecutor,
    futures: deque[Future[list[Result]] | Ready[Result]],
    unfinished: deque[list[Part] | Ready[Result]],
) -> list[Result]:
    """The results of the batch that was given out first, which then is finished."""
    first = futures.popleft()
    results = first.result() if isinstance(first, Ready) else _result(pool, first)
    unfinished.popleft()
    return results


def _result(pool: ProcessPoolExecutor, future: Future[list[Result]]) -> list[Result]:
    """What a future gives. Raises BrokenProcessPool, also where the executor does not see that a process has died.

    One that is killed while it hands over a result leaves half of it in the pipe, and the executor waits for the rest.
    """
    for looks in itertools.count():
        died = looks and any(process.exitcode is not None for process in list((pool._processes or {}).values()))
        finished, _ = wait_for([future], LOOK * (LOOKS if died else 1))
        if died and not finished:
            raise BrokenProcessPool("a process has died while it handed over a result")
        if finished:
            break
    return future.result()


@contextmanager
def _pool(jobs: int, begin: Callable[[], None]) -> Iterator[ProcessPoolExecutor]:
    """Processes that end at once when the block ends, whatever they are at."""
    # Not fork: a forked worker would inherit the lock of the index and hold it after our death.
    context = multiprocessing.get_context("spawn")
    reading, writing = Pipe(duplex=False)
    executor = ProcessPoolExecutor(jobs, context, initializer=_begin_worker, initargs=(reading, begin))
    handed_over = executor._result_queue  # which it forgets when it is shut down
    with reading, writing, executor as pool:
        try:
            yield pool
        except BaseException:
            pool.shutdown(wait=False, cancel_futures=True)
            # When the processes are gone, ours is the last end: then the executor waits no more for the rest of one.
            handed_over._writer.close()  # type: ignore[attr-defined]  # missing in the stubs
            raise
        finally:
            # All results are there, or nobody wants them. A worker that is asked to end may wait for ever behind one
            # that was killed while it held the lock of their queue.
            writing.close()


def _submitted(
    pool: ProcessPoolExecutor, work: Callable[[list[Part]], list[Result]], batch: list[Part]
) -> Future[list[Result]]:
    with _interrupts_held():  # it may start a process
        return pool.submit(work, batch)


@contextmanager
def _interrupts_held() -> Iterator[None]:
    """Processes that are started in this block never see Ctrl-C; ours comes when the block ends. Not on Windows."""
    if not hasattr(signal, "pthread_sigmask"):
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _begin_worker(parent: Connection, begin: Callable[[], None]) -> None:
    """Make a fresh process a worker, which ends when `parent` does or lets go of it, even if it was killed."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)

    def watch() -> None:
        wait([parent])  # nothing is ever sent: this returns when the other end is closed
        os._exit(1)

    threading.Thread(target=watch, daemon=True).start()
    begin()
