"""Which documents of a segment answer, and with what score? Set algebra over arrays.

An answer holds the documents in order and their scores; deleted documents are left out at the end.
`among` limits the work: only documents in it, in order as well, can matter.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

import numpy as np

from search.deadline import check_deadline
from search.engines.arrays import Array, lengths_to_ends, ranges, smallest, starts_of
from search.engines.base import BEYOND_ALL_DAYS
from search.engines.scoring import K1
from search.engines.whoosh.postings import DOCUMENT
from search.engines.whoosh.segments import Positioned, Segment
from search.query import terms

# Room for the positions of a document in a number that has the document in front.
POSITION_BITS = 32

Among = Array | None


@dataclass(frozen=True, slots=True)
class ScoredDocuments:
    """Documents that answer, ascending, and the score of each."""

    documents: Array
    scores: Array


@dataclass(frozen=True, slots=True)
class _Pair:
    """The positions of the first of two texts, and how far it is to the second, behind it and before it."""

    asked: tuple[str, str, str]
    among: Among
    firsts: Array
    to_next: Array
    to_previous: Array


class Statistics(Protocol):
    """What is known of the whole index."""

    def idf(self, column: str, text: str) -> float:
        """Inverse document frequency of a term."""
        ...

    def mean_length(self, column: str) -> float:
        """The mean number of terms in a column."""
        ...


class Evaluation:
    """Evaluates queries on one segment with the statistics of the whole index."""

    def __init__(self, segment: Segment, statistics: Statistics) -> None:
        self.segment = segment
        self.statistics = statistics
        self._last: _Pair | None = None

    def live(self, query: terms.Terms) -> ScoredDocuments:
        """The documents that answer and are not deleted, with their scores."""
        found = self.evaluate(query)
        if self.segment.has_no_deletions:
            return found
        stay = self.segment.live[found.documents]
        return ScoredDocuments(found.documents[stay], found.scores[stay])

    def evaluate(self, query: terms.Terms, among: Among = None) -> ScoredDocuments:
        """The documents that answer, with their scores. Raises TooExpensive."""
        check_deadline("searching")
        match query:
            case terms.MatchNone():
                return _constant(np.zeros(0, DOCUMENT))
            case terms.MatchAll():
                return _constant(self._all() if among is None else among)
            case terms.Keyword(name, value):
                postings = self.segment.postings(name)
                return _constant(_limited(postings.documents[postings.of(value)], among))
            case terms.DateRange(first, last):
                return self._days(first or 0, last or BEYOND_ALL_DAYS, among)
            case terms.And(parts):
                return self._all_of(parts, among)
            case terms.Or(parts):
                return self._any_of(parts, among)
            case terms.Should(required, optional):
                return self._should(self.evaluate(required, among), optional)
            case terms.AndNot(base, excluded):
                return self._without(self.evaluate(base, among), excluded)
            case terms.Wildcard() | terms.Fuzzy():
                return _constant(
                    _limited(self._distinct(self.segment.having_matching_terms(query)), among), query.weight
                )
            case terms.Term(column, text, weight):
                documents, frequencies = self._term(column, text, among)
                return self._bm25(column, (text,), weight, documents, frequencies)
            case terms.IdfTerm(column, text, weight):
                documents, _ = self._term(column, text, among)
                return _constant(documents, weight * self.statistics.idf(column, text))
            case terms.Phrase(column, texts, weight):
                documents, frequencies = self._placed(query, among)
                return self._bm25(column, texts, weight, documents, frequencies)
            case terms.Near(column, first_text, second_text, _, weight):
                documents, frequencies = self._placed(query, among)
                return self._bm25(column, (first_text, second_text), weight, documents, frequencies)

    def _all(self) -> Array:
        return np.arange(len(self.segment), dtype=np.int64).astype(DOCUMENT)

    def _distinct(self, documents: Array) -> Array:
        """Each of these documents once, in order."""
        found = np.zeros(len(self.segment), bool)
        found[documents] = True
        return np.flatnonzero(found).astype(DOCUMENT)

    def _days(self, first: int, last: int, among: Among) -> ScoredDocuments:
        firsts, lasts = self.segment.array("first"), self.segment.array("last")
        if among is None:
            return _constant(np.flatnonzero((firsts > 0) & (firsts <= last) & (lasts >= first)).astype(DOCUMENT))
        firsts, lasts = firsts[among], lasts[among]
        return _constant(among[(firsts > 0) & (firsts <= last) & (lasts >= first)])

    def _all_of(self, parts: tuple[terms.Terms, ...], among: Among) -> ScoredDocuments:
        # What cannot score is cheap to test and narrows the rest.
        ordered = sorted(parts, key=terms.scores)
        found = self.evaluate(ordered[0], among)
        for part in ordered[1:]:
            if not len(found.documents):
                break
            also = self.evaluate(part, found.documents)
            places = np.searchsorted(found.documents, also.documents)
            found = ScoredDocuments(also.documents, found.scores[places] + also.scores)
        return found

    def _any_of(self, parts: tuple[terms.Terms, ...], among: Among) -> ScoredDocuments:
        found = [matched for part in parts if len((matched := self.evaluate(part, among)).documents)]
        if len(found) < 2:
            return found[0] if found else _constant(np.zeros(0, DOCUMENT))
        total = np.zeros(len(self.segment))
        answered = np.zeros(len(self.segment), bool)
        for one in found:
            total[one.documents] += one.scores
            answered[one.documents] = True
        documents = np.flatnonzero(answered).astype(DOCUMENT)
        return ScoredDocuments(documents, total[documents])

    def _should(self, required: ScoredDocuments, optional: terms.Terms) -> ScoredDocuments:
        more = self.evaluate(optional, required.documents)
        scores = required.scores.copy()
        scores[np.searchsorted(required.documents, more.documents)] += more.scores
        return ScoredDocuments(required.documents, scores)

    def _without(self, base: ScoredDocuments, excluded: terms.Terms) -> ScoredDocuments:
        out = self.evaluate(excluded, base.documents).documents
        stay = np.ones(len(base.documents), bool)
        stay[np.searchsorted(base.documents, out)] = False
        return ScoredDocuments(base.documents[stay], base.scores[stay])

    def _term(self, column: str, text: str, among: Among) -> tuple[Array, Array]:
        """The documents that have a term, and how often."""
        postings = self.segment.postings(column)
        place = postings.of(text)
        documents, frequencies = postings.documents[place], postings.frequencies[place]
        if among is None:
            return documents, frequencies
        places = _common(documents, among)
        return documents[places], frequencies[places]

    def _bm25(
        self, column: str, texts: tuple[str, ...], weight: float, documents: Array, frequencies: Array
    ) -> ScoredDocuments:
        if not len(documents):
            return _constant(documents)
        factor = weight * sum(self.statistics.idf(column, text) for text in texts)
        norms = self.segment.norms(column, self.statistics.mean_length(column))[documents]
        counts = frequencies.astype(np.float64)
        # scoring.bm25, with all that is the same for all documents done once.
        return ScoredDocuments(documents, factor * (K1 + 1) * counts / (counts + norms))

    def _placed(self, query: Positioned, among: Among) -> tuple[Array, Array]:
        """The documents that have a phrase, or two terms near each other, and how often."""
        if among is not None:
            return self._counted(self._positions_of(query, among))
        return self.segment.contents.placed(query, lambda: self._counted(self._positions_of(query, None)))

    def _positions_of(self, query: Positioned, among: Among) -> Array:
        match query:
            case terms.Phrase(column, texts):
                return self._phrase_positions(column, texts, among)
            case terms.Near(column, first, second, distance):
                return self._near_positions(column, first, second, distance, among)

    def _phrase_positions(self, column: str, texts: tuple[str, ...], among: Among) -> Array:
        """Where the texts stand one after the other, as `_positions` gives them."""
        if len(texts) == 2:
            pair = self._paired(column, *texts, among)
            following: Array = pair.firsts[pair.to_next == 1]
            return following
        shared = self._having_all(column, texts, among)
        starts = self._positions(column, texts[0], shared)
        for offset, text in enumerate(texts[1:], 1):
            places = self._positions(column, text, shared) - offset
            starts = starts[_common(starts, places)]
        return starts

    def _near_positions(self, column: str, first: str, second: str, distance: int, among: Among) -> Array:
        """Where the first text has the second within the distance, as `_positions` gives them."""
        pair, reach = self._paired(column, first, second, among), distance + 1
        return pair.firsts[(pair.to_next <= reach) | (pair.to_previous <= reach)]

    def _paired(self, column: str, first: str, second: str, among: Among) -> _Pair:
        """How far two texts stand apart. Queries ask several times for the same two, with other distances."""
        asked = column, first, second
        if self._last is None or self._last.asked != asked or self._last.among is not among:
            shared = self._having_all(column, (first, second), among)
            self._last = _pair(
                asked, among, self._positions(column, first, shared), self._positions(column, second, shared)
            )
        return self._last

    def _having_all(self, column: str, texts: tuple[str, ...], among: Among) -> Array:
        """The documents that have each of the texts, however they stand."""
        postings = self.segment.postings(column)
        slices = sorted((postings.of(text) for text in set(texts)), key=lambda place: place.stop - place.start)
        shared = among
        for place in slices:
            shared = _limited(postings.documents[place], shared)
        return shared if shared is not None else postings.documents[:0]

    def _positions(self, column: str, text: str, among: Array) -> Array:
        """The positions of a text in these documents, each behind the number of its document; ascending.

        There may be millions of them, and a phrase asks for those of many texts. Raises TooExpensive.
        """
        check_deadline("searching")
        postings = self.segment.postings(column)
        place = postings.of(text)
        documents, frequencies = postings.documents[place], postings.frequencies[place]
        positions = postings.occurrences(text)
        if len(among) < len(documents):
            places = _common(documents, among)
            starts = starts_of(lengths_to_ends(frequencies))[places]
            documents, frequencies = documents[places], frequencies[places]
            positions = positions[ranges(starts, frequencies)]
        return np.repeat(documents.astype(np.int64) << POSITION_BITS, frequencies) + positions

    @staticmethod
    def _counted(places: Array) -> tuple[Array, Array]:
        """The documents of these places, and how many each has."""
        documents, counts = np.unique(places >> POSITION_BITS, return_counts=True)
        return documents.astype(DOCUMENT), smallest(counts)


def _pair(asked: tuple[str, str, str], among: Among, firsts: Array, seconds: Array) -> _Pair:
    """Two texts at these positions; one that is not there is farther away than any distance."""
    after = np.searchsorted(seconds, firsts, side="right")
    bordered = np.concatenate(([-1 << POSITION_BITS], seconds, [np.iinfo(np.int64).max]))
    return _Pair(asked, among, firsts, bordered[after + 1] - firsts, firsts - bordered[after])


def _constant(documents: Array, score: float = 0.0) -> ScoredDocuments:
    return ScoredDocuments(documents, np.full(len(documents), score))


def _limited(documents: Array, among: Among) -> Array:
    return documents if among is None else documents[_common(documents, among)]


def _common(numbers: Array, among: Array) -> Array:
    """The places of those numbers that are also among the others; both ascend."""
    if not len(among) or not len(numbers):
        return np.zeros(0, np.int64)
    if len(numbers) <= len(among):
        at = np.searchsorted(among, numbers)
        return np.flatnonzero(among[np.minimum(at, len(among) - 1)] == numbers)
    at = np.searchsorted(numbers, among)
    places: Array = at[numbers[np.minimum(at, len(numbers) - 1)] == among]
    return places
