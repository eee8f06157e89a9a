"""Which words stand near the ones that match? More often than elsewhere in the same articles, by log-likelihood."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Any

from search.corpus.association import SURE, log_likelihood
from search.corpus.words import MOST_TEXT, WORD, Forms
from search.deadline import until_deadline
from search.page import Mark

MOST_WINDOW = 15  # words
MOST_LETTERS = 25  # of a word on the average, as far as one looks back for the words before a match
MOST_COUNTED = 2_000_000  # characters of all texts whose words are counted
FEWEST = 3  # times that a word must stand near
MOST_COLLOCATES = 50


@dataclass(frozen=True, slots=True)
class Collocate:
    """A word that stands near `count` times, of them `before` the words that match; by chance it would `expected`."""

    text: str
    count: int
    before: int
    expected: float
    score: float

    def as_json(self) -> dict[str, Any]:
        """The word as the JSON API gives it."""
        return {
            "text": self.text,
            "count": self.count,
            "before": self.before,
            "expected": round(self.expected, 2),
            "score": round(self.score, 2),
        }


class Neighbourhood:
    """The words up to `window` words away from places, against the others of the same texts.

    So a collocate is not what the articles are about, but what is said of the words that match. The texts behind
    MOST_COUNTED characters are not looked at.
    """

    def __init__(self, window: int) -> None:
        self._window = window
        self._room = MOST_COUNTED
        self._all: Counter[str] = Counter()  # of the spellings, as all below
        self._matched: Counter[str] = Counter()
        self._before: Counter[str] = Counter()
        self._behind: Counter[str] = Counter()

    @property
    def is_full(self) -> bool:
        """Whether no more texts are looked at."""
        return not self._window or self._room <= 0

    def add(self, text: str, places: Sequence[Mark]) -> None:
        """Count the words of a text in which these places match, in order; of long texts those that are looked at."""
        text = text[:MOST_TEXT]
        places = [place for place in places if place[1] <= MOST_TEXT]
        if not places or self.is_full:
            return
        self._room -= len(text)
        self._all.update(WORD.findall(text))
        taken = {match.start() for place in places for match in WORD.finditer(text, *place)}
        before, behind = dict[int, str](), dict[int, str]()
        for start, end in places:
            self._matched.update(WORD.findall(text, start, end))
            nearest = [*WORD.finditer(text, _reached_back(text, start, self._window), start)][-self._window :]
            before |= {match.start(): match[0] for match in nearest}
            behind |= {match.start(): match[0] for match in islice(WORD.finditer(text, end), self._window)}
        self._before.update(word for at, word in before.items() if at not in taken)
        self._behind.update(word for at, word in behind.items() if at not in taken and at not in before)

    def collocates(self) -> tuple[Collocate, ...]:
        """The words that surely stand near more often than elsewhere, the surest first. Raises TooExpensive."""
        forms = Forms()
        often = Counter({word: count for word, count in self._all.items() if count > 1})  # half of all words are once
        before, behind, matched, all = (
            _by_form(counts, forms) for counts in (self._before, self._behind, self._matched, often)
        )
        near = sum(before.values()) + sum(behind.values())
        total = self._all.total() - self._matched.total()
        if near >= total:  # no words are elsewhere, to be compared with
            return ()
        found: list[tuple[float, str, int, float]] = []
        for form in before | behind:
            count = before[form] + behind[form]
            if form is not None and count >= FEWEST:
                everywhere = max(count, all[form] - matched[form])
                score = log_likelihood(count, near, everywhere - count, total - near)
                if score >= SURE:
                    found.append((score, form, count, near * everywhere / total))
        best = sorted(found, key=lambda row: (-row[0], row[1]))[:MOST_COLLOCATES]
        spellings = forms.spellings((form for _, form, *_ in best), self._all)
        return tuple(
            Collocate(spellings[form], count, before[form], expected, score) for score, form, count, expected in best
        )


def _reached_back(text: str, start: int, window: int) -> int:
    """An offset before which none of so many words can begin, if they are of a usual length."""
    return max(0, text.rfind(" ", 0, max(0, start - window * MOST_LETTERS)))


def _by_form(counts: Counter[str], forms: Forms) -> Counter[str | None]:
    """The counts of spellings as those of their forms; None for what says nothing."""
    found: Counter[str | None] = Counter()
    for surface, count in until_deadline(counts.items(), "reading articles"):
        found[forms[surface]] += count
    return found
