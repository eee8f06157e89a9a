"""Which words of a query may be missing in an article that answers it?

Wahl in Hessen asks for an article about both nouns; the word between them says how they go
together, and an article that puts it differently answers as well. Such words still score, and in
quotation marks or behind = they are as binding as any.
"""

from __future__ import annotations

from search.german.function_words import is_function_word
from search.query import nodes


def with_optional_words(query: nodes.Query) -> nodes.Query:
    """The query with its function words optional, if it has other words."""
    match query:
        case nodes.And(queries):
            return _with_optional(tuple(map(with_optional_words, queries)))
        case nodes.Or(queries):
            return nodes.Or(tuple(map(with_optional_words, queries)))
        case nodes.InField(field, inner):
            return nodes.InField(field, with_optional_words(inner))
        case _:
            return query


def _with_optional(queries: tuple[nodes.Query, ...]) -> nodes.Query:
    optional = tuple(query for query in queries if _is_function_word(query))
    required = tuple(query for query in queries if query not in optional)
    if not optional or not any(_asks_for_words(query) for query in required):
        return nodes.And(queries)
    return nodes.Should(nodes.And(required) if len(required) > 1 else required[0], optional)


def _is_function_word(query: nodes.Query) -> bool:
    return isinstance(query, nodes.Word) and is_function_word(query.text)


def _asks_for_words(query: nodes.Query) -> bool:
    return not isinstance(query, nodes.Not | nodes.DateRange)
