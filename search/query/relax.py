"""What to ask instead when nothing answers: word forms for an exact phrase, then one word of several."""

from __future__ import annotations

from search.german.analysis import analyse
from search.german.tokens import normalise
from search.query import nodes
from search.query.function_words import FUNCTION_WORDS


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
        case nodes.Rather(inner, bonus):
            return nodes.Rather(_with_forms(inner), bonus)
        case nodes.Within(field, inner):
            return nodes.Within(field, _with_forms(inner))
        case _:
            return query


def with_any_word(query: nodes.Query) -> nodes.Query | None:
    """The query content with one of its words; None if it does not ask for several.

    Then phrases and words with hyphens count word by word, and whole as a bonus. What the reader
    excludes or limits to dates stays.
    """
    match query:
        case nodes.Within(field, inner):
            relaxed = with_any_word(inner)
            return relaxed and nodes.Within(field, relaxed)
        case nodes.Rather(inner, bonus):
            relaxed = with_any_word(inner)
            return relaxed and _with_bonus(relaxed, bonus)
        case nodes.Both(queries):
            return _any_of(queries)
        case _:
            return None


def _any_of(queries: tuple[nodes.Query, ...]) -> nodes.Query | None:
    kept = tuple(part for part in queries if isinstance(part, (nodes.Without, nodes.Dates)))
    wanted = tuple(part for part in queries if part not in kept)
    if len(wanted) < 2:
        return None
    words = nodes.Either(tuple(dict.fromkeys(word for part in wanted for word in _loose(part))))
    whole = tuple(part for part in wanted if _loose(part) != (part,))
    return _with_bonus(nodes.Both((words, *kept)) if kept else words, whole)


def _with_bonus(query: nodes.Query, bonus: tuple[nodes.Query, ...]) -> nodes.Query:
    if isinstance(query, nodes.Rather):
        return nodes.Rather(query.query, (*query.bonus, *bonus))
    return nodes.Rather(query, bonus) if bonus else query


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
