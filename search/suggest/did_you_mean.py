"""Did you mean ...? Whole queries that may have been meant, each with its number of articles.

Only plain words are looked at: what stands in quotes, behind a field, a minus or an equals sign,
or has a wildcard, digits or other signs in it, was typed with care and stays as it is.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from heapq import nsmallest
from typing import NamedTuple

from search.german.stemming import stem
from search.german.tokens import normalise, without_invisible
from search.page import Correction
from search.query.lexer import OPERATORS
from search.suggest.spelling import Candidate, Speller

# Longer queries are pasted text.
MOST_CHARACTERS = 500
MOST_PLAIN_WORDS = 12
# Partial corrections that are followed from word to word (a beam search), and corrections looked up in the archive.
BEAM = 8
LOOKED_UP = 6
FORMS_TRIED = 15
# What each space too many costs, and how many words become one: Bundes tags wahl.
EXTRA_SPACE = 4.0
MOST_JOINED = 3

_QUOTED = re.compile('["„“”«»‟][^"„“”«»‟]*(?:["„“”«»‟]|$)')
_PLAIN = re.compile(r"(?<![^\s(])[^\W\d_]+(?:[-'’][^\W\d_]+)*(?=[\s),.;!]|$)")
_LETTERS = re.compile(r"[^\W\d_]+")


class _Plain(NamedTuple):
    """A plain word of a query: where it stands, as typed, and whether only white space is before it."""

    start: int
    end: int
    typed: str
    joinable: bool


class _PartialCorrection(NamedTuple):
    """The query read up to a character, and what it costs to read it so."""

    cost: float
    text: str
    end: int


def corrections(
    text: str, speller: Speller, count: Callable[[str], int], more_than: int = 0, limit: int = 3
) -> tuple[Correction, ...]:
    """At most `limit` queries that may have been meant with `text`, the likeliest first.

    `count` gives the number of articles that answer a query; a correction must find `more_than`.
    """
    found: list[Correction] = []
    for candidate in query_corrections(text, speller, LOOKED_UP):
        if len(found) < limit and (articles := count(candidate.text)) > more_than:
            found.append(Correction(candidate.text, articles))
    return tuple(found)


def query_corrections(text: str, speller: Speller, limit: int = 3) -> tuple[Candidate, ...]:
    """The query with its plain words as they may have been meant, capitals as typed, the likeliest first.

    None if no word seems misspelt, or if the query is too long to have been typed.
    """
    text = without_invisible(text)
    plain = _plain_words(text) if len(text) <= MOST_CHARACTERS else []
    if len(plain) > MOST_PLAIN_WORDS:
        return ()
    # readings[n] are those of the text up to the end of plain word n.
    partial = [[_PartialCorrection(0.0, "", 0)]]
    for number in range(1, len(plain) + 1):
        longer = [
            _after(before, text, plain[number - words].start, plain[number - 1].end, candidate)
            for words in range(1, min(number, MOST_JOINED) + 1)
            for candidate in _candidates(plain[number - words : number], speller)
            for before in partial[number - words]
        ]
        partial.append(nsmallest(BEAM, longer))
    candidates = {before.text + text[before.end :]: before.cost for before in reversed(partial[-1])}
    candidates.pop(text, None)
    return tuple(
        Candidate(*candidate)
        for candidate in nsmallest(limit, candidates.items(), key=lambda candidate: (candidate[1], candidate[0]))
    )


def _after(before: _PartialCorrection, text: str, start: int, end: int, candidate: Candidate) -> _PartialCorrection:
    """A partial correction that goes on with a candidate for the characters from `start` to `end`."""
    return _PartialCorrection(
        before.cost + candidate.cost, before.text + text[before.end : start] + candidate.text, end
    )


def _plain_words(text: str) -> list[_Plain]:
    """The words of a query that may be corrected; parts of a hyphened word are words."""
    unquoted = _QUOTED.sub(lambda quoted: '"' * len(quoted[0]), text)
    words: list[_Plain] = []
    for whole in _PLAIN.finditer(unquoted):
        if whole[0] in OPERATORS:
            continue
        for letters in _LETTERS.finditer(whole[0]):
            start, end = whole.start() + letters.start(), whole.start() + letters.end()
            joinable = bool(words) and text[words[-1].end : start].isspace()
            words.append(_Plain(start, end, letters[0], joinable))
    return words


def _candidates(words: list[_Plain], speller: Speller) -> list[Candidate]:
    """What may have been meant with a word, itself among it, or with several as one word."""
    if len(words) == 1:
        return _word_candidates(words[0].typed, speller)
    joined = normalise("".join(word.typed for word in words))
    if joined not in speller or not all(word.joinable for word in words[1:]):
        return []
    return [Candidate(_with_capitals_of(words[0].typed, joined), speller.cost(joined) + EXTRA_SPACE * (len(words) - 1))]


def _word_candidates(typed: str, speller: Speller) -> list[Candidate]:
    """A word as typed, and the likeliest form of each word that may have been meant: all forms find the same."""
    first: dict[tuple[str, ...], Candidate] = {}
    for candidate in speller.candidates(typed, FORMS_TRIED):
        first.setdefault(tuple(map(stem, candidate.text.split())), candidate)
    changed = [Candidate(_with_capitals_of(typed, candidate.text), candidate.cost) for candidate in first.values()]
    return [Candidate(typed, speller.cost(normalise(typed))), *changed[:LOOKED_UP]]


def _with_capitals_of(typed: str, meant: str) -> str:
    """A word with the capitals of what was typed: all, the first one, or none."""
    if len(typed) > 1 and typed.isupper():
        return meant.upper()
    return meant[0].upper() + meant[1:] if typed[0].isupper() else meant
