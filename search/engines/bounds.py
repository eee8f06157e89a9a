"""What may an engine be asked? No more than it has, and for nothing that no entry can have.

Strangers choose sizes, positions and texts. Libraries reserve memory for what they are asked for, and abort the
process if there is none; and no text in an index has what UTF-8 cannot carry.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from functools import lru_cache

from search.engines.base import EngineRequest
from search.query.terms import (
    And,
    AndNot,
    DateRange,
    Fuzzy,
    IdfTerm,
    Keyword,
    MatchAll,
    MatchNone,
    Near,
    Or,
    Phrase,
    Should,
    Term,
    Terms,
    Wildcard,
    all_of,
    any_of,
    should,
)

MOST_QUERIES = 500  # readers turn pages and narrow down


def bounded(request: EngineRequest, count: int) -> EngineRequest:
    """The request, for no more hits than the engine has entries; what it finds is the same."""
    after = request.after
    if after and not is_encodable(after.id):
        after = replace(after, id="")  # no entry: the place in the list is known by score and day
    if after:
        after = replace(after, seen=max(0, min(after.seen, count)))
    return replace(
        request,
        terms=answerable(request.terms),
        size=max(0, min(request.size, count)),
        after=after,
        facets={name: max(0, limit) for name, limit in request.facets.items()},
    )


def is_encodable(text: str) -> bool:
    """Whether a text is one that UTF-8 can carry; half of a character (a lone surrogate) is not."""
    if text.isascii():
        return True
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True


@lru_cache(MOST_QUERIES)
def answerable(query: Terms) -> Terms:
    """A query that finds the same, without what no entry can have."""
    return query if all(map(is_encodable, _texts(query))) else _answerable(query)


def _answerable(query: Terms) -> Terms:
    match query:
        case And(parts):
            return all_of(list(map(_answerable, parts)))
        case Or(parts):
            return any_of(list(map(_answerable, parts)))
        case Should(required, optional):
            return should(_answerable(required), [_answerable(optional)])
        case AndNot(base, excluded):
            return AndNot(_answerable(base), _answerable(excluded))
        case _:
            return query if all(map(is_encodable, _texts(query))) else MatchNone()


def _texts(query: Terms) -> Iterator[str]:
    """All texts that a query asks for."""
    match query:
        case And(parts) | Or(parts):
            for part in parts:
                yield from _texts(part)
        case Should(one, other) | AndNot(one, other):
            yield from _texts(one)
            yield from _texts(other)
        case Phrase(_, texts):
            yield from texts
        case Near(_, first, second):
            yield from (first, second)
        case Term(_, text) | IdfTerm(_, text) | Wildcard(_, text) | Fuzzy(_, text) | Keyword(_, text):
            yield text
        case DateRange() | MatchAll() | MatchNone():
            pass
