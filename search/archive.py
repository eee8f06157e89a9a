"""Which articles answer this request? An archive is one index and the way into it."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Self

from search.article import ENTITY_TYPES, Article
from search.cursor import Cursor
from search.directory import IndexDirectory, Manifest
from search.engines.base import Engine, Found, Lookup, Match, Position
from search.entry import to_article
from search.errors import ArticleNotFound, IndexIncompatible
from search.highlight import marks, snippet
from search.matching import Place, QueryMatcher, why
from search.page import FACETS, FILTERS, ArticleMarks, FacetValue, Hit, Page, Request, Suggestion, Understood
from search.query import nodes
from search.query.compile import days, to_terms, units
from search.query.notices import notice
from search.query.parser import Parsed, parse
from search.query.relax import with_any_word, with_forms
from search.query.terms import Keyword, Terms, all_of, any_of
from search.suggesting import suggest

FACET_VALUES = dict.fromkeys(FACETS, 20) | {"year": 200}
# Filters an article can have several values of: asking for two means both.
SEVERAL = frozenset(ENTITY_TYPES)


@dataclass(frozen=True, slots=True)
class Status:
    """The state of an archive; `committed` is UTC in ISO 8601, `bytes` the size of the directory."""

    directory: str
    engine: str
    articles: int
    generation: int
    committed: str
    bytes: int
    schema: int
    analysis: str


@dataclass(frozen=True, slots=True)
class Stage:
    """A reading of the query: 0 as asked, then ever more relaxed; `code` is the notice that says so."""

    number: int
    query: nodes.Query
    code: str | None


def open_archive(directory: str | Path = "index") -> Archive:
    """Open the archive in a directory for searching. Raises IndexMissing, IndexIncompatible or EngineUnavailable."""
    return Archive(IndexDirectory(Path(directory)))


class Archive:
    """An open archive. It sees new commits by itself and may be shared between threads."""

    def __init__(self, place: IndexDirectory) -> None:
        self._place = place
        self._lock = threading.Lock()
        self._stamp = (0, 0)
        self._manifest: Manifest | None = None
        self._engine: Engine
        self._current()

    def search(self, request: Request) -> Page:
        """The page of hits that answers. Raises BadRequest for a cursor of another request."""
        started = time.perf_counter()
        engine = self._current()
        parsed = parse(request.text)
        cursor = Cursor.decode(request)
        stage, found = self._first_answered(engine, request, parsed, cursor)
        hits = tuple(_hit(match, stage.query) for match in found.matches)
        codes = [*parsed.oddities, *([(stage.code, "")] if stage.code else [])]
        understood = Understood(
            request.text, nodes.describe(stage.query), tuple(notice(code, detail) for code, detail in codes)
        )
        return Page(
            query=understood,
            total=found.total,
            took_ms=(time.perf_counter() - started) * 1000,
            hits=hits,
            facets=_facets(found),
            next=_next(request, cursor, stage, found),
        )

    def article(self, id: str) -> Article:
        """The article with this id. Raises ArticleNotFound."""
        stored = self._current().get(id)
        if stored is None:
            raise ArticleNotFound(id)
        return to_article(stored)

    def marks(self, article: Article, text: str) -> ArticleMarks:
        """Where the query `text` matches in an article; word forms of a phrase where it has not its exact words."""
        query = parse(text).query
        found = _places(article, QueryMatcher(units(query)))
        if not found.any:
            found = _places(article, QueryMatcher(units(with_forms(query) or query)))
        return ArticleMarks(marks(found.title), marks(found.body))

    def suggest(self, prefix: str, limit: int = 8) -> tuple[Suggestion, ...]:
        """Words and names of the archive that go on as `prefix` begins, names first."""
        return suggest(self._current(), prefix, limit)

    def status(self) -> Status:
        """What the archive holds and where it lies."""
        engine = self._current()
        manifest = self._place.usable_manifest()
        return Status(
            directory=str(self._place.path),
            engine=manifest.engine,
            articles=engine.count(),
            generation=manifest.generation,
            committed=manifest.committed,
            bytes=self._place.bytes(),
            schema=manifest.schema,
            analysis=manifest.analysis,
        )

    def close(self) -> None:
        """Let go of the index."""
        self._engine.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def _first_answered(
        self, engine: Engine, request: Request, parsed: Parsed, cursor: Cursor | None
    ) -> tuple[Stage, Found]:
        """The strictest reading of the query that anything answers; as asked if none does."""
        filters = _filters(request)
        first: tuple[Stage, Found] | None = None
        for stage in _stages(parsed.query):
            if cursor and stage.number != cursor.stage:
                continue
            lookup = Lookup(
                terms=all_of([to_terms(stage.query), *filters]),
                sort=request.sort,
                size=request.size,
                after=cursor.position if cursor else None,
                facets=FACET_VALUES,
            )
            found = engine.search(lookup)
            if found.total:
                return stage, found
            first = first or (stage, found)
        return first or (Stage(0, parsed.query, None), Found(0, (), {}))

    def _current(self) -> Engine:
        """The engine as of the last commit."""
        stamp = self._place.stamp()
        if stamp != self._stamp:
            with self._lock:
                if stamp != self._stamp:
                    self._renew()
                    self._stamp = stamp
        return self._engine

    def _renew(self) -> None:
        manifest = self._place.usable_manifest()
        before = self._manifest
        if before and (before.generation, before.engine) == (manifest.generation, manifest.engine):
            self._engine.refresh()
        else:
            # The engine of the old generation is not closed: other threads may still be searching it.
            self._engine = self._open(manifest)
        self._manifest = manifest

    def _open(self, manifest: Manifest) -> Engine:
        try:
            return self._place.open_engine(manifest)
        except IndexIncompatible:
            newer = self._place.usable_manifest()
            if newer.generation == manifest.generation:
                raise
            return self._open(newer)  # a rebuild ended in between


@dataclass(frozen=True, slots=True)
class Places:
    """Where a query matches in an article."""

    title: list[Place]
    body: list[Place]
    names: list[Place]

    @property
    def any(self) -> bool:
        return bool(self.title or self.body or self.names)


def _places(article: Article, matcher: QueryMatcher) -> Places:
    names = [place for type in ENTITY_TYPES for place in _names(article, matcher, type)]
    return Places(matcher.in_text("title", article.title), matcher.in_text("body", article.body), names)


def _names(article: Article, matcher: QueryMatcher, type: str) -> list[Place]:
    values = article.entities.of(type)
    return matcher.in_names("entities", values) + matcher.in_names(type, values)


def _stages(query: nodes.Query) -> Iterator[Stage]:
    """The readings of a query, from strict to relaxed."""
    yield Stage(0, query, None)
    forms = with_forms(query)
    if forms:
        yield Stage(1, forms, "phrase_relaxed")
    any_word = with_any_word(forms or query)
    if any_word:
        yield Stage(2, any_word, "words_relaxed")


def _filters(request: Request) -> list[Terms]:
    """The filters of a request that are no text."""
    wanted: list[Terms] = [days(request.since, request.until)]
    for name in FILTERS:
        values: list[Terms] = [Keyword(name, value) for value in request.filter(name)]
        if values:
            wanted.append(all_of(values) if name in SEVERAL else any_of(values))
    return wanted


def _hit(match: Match, query: nodes.Query) -> Hit:
    article = to_article(match.stored)
    places = _places(article, QueryMatcher(units(query)))
    return Hit(
        id=article.id,
        title=article.title,
        title_marks=marks(places.title),
        source=article.source,
        section=article.section,
        date=article.date.text if article.date else None,
        url=article.url,
        score=match.score,
        why=why([*places.title, *places.body, *places.names]),
        snippet=snippet(article.body, places.body),
        entities=article.entities,
    )


def _facets(found: Found) -> dict[str, tuple[FacetValue, ...]]:
    facets = {name: tuple(FacetValue(value, count) for value, count in found.facets[name]) for name in found.facets}
    if "year" in facets:
        facets["year"] = tuple(sorted(facets["year"], key=lambda year: year.value, reverse=True))
    return facets


def _next(request: Request, cursor: Cursor | None, stage: Stage, found: Found) -> str | None:
    """The cursor of the following page, None if this is the last."""
    seen = (cursor.position.seen if cursor else 0) + len(found.matches)
    if not found.matches or len(found.matches) < request.size or seen >= found.total:
        return None
    last = found.matches[-1]
    return Cursor(Position(last.score, last.day, last.id, seen), stage.number).encode(request)
