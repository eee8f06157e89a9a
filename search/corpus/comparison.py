"""What do two searches find: both of them, and each alone?"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from search.corpus.typical import Typical, contrast
from search.corpus.words import Forms, WordCounts, word_counts
from search.deadline import check_deadline
from search.engines.base import Engine, EngineRequest, top_values
from search.engines.rewriting import without_scores
from search.hits.hit import matcher_of, to_hits
from search.page import FILTERS, Hit
from search.query.readings import Reading
from search.query.terms import AndNot, Terms, all_of

MOST_HITS = 5  # of each part
MOST_VALUES = 8  # of each facet
COUNTED_VALUES = 200  # of each facet and search, so that a value which one has often is counted in the other, too
MOST_READ = 150  # articles of each search whose words are counted
MOST_WORDS = 20
READING_SHARES = (0.5, 0.8)  # of the time until the deadline, after which no more is read of the one and the other


@dataclass(frozen=True, slots=True)
class Part:
    """Some of the articles: their number, and the best of them."""

    total: int
    hits: tuple[Hit, ...]


@dataclass(frozen=True, slots=True)
class ComparedValue:
    """A value of a facet, and how many articles of each search have it."""

    value: str
    first: int
    second: int


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two searches side by side: how many articles each finds, what only one of them does, and what both do.

    The words are those typical of each against the other, in `first_read` and `second_read` articles: fewer than
    otherwise if the time is too short, which is `cut_short` then.
    """

    first: int
    second: int
    only_first: Part
    both: Part
    only_second: Part
    facets: Mapping[str, tuple[ComparedValue, ...]]
    first_read: int
    second_read: int
    cut_short: bool
    first_words: tuple[Typical, ...]
    second_words: tuple[Typical, ...]

    def as_json(self) -> dict[str, Any]:
        """The comparison as the JSON API gives it."""
        parts = {"only_first": self.only_first, "both": self.both, "only_second": self.only_second}
        return {
            "first": self.first,
            "second": self.second,
            **{name: {"total": part.total, "ids": [hit.id for hit in part.hits]} for name, part in parts.items()},
            "facets": {
                name: [{"value": one.value, "first": one.first, "second": one.second} for one in values]
                for name, values in self.facets.items()
            },
            "first_read": self.first_read,
            "second_read": self.second_read,
            "cut_short": self.cut_short,
            "first_words": [word.as_json() for word in self.first_words],
            "second_words": [word.as_json() for word in self.second_words],
        }


def compare(engine: Engine, first: Reading, second: Reading) -> Comparison:
    """What two readings find. Raises TooExpensive."""
    plain = without_scores(first.terms), without_scores(second.terms)
    totals, facets = zip(*(_counted(engine, terms) for terms in plain), strict=True)
    both = _count_of_both(engine, *plain) if all(totals) else 0
    only = [
        _part(engine, total - both, AndNot(reading.terms, other) if both else reading.terms, reading)
        for total, reading, other in zip(totals, (first, second), reversed(plain), strict=True)
    ]
    # If the second search finds all that the first does, what both find is what the first does: nothing else is asked.
    shared = _part(engine, both, first.terms if both == totals[0] else all_of([first.terms, plain[1]]), first, second)
    here, there = _words(engine, *plain)
    return Comparison(
        first=totals[0],
        second=totals[1],
        only_first=only[0],
        both=shared,
        only_second=only[1],
        facets={name: _side_by_side(facets[0][name], facets[1][name]) for name in FILTERS},
        first_read=here.articles,
        second_read=there.articles,
        cut_short=here.cut_short or there.cut_short,
        first_words=tuple(contrast(here, there)[:MOST_WORDS]),
        second_words=tuple(contrast(there, here)[:MOST_WORDS]),
    )


def _counted(engine: Engine, terms: Terms) -> tuple[int, Mapping[str, Mapping[str, int]]]:
    check_deadline("counting the values of facets")
    found = engine.search(EngineRequest(terms, size=0, facets=dict.fromkeys(FILTERS, COUNTED_VALUES)))
    return found.total, {name: dict(values) for name, values in found.facets.items()}


def _side_by_side(first: Mapping[str, int], second: Mapping[str, int]) -> tuple[ComparedValue, ...]:
    """The values that most articles of either search have, each with both counts."""
    most = {value: max(first.get(value, 0), second.get(value, 0)) for value in {**first, **second}}
    return tuple(
        ComparedValue(value, first.get(value, 0), second.get(value, 0)) for value, _ in top_values(most, MOST_VALUES)
    )


def _count_of_both(engine: Engine, first: Terms, second: Terms) -> int:
    """How many articles answer both."""
    check_deadline("counting the hits")
    return engine.search(EngineRequest(all_of([first, second]), size=0)).total


def _part(engine: Engine, total: int, terms: Terms, *readings: Reading) -> Part:
    """The best of so many articles that answer these terms, with what the readings mark in them."""
    if not total:  # to rank nothing would take as long as to rank all that the searches find
        return Part(0, ())
    check_deadline("searching")
    found = engine.search(EngineRequest(terms, size=MOST_HITS))
    matcher = matcher_of(tuple(clause for reading in readings for clause in reading.clauses))
    return Part(total, to_hits(found.matches, matcher)[0])


def _words(engine: Engine, *searches: Terms) -> list[WordCounts]:
    """The words of what each search finds."""
    forms = Forms()
    return [
        word_counts(engine, [terms], MOST_READ, forms, share)
        for terms, share in zip(searches, READING_SHARES, strict=True)
    ]
