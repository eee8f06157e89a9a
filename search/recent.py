"""Which of the relevant articles are recent? The best by relevance, in the order of relevance multiplied by recency.

No engine multiplies a score by a function of the day. So the best CANDIDATES by relevance are read and put in this
order; those behind them follow by relevance alone. The order is the same on each page of a list, as the candidates are.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from search.cursor import position
from search.engines.base import (
    SCORE_DIGITS,
    UNDATED,
    Engine,
    EngineRequest,
    EngineResult,
    ListPosition,
    Match,
    sort_key,
)
from search.query.terms import calendar_day
from search.settings import HALF_LIFE, positive_number

CANDIDATES = 500


def search_recent(engine: Engine, asked: EngineRequest) -> EngineResult:
    """What `asked` asks for, sorted by relevance times recency: the same articles, total and facets.

    The score of a candidate is its relevance times 1 / (1 + age / half-life), where its age is counted from the newest
    candidate in days; one without a date counts as the oldest. Others keep theirs. Raises SettingUnusable.
    """
    best = engine.search(replace(asked, sort="relevance", size=CANDIDATES, after=None, back=False))
    listed = _rescored(best.matches)
    if not listed:
        return best
    places = {match.id: place for place, match in enumerate(listed)}
    place = _place(asked.after, places)
    found = _before(engine, asked, listed, place) if asked.back else _behind(engine, asked, best, listed, place)
    return replace(best, matches=tuple(found))


def _place(after: ListPosition | None, places: dict[str, int]) -> int | None:
    """The place of a position among the candidates, -1 before them all, None behind them."""
    if after is None:
        return -1
    if after.id in places or after.seen <= len(places):  # a hit that is gone is where it was
        return places.get(after.id, after.seen - 1)
    return None


def _behind(
    engine: Engine, asked: EngineRequest, best: EngineResult, listed: Sequence[Match], place: int | None
) -> list[Match]:
    found = list(listed[place + 1 : place + 1 + asked.size]) if place is not None else []
    missing = asked.size - len(found)
    if missing and best.total > len(listed):
        edge = position(best.matches[-1], len(best.matches)) if place is not None else asked.after
        found += engine.search(replace(asked, sort="relevance", size=missing, after=edge, facets={})).matches
    return found


def _before(engine: Engine, asked: EngineRequest, listed: Sequence[Match], place: int | None) -> list[Match]:
    if place is not None:
        return list(listed[max(0, place - asked.size) : max(0, place)])
    ids = {match.id for match in listed}
    before = engine.search(replace(asked, sort="relevance", facets={})).matches
    tail = [match for match in before if match.id not in ids]
    return [*listed[max(0, len(listed) - asked.size + len(tail)) :], *tail]


def _rescored(matches: Sequence[Match]) -> list[Match]:
    """Matches with their scores multiplied by their recency, the best first."""
    half_life = positive_number(HALF_LIFE)
    days = {match.id: calendar_day(match.day) for match in matches if match.day != UNDATED}
    newest, oldest = max(days.values(), default=date.min), min(days.values(), default=date.min)
    ages = {match.id: (newest - days.get(match.id, oldest)).days for match in matches}
    scored = [
        replace(match, score=round(match.score / (1 + ages[match.id] / half_life), SCORE_DIGITS)) for match in matches
    ]
    return sorted(scored, key=lambda match: sort_key("relevance", match.score, match.day, match.id))
