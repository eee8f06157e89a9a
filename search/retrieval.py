"""What does the archive find for a request? The strictest reading of it that any article answers."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from random import Random

from search.article import Article
from search.cursor import position
from search.deadline import check_deadline
from search.engines.base import UNDATED, Engine, EngineRequest, EngineResult, ListPosition, Match
from search.engines.rewriting import without_scores
from search.families.reading import FamilyLookup
from search.hits.hit import article_marks, matcher_of, to_hit
from search.page import (
    DATE_UNITS,
    MATCHINGS,
    ArticleMarks,
    FacetValue,
    Family,
    FamilyMember,
    Matching,
    Neighbours,
    Request,
    RequestSort,
)
from search.query.readings import Reading, as_asked, readings
from search.query.terms import Keyword, Terms, all_of, any_of
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
        found = listed(engine, request.sort, replace(asked, terms=reading.terms))
        if found.total:
            return reading, found
        first = first or (reading, found)
    return first or (as_asked(request), EngineResult(0, (), {}))


def listed(engine: Engine, sort: RequestSort, asked: EngineRequest) -> EngineResult:
    """The part of a list in an order that was asked for."""
    if sort == "recent":
        return search_recent(engine, asked) if asked.size else engine.search(asked)
    return engine.search(replace(asked, sort=sort))


def families_of(engine: Engine, families: FamilyLookup, ids: Sequence[str], most: int) -> dict[str, Family]:
    """The families of those articles that are not alone, each with at most so many of its members."""
    members = {id: found for id, found in families.of_several(ids).items() if found.ids}
    asked = sorted({id for found in members.values() for id in found.ids[:most]})
    if not asked:
        return {}
    request = EngineRequest(any_of([Keyword("id", id) for id in asked]), sort="oldest", size=len(asked))
    known = {match.id: _member(match.stored) for match in engine.search(request).matches}
    return {
        id: Family(found.size, tuple(known[other] for other in found.ids[:most] if other in known))
        for id, found in members.items()
    }


def having_ids(engine: Engine, terms: Terms, ids: Sequence[str]) -> tuple[Match, ...]:
    """Those of these articles that answer a query, the earliest first."""
    query = all_of([without_scores(terms), any_of([Keyword("id", id) for id in ids])])
    return engine.search(EngineRequest(query, sort="oldest", size=len(ids))).matches if ids else ()


def _member(stored: str) -> FamilyMember:
    article = to_article(stored, mentions=False)
    return FamilyMember(article.id, article.headline, article.source, article.date.text if article.date else None)


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
