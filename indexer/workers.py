"""How does an article become an entry? It is annotated and analysed, here or in workers, without the archive."""

from __future__ import annotations

import gc
import multiprocessing
import os
import threading
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from contextlib import contextmanager
from functools import partial
from itertools import islice
from multiprocessing.connection import wait

from indexer.entities import annotate_all
from indexer.errors import Problem, problem_of
from indexer.resolution.aliases import NO_ALIASES, Aliases
from search.article import Article
from search.engines.base import Entry
from search.store.entry import to_entry

# Articles that travel to a worker together, and batches that wait for each worker.
BATCH_SIZE = 32
WAITING = 3

# Objects made and not freed until the garbage collector looks at the young ones.
ALLOCATIONS = 500_000

Fingerprinted = tuple[Article, str]  # an article and its fingerprint
Batch = list[Fingerprinted]
Entries = list[Entry | Problem]


def make_entries(
    articles: Iterable[Fingerprinted], jobs: int, aliases: Aliases | None = NO_ALIASES
) -> Iterator[Entry | Problem]:
    """The entries of articles, in their order; a problem in place of one that could not be analysed.

    `aliases` None leaves the names to those that articles declare. With more than one job, that many
    processes work at once; `articles` is read only so far ahead that they stay busy.
    """
    # NumPy's threads would only stand in the way of the other processes, the writer's among them.
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    work = partial(_entries_or_problems, aliases)
    batches = _batches(articles)
    yield from _in_this_process(work, batches) if jobs < 2 else _in_workers(work, batches, jobs)


def _in_this_process(work: Callable[[Batch], Entries], batches: Iterable[Batch]) -> Iterator[Entry | Problem]:
    with _collecting_rarely():
        for batch in batches:
            yield from work(batch)


def _in_workers(work: Callable[[Batch], Entries], batches: Iterable[Batch], jobs: int) -> Iterator[Entry | Problem]:
    # Not fork: a forked worker would inherit the lock of the index and hold it after our death.
    context = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(jobs, mp_context=context, initializer=_begin_work) as pool:
        waiting: deque[Future[Entries]] = deque()
        for batch in batches:
            waiting.append(pool.submit(work, batch))
            if len(waiting) > jobs * WAITING:
                yield from waiting.popleft().result()
        for future in waiting:
            yield from future.result()


def _entries_or_problems(aliases: Aliases | None, batch: Batch) -> Entries:
    try:
        return _entries(aliases, batch)
    except Exception:  # one article must not stop the others; each by itself tells which it was
        return [_entry_or_problem(aliases, each) for each in batch]


def _entry_or_problem(aliases: Aliases | None, fingerprinted: Fingerprinted) -> Entry | Problem:
    try:
        return _entries(aliases, [fingerprinted])[0]
    except Exception as error:
        article, _ = fingerprinted
        return problem_of(error, f"{article.document} ({article.id})")


def _entries(aliases: Aliases | None, batch: Batch) -> Entries:
    """The entries of a batch; raises what any of its articles provokes."""
    articles = [article for article, _ in batch]
    if aliases is not None:
        articles = annotate_all(articles, aliases)
    return [to_entry(article, fingerprint) for article, (_, fingerprint) in zip(articles, batch, strict=True)]


def _batches(articles: Iterable[Fingerprinted]) -> Iterator[Batch]:
    rest = iter(articles)
    while batch := list(islice(rest, BATCH_SIZE)):
        yield batch


def _begin_work() -> None:
    """Make a fresh process a worker."""
    _die_with_parent()
    _collect_rarely()


def _collect_rarely() -> None:
    """Have the garbage collector pass over what is loaded already and come by rarely: analysing makes few cycles."""
    gc.freeze()
    gc.set_threshold(ALLOCATIONS)


@contextmanager
def _collecting_rarely() -> Iterator[None]:
    """The same for as long as this process makes entries."""
    before = gc.get_threshold()
    _collect_rarely()
    try:
        yield
    finally:
        gc.set_threshold(*before)
        gc.unfreeze()


def _die_with_parent() -> None:
    """End this worker when the process that started it is gone, even if it was killed."""
    parent = multiprocessing.parent_process()
    if parent is None:
        return

    def watch(sentinel: int = parent.sentinel) -> None:
        wait([sentinel])
        os._exit(1)

    threading.Thread(target=watch, daemon=True).start()
