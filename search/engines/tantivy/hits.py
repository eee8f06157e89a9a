"""The answers of tantivy to one query: what they are, how many, what they have in common."""

from __future__ import annotations

import struct
from bisect import bisect_left, bisect_right
from collections.abc import Mapping
from functools import cached_property, partial
from math import inf
from typing import TYPE_CHECKING

import tantivy
from tantivy import Occur, Query

from search.deadline import check_deadline
from search.engines.base import SCORE_DIGITS, UNDATED, Match
from search.engines.rewriting import without_scores
from search.engines.tantivy import id_lists
from search.engines.tantivy.columns import LAST_DAY
from search.engines.tantivy.date_lists import Days, spans
from search.engines.tantivy.estimates import score_bound
from search.engines.tantivy.paging import Row
from search.engines.tantivy.queries import View
from search.page import Sort
from search.query import terms

if TYPE_CHECKING:
    from search.engines.tantivy.answer_sets import Answers
    from search.engines.values.counting import Facets

# So many hits more than are needed are read by score: most ties at the end of a page are complete then.
MARGIN = 32
# More answers are many: they are counted only where it must be, and optional clauses are only looked for in the hits
# that are best without them, in LIKELY more than are needed.
MANY_ANSWERS = 20_000
LIKELY = 50
# The first hits are looked for among the entries with terms that at most the first share of all have, if at most the
# second one has any of them.
RARE = 1 / 4
MOST_RARE = 1 / 2
HOPELESS = 1 / 2  # so much of what one of these terms can add, the other terms together must not reach
FLOAT_ERROR = 0.001  # scores are added up in single precision
_SINGLE = struct.Struct("f")
Hit = tuple[float, tantivy.DocAddress]  # with its score


class Hits:
    """The answers to one query."""

    def __init__(self, view: View, made: tantivy.Schema, asked: terms.Terms) -> None:
        self._view = view
        self._searcher = view.searcher
        self._schema = made
        self._asked = asked
        self._total: int | None = None
        self._places: list[tantivy.DocAddress] | None = None  # of all answers, if these were looked at
        self._read: dict[tuple[int, int], tantivy.Document] = {}  # those whose id was asked for

    @cached_property
    def query(self) -> Query:
        """The query itself."""
        return self._view.query(self._asked)

    @cached_property
    def unscored(self) -> Query:
        """A query that finds the same and is cheaper where no score is needed."""
        return self._view.query(self._asked, scored=False)

    @cached_property
    def selectivity(self) -> float:
        """About which share of all entries answers."""
        return self._view.selectivity(self._asked)

    @cached_property
    def are_many(self) -> bool:
        """Whether there are so many answers that it takes long to count them."""
        return self.selectivity * self._view.number() > MANY_ANSWERS

    @cached_property
    def _answers(self) -> Answers | None:
        """The set of all answers, if they are many to words of which such sets are kept."""
        return self._view.answers(self._asked) if self.are_many else None

    def total(self) -> int:
        if self._total is None and self._answers:
            self._total = self._answers.total
        if self._total is None:
            check_deadline("counting the hits")
            self._total = _count(self._searcher.search(self.unscored, 1, count=True))
        return self._total

    def facets(self, limits: Mapping[str, int]) -> Facets:
        """The most frequent values of each keyword, at most as many as its limit says.

        Where more than half of all entries answer, the values of the others are taken off those of all.
        """
        values = self._view.values
        if self._places is not None:
            return values.most_frequent(limits, self._view.serials_at(self._places))
        if self._total is None and not self.are_many:
            found = self._view.first_serials(self.unscored, MANY_ANSWERS)
            if len(found) < MANY_ANSWERS:  # these are all, and need not be counted
                self._total = len(found)
                return values.most_frequent(limits, found)
        if self._answers:
            return values.most_frequent(limits, *self._view.serials_of(self._answers))
        others = self._view.number() - self.total()
        if others >= self.total():
            return values.most_frequent(limits, self._view.serials(self.unscored, self.total()))
        rest = Query.boolean_query([(Occur.Must, Query.all_query()), (Occur.MustNot, self.unscored)])
        return values.most_frequent(limits, self._view.serials(rest, others), missed=True)

    def best(self, number: int) -> list[Hit]:
        check_deadline("ranking the hits")
        if isinstance(self._asked, terms.Should) and self.are_many:
            found = self._likely(number, self._asked)
            if found:
                return found
        return _rounded(self._ranked(self._asked, number + MARGIN))

    def _ranked(self, asked: terms.Terms, number: int) -> list[Hit]:
        """The first hits by score, as many as there are up to a number."""
        if self._answers:
            found = self._outstanding(asked, number)
            if found:
                return found
        return self._first(self._view.query(asked), number)

    def _first(self, query: Query, number: int) -> list[Hit]:
        """The first hits by score of a query that finds all answers; if it has no others, facets need no search."""
        result = self._searcher.search(query, number, count=True)
        self._total, hits = _count(result), list(result.hits)
        if len(hits) == self._total <= MANY_ANSWERS:
            self._places = [place for _, place in hits]
        return hits

    def _outstanding(self, asked: terms.Terms, number: int) -> list[Hit] | None:
        """The same, if they are certain to be among the entries with the rarer terms of a query.

        What nearly all entries have adds little to a score: no entry with nothing but that is among the first if its
        bound is below the last of these (MaxScore: Turtle and Flood, Query Evaluation, 1995).
        """
        rare, rest, most = dict[terms.Terms, float](), 0.0, 0.0  # rare terms with their shares
        for leaf in terms.scoring_leaves(asked):
            share, bound = self._view.selectivity(leaf), score_bound(leaf, self._view.idf)
            if isinstance(leaf, terms.Term | terms.IdfTerm) and share <= RARE:
                rare[without_scores(leaf)] = share
                most = max(most, bound)
            else:
                rest += bound
        if sum(rare.values()) > MOST_RARE or rest > HOPELESS * most:
            return None
        among = Query.boolean_query([(Occur.Should, self._view.query(term, scored=False)) for term in rare])
        both = [(Occur.Must, self._view.query(asked)), (Occur.Must, Query.const_score_query(among, 0.0))]
        found = list(self._searcher.search(Query.boolean_query(both), number, count=False).hits)
        return found if len(found) == number and found[-1][0] > rest + FLOAT_ERROR else None

    def _likely(self, number: int, asked: terms.Should) -> list[Hit] | None:
        """The first hits by score, if the upper bound of the optional clauses makes these certain.

        Of words that nearly all entries have, to see which stand near each other takes most of the time.
        """
        optional = list(terms.scoring_leaves(asked.optional))
        if number > LIKELY or asked.optional not in (*optional, terms.Or(tuple(optional))):
            return None
        best = self._ranked(asked.required, number + LIKELY)
        bounds = [score_bound(leaf, self._view.idf) for leaf in optional]
        are_all = len(best) == self.total()
        least = -inf if are_all else best[-1][0] + sum(bounds) + FLOAT_ERROR  # which no other answer reaches
        found = self._above(least, best, list(zip(optional, bounds, strict=True)), 0 if are_all else number)
        return _rounded(found) if are_all or len(found) > number else None

    def _above(
        self, least: float, hits: list[Hit], optional: list[tuple[terms.Terms, float]], number: int
    ) -> list[Hit]:
        """The hits that score higher with what optional clauses add, the best first; each clause has its bound.

        Added in single precision and in tantivy's order. A hit that cannot reach it is left out as soon as that is
        seen; when not more than `number` are left, none is looked at any further.
        """
        scores = {_place(place): score for score, place in hits}
        places = {_place(place): place for _, place in hits}
        added = dict.fromkeys(scores, 0.0)
        rest = sum(bound for _, bound in optional)
        for leaf, bound in optional:
            for score, place in self._among([self.id(places[at]) for at in added], self._view.query(leaf)):
                added[_place(place)] = _single(added[_place(place)] + score)
            rest -= bound
            added = {at: more for at, more in added.items() if scores[at] + more + rest + FLOAT_ERROR > least}
            if len(added) <= number:
                return []
        found = [(_single(scores[at] + more), places[at]) for at, more in added.items()]
        return sorted((hit for hit in found if hit[0] > least), key=lambda hit: -hit[0])

    def by_day(self, sort: Sort, number: int, day: int | None = None) -> list[Row]:
        check_deadline("ranking the hits")
        if day is None and not self.are_many:
            result = self._sorted(self.unscored, sort, number, count=True)
            self._total = _count(result)
            return _rows(sort, result)
        share = number / max(1, self.total()) if self.are_many else 1.0
        for days in spans(sort, self._view.days, day, share):
            check_deadline("ranking the hits")
            rows = _rows(sort, self._sorted(self._of_days(days), sort, number))
            if len(rows) == number:
                break
        return rows

    def number_of_day(self, day: int) -> int:
        return _count(self._searcher.search(self._of_days([(day, day)]), 1, count=True))

    def _sorted(self, query: Query, sort: Sort, number: int, count: bool = False) -> tantivy.SearchResult:
        return self._searcher.search(query, number, count, order_by_field=sort, order=tantivy.Order.Asc)

    def _of_days(self, days: Days) -> Query:
        """The answers of some days."""
        first = partial(Query.range_query, self._schema, "first", tantivy.FieldType.Unsigned)
        among = Query.boolean_query([(Occur.Should, first(*ends)) for ends in days])
        return Query.boolean_query([(Occur.Must, self.unscored), (Occur.Must, Query.const_score_query(among, 0.0))])

    def newest(self, number: int) -> list[tuple[int, str]]:
        found = id_lists.newest(self._searcher, self._schema, self.unscored, number)
        if found is None:
            return [(row.day, row.id) for row in self.by_day("newest", max(1, min(number, self.total())))][:number]
        return found

    def days(self, places: list[tantivy.DocAddress]) -> list[int]:
        return [int(day or UNDATED) for day in self._searcher.fast_field_values("first", places)]

    def match(self, row: Row) -> Match:
        """What is answered for a row."""
        return Match(row.id, row.score, row.day, stored(self._document(row.place)))

    def id(self, place: tantivy.DocAddress) -> str:
        return str(self._document(place).get_first("id"))

    def _document(self, place: tantivy.DocAddress) -> tantivy.Document:
        """What is stored at a place, read once."""
        if _place(place) not in self._read:
            self._read[_place(place)] = self._searcher.doc(place)
        return self._read[_place(place)]

    def ties(self, score: float) -> list[tantivy.DocAddress] | None:
        if self.total() > MANY_ANSWERS:
            return None
        check_deadline("ranking the hits")
        hits = self._first(self.query, max(1, self.total()))
        first, last = (side(hits, -score, key=_ascending) for side in (bisect_left, bisect_right))
        return [place for _, place in hits[first:last]]

    def having(self, score: float, ids: list[str]) -> list[tantivy.DocAddress]:
        return [place for at, place in _rounded(self._among(ids, self.query)) if at == score]

    def _among(self, ids: list[str], query: Query) -> list[Hit]:
        """Those with these ids that answer a query, with its score."""
        if not ids:
            return []
        among = Query.const_score_query(Query.term_set_query(self._schema, "id", ids), 0.0)
        both = Query.boolean_query([(Occur.Must, query), (Occur.Must, among)])
        return list(self._searcher.search(both, len(ids), count=False).hits)


def _single(number: float) -> float:
    """A number in single precision."""
    (single,) = _SINGLE.unpack(_SINGLE.pack(number))
    return float(single)


def _rounded(hits: list[Hit]) -> list[Hit]:
    return [(round(score, SCORE_DIGITS), place) for score, place in hits]


def _ascending(hit: Hit) -> float:
    """What ascends along hits that are sorted by score."""
    return -round(hit[0], SCORE_DIGITS)


def _place(address: tantivy.DocAddress) -> tuple[int, int]:
    return address.segment_ord, address.doc


def _rows(sort: Sort, result: tantivy.SearchResult) -> list[Row]:
    """The rows of hits that are sorted by a day."""
    return [Row(0.0, _day(sort, key), key[9:], address) for key, address in result.hits]


def _day(sort: Sort, key: str) -> int:
    """The first day of an entry, from its value in the column `newest` or `oldest`."""
    day = int(key[:8])
    return LAST_DAY - day if sort == "newest" else UNDATED if day == LAST_DAY else day


def _count(result: tantivy.SearchResult) -> int:
    """The number of answers."""
    count: int = getattr(result, "count")  # noqa: B009 - the stubs of tantivy-py do not know this attribute
    return count


def stored(document: tantivy.Document) -> str:
    """What was stored with an entry."""
    stored: bytes = document.get_first("stored") or b""
    return bytes(stored).decode()
