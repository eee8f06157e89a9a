"""Which words do suspended hyphens leave out? Innen- und Außenpolitik is about Innenpolitik, too.

What is left out is what the other word has besides its first part (Außen|politik), or, of a word
with a separable prefix, what stands behind that (Aus|gabe completes Ein-).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import lru_cache

from search.german.compounds import CompoundPart, split
from search.german.stemming import stem
from search.german.tokens import TOKEN, Part, Token, Word, normalise

Span = tuple[int, int] | Token  # a token, of which only the offsets are looked at
WordAt = Callable[[int], Word]

# A hyphen behind a word and before none, or before a word and behind none: the signs, and what stands around them.
_SIGNS_BEHIND, _AROUND_BEHIND = "-\u2010\u2011", r"(?=[\s,/)])(?<=[^\W\d_].)"
_SIGNS_BEFORE, _AROUND_BEFORE = "-\u2010\u2011\u2013", r"(?=[^\W\d_])(?<=[\s(/].)"
# One expression for each sign, as what begins with a certain character is found at the speed of memory.
_BEHIND = tuple(re.compile(sign + _AROUND_BEHIND) for sign in _SIGNS_BEHIND)
_BEFORE = tuple(re.compile(sign + _AROUND_BEFORE) for sign in _SIGNS_BEFORE)
_SENTENCE_END = re.compile(r"[.;:!?]")
_PARAGRAPH_END = re.compile(r"\n\s*\n")

# What may stand between the words that share a part: conjunctions, and articles with them.
_BETWEEN = frozenset(
    """
    und oder bis sowie bzw beziehungsweise als auch wie noch statt aber sondern weder entweder sowohl plus
    der die das den dem des ein eine einen einem einer eines von vom zu zum zur in im für
    """.split()
)
# Kranken- und Altenpfleger:innen
_GENDER_ENDING = re.compile(r"(?:(?:[:*·_]|/-?)in(?:nen)?|\(in(?:nen)?\))$")
_GOES_ON = frozenset(_SIGNS_BEHIND + ",")
FARTHEST = 8  # words to the one that completes

_PREFIXES = frozenset(
    """
    ab an auf aus be bei dar durch ein ent er fort frei gegen her hin hinter los miss mit nach neben nieder
    über um un unter ver vor weg weiter wider wieder zer zu zurück zusammen rück vorder rein raus hinein heraus
    """.split()
)
_SHORTEST_REST = 4  # letters behind a prefix
_LONG = 3  # parts of a compound that may be two words of two parts


def suspended_offsets(text: str) -> tuple[list[int], list[int]]:
    """The offsets of the hyphens that may be suspended: those behind a word, and those before one."""
    if not any(map(text.__contains__, _SIGNS_BEFORE)):  # all signs that there are
        return [], []
    return _found(_BEHIND, text, 0, len(text)), _found(_BEFORE, text, 0, len(text))


def _found(signs: Sequence[re.Pattern[str]], text: str, start: int, end: int) -> list[int]:
    """The offsets of signs in a part of a text, in order."""
    return sorted(
        [match.start() for sign in signs if sign.pattern[0] in text for match in sign.finditer(text, start, end)]
    )


def completed(text: str, suspended_offsets: Iterable[int]) -> Iterator[Part]:
    """The parts that suspended hyphens at these offsets, which come in order, leave out; with those of the sentences
    around them.
    """
    for start, end in _surroundings(text, suspended_offsets):
        yield from _completed(text, [match.span() for match in TOKEN.finditer(text, start, end)])


def _completed(text: str, words: Sequence[tuple[int, int]]) -> Iterator[Part]:
    def word_at(place: int) -> Word:  # of which only the exact term is looked at
        start, end = words[place]
        return Word(normalise(text[start:end]), "")

    return (Part(start, end, stem(whole)) for start, end, whole in elided_words(text, words, word_at))


def _surroundings(text: str, suspended_offsets: Iterable[int]) -> Iterator[tuple[int, int]]:
    """The stretches of a text that hold all words which these hyphens may ask.

    They begin and end where one sentence certainly ends, which is between two words.
    """
    end = 0
    for hyphen in suspended_offsets:
        if hyphen >= end:
            start = max(text.rfind(". ", end, hyphen), end)
            end = text.find(". ", hyphen)
            if end < 0:
                end = len(text)
            yield start, end


def elided_words(text: str, spans: Sequence[Span], word_at: WordAt) -> Iterator[tuple[int, int, str]]:
    """The offsets of each word with a suspended hyphen, and the exact term of the whole word it stands for.

    `spans` are the offsets of the tokens to look at, all of a text or some in a row; `word_at` tells what
    is known of one of them.
    """
    if not spans:
        return
    start, end = max(0, spans[0][0] - 1), spans[-1][1] + 2  # with the signs around the words
    behind = _found(_BEHIND, text, start, end)
    before = [at + 1 for at in _found(_BEFORE, text, start, end)]
    if behind or before:
        sentence = _Sentence(text, spans, frozenset(behind), word_at)
        yield from sentence.forwards(behind)
        yield from sentence.backwards(before)


class _Sentence:
    """The words around suspended hyphens."""

    def __init__(self, text: str, spans: Sequence[Span], suspended_offsets: frozenset[int], word_at: WordAt) -> None:
        self.text = text
        self.spans = spans
        self.hyphens = suspended_offsets
        self.word_at = word_at

    def forwards(self, suspended_offsets: list[int]) -> Iterator[tuple[int, int, str]]:
        """Innen- und Außenpolitik: the word is completed by one behind it."""
        ends = {span[1]: place for place, span in enumerate(self.spans)} if suspended_offsets else {}
        for place in (ends[at] for at in suspended_offsets if at in ends):
            first = self.word_at(place).exact
            found = (_rests(first, other) for other in self.candidates(place, 1))
            for rest in next(filter(None, found), ()):
                yield self.spans[place][0], self.spans[place][1], first + rest

    def backwards(self, suspended_offsets: list[int]) -> Iterator[tuple[int, int, str]]:
        """Haupteingang und -ausgang: the word is completed by one before it."""
        starts = {span[0]: place for place, span in enumerate(self.spans)} if suspended_offsets else {}
        for place in (starts[at] for at in suspended_offsets if at in starts):
            beginnings = (other[: _parts(other)[-1].start] for other in self.candidates(place, -1) if _parts(other))
            if beginning := next(beginnings, ""):
                yield self.spans[place][0], self.spans[place][1], beginning + self.word_at(place).exact

    def candidates(self, place: int, step: int) -> Iterator[str]:
        """The words of the same sentence that may complete the one at `place`, the nearest first."""
        for distance in range(1, FARTHEST + 1):
            at = place + step * distance
            if not 0 <= at < len(self.spans):
                return
            if self.ends_behind(min(at, at - step)):
                return
            word = _GENDER_ENDING.sub("", self.word_at(at).exact)
            if word not in _BETWEEN and not (step > 0 and self.spans[at][1] in self.hyphens):
                yield word

    def ends_behind(self, place: int) -> bool:
        """Whether a sentence ends between a word and the next; an empty line ends none behind a hyphen, comma or *und*.

        In texts of short lines each line is a paragraph.
        """
        end, start = self.spans[place][1], self.spans[place + 1][0]
        if _SENTENCE_END.search(self.text, end, start):
            return True
        goes_on = self.text[end] in _GOES_ON or self.word_at(place).exact in _BETWEEN
        return not goes_on and _PARAGRAPH_END.search(self.text, end, start) is not None


def _rests(first: str, whole: str) -> Sequence[str]:
    """What may complete `first` of a whole word: all but its first parts; nothing if it has no parts.

    How many parts stand for `first` cannot always be told. A word of two parts stands for one (Steinkohle- und
    Atom|kraftwerke) or for as many (Kreistags- und Gemeinderats|wahlen), but what it ends with is never said twice
    (Bundestags- und Landtags|wahlen). One part may stand for two if more than one is left then (Gas- und
    Braunkohle|kraftwerke).
    """
    if first in _PREFIXES:
        for length in range(min(len(whole) - _SHORTEST_REST, 8), 1, -1):
            if whole[:length] in _PREFIXES:
                return (whole[length:],)
    parts = _parts(whole)
    if not parts:
        return ()
    own = _parts(first)
    if own:
        last = stem(own[-1].word)
        numbers = [place for place in range(2, len(parts)) if stem(parts[place - 1].word) == last][:1]
        numbers = numbers or sorted({1, min(len(own), len(parts) - 1)})
    else:
        numbers = [1, 2] if len(parts) > _LONG else [1]
    return [whole[parts[number].start :] for number in numbers]


@lru_cache(maxsize=5_000)
def _parts(word: str) -> tuple[CompoundPart, ...]:
    """The parts of a compound; the same articles are shown again and again, and have the same words."""
    return split(word)
