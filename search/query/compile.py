"""Which index terms answer this query? German analysis, layers and weights meet the reader's nodes, once.

One walk over the nodes gives both: the terms that an engine is asked, and the terms of each clause
by itself, which are what an article can match and what is marked in it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache
from itertools import chain
from typing import NamedTuple

from search import schema
from search.german.tokens import normalise
from search.query import nodes, terms
from search.query.clause_terms import Scope, terms_in_field
from search.query.optional_clauses import all_words, optional_terms
from search.schema import Weights

# Clauses of which the terms are kept: the readings of a query share them, and so does most of what may have been meant.
# Those of a word of hundreds of hyphens take a quarter of a megabyte.
MOST_CLAUSES = 500


class Compiled(NamedTuple):
    """A query as index terms: `terms` of the whole, `clauses` those of each clause, in the order of the query.

    Clauses that are excluded or optional are not among `clauses`, as an article need not match them.
    """

    terms: terms.Terms
    clauses: tuple[terms.Terms, ...] = ()


@lru_cache(maxsize=256)
def compile_query(query: nodes.Query, weights: Weights = schema.WEIGHTS) -> Compiled:
    """The query as index terms, looked up in all fields that weigh something where it names none."""
    fields = tuple(field for field in schema.FIELDS.values() if weights.field(field.name))
    lone = len(list(nodes.clauses(query))) == 1
    return _compile(query, Scope(weights, fields, lone))


def _compile(query: nodes.Query, scope: Scope) -> Compiled:
    match query:
        case nodes.InField(name, inner):
            return _compile(inner, replace(scope, fields=(schema.FIELDS[name],)))
        case nodes.And(queries):
            return _and(queries, scope)
        case nodes.Or(queries):
            parts = [_compile(inner, scope) for inner in queries]
            return _with_optional(terms.any_of([part.terms for part in parts]), parts, queries, scope)
        case nodes.Should(inner, optional):
            required = _compile(inner, scope)
            return required._replace(
                terms=terms.should(required.terms, [_compile(clause, _of_optional(scope)).terms for clause in optional])
            )
        case nodes.Not(inner):
            return Compiled(terms.AndNot(terms.MatchAll(), _compile(inner, scope).terms))
        case nodes.DateRange(since, until):
            return Compiled(terms.date_range(since, until))
        case nodes.MatchAll():
            return Compiled(terms.MatchAll())
        case nodes.MatchNone():
            return Compiled(terms.MatchNone())
        case _:
            clause = _clause(query, scope)
            return Compiled(clause, (clause,))


@lru_cache(MOST_CLAUSES)
def _clause(clause: nodes.Clause, scope: Scope) -> terms.Terms:
    """A clause in all fields."""
    return terms.any_of([terms_in_field(clause, field, scope) for field in scope.fields])


def _of_optional(scope: Scope) -> Scope:
    """Where optional clauses are looked up: in the text alone, as little words would outweigh the others in titles."""
    text = tuple(field for field in scope.fields if field.name in ("body", "lead"))
    return replace(scope, fields=text or scope.fields)


def _and(queries: Sequence[nodes.Query], scope: Scope) -> Compiled:
    beside = replace(scope, joined=_joined(queries))
    required = [_compile(query, beside) for query in queries if not isinstance(query, nodes.Not)]
    excluded = [_compile(query.query, scope).terms for query in queries if isinstance(query, nodes.Not)]
    base = terms.all_of([part.terms for part in required])
    return _with_optional(terms.AndNot(base, terms.any_of(excluded)) if excluded else base, required, queries, scope)


def _joined(queries: Sequence[nodes.Query]) -> str:
    """What two words of letters are as one, as an exact term; "" if a query is no such pair."""
    match queries:
        case [nodes.Word(first), nodes.Word(second)] if first.isalpha() and second.isalpha():
            return normalise(first + second)
        case _:
            return ""


def _with_optional(
    required: terms.Terms, parts: Sequence[Compiled], queries: Sequence[nodes.Query], scope: Scope
) -> Compiled:
    """What is required, with what lets an article score higher that has the words of `queries` together."""
    having_all = terms.should(required, all_words(queries, scope))
    return Compiled(
        terms.should(having_all, optional_terms(queries, scope)),
        tuple(chain.from_iterable(part.clauses for part in parts)),
    )
