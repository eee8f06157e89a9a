"""How could this go on? Words and names of the archive for what was typed so far."""

from __future__ import annotations

import re
from collections import Counter

from search.article import ENTITY_TYPES
from search.engines.base import Engine, Lookup
from search.entry import to_article
from search.german.analysis import Token, analyse_names
from search.page import Suggestion
from search.query.terms import Pattern, Term, Terms, all_of
from search.schema import column

# Names looked at for each type before those that do not fit are left out.
MOST_NAMES = 200


def suggest(engine: Engine, prefix: str, limit: int) -> tuple[Suggestion, ...]:
    """At most `limit` continuations of `prefix`: half of them names at first, both most frequent first."""
    tokens = analyse_names(prefix).tokens
    if not tokens or limit < 1:
        return ()
    names = sorted(
        (name for type in ENTITY_TYPES for name in _names(engine, type, tokens)),
        key=lambda name: (-name.count, name.text, name.kind),
    )
    words = _words(engine, prefix, tokens[-1], limit)
    room = max(limit // 2, limit - len(words))
    chosen = names[:room]
    return (*chosen, *words[: limit - len(chosen)])


def _names(engine: Engine, type: str, tokens: list[Token]) -> list[Suggestion]:
    """The names of a type that have all of the words, the last one as a beginning."""
    words = [token.word.form for token in tokens]
    name = column(type, "form")
    wanted: list[Terms] = [Term(name, word) for word in words[:-1]]
    wanted.append(Pattern(name, f"{words[-1]}*"))
    found = engine.search(Lookup(all_of(wanted), size=0, facets={type: MOST_NAMES}))
    return [Suggestion(value, type, count) for value, count in found.facets[type] if _goes_on(value, words)]


def _goes_on(name: str, words: list[str]) -> bool:
    forms = [token.word.form for token in analyse_names(name).tokens]
    return set(words[:-1]) <= set(forms) and any(form.startswith(words[-1]) for form in forms)


def _words(engine: Engine, prefix: str, last: Token, limit: int) -> list[Suggestion]:
    """What was typed, with its last word completed."""
    before = prefix[: last.start]
    found = engine.vocabulary(column("body", "exact"), last.word.exact, limit)
    return [Suggestion(before + _as_written(engine, word), "word", count) for word, count in found]


def _as_written(engine: Engine, word: str) -> str:
    """A term with the capitals it most often has in one article that contains it."""
    matches = engine.search(Lookup(Term(column("body", "exact"), word), size=1)).matches
    if not matches:
        return word
    body = to_article(matches[0].stored).body
    written = Counter(re.findall(rf"(?<!\w){re.escape(word)}(?!\w)", body, re.IGNORECASE))
    return written.most_common(1)[0][0] if written else word
