"""What if an archive of several fails? It is as if it had nothing, and whoever holds them all is told."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TypeVar

from search.engines.base import Engine, EngineRequest, EngineResult
from search.errors import (
    ClusterUnavailable,
    EngineUnavailable,
    IndexIncompatible,
    IndexMissing,
    IndexUnreadable,
    NachleseError,
)
from search.query.terms import MatchNone, Terms

# What keeps an archive from answering, and not the others.
UNUSABLE = (IndexMissing, IndexIncompatible, IndexUnreadable, ClusterUnavailable, EngineUnavailable)
NOTHING = EngineResult(0, (), {})

Answer = TypeVar("Answer")


class Member:
    """An archive of several: its name, and what is asked of its engine as of one commit."""

    def __init__(self, name: str, engine: Engine, failed: Callable[[str, NachleseError], None]) -> None:
        """`failed` is told its name and the error if it cannot answer; it raises that if no other archive can."""
        self.name = name
        self._engine: Engine | None = engine
        self._failed = failed

    def search(self, request: EngineRequest) -> EngineResult:
        """The entries that answer."""
        return self.search_many([request])[0]

    def search_many(self, requests: Sequence[EngineRequest]) -> list[EngineResult]:
        """The answers to several requests; it is not asked what nothing can answer."""
        asked = [request for request in requests if not isinstance(request.terms, MatchNone)]
        found = iter(self._answer(lambda engine: engine.search_many(asked), [NOTHING] * len(asked)) if asked else ())
        return [NOTHING if isinstance(request.terms, MatchNone) else next(found) for request in requests]

    def ids(self, terms: Terms, most: int) -> list[str]:
        """The ids of the entries that answer, the newest first."""
        return self._answer(lambda engine: engine.ids(terms, most), [])

    def vocabulary(self, name: str, prefix: str, limit: int) -> list[tuple[str, int]]:
        """The terms of a column, or values of a keyword, that begin so."""
        return self._answer(lambda engine: engine.vocabulary(name, prefix, limit), [])

    def counts(self, name: str) -> dict[str, int]:
        """All values of a keyword."""
        return self._answer(lambda engine: engine.counts(name), {})

    def frequencies(self, name: str, texts: Sequence[str]) -> list[int]:
        """The number of entries with each of these terms in a column."""
        return self._answer(lambda engine: engine.frequencies(name, texts), [0] * len(texts))

    def mean_length(self, name: str, text: str) -> float:
        """The mean number of terms in a column, 0 if it is not known."""
        return self._answer(lambda engine: engine.mean_length(name, text), 0.0)

    def get_many(self, ids: Sequence[str]) -> dict[str, str]:
        """What was stored with entries."""
        return self._answer(lambda engine: engine.get_many(ids), {})

    def count(self) -> int:
        """The number of entries."""
        return self._answer(lambda engine: engine.count(), 0)

    def _answer(self, ask: Callable[[Engine], Answer], otherwise: Answer) -> Answer:
        if self._engine is None:
            return otherwise
        try:
            return ask(self._engine)
        except UNUSABLE as error:
            self._engine = None
            self._failed(self.name, error)
            return otherwise
