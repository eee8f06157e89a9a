"""What does the index answer? All its segments as of one commit."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from functools import partial
from heapq import nlargest, nsmallest

import numpy as np

from search.engines.arrays import Array, joined
from search.engines.base import (
    SCORE_DIGITS,
    EngineRequest,
    EngineResult,
    ListPosition,
    Match,
    position_sort_key,
    sort_key,
    top_values,
)
from search.engines.rewriting import without_scores
from search.engines.scoring import idf
from search.engines.values.counting import Facets, Values
from search.engines.values.listing import ListedTables
from search.engines.vocabulary import bounded_patterns
from search.engines.whoosh.evaluation import Evaluation, ScoredDocuments
from search.engines.whoosh.postings import MOST_DOCUMENTS
from search.engines.whoosh.segments import Segment
from search.page import Sort
from search.query.terms import Terms

Key = tuple[float, int, str]
Row = tuple[Key, Segment, int, float]  # sort key, segment, document, score
Answered = list[tuple[Segment, ScoredDocuments]]


class View:
    """The segments of an index as of one commit."""

    def __init__(
        self, generation: int, segments: Sequence[Segment], tables: ListedTables, listed: tuple[int, int]
    ) -> None:
        """`listed` is what differs after each change of the list of tables."""
        self.generation = generation
        self.listed = listed
        self.segments = segments
        self.total = sum(map(len, segments))  # with what is deleted, as all statistics
        self.live = sum(int(segment.live.sum()) for segment in segments)
        self._mean_lengths: dict[str, float] = {}
        self.tables = tables
        # A method of the view would keep files of commits that nobody looks at any more.
        self._values = Values(tables, self.live, partial(serial_numbers, segments))

    def frequency(self, name: str, text: str) -> int:
        """In how many documents a term is."""
        places = (segment.postings(name).of(text) for segment in self.segments)
        return sum(place.stop - place.start for place in places)

    def idf(self, column: str, text: str) -> float:
        """Inverse document frequency of a term."""
        return idf(self.frequency(column, text), self.total)

    def mean_length(self, column: str) -> float:
        """The mean number of terms in a column."""
        if column not in self._mean_lengths:
            length = sum(int(segment.lengths(column).sum(dtype=np.int64)) for segment in self.segments)
            self._mean_lengths[column] = length / (self.total or 1)
        return self._mean_lengths[column]

    def vocabulary(self, name: str, prefix: str, limit: int) -> list[tuple[str, int]]:
        """The most frequent terms that begin so."""
        found: Counter[str] = Counter()
        for segment in self.segments:
            postings = segment.postings(name)
            within = postings.terms.beginning(prefix)
            counts = postings.counts()[within.start : within.stop].tolist()
            found.update(dict(zip(map(postings.terms.__getitem__, within), counts, strict=True)))
        return list(top_values(found, limit))

    def counts(self, name: str) -> dict[str, int]:
        """The values of a keyword with their number of documents."""
        return self._values.counts(name)

    def get(self, id: str) -> str | None:
        """What was stored with an id."""
        for segment in self.segments:
            document = segment.document_with_id(id)
            if document is not None:
                return segment.stored(document)
        return None

    def search(self, request: EngineRequest) -> EngineResult:
        """The documents that answer, as many and in the order that is asked for."""
        asked = request.terms if request.size else without_scores(request.terms)
        found: Answered = []
        for segment in self.segments:
            live = Evaluation(segment, self).live(asked)
            found.append((segment, ScoredDocuments(live.documents, np.round(live.scores, SCORE_DIGITS))))
        matches = tuple(
            Match(key[2], score, segment.day(document), segment.stored(document))
            for key, segment, document, score in _page(found, request)
        )
        bounded = set[tuple[str, str]]().union(*(segment.contents.bounded for segment in self.segments))
        total = sum(len(one.documents) for _, one in found)
        facets = self._facets(found, total, request.facets)
        return EngineResult(total, matches, facets, bounded_patterns(request.terms, bounded))

    def ids(self, terms: Terms, most: int) -> list[str]:
        """The ids of the newest documents that answer, in that order."""
        asked = without_scores(terms)
        found = [(segment, Evaluation(segment, self).live(asked)) for segment in self.segments]
        return [key[2] for key, *_ in _page(found, EngineRequest(asked, sort="newest", size=most))]

    def _facets(self, found: Answered, total: int, limits: Mapping[str, int]) -> Facets:
        """The most frequent values of each keyword; where more than half answer, what the others have is taken off."""
        missed = total > self.live - total
        serials = [segment.serials(one.documents, missed) for segment, one in found] if limits else []
        return self._values.most_frequent(limits, joined(serials), missed)


def serial_numbers(segments: Sequence[Segment]) -> Array:
    """The serial numbers of all entries."""
    return joined([segment.serials(segment.documents()) for segment in segments])


def _page(found: Answered, request: EngineRequest) -> list[Row]:
    """The rows of the page that is asked for."""
    start = _start(found, request.sort, request.after) if request.after else None
    rows = [row for segment, one in found for row in _rows(segment, one, request, start)]
    pick = nlargest if request.back and start else nsmallest
    page = pick(request.size, rows, key=lambda row: row[0])
    return page[::-1] if request.back and start else page


def _start(found: Answered, sort: Sort, after: ListPosition) -> Key:
    """The sort key of the hit at a position, as it stands now or else as it stood then."""
    for segment, one in found:
        document = segment.document_with_id(after.id)
        if document is not None:
            place = int(np.searchsorted(one.documents, document))
            if place < len(one.documents) and one.documents[place] == document:
                return sort_key(sort, float(one.scores[place]), segment.day(document), after.id)
    return position_sort_key(sort, after)


def _rows(segment: Segment, found: ScoredDocuments, request: EngineRequest, start: Key | None) -> list[Row]:
    """The answers of a segment that can stand on the page."""
    first = -found.scores if request.sort == "relevance" else np.zeros(len(found.scores))
    second = segment.ranks(request.sort)[found.documents]
    places = np.arange(len(first))
    if start is not None:
        ids = segment.postings("id").terms
        wanted, day = start[0], start[1] * MOST_DOCUMENTS
        if request.back:
            rank = day + ids.place(start[2].encode())
            places = np.flatnonzero((first < wanted) | ((first == wanted) & (second < rank)))
        else:
            rank = day + ids.place(start[2].encode()) + (ids.find(start[2]) is not None)
            places = np.flatnonzero((first > wanted) | ((first == wanted) & (second >= rank)))
    sign = -1 if request.back and start is not None else 1
    places = places[_smallest(sign * first[places], sign * second[places], request.size)]
    return [_row(segment, int(found.documents[place]), float(found.scores[place]), request.sort) for place in places]


def _row(segment: Segment, document: int, score: float, sort: Sort) -> Row:
    return sort_key(sort, score, segment.day(document), segment.id(document)), segment, document, score


def _smallest(first: Array, second: Array, size: int) -> Array:
    """The places of the smallest pairs of numbers, in order; no two of the second numbers are the same."""
    if not size:
        return np.zeros(0, np.int64)
    kept = np.arange(len(first))
    if len(first) > size:
        last = np.partition(first, size - 1)[size - 1]
        ties = np.flatnonzero(first == last)
        if len(ties) > size:
            ties = ties[np.argpartition(second[ties], size - 1)[:size]]
        kept = np.concatenate((np.flatnonzero(first < last), ties))
    return kept[np.lexsort((second[kept], first[kept]))][:size]
