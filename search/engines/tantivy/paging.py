"""Which hits make the page? tantivy ranks, but breaks ties by places of its own.

Only as much is read as the page takes: days are cheap and ids are not. Ties, which are the rule for patterns and names,
are read whole where not very many answer, as facets need the same places; else only the newest hits are looked at.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from itertools import groupby
from typing import Any, NamedTuple, Protocol

from search.engines.base import EngineRequest, position_sort_key, sort_key
from search.page import Sort
from search.query.terms import scores

READ_AHEAD = 32
# Of ties the newest are looked at, and twice as many answers as the page takes: most tie. To look at a few hundred more
# costs less than to search once more.
FEW = 300
# Libraries reserve memory for as many hits as they are asked for; more are counted first, as this takes a second look.
READ_UNCOUNTED = 1_000


class Row(NamedTuple):
    """A hit on its way: `place` is where the library keeps it."""

    score: float
    day: int
    id: str
    place: Any


class _Ranked(NamedTuple):
    """A hit of which the id was not read."""

    score: float
    day: int
    place: Any


class HitSource(Protocol):
    """All answers to one query."""

    def total(self) -> int:
        """Their number."""
        ...

    def best(self, number: int) -> list[tuple[float, Any]]:
        """Rounded score and place of the first ones by score, at least so many if there are, ties in any order."""
        ...

    def by_day(self, sort: Sort, number: int, day: int | None = None) -> list[Row]:
        """The first ones in the order of newest or oldest, none of them scored; with a day, from this day on."""
        ...

    def number_of_day(self, day: int) -> int:
        """How many begin on a day."""
        ...

    def ties(self, score: float) -> list[Any] | None:
        """The places of all with this score; None if there are too many answers to look at each."""
        ...

    def newest(self, number: int) -> list[tuple[int, str]]:
        """Day and id of the newest ones, in a tenth of the time that `by_day` takes for many."""
        ...

    def days(self, places: list[Any]) -> list[int]:
        """The first day of each."""
        ...

    def id(self, place: Any) -> str:
        """The id of one of them."""
        ...

    def having(self, score: float, ids: list[str]) -> list[Any]:
        """The places of those with these ids that have this score."""
        ...


def page(hits: HitSource, request: EngineRequest) -> list[Row]:
    """The hits of the page that is asked for, in their order."""
    back, size = request.back, request.size
    listing = _Listing(hits, request)
    number = size + 1 + listing.passed()
    if number > READ_UNCOUNTED:
        number = min(number, max(1, hits.total()))
    while size:
        rows, complete = listing.read(number)
        if complete or (not back and len(rows) >= size):
            return rows[max(0, len(rows) - size) :] if back else rows[:size]
        number = min(number * READ_AHEAD, hits.total())
    return []


class _Listing:
    """One list of hits, read from its beginning."""

    def __init__(self, hits: HitSource, request: EngineRequest) -> None:
        self.hits = hits
        self.request = request
        self._by_score = request.sort == "relevance" and scores(request.terms)

    def passed(self) -> int:
        """How many hits before the page must be read at most: on the way to the end by date, those of the same day."""
        after = self.request.after
        if after is None:
            return 0
        by_score_or_back = self._by_score or self.request.back
        return after.seen if by_score_or_back else min(after.seen, self.hits.number_of_day(after.day))

    def read(self, number: int) -> tuple[list[Row], bool]:
        """The rows of the page among the first hits, and whether more hits would add none."""
        if not self._by_score:
            return self._read_by_day(number)
        return self._read_back_by_score(number) if self.request.back else self._read_by_score(number)

    def _side(self, score: float, day: int, id: str | None = None) -> int:
        """Where a hit, or a day, lies: before the position (-1), at it (0), or behind it (1)."""
        after, sort = self.request.after, self.request.sort
        if after is None:
            return 1
        key, start = sort_key(sort, score, day, id or ""), position_sort_key(sort, after)
        return (key[:2] > start[:2]) - (key[:2] < start[:2]) if id is None else (key > start) - (key < start)

    def _follows(self, row: Row) -> bool:
        """Whether the row lies on the side of the position that the page is on."""
        return self._side(row.score, row.day, row.id) == (-1 if self.request.back else 1)

    def _read_by_day(self, number: int) -> tuple[list[Row], bool]:
        """Those of the first `number` hits that follow the position, and whether there are no more.

        On the way to the end, the first hits are those from the day of the position on.
        """
        after, back = self.request.after, self.request.back
        sort: Sort = "oldest" if self.request.sort == "oldest" else "newest"
        rows = self.hits.by_day(sort, number, after.day if after and not back else None)
        wanted = [row for row in rows if self._follows(row)]
        passed = back and len(wanted) < len(rows)
        return wanted, passed or len(rows) < number or len(rows) >= self.hits.total()

    def _read_by_score(self, number: int) -> tuple[list[Row], bool]:
        best = self._best(number)
        complete = len(best) >= self.hits.total()
        after, rows = self.request.after, list[Row]()
        for score, group in groupby(best, key=lambda hit: hit.score):
            if after and score > after.score:
                continue
            if not complete and score == best[-1].score:  # these ties may go on behind the end
                return rows + self._newest(score, number)[0], False
            rows += self._in_order(list(group))
            if len(rows) >= self.request.size:
                break
        return rows, complete

    def _read_back_by_score(self, number: int) -> tuple[list[Row], bool]:
        best = self._best(number)
        start = self.request.after.score if self.request.after else 0.0
        groups = groupby(reversed([hit for hit in best if hit.score >= start]), key=lambda hit: hit.score)
        complete = len(best) >= self.hits.total() or best[-1].score < start
        if not complete and best[-1].score > start:
            return [], False
        rows = list[Row]()
        for score, group in groups:
            known, passed = (self._in_order(list(group)), True) if complete else self._newest(score, number)
            if not passed:
                return [], False
            complete = True  # only the ties of the position itself can go on behind the end
            rows = known + rows
            if len(rows) >= self.request.size:
                break
        return rows, True

    def _best(self, number: int) -> list[_Ranked]:
        """The first ones by score, with their days, which are read at once."""
        best = self.hits.best(number)
        days = self.hits.days([place for _, place in best])
        return [_Ranked(score, day, place) for (score, place), day in zip(best, days, strict=True)]

    def _in_order(self, ties: list[_Ranked]) -> list[Row]:
        """Those of the first hits that have one score, in their order, as many of them as the page takes."""
        return self._tied(ties[0].score, [hit.day for hit in ties], [hit.place for hit in ties])

    def _tied(self, score: float, days: list[int], places: list[Any]) -> list[Row]:
        """Hits of one score in their order, as many of them as the page takes."""
        back, rows = self.request.back, list[Row]()
        in_time = sorted(range(len(days)), key=days.__getitem__, reverse=not back)
        for day, group in groupby(in_time, key=days.__getitem__):
            if self._side(score, day) == (1 if back else -1):
                continue
            same = sorted((Row(score, day, self.hits.id(places[at]), places[at]) for at in group), key=_id)
            found = [row for row in same if self._follows(row)]
            rows = found + rows if back else rows + found
            if len(rows) >= self.request.size:
                break
        return rows

    def _newest(self, score: float, number: int) -> tuple[list[Row], bool]:
        """The first of this score, at least among the newest hits, and whether these reach beyond the position."""
        most = 2 * number + FEW
        places = self.hits.ties(score)
        if places is not None and self._ids_read(score, days := self.hits.days(places)) <= most:
            return self._tied(score, days, places), True
        newest = self.hits.newest(min(most, self.hits.total()))
        wanted = [id for day, id in newest if self._follows(Row(score, day, id, None))]
        passed = len(wanted) < len(newest) or len(newest) >= self.hits.total()
        places = self.hits.having(score, wanted)
        return self._tied(score, self.hits.days(places), places), passed

    def _ids_read(self, score: float, days: Sequence[int]) -> int:
        """Of how many hits of one score, on these days, the page takes the ids: of all on a day that it has."""
        back, read, found = self.request.back, 0, 0
        counts = Counter(days)
        for day in sorted(counts, reverse=not back):
            side = self._side(score, day)
            if side == (1 if back else -1) or found >= self.request.size:
                continue
            read += counts[day]
            found += counts[day] if side else 0  # on the day of the position some have been shown
        return read


def _id(row: Row) -> str:
    return row.id
