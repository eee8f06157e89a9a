"""How may this request be read? As asked first, then ever more relaxed, always within its filters."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from search.article import ENTITY_TYPES
from search.page import FILTERS, Request, Sort
from search.query import nodes
from search.query.compile import days, to_terms
from search.query.function_words import with_optional_words
from search.query.parser import Parsed
from search.query.relax import with_any_word, with_forms
from search.query.terms import Keyword, Terms, all_of, any_of
from search.schema import WEIGHTS, Weights

MANY_WORDS = 5
# Filters an article can have several values of: asking for two means both.
SEVERAL = frozenset(ENTITY_TYPES)


@dataclass(frozen=True, slots=True)
class Reading:
    """One way to read a query: number 0 is as asked; `code` is the notice that tells of another."""

    number: int
    query: nodes.Query
    code: str | None


@lru_cache(maxsize=256)
def readings(parsed: Parsed, sort: Sort = "relevance") -> tuple[Reading, ...]:
    """The readings of a query, from strict to relaxed.

    A question or headline of many words is read the relaxed way at once if the best come first:
    an article with all of its words is often not the one that is meant.
    """
    query = with_optional_words(parsed.query)
    forms = with_forms(query)
    any_word = with_any_word(forms or query)
    if any_word and sort == "relevance" and parsed.plain and _number_of_words(query) >= MANY_WORDS:
        return (Reading(2, any_word, "words_many"),)
    relaxed = ((1, forms, "phrase_relaxed"), (2, any_word, "words_relaxed"))
    return (Reading(0, query, None), *(Reading(number, other, code) for number, other, code in relaxed if other))


def _number_of_words(query: nodes.Query) -> int:
    """How many words a plain query needs."""
    query = query.query if isinstance(query, nodes.Rather) else query
    return len(set(query.queries)) if isinstance(query, nodes.Both) else 1


def wanted(request: Request, query: nodes.Query, weights: Weights = WEIGHTS) -> Terms:
    """What an engine is asked for a reading of the request's text, and for its filters."""
    return all_of([to_terms(query, weights), *_filters(request)])


def _filters(request: Request) -> list[Terms]:
    """The filters of a request that are no text."""
    filters: list[Terms] = [days(request.since, request.until)]
    for name in FILTERS:
        values: list[Terms] = [Keyword(name, value) for value in request.filter(name)]
        if values:
            filters.append(all_of(values) if name in SEVERAL else any_of(values))
    return filters
