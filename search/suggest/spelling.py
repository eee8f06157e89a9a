"""Which word was meant? Candidates for a word that the archive does not have, from those it has.

Words are ranked as by a noisy channel (Kernighan, Church and Gale, COLING 1990; Norvig, "How to
write a spelling corrector", 2007): the cost of the edits (search.german.error_model) plus the
surprisal of the word, the negative logarithm of its share of the archive.

Candidates come without an index of errors; that of SymSpell takes eleven seconds and 450 MB for
670,000 words. Words one error away are found by trying all errors; words further away in
buckets of words that begin or end with the same sounds, since few errors hit both ends.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator
from heapq import nsmallest
from typing import NamedTuple

from search.german.cache import TwoGenerationCache
from search.german.compounds import subwords
from search.german.error_model import HIGHEST_COST, MISSING_SPACE, SINGLE_LETTER, edit_cost, one_edit
from search.german.folding import fold
from search.german.lexicon import lexicon
from search.german.tokens import normalise
from search.store.words import SHORTEST, WordLookup, is_word

# Candidates from the buckets whose edit cost is computed.
MOST_NEAR = 20
# Letters of a word that may hold an error more.
TWO_ERRORS = 4
THREE_ERRORS = 7
SHORTEST_PART = 4
# Words are only taken apart into such as have this share of the articles of the most frequent word:
# rare ones stand together in compounds, and two of them give a text another meaning.
FREQUENT = 0.003
# What of their surprisal is left of words that stand with a rarer one.
EXPECTED = 0.4
# Words typed as one: nachwievor.
MOST_WORDS = 3
# Words whose candidates are cached: readers page, narrow and sort, each time with the same query.
MOST_CACHED = 1_000
# How much the surprisal of a word counts beside the edit cost. In full, it would take
# a frequent word for whatever is near it.
WEIGHT_OF_SURPRISAL = 0.7
# A form of a frequent word is expected at this share of its frequency, even if it occurs less often.
FORM_SHARE = 0.1
# How many times as many articles a correction of a known word must have: e to the power of these for each unit of the
# cost of its edits; for one missing letter 9 times as many, and 90 times if the word is familiar.
DOUBTED = 0.45
DOUBTED_FAMILIAR = 0.9
# Other forms of a word that make it familiar, as a share of the articles that have it.
FORMS_SHARE = 0.3
# Words of so many letters are near too many others.
SHORT = 4
SHORT_SHARE = 0.002  # of the articles of the most frequent word: what is not so frequent is not offered for them
COST_FOR_LETTER = 2.8
ENDINGS = ("n", "s", "e", "en", "er", "es", "em")


# Candidates that cost so much more than the first are left out: they are e ** FARTHEST times less likely.
FARTHEST = 7.0
# Several words are candidates for one only if no word, or none of a cost so much less, may have been meant.
LIKE_THE_BEST = 3.0


class Candidate(NamedTuple):
    """What may have been meant: a word, or two with a space between; the lower the cost, the likelier.

    `edits` is what the errors cost, the rest is surprisal.
    """

    text: str
    cost: float
    edits: float = 0.0


class Speller:
    """Looks among the words of an archive for those that are near one."""

    def __init__(self, words: WordLookup) -> None:
        self._words = words
        self._total = words.total + 1
        self._frequent = max(1, words.highest * FREQUENT)
        self._cache: TwoGenerationCache[str, list[Candidate]] = TwoGenerationCache(self._candidates, MOST_CACHED)

    def __contains__(self, word: str) -> bool:
        return word in self._words

    def candidates(self, word: str, limit: int = 3) -> tuple[Candidate, ...]:
        """What may have been meant with `word`, the likeliest first; for a known word, what is far more frequent.

        None for numbers, signs and very long words.
        """
        word = normalise(word) if len(word.split()) == 1 else ""
        if not is_word(word):
            return ()
        candidates, own = self._cache[word], self._words.count(word)
        if own:
            candidates = [one for one in candidates if self._words.count(one.text) > own * self.doubt(word, one)]
        return _best(candidates, limit)

    def neighbours(self, word: str, limit: int = 3) -> tuple[Candidate, ...]:
        """What may have been meant with `word` beside other words, however frequent it is itself."""
        word = normalise(word) if len(word.split()) == 1 else ""
        return _best(self._cache[word], limit) if is_word(word) else ()

    def doubt(self, word: str, meant: Candidate) -> float:
        """How many times as many articles must have what may have been meant as have the word."""
        if word not in self._words and len(word) <= SHORT:
            return max(1.0, self._words.highest * SHORT_SHARE)
        return math.exp(meant.edits * (DOUBTED_FAMILIAR if self.is_familiar(word) else DOUBTED))

    def is_familiar(self, word: str) -> bool:
        """Whether a word is one by all that is known of German, or the archive has it in several forms."""
        if lexicon().heads(fold(word)).get(0) is not None or subwords(word):
            return True
        count = self._words.count
        stems = [word[: -len(ending)] for ending in ENDINGS if word.endswith(ending)]
        return sum(map(count, (*(word + ending for ending in ENDINGS), *stems))) > FORMS_SHARE * count(word)

    def _candidates(self, word: str) -> list[Candidate]:
        if word in self._words:
            return [one for one in self._with_edit_cost(word, self._one_edit(word)) if not _same(word, one.text)]
        near = self._one_edit(word)
        candidates = self._with_edit_cost(word, near | self._near(word))
        candidates += [] if near else self._in_parts(word)
        least = min((candidate.cost for candidate in candidates), default=math.inf)
        return candidates + [split for split in self._split(word) if split.cost < least + LIKE_THE_BEST]

    def cost(self, word: str) -> float:
        """The cost of a word that is taken as typed; dear if neither it nor its parts are known."""
        count = self._words.count(word) if is_word(word) else 0
        if count or not is_word(word):
            return self._surprisal(count)
        compounds = (
            self._expected(word[:at]) + self._surprisal(self._words.count(word[at:])) for at in self._seams(word)
        )
        return min(compounds, default=self._surprisal(0) + HIGHEST_COST)

    def _surprisal(self, count: float) -> float:
        return WEIGHT_OF_SURPRISAL * math.log(self._total / (count + 1))

    def _expected(self, word: str) -> float:
        """The surprisal of a word, less if it seems to be a form of a more frequent one."""
        count = self._words.count
        stems = [word[: -len(ending)] for ending in ENDINGS if word.endswith(ending)]
        return self._surprisal(max([count(word), *(FORM_SHARE * count(stem) for stem in stems)]))

    def _with_edit_cost(self, word: str, candidates: Iterable[str]) -> list[Candidate]:
        costs = ((found, edit_cost(word, found)) for found in candidates)
        return [
            Candidate(found, cost + self._expected(found), cost)
            for found, cost in costs
            if 0 < cost < HIGHEST_COST and _is_near(word, found, cost)
        ]

    def _one_edit(self, word: str) -> set[str]:
        return {found for found in one_edit(word) if found in self._words}

    def _near(self, word: str) -> set[str]:
        """Words of more than one error, of those that begin or end with the same sounds."""
        if len(word) < TWO_ERRORS:
            return set()
        from rapidfuzz.distance import OSA  # queries that find enough need not wait for these
        from rapidfuzz.process import extract

        most = 3 if len(word) >= THREE_ERRORS else 2
        near = extract(word, self._words.sounding_like(word), scorer=OSA.distance, score_cutoff=most, limit=None)
        roughly = [(4 * errors + self._expected(found), found) for found, errors, _ in near]
        return {found for _, found in nsmallest(MOST_NEAR, roughly)}

    def _split(self, word: str) -> list[Candidate]:
        """Words that were typed as one: inden -> in den.

        They tend to stand together (nach wie vor), so that the rarest makes the others expected.
        """
        return [
            Candidate(" ".join(words), spaces + self._together(words), spaces)
            for words in self._known_words(word, MOST_WORDS)
            for spaces in (MISSING_SPACE * (len(words) - 1),)
        ]

    def _together(self, words: tuple[str, ...]) -> float:
        costs = [self.cost(word) for word in words]
        return max(costs) + EXPECTED * (sum(costs) - max(costs))

    def _known_words(self, text: str, most: int) -> Iterator[tuple[str, ...]]:
        """The ways to read a text as two or more frequent words without spaces."""
        for at in range(SHORTEST, len(text) - SHORTEST + 1):
            if self._words.count(text[:at]) >= self._frequent:
                if self._words.count(text[at:]) >= self._frequent:
                    yield text[:at], text[at:]
                if most > 2:
                    yield from ((text[:at], *rest) for rest in self._known_words(text[at:], most - 1))

    def _in_parts(self, word: str) -> list[Candidate]:
        """Compounds of a part that is known and one that has an error; the archive may not have them as a whole."""
        candidates = []
        for at in range(SHORTEST_PART, len(word) - SHORTEST_PART + 1):
            first, last = word[:at], word[at:]
            if self._is_beginning(first):
                rare = self._expected(first)
                candidates += [Candidate(first + o.text, o.cost + rare, o.edits) for o in self._one_off(last)]
            if last in self._words:
                rare = self.cost(last)
                candidates += [Candidate(o.text + last, o.cost + rare, o.edits) for o in self._beginnings_for(first)]
        return candidates

    def _seams(self, word: str) -> list[int]:
        """Where two known words meet in a compound, the first one perhaps with a linking s."""
        cuts = range(SHORTEST_PART, len(word) - SHORTEST_PART + 1)
        return [at for at in cuts if word[at:] in self._words and self._is_beginning(word[:at])]

    def _is_beginning(self, part: str) -> bool:
        return part in self._words or (part[-1] == "s" and part[:-1] in self._words)

    def _beginnings_for(self, part: str) -> Iterator[Candidate]:
        """What the first part of a compound may be, with the linking s it has."""
        yield from self._one_off(part)
        if part.endswith("s"):
            yield from (one._replace(text=one.text + "s") for one in self._one_off(part[:-1]))

    def _one_off(self, word: str) -> list[Candidate]:
        """Words that are one error away from a part of a compound."""
        return self._with_edit_cost(word, self._one_edit(word))


def _is_near(word: str, found: str, cost: float) -> bool:
    """Whether an error in a short word leaves enough of it: with a letter less, almost any is a word (Lviv, Liv)."""
    shortened = len(found) < len(word) <= SHORT
    return cost <= (SINGLE_LETTER if shortened else COST_FOR_LETTER * len(word))


def _same(word: str, other: str) -> bool:
    """Whether two words are forms of one."""
    shorter, longer = sorted((word, other), key=len)
    return longer.startswith(shorter) and longer[len(shorter) :] in ENDINGS


def _best(candidates: list[Candidate], limit: int) -> tuple[Candidate, ...]:
    """The candidates of the lowest cost, each text once, none that is far less likely than the first."""
    each = {one.text: one for one in sorted(candidates, reverse=True, key=lambda one: one.cost)}
    best = nsmallest(limit, each.values(), key=lambda one: (one.cost, one.text))
    return tuple(candidate for candidate in best if candidate.cost < best[0].cost + FARTHEST)
