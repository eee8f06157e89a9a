"""Which words stand near the ones that match? More often than elsewhere in the same articles, by log-likelihood."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from search.corpus.association import SURE, log_likelihood
from search.corpus.words import MOST_TEXT, Forms
from search.german.tokens import TOKEN
from search.page import Mark

MOST_WINDOW = 15  # words
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

    So a collocate is not what the articles are about, but what is said of the words that match.
    """

    def __init__(self, window: int) -> None:
        self._window = window
        self._forms = Forms()
        self._surfaces: Counter[str] = Counter()
        self._all: Counter[str | None] = Counter()
        self._near: Counter[str | None] = Counter()
        self._before: Counter[str | None] = Counter()

    def add(self, text: str, places: Sequence[Mark]) -> None:
        """Count the words of a text in which these places match, in order."""
        tokens = [(match.start(), match[0]) for match in TOKEN.finditer(text, 0, MOST_TEXT)]
        starts = [start for start, _ in tokens]
        matched = [range(bisect_left(starts, start), bisect_left(starts, end)) for start, end in places]
        matched = [some for some in matched if some]
        if not matched:
            return
        taken = {place for some in matched for place in some}
        before = {place for some in matched for place in range(max(0, some.start - self._window), some.start)} - taken
        behind = {
            place for some in matched for place in range(some.stop, min(len(tokens), some.stop + self._window))
        } - taken
        forms = [self._forms[surface] for _, surface in tokens]
        self._surfaces.update(surface for _, surface in tokens)
        self._all.update(form for place, form in enumerate(forms) if place not in taken)
        self._near.update(forms[place] for place in before | behind)
        self._before.update(forms[place] for place in before)

    def collocates(self) -> tuple[Collocate, ...]:
        """The words that surely stand near more often than elsewhere, the surest first."""
        near, total = sum(self._near.values()), sum(self._all.values())
        found: list[tuple[float, str, int]] = []
        for form, count in self._near.items():
            if form is not None and count >= FEWEST:
                score = log_likelihood(count, near, self._all[form] - count, total - near)
                if score >= SURE:
                    found.append((score, form, count))
        best = sorted(found, key=lambda row: (-row[0], row[1]))[:MOST_COLLOCATES]
        spellings = self._forms.spellings((form for _, form, _ in best), self._surfaces)
        return tuple(
            Collocate(spellings[form], count, self._before[form], near * self._all[form] / total, score)
            for score, form, count in best
        )
