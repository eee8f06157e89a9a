"""What does the archive find for a request? The strictest reading of it that any article answers."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from random import Random

from search.article import Article
from search.cursor import position
from search.deadline import check_deadline
from search.engines.base import UNDATED, Engine, EngineRequest, EngineResult, ListPosition
from search.engines.rewriting import without_scores
from search.hits.hit import article_marks, matcher_of, to_hit
from search.page import DATE_UNITS, MATCHINGS, ArticleMarks, FacetValue, Matching, Neighbours, Request, RequestSort
from search.query.readings import Reading, as_asked, readings
from search.recent import search_recent
from search.schema import WEIGHTS, Weights
from search.store.entry import to_article

WALKED = 1000  # articles that are read at once where all are walked through


def first_answered(
    engine: Engine, request: Request, asked: EngineRequest, only: int | None = None, weights: Weights = WEIGHTS
) -> tuple[Reading, EngineResult]:
    """The strictest reading of a request that anything answers, as asked if none does; or `only` that reading.

    `asked` says which part of the list the engine is to give; its terms are those of each reading in turn, its order
    that of the request.
    """
    first: tuple[Reading, EngineResult] | None = None
    for reading in readings(request, only, weights):
        check_deadline("searching")
        found = _listed(engine, request.sort, replace(asked, terms=reading.terms))
        if found.total:
            return reading, found
        first = first or (reading, found)
    return first or (as_asked(request), EngineResult(0, (), {}))


def _listed(engine: Engine, sort: RequestSort, asked: EngineRequest) -> EngineResult:
    """The part of a list in an order that was asked for."""
    if sort == "recent":
        return search_recent(engine, asked) if asked.size else engine.search(asked)
    return engine.search(replace(asked, sort=sort))


def drawn(engine: Engine, number: int, seed: int) -> Iterator[Article]:
    """So many articles drawn at random, or all if there are fewer; the same of the same articles. Walks through all."""
    ranks = sorted(Random(seed).sample(range(engine.count()), min(number, engine.count())))
    first, after = 0, None
    while ranks:
        matches = engine.search(EngineRequest(sort="oldest", size=WALKED, after=after)).matches
        if not matches:
            return
        while ranks and ranks[0] < first + len(matches):
            yield to_article(matches[ranks.pop(0) - first].stored)
        first += len(matches)
        after = position(matches[-1], first)


def marks_of(article: Article, text: str) -> ArticleMarks:
    """Where the strictest reading of the query `text` that matches at all matches in an article."""
    for reading in (as_asked(Request(text)), *readings(Request(text))):
        if found := article_marks(article, matcher_of(reading.clauses)):
            return found
    return ArticleMarks()


def matchings(engine: Engine, request: Request, number: int, total: int | None = None) -> dict[Matching, int]:
    """How many articles the reading of this number finds by each of MATCHINGS; empty if it asks for no words.

    `total` is how many it finds as the request says, if that is known.
    """
    check_deadline("counting the hits")
    asked = {
        matching: without_scores(reading.terms)
        for matching in MATCHINGS
        for reading in readings(replace(request, match=matching), number)
        if reading.clauses
    }
    # Phrases and words near each other are the same by all of them.
    counted = {asked[request.match]: total} if total is not None and request.match in asked else {}
    unknown = [terms for terms in dict.fromkeys(asked.values()) if terms not in counted]
    answers = engine.search_many([EngineRequest(terms, size=0) for terms in unknown])
    counted |= {terms: found.total for terms, found in zip(unknown, answers, strict=True)}
    return {matching: counted[terms] for matching, terms in asked.items()}


def facet_values(found: EngineResult, name: str) -> tuple[FacetValue, ...]:
    """The values of a facet by count; those that are times by time, newest first."""
    values = tuple(FacetValue(value, count) for value, count in found.facets.get(name, ()))
    return tuple(sorted(values, key=lambda found: found.value, reverse=True)) if name in DATE_UNITS else values


def neighbours(engine: Engine, request: Request, id: str, rank: int) -> Neighbours | None:
    """What stands before and after an article in the list of a request; None if it is not in it.

    `rank` is about where it stands; a wrong one only takes longer.
    """
    itself = ListPosition(0.0, UNDATED, id, rank)
    asked = EngineRequest(size=1, after=itself, back=True)
    reading, before = first_answered(engine, request, asked)
    start = position(before.matches[0], rank - 1) if before.matches else None
    asked = replace(asked, size=2, after=start, back=False)
    _, here = first_answered(engine, request, asked, reading.number)
    if not here.matches or here.matches[0].id != id:
        return None
    previous, following = (tuple(to_hit(match) for match in matches) for matches in (before.matches, here.matches[1:]))
    return Neighbours(here.total, previous[0] if previous else None, following[0] if following else None)
