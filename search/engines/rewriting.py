"""Which query has the same answers, if their scores are of no interest? For counting, which is half of a search."""

from __future__ import annotations

from dataclasses import replace

from search.query.terms import (
    AllOf,
    AnyOf,
    Fuzzy,
    Near,
    Pattern,
    Present,
    Rather,
    Sequence,
    Term,
    Terms,
    Without,
    all_of,
    any_of,
)


def answers(query: Terms) -> Terms:
    """A query that finds the same: without the bonus, without what others imply or what is asked twice in different
    weights."""
    match query:
        case AllOf(parts):
            return all_of(_once(AllOf, parts))
        case AnyOf(parts):
            needed = tuple(part for part in parts if not (isinstance(part, Term) and part.implied))
            return any_of(_once(AnyOf, needed))
        case Rather(base, _):
            return answers(base)
        case Without(base, excluded):
            return Without(answers(base), answers(excluded))
        case Near():
            return replace(query, weight=1.0, layer="form")
        case Term(column, text) | Present(column, text):
            return Term(column, text)
        case Sequence() | Pattern() | Fuzzy():
            return replace(query, weight=1.0)
        case _:
            return query


def _once(kind: type[AllOf] | type[AnyOf], parts: tuple[Terms, ...]) -> list[Terms]:
    """Each of the parts once; those that are joined in the same way are parts of the whole, too."""
    found: dict[Terms, None] = {}
    for part in map(answers, parts):
        found |= dict.fromkeys(part.parts if isinstance(part, kind) else (part,))
    return list(found)
