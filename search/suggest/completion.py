"""How could this go on? Names, words and headlines of the archive for what was typed so far."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from search.article import ENTITY_TYPES
from search.deadline import check_deadline
from search.engines.base import Engine, EngineRequest, EngineResult
from search.german.analysis import analyse, analyse_names, german_word
from search.german.folding import umlaut_spellings
from search.german.function_words import is_function_word
from search.german.tokens import Token
from search.page import Suggestion
from search.query.terms import Term, Terms, Wildcard, all_of, any_of
from search.schema import column
from search.store.entry import to_article
from search.suggest.capitals import as_written

LOOKING = "looking for completions"
# Names looked at for each type before those that do not fit are left out.
MOST_NAMES = 200
# Words looked at for each one shown, so that there are nouns among them, and others than forms of one.
WORDS_TRIED = 4
# Beginnings shorter than this fit so many headlines that showing a few helps nobody.
SHORTEST_TITLE_BEGINNING = 3


def suggest(engine: Engine, prefix: str, limit: int) -> tuple[Suggestion, ...]:
    """At most `limit` continuations of `prefix`: names, words, headlines, the most frequent or newest of each."""
    tokens = analyse_names(prefix).tokens
    if not tokens or limit < 1:
        return ()
    titles = _titles_request(prefix, limit)
    asked = [_names_request(type, tokens) for type in ENTITY_TYPES] + ([titles] if titles else [])
    check_deadline(LOOKING)
    answers = engine.search_many(asked)
    names = _often(
        name for type, found in zip(ENTITY_TYPES, answers, strict=False) for name in _names(found, type, tokens, limit)
    )
    offered = {name.text.casefold() for name in names[:limit]}
    words = [word for word in _words(engine, prefix, tokens, limit) if word.text.casefold() not in offered]
    kinds = (names, words, _titles(answers[len(ENTITY_TYPES) :]))
    return tuple(
        suggestion
        for suggestions, number in zip(kinds, _shares(list(map(len, kinds)), limit), strict=True)
        for suggestion in suggestions[:number]
    )


def _shares(found: Sequence[int], limit: int) -> list[int]:
    """How many of each kind to show: in turns, one of each that has more, until the limit."""
    shares = [0] * len(found)
    while sum(shares) < min(limit, sum(found)):
        for kind, number in enumerate(found):
            if shares[kind] < number and sum(shares) < limit:
                shares[kind] += 1
    return shares


def _names_request(type: str, tokens: list[Token]) -> EngineRequest:
    """What asks for the names of a type in articles that have all of the words, the last one as a beginning."""
    words = [token.word.form for token in tokens]
    name = column(type, "form")
    wanted: list[Terms] = [Term(name, word) for word in words[:-1]]
    wanted.append(Wildcard(name, f"{words[-1]}*"))
    return EngineRequest(all_of(wanted), size=0, facets={type: MOST_NAMES})


def _names(found: EngineResult, type: str, tokens: list[Token], limit: int) -> list[Suggestion]:
    """The most frequent names of a type that have all of the words, the last one as a beginning."""
    words = [token.word.form for token in tokens]
    fitting = [Suggestion(value, type, count) for value, count in found.facets[type] if _goes_on(value, words)]
    return fitting[:limit]


def _often(names: Iterable[Suggestion]) -> list[Suggestion]:
    """The names, the most frequent first; those of one article, many of which are none, only if there are no others."""
    found = sorted(names, key=lambda name: (-name.count, name.text, name.kind))
    return [name for name in found if name.count > 1] or found


def _goes_on(name: str, words: list[str]) -> bool:
    forms = [token.word.form for token in analyse_names(name).tokens]
    return set(words[:-1]) <= set(forms) and any(form.startswith(words[-1]) for form in forms)


def _words(engine: Engine, prefix: str, tokens: list[Token], limit: int) -> list[Suggestion]:
    """What was typed with its last word completed so that articles have all of it, nouns first, each in one form."""
    *before, last = tokens
    column_name = column("body", "exact")
    with_all: list[Terms] = [Term(column_name, token.word.exact) for token in before]
    check_deadline(LOOKING)
    counts = dict(_vocabulary(engine, column_name, last.word.exact, limit * WORDS_TRIED))
    if before:
        together = [EngineRequest(all_of([*with_all, Term(column_name, word)]), size=0) for word in counts]
        counts = {word: found.total for word, found in zip(counts, engine.search_many(together), strict=True)}
    check_deadline(LOOKING)
    written = as_written(engine, [word for word, count in counts.items() if count])
    ranked = sorted(written, key=lambda word: (written[word][:1].islower(), -counts[word]))
    return [
        Suggestion(prefix[: last.start] + written[word], "word", counts[word])
        for word in _in_one_form(ranked, written)[:limit]
    ]


def _in_one_form(words: Sequence[str], written: Mapping[str, str]) -> list[str]:
    """Of the forms of a noun, or of another word, the first, as each finds all; function words only if all are."""
    first: dict[tuple[str, bool], str] = {}
    for word in words:
        first.setdefault((german_word(word).form, written[word][:1].islower()), word)
    return [word for word in first.values() if not is_function_word(word)] or list(first.values())


def _vocabulary(engine: Engine, name: str, beginning: str, limit: int) -> list[tuple[str, int]]:
    """The most frequent terms of a column that begin so in any spelling: kuenst and künst."""
    spellings = umlaut_spellings(beginning)
    found = {word: count for spelling in spellings for word, count in engine.vocabulary(name, spelling, limit)}
    return sorted(found.items(), key=lambda counted: (-counted[1], counted[0]))[:limit]


def _titles_request(prefix: str, limit: int) -> EngineRequest | None:
    """What asks for the newest headlines with the words in any form, the last as a beginning, if it is long enough."""
    *words, last = (token.word for token in analyse(prefix).tokens)
    if len(last.exact) < SHORTEST_TITLE_BEGINNING and not words:
        return None
    wanted: list[Terms] = [Term(column("title", "form"), word.form) for word in words]
    name = column("title", "exact")
    wanted.append(any_of([Wildcard(name, f"{spelling}*") for spelling in umlaut_spellings(last.exact)]))
    return EngineRequest(all_of(wanted), sort="newest", size=limit)


def _titles(answers: Sequence[EngineResult]) -> list[Suggestion]:
    """The headlines that were asked for, if they were."""
    matches = [match for found in answers for match in found.matches]
    return [Suggestion(to_article(match.stored, mentions=False).title, "title", 1, match.id) for match in matches]
