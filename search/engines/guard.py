"""What if an engine fails? Whatever it raises becomes an error of ours, and the engine is opened anew.

Libraries raise what they please: ValueError for a full disk, zlib.error for a flipped bit, and tantivy panics, which
not even `except Exception` sees, so that a request would stay without an answer. One wrapper for all engines turns
all of it into errors that name the place and the remedy.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, nullcontext

from search.deadline import uninterrupted
from search.engines.base import Engine, EngineRequest, EngineResult, Entry, Writer
from search.engines.bounds import answerable, bounded, is_encodable
from search.engines.failures import is_failure
from search.errors import NachleseError
from search.query.terms import Terms

_log = logging.getLogger(__name__)


class GuardedEngine:
    """An engine that raises errors of ours only, and is asked for no more than it has."""

    def __init__(
        self,
        open_engine: Callable[[bool], Engine],
        create: bool,
        as_error: Callable[[BaseException, bool], NachleseError],
    ) -> None:
        """Open an engine, or `create` it; `as_error` makes an error of ours of what it raises when writing, or else."""
        self._as_error = as_error
        self._open = open_engine
        self._lock = threading.Lock()
        self._engine: Engine | None = None
        with self._translated(writing=create):
            self._engine = open_engine(create)

    def search(self, request: EngineRequest) -> EngineResult:
        with self._asked() as engine:
            return engine.search(bounded(request, engine.count()))

    def ids(self, terms: Terms, most: int) -> list[str]:
        with self._asked() as engine:
            return engine.ids(answerable(terms), max(0, min(most, engine.count())))

    def search_many(self, requests: Sequence[EngineRequest]) -> list[EngineResult]:
        with self._asked() as engine:
            count = engine.count()
            return engine.search_many([bounded(request, count) for request in requests])

    @contextmanager
    def writer(self) -> Iterator[Writer]:
        """A block of changes. What the block itself raises is passed on as it is, after the changes are undone."""
        with self._asked(writing=True) as engine:
            block = engine.writer()
            writer = block.__enter__()
        try:
            yield _GuardedWriter(self, writer)
        except BaseException as error:
            try:
                block.__exit__(type(error), error, error.__traceback__)
            except BaseException as second:
                if not is_failure(second):
                    raise
                self._engine = None
                _log.warning("undoing the changes failed, too: %s", self._as_error(second, True), exc_info=second)
            raise
        with self._asked(writing=True):
            block.__exit__(None, None, None)

    def merge_segments(self) -> None:
        with self._asked(writing=True) as engine:
            engine.merge_segments()

    def purge(self, make_entry: Callable[[str], Entry]) -> None:
        with self._asked(writing=True) as engine:
            engine.purge(make_entry)

    def update_vocabulary(self) -> None:
        with self._asked(writing=True) as engine:
            engine.update_vocabulary()

    def vocabulary(self, name: str, prefix: str, limit: int) -> list[tuple[str, int]]:
        with self._asked() as engine:
            return engine.vocabulary(name, prefix, max(0, limit)) if is_encodable(prefix) else []

    def counts(self, name: str) -> dict[str, int]:
        with self._asked() as engine:
            return engine.counts(name)

    def frequency(self, name: str, text: str) -> int:
        with self._asked() as engine:
            return engine.frequency(name, text) if is_encodable(text) else 0

    def frequencies(self, name: str, texts: Sequence[str]) -> list[int]:
        with self._asked() as engine:
            known = [text for text in texts if is_encodable(text)]
            counts = dict(zip(known, engine.frequencies(name, known), strict=True))
            return [counts.get(text, 0) for text in texts]

    def mean_length(self, name: str, text: str) -> float:
        with self._asked() as engine:
            return engine.mean_length(name, text) if is_encodable(text) else 0.0

    def fingerprints(self, ids: Sequence[str], read: Callable[[str], str]) -> dict[str, str]:
        with self._asked() as engine:
            return engine.fingerprints([id for id in ids if is_encodable(id)], read)

    def get(self, id: str) -> str | None:
        with self._asked() as engine:
            return engine.get(id) if is_encodable(id) else None

    def get_many(self, ids: Sequence[str]) -> dict[str, str]:
        with self._asked() as engine:
            return engine.get_many([id for id in ids if is_encodable(id)])

    def count(self) -> int:
        with self._asked() as engine:
            return engine.count()

    def refresh(self) -> None:
        with self._asked() as engine:
            engine.refresh()

    def close(self) -> None:
        with self._translated():
            if self._engine:
                self._engine.close()

    @contextmanager
    def _asked(self, writing: bool = False) -> Iterator[Engine]:
        """The engine, opened anew if it failed before: after a panic, what it holds in memory may be half done."""
        with self._translated(writing), nullcontext() if writing else uninterrupted("searching"):
            engine = self._engine
            if engine is None:
                with self._lock:
                    engine = self._engine = self._engine or self._open(False)
            yield engine

    @contextmanager
    def _translated(self, writing: bool = False) -> Iterator[None]:
        """Raise what fails as an error of ours."""
        try:
            yield
        except BaseException as error:
            if not is_failure(error):
                raise
            self._engine = None
            raise self._as_error(error, writing) from error


class _GuardedWriter:
    def __init__(self, guard: GuardedEngine, writer: Writer) -> None:
        self._guard = guard
        self._writer = writer

    def put(self, entry: Entry) -> None:
        with self._guard._translated(writing=True):
            self._writer.put(entry)

    def delete(self, id: str) -> None:
        with self._guard._translated(writing=True):
            if is_encodable(id):
                self._writer.delete(id)
