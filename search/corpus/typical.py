"""Which words and names are typical of what a search finds? Those that stand out against the whole archive."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Any

from search.article import ENTITY_TYPES
from search.corpus.association import SURE, log_likelihood
from search.corpus.words import Forms, WordCounts, word_counts
from search.deadline import check_deadline
from search.engines.base import Engine, EngineRequest
from search.engines.rewriting import without_scores
from search.query.terms import Keyword, Terms
from search.schema import column

MOST_READ = 400  # articles whose words are counted
READING_SHARE = 0.5  # of the time until the deadline; the rest is for looking them and the names up
FEWEST = 2  # articles that must have a word, of few articles
SHARE = 0.01  # of many articles, that must have it
MOST_LOOKED_UP = 2_000  # words whose frequency in the archive is looked up
MOST_NAMES = 60  # of each type
MOST_WORDS = 40
MOST_SHOWN_NAMES = 20  # of each type


@dataclass(frozen=True, slots=True)
class Typical:
    """A word or a name that stands out, by its log-likelihood ratio.

    `kind` is word or one of ENTITY_TYPES. `count` of the articles that were looked at have it; if it were as frequent
    among them as elsewhere, `expected` would. `elsewhere` is the number of articles it is compared with that have it.
    """

    kind: str
    text: str
    count: int
    expected: float
    elsewhere: int
    score: float

    def as_json(self) -> dict[str, Any]:
        """The word as the JSON API gives it."""
        return {
            "kind": self.kind,
            "text": self.text,
            "count": self.count,
            "expected": round(self.expected, 2),
            "elsewhere": self.elsewhere,
            "score": round(self.score, 2),
        }


@dataclass(frozen=True, slots=True)
class TypicalOf:
    """What is typical of the `total` articles that a search finds.

    Words are counted in `read` of them, names in all; both are compared with the `others` of the archive. Fewer than
    otherwise are read if the time is too short, which is `cut_short` then.
    """

    total: int
    read: int
    others: int
    cut_short: bool
    words: tuple[Typical, ...]
    names: tuple[Typical, ...]

    def as_json(self) -> dict[str, Any]:
        """The words and names as the JSON API gives them."""
        return {
            "total": self.total,
            "read": self.read,
            "others": self.others,
            "cut_short": self.cut_short,
            "words": [word.as_json() for word in self.words],
            "names": [name.as_json() for name in self.names],
        }


def typical_of(engine: Engine, terms: Terms) -> TypicalOf:
    """The most typical words, and names of each type, of what answers. Raises TooExpensive."""
    asked = without_scores(terms)
    found = engine.search(EngineRequest(asked, size=0, facets=dict.fromkeys(ENTITY_TYPES, MOST_NAMES)))
    counts = word_counts(engine, [asked], MOST_READ, Forms(), READING_SHARE)
    archive = engine.count()
    words = standing_out(counts, partial(engine.frequencies, column("body", "form")), archive)
    names = [
        name
        for type in ENTITY_TYPES
        for name in _names(engine, type, found.facets.get(type, ()), found.total, archive)[:MOST_SHOWN_NAMES]
    ]
    return TypicalOf(
        total=found.total,
        read=counts.articles,
        others=max(0, archive - found.total),
        cut_short=counts.cut_short,
        words=tuple(words[:MOST_WORDS]),
        names=tuple(names),
    )


def standing_out(counts: WordCounts, archive: Callable[[list[str]], list[int]], articles: int) -> list[Typical]:
    """The words that surely stand out in some articles against all others of an archive with so many, the most first.

    `archive` says how many of its articles have each of some forms.
    """
    here, others = counts.articles, max(0, articles - counts.articles)
    least = max(FEWEST, round(SHARE * here))
    often = [(form, count) for form, count in counts.having.most_common(MOST_LOOKED_UP) if count >= least]
    found: list[tuple[float, str, int, int]] = []
    for (form, count), everywhere in zip(often, archive([form for form, _ in often]), strict=True):
        elsewhere = min(others, max(0, everywhere - count))
        score = log_likelihood(count, here, elsewhere, others)
        if score >= SURE:
            found.append((score, form, count, elsewhere))
    found.sort(key=lambda row: (-row[0], row[1]))
    spellings = counts.forms.spellings((form for _, form, *_ in found), counts.surfaces)
    return [
        Typical("word", spellings[form], count, here * (count + elsewhere) / (here + others), elsewhere, score)
        for score, form, count, elsewhere in found
    ]


def contrast(counts: WordCounts, others: WordCounts) -> list[Typical]:
    """The words that stand out in some articles against some others, the most first."""
    together = counts.articles + others.articles
    return standing_out(counts, lambda forms: [counts.having[form] + others.having[form] for form in forms], together)


def _names(engine: Engine, type: str, counted: tuple[tuple[str, int], ...], total: int, archive: int) -> list[Typical]:
    """The names of a type that stand out; `counted` are the most frequent ones of `total` articles."""
    check_deadline("counting the values of facets")
    found, others = list[Typical](), max(0, archive - total)
    often = [(name, count) for name, count in counted if count >= FEWEST]
    answers = engine.search_many([EngineRequest(Keyword(type, name), size=0) for name, _ in often])
    for (name, count), answer in zip(often, answers, strict=True):
        elsewhere = min(others, max(0, answer.total - count))
        score = log_likelihood(count, total, elsewhere, others)
        if score >= SURE:
            found.append(Typical(type, name, count, total * (count + elsewhere) / archive, elsewhere, score))
    return sorted(found, key=lambda name: (-name.score, name.text))
