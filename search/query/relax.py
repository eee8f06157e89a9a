"""What to ask instead when nothing answers: word forms for an exact phrase, then one word of several."""

from __future__ import annotations

from search.query import nodes


def with_forms(query: nodes.Query) -> nodes.Query | None:
    """The query with its exact phrases in any word forms; None if it has none.

    What the reader excluded stays as exact as it was typed.
    """
    changed = _with_forms(query)
    return None if changed == query else changed


def _with_forms(query: nodes.Query) -> nodes.Query:
    match query:
        case nodes.Phrase(text, forms=False):
            return nodes.Phrase(text, forms=True)
        case nodes.Both(queries):
            return nodes.Both(tuple(map(_with_forms, queries)))
        case nodes.Either(queries):
            return nodes.Either(tuple(map(_with_forms, queries)))
        case nodes.Within(field, inner):
            return nodes.Within(field, _with_forms(inner))
        case _:
            return query


def with_any_word(query: nodes.Query) -> nodes.Query | None:
    """The query content with one of its words; None if it does not ask for several.

    Words typed as one stay together, for their parts alone mean something else. What the reader
    excludes or limits to dates stays.
    """
    if isinstance(query, nodes.Within):
        inner = with_any_word(query.query)
        return inner and nodes.Within(query.field, inner)
    if not isinstance(query, nodes.Both):
        return None
    kept = tuple(part for part in query.queries if isinstance(part, (nodes.Without, nodes.Dates)))
    words = tuple(part for part in query.queries if part not in kept)
    if len(words) < 2:
        return None
    return nodes.Both((nodes.Either(words), *kept)) if kept else nodes.Either(words)
