"""What may an engine be asked? No more than it has, and for nothing that no entry can have.

Strangers choose sizes, positions and texts. Libraries reserve memory for what they are asked for, and abort the
process if there is none; and no text in an index has what UTF-8 cannot carry.
"""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache

from search.engines.base import EngineRequest
from search.page import ARCHIVE
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
    return query if _is_answerable(query) else _answerable(query)


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
            return query if _is_answerable(query) else MatchNone()


def _is_answerable(query: Terms) -> bool:
    """Whether all parts of a query ask for what an entry can have."""
    match query:
        case And(parts) | Or(parts):
            return all(map(_is_answerable, parts))
        case Should(one, other) | AndNot(one, other):
            return _is_answerable(one) and _is_answerable(other)
        case Phrase(_, texts):
            return all(map(is_encodable, texts))
        case Near(_, first, second):
            return is_encodable(first) and is_encodable(second)
        case Keyword(name, value):
            return name != ARCHIVE and is_encodable(value)  # several archives answer that, none by itself
        case Term(_, text) | IdfTerm(_, text) | Wildcard(_, text) | Fuzzy(_, text):
            return is_encodable(text)
        case DateRange() | MatchAll() | MatchNone():
            return True
