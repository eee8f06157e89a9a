"""Which articles answer this request? An archive is one index and the way into it."""

from __future__ import annotations

import threading
import time
from dataclasses import dataclass, replace
from pathlib import Path
from types import TracebackType
from typing import Self

from search.article import Article
from search.cursor import Cursor, first_rank, next_page, position, previous_page
from search.engines.base import UNDATED, Engine, Found, Lookup, Position
from search.errors import ArticleNotFound, IndexIncompatible
from search.german.lexicon import lexicon
from search.hits.explaining import Share, shares
from search.hits.hit import article_marks, matcher_of, to_hit
from search.page import (
    DATE_UNITS,
    FACETS,
    ArticleMarks,
    EntityCount,
    FacetValue,
    Hit,
    Neighbours,
    OtherQuery,
    Page,
    Request,
    Suggestion,
    Understood,
)
from search.query import nodes
from search.query.function_words import with_optional_words
from search.query.notices import notice
from search.query.parser import Parsed, parse
from search.query.readings import Reading, readings, wanted
from search.query.terms import Nothing
from search.schema import WEIGHTS, Weights
from search.store.directory import IndexDirectory, Manifest
from search.store.entry import to_article
from search.suggest.completion import suggest
from search.suggest.did_you_mean import Spellers, counted_offers
from search.suggest.names import Names
from search.suggest.similar import likeness
from search.suggest.snapshot import Learnt

FACET_VALUES = dict.fromkeys(FACETS, 20) | {"year": 200}
# A query that finds fewer articles may have been mistyped.
FEW_HITS = 3
# An article is like another if it scores at least this part of what the other itself does.
LEAST_LIKENESS = 0.15


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
        self._spellers = Spellers()
        self._names = Learnt(Names)
        self._current()

    def prepare(self) -> None:
        """Do now what the first queries would wait for: read the lexicon, learn the words and names of the archive."""
        lexicon()
        self._spellers.get(self._current(), self._stamp)
        self._names.get(self._current(), self._stamp)

    def search(self, request: Request) -> Page:
        """The page of hits that answers. Raises BadRequest for a cursor of another request."""
        started = time.perf_counter()
        cursor = Cursor.decode(request)
        lookup = Lookup(
            terms=Nothing(),
            sort=request.sort,
            size=request.size,
            after=cursor.position if cursor else None,
            back=cursor.back if cursor else False,
            facets=FACET_VALUES,
        )
        parsed = parse(request.text)
        reading, found = self._first_answered(request, parsed, lookup, cursor.stage if cursor else None)
        matcher = matcher_of(reading.query)
        hits = tuple(to_hit(match, matcher) for match in found.matches)
        first = first_rank(request, cursor, found)
        codes = [*parsed.oddities, *([(reading.code, "")] if reading.code else [])]
        understood = Understood(
            request.text,
            nodes.describe(reading.query),
            tuple(notice(code, detail) for code, detail in codes),
            self._offers(request, reading, found),
        )
        return Page(
            query=understood,
            total=found.total,
            took_ms=(time.perf_counter() - started) * 1000,
            hits=hits,
            facets=_facets(found),
            first=first,
            previous=previous_page(request, reading.number, found, first),
            next=next_page(request, reading.number, found, first),
        )

    def ranking(self, request: Request, weights: Weights = WEIGHTS) -> tuple[str, ...]:
        """The ids of the best articles that answer, ranked with these weights; as many as the size of the request."""
        lookup = Lookup(Nothing(), sort=request.sort, size=request.size)
        _, found = self._first_answered(request, parse(request.text), lookup, weights=weights)
        return tuple(match.id for match in found.matches)

    def explain(self, request: Request, id: str) -> list[Share]:
        """What each term of the query adds to the score of an article; nothing if the request does not find it."""
        reading, _ = self._first_answered(request, parse(request.text), Lookup(Nothing(), size=0))
        return shares(self._current(), wanted(request, reading.query), id)

    def count(self, request: Request) -> int:
        """The number of articles that answer the request as asked, none of its words relaxed."""
        terms = wanted(request, with_optional_words(parse(request.text).query))
        return self._current().search(Lookup(terms, size=0)).total

    def values(self, request: Request, name: str, most: int) -> tuple[FacetValue, ...]:
        """The most frequent values of a facet, or of one of DATE_UNITS, among all that answer the request."""
        lookup = Lookup(Nothing(), size=0, facets={name: most})
        _, found = self._first_answered(request, parse(request.text), lookup)
        return _values(found, name)

    def neighbours(self, request: Request, id: str, rank: int = 1) -> Neighbours | None:
        """What stands before and after an article in the list of a request; None if it is not in it.

        `rank` is about where it stands; a wrong one only takes longer.
        """
        parsed = parse(request.text)
        itself = Position(0.0, UNDATED, id, rank)
        lookup = Lookup(Nothing(), sort=request.sort, size=1, after=itself, back=True)
        reading, before = self._first_answered(request, parsed, lookup)
        start = position(before.matches[0], rank - 1) if before.matches else None
        lookup = replace(lookup, size=2, after=start, back=False)
        _, here = self._first_answered(request, parsed, lookup, reading.number)
        if not here.matches or here.matches[0].id != id:
            return None
        previous, following = (
            tuple(to_hit(match) for match in matches) for matches in (before.matches, here.matches[1:])
        )
        return Neighbours(here.total, previous[0] if previous else None, following[0] if following else None)

    def similar(self, article: Article, size: int = 5) -> tuple[Hit, ...]:
        """Articles that share the nouns and names an article is about, the most alike first."""
        engine = self._current()
        found = engine.search(Lookup(likeness(article, engine), size=size + 1))
        own = next((match.score for match in found.matches if match.id == article.id), 0.0)
        return tuple(
            to_hit(match) for match in found.matches if match.id != article.id and match.score >= own * LEAST_LIKENESS
        )[:size]

    def article(self, id: str) -> Article:
        """The article with this id. Raises ArticleNotFound."""
        stored = self._current().get(id)
        if stored is None:
            raise ArticleNotFound(id)
        return to_article(stored)

    def marks(self, article: Article, text: str) -> ArticleMarks:
        """Where the query `text` matches in an article; word forms of a phrase where it has not its exact words."""
        return article_marks(article, text)

    def suggest(self, prefix: str, limit: int = 8) -> tuple[Suggestion, ...]:
        """Words and names of the archive that go on as `prefix` begins, names first."""
        return suggest(self._current(), prefix, limit)

    def entities(self, type: str | None = None, prefix: str = "", limit: int = 100) -> tuple[EntityCount, ...]:
        """The names of the archive with their number of articles, the most frequent first, ties by name.

        `type` is one of ENTITY_TYPES, None is all of them; `prefix` begins any word of a name,
        whatever its capitals and umlauts. Raises BadRequest for another type.
        """
        return self._names.get(self._current(), self._stamp).find(type, prefix, limit)

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

    def _offers(self, request: Request, reading: Reading, found: Found) -> tuple[OtherQuery, ...]:
        """What the query may have been meant to be, if it finds few or nothing; each finds more than it does."""
        answered = 0 if reading.code == "words_relaxed" else found.total
        if answered >= FEW_HITS or request.cursor or not request.text:
            return ()
        speller = self._spellers.get(self._current(), self._stamp)
        return counted_offers(request.text, speller, lambda text: self.count(replace(request, text=text)), answered)

    def _first_answered(
        self, request: Request, parsed: Parsed, lookup: Lookup, only: int | None = None, weights: Weights = WEIGHTS
    ) -> tuple[Reading, Found]:
        """The strictest reading of the query that anything answers, as asked if none does; or `only` that reading."""
        engine = self._current()
        first: tuple[Reading, Found] | None = None
        for reading in readings(parsed, request.sort):
            if only not in (None, reading.number):
                continue
            found = engine.search(replace(lookup, terms=wanted(request, reading.query, weights)))
            if found.total:
                return reading, found
            first = first or (reading, found)
        return first or (Reading(0, parsed.query, None), Found(0, (), {}))

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


def _facets(found: Found) -> dict[str, tuple[FacetValue, ...]]:
    return {name: _values(found, name) for name in found.facets}


def _values(found: Found, name: str) -> tuple[FacetValue, ...]:
    """The values of a facet by count; those that are times by time, newest first."""
    values = tuple(FacetValue(value, count) for value, count in found.facets.get(name, ()))
    return tuple(sorted(values, key=lambda found: found.value, reverse=True)) if name in DATE_UNITS else values
