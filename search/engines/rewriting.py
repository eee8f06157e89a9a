"""Which cheaper query finds the same, if scores are of no interest? Counting, half of a search, needs none."""

from __future__ import annotations

from dataclasses import replace

from search.query.terms import (
    And,
    AndNot,
    Fuzzy,
    IdfTerm,
    Near,
    Or,
    Phrase,
    Should,
    Term,
    Terms,
    Wildcard,
    all_of,
    any_of,
)


def without_scores(query: Terms) -> Terms:
    """A query that finds the same and is cheaper.

    Optional clauses are gone, and what other clauses imply, and what is asked twice in different weights.
    """
    match query:
        case And(parts):
            return all_of(_once(And, parts))
        case Or(parts):
            needed = tuple(part for part in parts if not (isinstance(part, Term) and part.implied))
            return any_of(_once(Or, needed))
        case Should(required, _):
            return without_scores(required)
        case AndNot(base, excluded):
            return AndNot(without_scores(base), without_scores(excluded))
        case Term(column, text) | IdfTerm(column, text):
            return Term(column, text)
        case Phrase() | Near() | Wildcard() | Fuzzy():
            return replace(query, weight=1.0)
        case _:
            return query


def _once(kind: type[And] | type[Or], parts: tuple[Terms, ...]) -> list[Terms]:
    """Each of the parts once; those that are joined in the same way are parts of the whole, too."""
    found: dict[Terms, None] = {}
    for part in map(without_scores, parts):
        found |= dict.fromkeys(part.parts if isinstance(part, kind) else (part,))
    return list(found)
