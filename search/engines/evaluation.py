"""Which entries of a segment answer, and with what score? Plain set algebra over postings.

For engines whose library gives postings but whose own query evaluation keeps other promises than
ours. A result maps the documents that answer to their scores. `among` limits the work: only
documents in it can matter, so long postings are skipped through instead of read.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from typing import Protocol

from search.engines.positions import number_close
from search.engines.scoring import K1, Norms
from search.query import terms

Scores = dict[int, float]
Among = Collection[int] | None


class Segment(Protocol):
    """A part of an index, its documents numbered from 0."""

    def documents(self) -> Collection[int]:
        """The documents that are not deleted."""
        ...

    def frequencies(self, column: str, text: str, among: Among) -> Mapping[int, float]:
        """How often a term occurs in each document that has it."""
        ...

    def positions(self, column: str, text: str, among: Among) -> Mapping[int, Sequence[int]]:
        """Where a term occurs in each document that has it, ascending."""
        ...

    def lengths(self, column: str) -> Sequence[int]:
        """The number of terms in a column of each document."""
        ...

    def days(self) -> Sequence[tuple[int, int]]:
        """The first and last day of each document, UNDATED where it has no date."""
        ...

    def fitting(self, query: terms.Pattern | terms.Fuzzy) -> Sequence[str]:
        """The terms of a column that fit."""
        ...

    def having(self, name: str, value: str) -> Collection[int]:
        """The documents that have a keyword value."""
        ...


class Statistics(Protocol):
    """What is known of the whole index."""

    def idf(self, column: str, text: str) -> float:
        """Inverse document frequency of a term."""
        ...

    def norms(self, column: str) -> Norms:
        """The norms of the lengths of a column."""
        ...


class Evaluation:
    """Evaluates queries on one segment with the statistics of the whole index."""

    def __init__(self, segment: Segment, statistics: Statistics) -> None:
        self.segment = segment
        self.statistics = statistics
        # `among` is kept as well, so that its id stays its own.
        self._known: dict[tuple[str, str, int], tuple[Among, Mapping[int, float]]] = {}

    def scores(self, query: terms.Terms, among: Among = None) -> Scores:
        """The documents that answer, with their scores."""
        match query:
            case terms.Nothing():
                return {}
            case terms.Everything():
                return dict.fromkeys(self._limited(self.segment.documents(), among), 0.0)
            case terms.Keyword(name, value):
                return dict.fromkeys(self._limited(self.segment.having(name, value), among), 0.0)
            case terms.Days(first, last):
                return self._days(first or 0, last or 99999999, among)
            case terms.AllOf(parts):
                return self._all_of(parts, among)
            case terms.AnyOf(parts):
                return self._any_of(parts, among)
            case terms.Rather(base, bonus):
                return self._rather(self.scores(base, among), bonus)
            case terms.Without(base, excluded):
                return self._without(self.scores(base, among), excluded)
            case terms.Pattern() | terms.Fuzzy():
                return self._constant(query, among)
            case terms.Term(column, text, weight):
                frequencies = self._frequencies(column, text, among)
                return self._bm25(column, (text,), weight, frequencies)
            case terms.Present(column, text, weight):
                score = weight * self.statistics.idf(column, text)
                return dict.fromkeys(self._frequencies(column, text, among), score)
            case terms.Sequence(column, texts, weight):
                return self._bm25(column, texts, weight, self._runs(column, texts, among))
            case terms.Near(column, first_text, second_text, distance, weight):
                frequencies = self._close(column, first_text, second_text, distance, among)
                return self._bm25(column, (first_text, second_text), weight, frequencies)

    @staticmethod
    def _limited(documents: Collection[int], among: Among) -> Collection[int]:
        return documents if among is None else [document for document in documents if document in among]

    def _days(self, first: int, last: int, among: Among) -> Scores:
        days = self.segment.days()
        documents = self._limited(self.segment.documents(), among)
        return {document: 0.0 for document in documents if 0 < days[document][0] <= last and days[document][1] >= first}

    def _all_of(self, parts: tuple[terms.Terms, ...], among: Among) -> Scores:
        # What cannot score is cheap to test and narrows the rest.
        ordered = sorted(parts, key=terms.scores)
        found = self.scores(ordered[0], among)
        for part in ordered[1:]:
            if not found:
                break
            also = self.scores(part, found.keys())
            found = {document: score + also[document] for document, score in found.items() if document in also}
        return found

    def _any_of(self, parts: tuple[terms.Terms, ...], among: Among) -> Scores:
        total: defaultdict[int, float] = defaultdict(float)
        for part in parts:
            for document, score in self.scores(part, among).items():
                total[document] += score
        return total

    def _rather(self, base: Scores, bonus: terms.Terms) -> Scores:
        more = self.scores(bonus, base.keys())
        return {document: score + more.get(document, 0.0) for document, score in base.items()}

    def _without(self, base: Scores, excluded: terms.Terms) -> Scores:
        out = self.scores(excluded, base.keys())
        return {document: score for document, score in base.items() if document not in out}

    def _constant(self, query: terms.Pattern | terms.Fuzzy, among: Among) -> Scores:
        found: Scores = {}
        for text in self.segment.fitting(query):
            found.update(dict.fromkeys(self.segment.frequencies(query.column, text, among), query.weight))
        return found

    def _bm25(self, column: str, texts: tuple[str, ...], weight: float, frequencies: Mapping[int, float]) -> Scores:
        if not frequencies:
            return {}
        factor = weight * sum(self.statistics.idf(column, text) for text in texts)
        # scoring.bm25, with all that is the same for all documents done once.
        lengths, norms, most = self.segment.lengths(column), self.statistics.norms(column), factor * (K1 + 1)
        return {
            document: most * frequency / (frequency + norms[lengths[document]])
            for document, frequency in frequencies.items()
        }

    def _runs(self, column: str, texts: tuple[str, ...], among: Among) -> dict[int, float]:
        """How often the texts stand one after the other in each document."""
        starts: dict[int, set[int]] = {}
        for offset, text in enumerate(texts):
            found = self.segment.positions(column, text, among if offset == 0 else starts.keys())
            if offset == 0:
                starts = {document: set(places) for document, places in found.items()}
            else:
                starts = {
                    document: left
                    for document, places in found.items()
                    if (left := starts[document].intersection(place - offset for place in places))
                }
            if not starts:
                break
        return {document: float(len(places)) for document, places in starts.items()}

    def _close(self, column: str, first: str, second: str, distance: int, among: Among) -> dict[int, float]:
        """How many places of the first text have the second within the distance."""
        firsts = self.segment.positions(column, first, among)
        seconds = self.segment.positions(column, second, firsts.keys())
        counts = {
            document: float(number_close(firsts[document], others, distance)) for document, others in seconds.items()
        }
        return {document: count for document, count in counts.items() if count}

    def _frequencies(self, column: str, text: str, among: Among) -> Mapping[int, float]:
        """Those of the segment; several parts of a query ask for the same ones."""
        key = column, text, id(among)
        if key not in self._known:
            self._known[key] = among, self.segment.frequencies(column, text, among)
        return self._known[key][1]
