"""How does an article become an entry? It is annotated and analysed, here or in workers, without the archive."""

from __future__ import annotations

import gc
import os
from collections.abc import Callable, Generator, Iterable, Iterator
from contextlib import contextmanager
from functools import cache, partial
from itertools import islice
from typing import TypeVar

from indexer.entities import annotate_all
from indexer.errors import ORDINARY_LENGTH, OutOfMemory, Problem, problem_of
from indexer.resolution.aliases import NO_ALIASES, Aliases
from search.article import Article, Renamings
from search.engines.base import Entry
from search.heap import give_back
from search.store.entry import to_entries
from search.store.listing import NO_RENAMINGS
from search.worker_pool import WorkerPool, collect_rarely

BATCH_SIZE = 32  # articles that travel to a worker together
ARTICLES_WORTH_A_WORKER = 500  # starting a worker process takes as long as analysing about so many

Fingerprinted = tuple[Article, str]  # an article and its fingerprint
Renamed = tuple[Article, str, Renamings]  # the same with its names as found, and what is listed in place of some
Batch = list[Fingerprinted]
Entries = list[Entry | Problem]
Part = TypeVar("Part", Fingerprinted, Renamed)

_SAMPLE = Article(id="1", title="Angela Merkel in Berlin", body="Die Bundeskanzlerin sprach im Bundestag.")


def entry_workers(jobs: int) -> WorkerPool:
    """So many processes to make entries, which have met most words of an archive when some are made again.

    One job is done by this process, without a block.
    """
    return WorkerPool(jobs, collect_rarely)


def make_entries(
    articles: Iterable[Fingerprinted], workers: WorkerPool, aliases: Aliases | None = NO_ALIASES
) -> Generator[Entry | Problem, None, None]:
    """The entries of articles, in their order; a problem in place of one that could not be analysed.

    `aliases` None leaves the names to those that articles declare. `articles` is read only so far ahead that the
    workers stay busy. Raises OutOfMemory and WorkersDied.
    """
    yield from _made(partial(_entries_or_problems, aliases), articles, workers)


def make_renamed_entries(articles: Iterable[Renamed], workers: WorkerPool) -> Generator[Entry | Problem, None, None]:
    """The entries of articles that were annotated before, under other names; else as `make_entries`.

    The problem is that of an article which killed its process.
    """
    yield from _made(_renamed_entries, articles, workers)


def want_worthwhile(workers: WorkerPool, articles: int) -> None:
    """Begin no more than are worth it for so many articles that have been read and are to be made entries again."""
    give_back()  # what it took to decide that, before processes need theirs
    workers.want(max(1, articles // ARTICLES_WORTH_A_WORKER))


def _made(
    work: Callable[[list[Part]], Entries], articles: Iterable[Part], workers: WorkerPool
) -> Iterator[Entry | Problem]:
    # NumPy's threads would only stand in the way of the other processes, the writer's among them.
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    batches = _batches(articles)
    if workers.jobs > 1:
        yield from workers.results(work, _killer, batches)
        return
    with _collecting_rarely():
        for batch in batches:
            yield from work(batch)


def _killer(part: Fingerprinted | Renamed) -> Problem:
    """The problem of an article that killed the process which prepared it, although nothing else was in it."""
    article = part[0]
    message = "kills the process that prepares it, most likely for want of memory; split it, or leave it out"
    return Problem(f"{article.document} ({article.id})", None, message)


def _entries_or_problems(aliases: Aliases | None, batch: Batch) -> Entries:
    _load(aliases is not None)
    try:
        return _entries(aliases, batch)
    except Exception:  # one article must not stop the others; each by itself tells which it was
        return [_entry_or_problem(aliases, each) for each in batch]


@cache
def _load(names: bool) -> None:
    """Load all that preparing needs, so that no article is blamed if it cannot be loaded. Raises OutOfMemory."""
    try:
        _entries(NO_ALIASES if names else None, [(_SAMPLE, "")])
    except ModuleNotFoundError:  # a broken installation, which no memory mends
        raise
    except (MemoryError, ImportError) as error:  # a library that finds no room for itself fails to be imported
        raise OutOfMemory(f"loading what finds names and words; {_root(error)}") from error


def _root(error: BaseException) -> str:
    """What a chain of errors began with, on one line: NumPy puts a page of advice before it."""
    while error.__context__:
        error = error.__context__
    return f"{type(error).__name__}: {str(error)[:200]}".strip(": ")


def _entry_or_problem(aliases: Aliases | None, fingerprinted: Fingerprinted) -> Entry | Problem:
    article, _ = fingerprinted
    name = f"{article.document} ({article.id})"
    try:
        return _entries(aliases, [fingerprinted])[0]
    except MemoryError as error:
        if len(article.body) < ORDINARY_LENGTH:
            raise OutOfMemory(name) from None
        return problem_of(error, name)
    except Exception as error:
        return problem_of(error, name)


def _entries(aliases: Aliases | None, batch: Batch) -> Entries:
    """The entries of a batch; raises what any of its articles provokes."""
    articles = [article for article, _ in batch]
    if aliases is not None:
        articles = annotate_all(articles, aliases)
    return _renamed_entries([(one, mark, NO_RENAMINGS) for one, (_, mark) in zip(articles, batch, strict=True)])


def _renamed_entries(batch: list[Renamed]) -> Entries:
    return [*to_entries(batch)]


def _batches(articles: Iterable[Part]) -> Iterator[list[Part]]:
    rest = iter(articles)
    while batch := list(islice(rest, BATCH_SIZE)):
        yield batch


@contextmanager
def _collecting_rarely() -> Iterator[None]:
    """The same for as long as this process makes entries."""
    before = gc.get_threshold()
    collect_rarely()
    try:
        yield
    finally:
        gc.set_threshold(*before)
        gc.unfreeze()
