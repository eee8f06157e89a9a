"""How may this request be read? As asked first, then ever more relaxed, always within its filters.

A reading is compiled once, and has both: what an engine is asked, and what an article can match.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from search.article import ENTITY_TYPES
from search.page import REQUEST_FILTERS, Request
from search.query import nodes
from search.query.compile import compile_query
from search.query.optional_words import with_optional_words
from search.query.parser import Parsed, parse
from search.query.relax import MANY_WORDS, with_any_word, with_forms
from search.query.relax import looser as looser_queries
from search.query.terms import Keyword, Terms, all_of, any_of, date_range
from search.schema import WEIGHTS, Weights

# Filters an article can have several values of: asking for two means both.
SEVERAL = frozenset((*ENTITY_TYPES, "author"))

# The numbers of readings, which cursors carry.
AS_ASKED, WORD_FORMS, ANY_WORD = range(3)


@dataclass(frozen=True, slots=True)
class Reading:
    """One way to read a request.

    `number` is AS_ASKED, WORD_FORMS or ANY_WORD; `relaxed` is the code of the notice that tells of it, None as
    asked; `notices` are the codes of all notices, with a detail each. `terms` is what an engine is asked, filters
    included; `clauses` is what an article can match of the text.
    """

    number: int
    relaxed: str | None
    notices: tuple[tuple[str, str], ...]
    query: nodes.Query
    terms: Terms
    clauses: tuple[Terms, ...]

    @property
    def understood(self) -> str:
        """The query in the query language."""
        return nodes.describe(self.query)


def readings(request: Request, only: int | None = None, weights: Weights = WEIGHTS) -> Iterator[Reading]:
    """The readings of a request, from strict to relaxed, each made when it is reached; or `only` the one of a number.

    Only words that were merely listed are relaxed. A question or headline of many words is read the relaxed way at
    once if the best come first: an article with all of its words is often not the one that is meant.
    """
    parsed = parse(request.text)
    for number, notice in _ways(request, parsed).items():
        query = _queries(parsed, number) if only in (None, number) else None
        if query:
            yield _reading(request, parsed, number, query, notice, weights)


def as_asked(request: Request) -> Reading:
    """The strictest reading of a request."""
    parsed = parse(request.text)
    return _reading(request, parsed, AS_ASKED, _strict(parsed), None)


def looser(request: Request) -> tuple[str, ...]:
    """Texts of queries that ask for less than a request does, the nearest first."""
    strict = _strict(parse(request.text))
    texts = dict.fromkeys(nodes.describe(query) for query in looser_queries(strict))
    return tuple(text for text in texts if text != nodes.describe(strict))


def _ways(request: Request, parsed: Parsed) -> dict[int, str | None]:
    """The numbers of the readings of a request, with the notices that tell of them."""
    if not (request.relax and parsed.listed):
        return {AS_ASKED: None}
    strict = _strict(parsed)
    if request.sort in ("relevance", "recent") and parsed.only_words and _number_of_words(strict) >= MANY_WORDS:
        return {ANY_WORD: "words_many"}
    if isinstance(strict, nodes.Word) and request.match != "all":
        return {AS_ASKED: None}  # what a compound consists of is no spelling or form of it
    lone = isinstance(strict, nodes.Phrase | nodes.Word)
    return {AS_ASKED: None, WORD_FORMS: "phrase_relaxed", ANY_WORD: "words_apart" if lone else "words_relaxed"}


def _strict(parsed: Parsed) -> nodes.Query:
    return with_optional_words(parsed.query)


@lru_cache(maxsize=256)
def _queries(parsed: Parsed, number: int) -> nodes.Query | None:
    """The query of a reading; None if relaxing changes nothing."""
    strict = _strict(parsed)
    if number == AS_ASKED:
        return strict
    forms = with_forms(strict)
    return forms if number == WORD_FORMS else with_any_word(forms or strict)


def _reading(
    request: Request, parsed: Parsed, number: int, query: nodes.Query, relaxed: str | None, weights: Weights = WEIGHTS
) -> Reading:
    compiled = compile_query(query, weights.matching(request.match))
    return Reading(
        number=number,
        relaxed=relaxed,
        notices=(*parsed.notices, *([(relaxed, "")] if relaxed else [])),
        query=query,
        terms=all_of([compiled.terms, *_filters(request)]),
        clauses=compiled.clauses,
    )


def _number_of_words(query: nodes.Query) -> int:
    """How many words a query needs that consists of nothing but plain words; 1 if it has others."""
    query = query.required if isinstance(query, nodes.Should) else query
    if not isinstance(query, nodes.And) or not all(isinstance(word, nodes.Word) for word in query.queries):
        return 1
    return len(set(query.queries))


def _filters(request: Request) -> list[Terms]:
    """The filters of a request that are no text."""
    filters: list[Terms] = [date_range(request.since, request.until)]
    for name in REQUEST_FILTERS:
        values: list[Terms] = [Keyword(name, value) for value in request.filter(name)]
        if values:
            filters.append(all_of(values) if name in SEVERAL else any_of(values))
    return filters
