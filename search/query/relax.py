"""What to ask when nothing answers: word forms for an exact phrase, one word of several, the parts of a compound."""

from __future__ import annotations

from search.german.analysis import analyse
from search.german.tokens import normalise
from search.query import nodes
from search.query.function_words import FUNCTION_WORDS
from search.query.parts_apart import parts_near


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
        case nodes.And(queries):
            return nodes.And(tuple(map(_with_forms, queries)))
        case nodes.Or(queries):
            return nodes.Or(tuple(map(_with_forms, queries)))
        case nodes.Should(inner, optional):
            return nodes.Should(_with_forms(inner), optional)
        case nodes.InField(field, inner):
            return nodes.InField(field, _with_forms(inner))
        case _:
            return query


def with_any_word(query: nodes.Query) -> nodes.Query | None:
    """The query content with one of its words; None if it does not ask for several.

    Then phrases and words with hyphens count word by word; as a whole they are optional and add to the score.
    A compound that stands alone is its parts near each other. What the reader excludes or limits to dates stays.
    """
    match query:
        case nodes.InField(field, inner):
            relaxed = with_any_word(inner)
            return relaxed and nodes.InField(field, relaxed)
        case nodes.Should(inner, optional):
            relaxed = with_any_word(inner)
            return relaxed and _with_optional(relaxed, optional)
        case nodes.And(queries):
            return _any_of(queries)
        case nodes.Word(text):
            return parts_near(text)
        case _:
            return None


def _any_of(queries: tuple[nodes.Query, ...]) -> nodes.Query | None:
    kept = tuple(part for part in queries if isinstance(part, (nodes.Not, nodes.DateRange)))
    required = tuple(part for part in queries if part not in kept)
    if len(required) < 2:
        return None
    words = nodes.Or(tuple(dict.fromkeys(word for part in required for word in _loose(part))))
    phrases = tuple(part for part in required if _loose(part) != (part,))
    return _with_optional(nodes.And((words, *kept)) if kept else words, phrases)


def _with_optional(query: nodes.Query, optional: tuple[nodes.Query, ...]) -> nodes.Query:
    if isinstance(query, nodes.Should):
        return nodes.Should(query.required, (*query.optional, *optional))
    return nodes.Should(query, optional) if optional else query


def _loose(query: nodes.Query) -> tuple[nodes.Query, ...]:
    """The words that a phrase or a word with hyphens consists of, each by itself; other queries as they are."""
    match query:
        case nodes.Phrase(text, _) | nodes.Word(text):
            tokens = analyse(text).tokens
            words = tuple(text[token.start : token.end] for token in tokens)
            content = tuple(word for word in words if normalise(word) not in FUNCTION_WORDS)
            return tuple(nodes.Word(word) for word in content or words) if len(words) > 1 else (query,)
        case _:
            return (query,)
