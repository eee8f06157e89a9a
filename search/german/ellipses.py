"""Which words do suspended hyphens leave out? Innen- und Außenpolitik is about Innenpolitik, too.

What is left out is what the other word has besides its first part (Außen|politik), or, of a word
with a separable prefix, what stands behind that (Aus|gabe completes Ein-).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from search.german.compounds import split
from search.german.tokens import Token

# A hyphen behind a word and before none, or before a word and behind none.
_BEHIND = re.compile(r"[-\u2010\u2011](?=[\s,/)])(?<=[^\W\d_].)")
_BEFORE = re.compile(r"[-\u2010\u2011\u2013](?=[^\W\d_])(?<=[\s(/].)")
_SENTENCE_END = re.compile(r"[.;:!?]|\n\s*\n")

# What may stand between the words that share a part: conjunctions, and articles with them.
_BETWEEN = frozenset(
    """
    und oder bis sowie bzw beziehungsweise als auch wie noch statt aber sondern weder entweder sowohl plus
    der die das den dem des ein eine einen einem einer eines von vom zu zum zur in im für
    """.split()
)
FARTHEST = 8  # words to the one that completes

_PREFIXES = frozenset(
    """
    ab an auf aus be bei dar durch ein ent er fort frei gegen her hin hinter los miss mit nach neben nieder
    über um un unter ver vor weg weiter wider wieder zer zu zurück zusammen rück vorder rein raus hinein heraus
    """.split()
)
_SHORTEST_REST = 4  # letters behind a prefix


def ellipses(text: str, tokens: Sequence[Token]) -> Iterator[tuple[int, int, str]]:
    """The offsets of each word with a suspended hyphen, and the exact term of the whole word it stands for."""
    if (
        "- " in text
        or "-," in text
        or " -" in text
        or "\u2010" in text
        or "\u2011" in text
        or "-/" in text
        or "-)" in text
    ):
        yield from _forwards(text, tokens)
        yield from _backwards(text, tokens)


def _forwards(text: str, tokens: Sequence[Token]) -> Iterator[tuple[int, int, str]]:
    """Innen- und Außenpolitik: the word is completed by one behind it."""
    hyphens = {match.start() for match in _BEHIND.finditer(text)}
    for place, token in enumerate(tokens):
        if token.end in hyphens:
            for other in _candidates(text, tokens, place, 1, hyphens):
                if rest := _rest(token.word.exact, other.word.exact):
                    yield token.start, token.end, token.word.exact + rest
                    break


def _backwards(text: str, tokens: Sequence[Token]) -> Iterator[tuple[int, int, str]]:
    """Haupteingang und -ausgang: the word is completed by one before it."""
    hyphens = {match.end() for match in _BEFORE.finditer(text)}
    for place, token in enumerate(tokens):
        if token.start in hyphens:
            for other in _candidates(text, tokens, place, -1, frozenset()):
                if parts := split(other.word.exact):
                    yield token.start, token.end, other.word.exact[: parts[-1].start] + token.word.exact
                    break


def _candidates(
    text: str, tokens: Sequence[Token], place: int, step: int, hyphens: set[int] | frozenset[int]
) -> Iterator[Token]:
    """The words of the same sentence that may complete the one at `place`, the nearest first."""
    for distance in range(1, FARTHEST + 1):
        at = place + step * distance
        if not 0 <= at < len(tokens):
            return
        left, right = sorted((tokens[at], tokens[at - step]))
        if _SENTENCE_END.search(text, left.end, right.start):
            return
        if tokens[at].end not in hyphens and tokens[at].word.exact not in _BETWEEN:
            yield tokens[at]


def _rest(first: str, whole: str) -> str:
    """What completes `first` of a whole word: all but its first part, "" if it has none."""
    if first in _PREFIXES:
        for length in range(min(len(whole) - _SHORTEST_REST, 8), 1, -1):
            if whole[:length] in _PREFIXES:
                return whole[length:]
    parts = split(whole)
    return whole[parts[1].start :] if parts else ""
