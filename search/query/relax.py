"""What to ask instead when nothing answers: word forms for a phrase, its words apart, one of several, parts of one."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import lru_cache

from search.german.analysis import analyse
from search.german.equivalents import noun_behind_ordinal
from search.german.function_words import is_function_word, turns_the_meaning
from search.query import nodes
from search.query.parts_apart import parts_near

# A text of so many content words is a question or a headline: an article that answers need not have all of them.
MANY_WORDS = 3


def with_forms(query: nodes.Query) -> nodes.Query | None:
    """The query with its exact phrases in any word forms; None if it has none.

    What the reader excluded stays as exact as it was typed.
    """
    changed = _changed(query, _in_forms)
    return None if changed == query else changed


def with_any_word(query: nodes.Query) -> nodes.Query | None:
    """The query content with one of its words; None if it does not ask for several.

    Then phrases and words with hyphens count word by word; as a whole they are optional and add to the score.
    What stands alone is taken apart, too: a headline in quotation marks into any of its words, Merkel/Söder into both,
    a compound into parts near each other; a phrase of two or three words and a word with hyphens stay one. What the
    reader excludes or limits to dates and fields stays. What turns the meaning (gegen) adds to the score, and answers
    nothing by itself.
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
        case nodes.Phrase() | nodes.Word():
            return _taken_apart(query)
        case _:
            return None


def looser(query: nodes.Query) -> Iterator[nodes.Query]:
    """Queries that find more than this one, the nearest first; some may be the query itself, or the same as another.

    Phrases in word forms, then their words apart; the words anywhere, where a field was named; any of the parts.
    """
    yield _changed(query, _in_forms)
    apart = _changed(query, _all_words)
    yield apart
    yield _changed(query, lambda part: part.query if isinstance(part, nodes.InField) else part)
    for each in (query, apart):
        if relaxed := with_any_word(each):
            yield relaxed.required if isinstance(relaxed, nodes.Should) else relaxed


def _changed(query: nodes.Query, change: Callable[[nodes.Query], nodes.Query]) -> nodes.Query:
    """The query with every part changed that is neither joined of others nor excluded."""
    match query:
        case nodes.And(queries) | nodes.Or(queries):
            return nodes.join(type(query), [_changed(part, change) for part in queries])
        case nodes.Should(inner, optional):
            return nodes.Should(_changed(inner, change), optional)
        case nodes.InField(field, inner):
            changed = change(query)
            return nodes.InField(field, _changed(inner, change)) if changed is query else changed
        case nodes.Not():
            return query
        case _:
            return change(query)


def _in_forms(query: nodes.Query) -> nodes.Query:
    return nodes.Phrase(query.text, forms=True) if isinstance(query, nodes.Phrase) else query


def _all_words(query: nodes.Query) -> nodes.Query:
    return nodes.join(nodes.And, [nodes.Word(query.text)] if isinstance(query, nodes.Exact) else list(_loose(query)))


def _any_of(queries: tuple[nodes.Query, ...]) -> nodes.Query | None:
    kept = tuple(part for part in queries if isinstance(part, (nodes.Not, nodes.DateRange, nodes.InField)))
    if len(kept) == len(queries):  # nothing but fields: any of them
        kept = tuple(part for part in kept if not isinstance(part, nodes.InField))
    required = tuple(part for part in queries if part not in kept)
    if len(required) < 2:
        alone = with_any_word(required[0]) if required else None
        return alone and _with_kept(alone, kept)
    words = tuple(dict.fromkeys(word for part in required for word in _loose(part)))
    content = tuple(word for word in words if not (isinstance(word, nodes.Word) and turns_the_meaning(word.text)))
    phrases = (part for part in required if _loose(part) != (part,))
    optional = (*phrases, *(word for word in words if content and word not in content))
    return _with_optional(_with_kept(nodes.join(nodes.Or, list(content or words)), kept), optional)


def _with_kept(query: nodes.Query, kept: tuple[nodes.Query, ...]) -> nodes.Query:
    """The query with what the reader excluded or limited to dates."""
    if isinstance(query, nodes.Should):
        return nodes.Should(_with_kept(query.required, kept), query.optional)
    return nodes.join(nodes.And, [query, *kept])


def _with_optional(query: nodes.Query, optional: tuple[nodes.Query, ...]) -> nodes.Query:
    if isinstance(query, nodes.Should):
        return nodes.Should(query.required, (*query.optional, *optional))
    return nodes.Should(query, optional) if optional else query


def _taken_apart(query: nodes.Phrase | nodes.Word) -> nodes.Query | None:
    """A phrase or words with a slash between them that stand alone, as if the words had merely been listed; or what
    a compound consists of."""
    words = tuple(dict.fromkeys(_loose(query)))
    if isinstance(query, nodes.Word) and not re.fullmatch(r"[^\W\d]\w*(?:/[^\W\d]\w*)+", query.text):
        return parts_near(query.text)
    sentence = isinstance(query, nodes.Phrase) and len(analyse(query.text).tokens) > MANY_WORDS
    if len(words) >= MANY_WORDS or (sentence and len(words) > 1):
        return nodes.Or(words)
    return nodes.And(words) if len(words) > 1 and isinstance(query, nodes.Word) else None


@lru_cache(1_000)
def _loose(query: nodes.Query) -> tuple[nodes.Query, ...]:
    """The words that a phrase or a word with hyphens consists of, each by itself; other queries as they are.

    What the lexer reads as one word, blanks included, stays one: A 49, 8. Mai 1945. Of a noun with an ordinal number
    the noun counts: of the 2. Bundesliga also speaks who writes *1. und 2. Bundesliga*.
    """
    match query:
        case nodes.Word(text) if " " in text:
            noun = noun_behind_ordinal(text)
            return (nodes.Word(noun) if noun else query,)
        case nodes.Phrase(text, _) | nodes.Word(text):
            tokens = analyse(text).tokens
            words = tuple(text[token.start : token.end] for token in tokens)
            content = tuple(word for word in words if not is_function_word(word) and word[-1].isalnum())
            if isinstance(query, nodes.Word) and any(word.isdigit() for word in words):  # Covid-19; but 2.0 stays whole
                content = tuple(word for word in content if not word.isdigit())
                return tuple(map(nodes.Word, content)) or (query,)
            return tuple(nodes.Word(word) for word in content or words) if len(words) > 1 else (query,)
        case _:
            return (query,)
