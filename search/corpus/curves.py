"""How often is something written about, and when? Several searches counted by year, month or day."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from search.corpus.bursts import Span, bursts
from search.corpus.explaining import Explanation, explain
from search.corpus.periods import MOST_STEPS, checked_unit, days_of, decade_of, periods
from search.dates import NewsDate
from search.deadline import check_deadline, until_deadline
from search.engines.base import Engine, EngineRequest
from search.engines.rewriting import without_scores
from search.errors import BadRequest, TooExpensive
from search.families.reading import FamilyLookup
from search.page import Request
from search.query.readings import as_asked
from search.query.terms import Keyword, Terms, all_of, any_of

MOST_CURVES = 6
MOST_EXPLAINED = 6  # bursts of all curves whose words are looked for: the heaviest
MOST_YEARS = 10_000


@dataclass(frozen=True, slots=True)
class Burst:
    """A time with far more than usual: its first and last period, its articles, its weight, and what explains it.

    `words` are typical of its articles against the others of the curve; `id` and `headline` are of the article among
    them that has most of these words.
    """

    first: str
    last: str
    count: int
    weight: float
    explanation: Explanation | None = None

    def as_json(self) -> dict[str, Any]:
        """The burst as the JSON API gives it."""
        told = self.explanation
        return {
            "first": self.first,
            "last": self.last,
            "count": self.count,
            "weight": round(self.weight, 2),
            "words": list(told.words) if told else [],
            "id": told.id if told else None,
            "headline": told.headline if told else None,
        }


@dataclass(frozen=True, slots=True)
class Curve:
    """What one search finds in each period, and how much there is at all: `counts` of `all`.

    Both are articles, or families if the request is collapsed. `total` are articles, of which `missing` are dated less
    precisely, or not at all.
    """

    label: str
    request: Request
    total: int
    counts: tuple[int, ...]
    all: tuple[int, ...]
    missing: int
    bursts: tuple[Burst, ...] = ()

    @property
    def shares(self) -> tuple[float | None, ...]:
        """Of a thousand articles of each period, how many are found; None where there are none."""
        return tuple(1000 * some / of if of else None for some, of in zip(self.counts, self.all, strict=True))

    def as_json(self) -> dict[str, Any]:
        """The curve as the JSON API gives it."""
        return {
            "label": self.label,
            "total": self.total,
            "missing": self.missing,
            "counts": list(self.counts),
            "articles": list(self.all),
            "per_thousand": [None if share is None else round(share, 3) for share in self.shares],
            "bursts": [burst.as_json() for burst in self.bursts],
        }


@dataclass(frozen=True, slots=True)
class Curves:
    """Curves over the same periods of `unit` (search.corpus.periods): 198X, 1989, 1989-11 or 1989-11-09."""

    unit: str
    periods: tuple[str, ...]
    curves: tuple[Curve, ...]

    def as_json(self) -> dict[str, Any]:
        """The curves as the JSON API gives them."""
        return {
            "unit": self.unit,
            "periods": list(self.periods),
            "curves": [curve.as_json() for curve in self.curves],
        }


def curves(
    engine: Engine,
    families: FamilyLookup | None,
    requests: Mapping[str, Request],
    unit: str = "",
    explained: bool = True,
) -> Curves:
    """What each of several requests, by their labels, finds over time; nothing of them is relaxed.

    Of requests that are collapsed, families are counted: a period has each that has an article in it. `unit` is one of
    UNITS, or "" for the one that suits the time. Bursts are told with what explains them if `explained`. Raises
    BadRequest for a unit with too many steps, and where no `families` are known but asked for; TooExpensive.
    """
    counted = _Counted(engine, families)
    backgrounds = {label: background(request) for label, request in requests.items()}
    span = counted.span(list(backgrounds.values()))
    if span is None:
        return Curves(unit or "year", (), tuple(_empty(label, requests[label]) for label in requests))
    articles = max(sum(counted.by("year", request)[1].values()) for request in backgrounds.values())
    unit = checked_unit(unit, *span, articles)
    steps = _without_empty_ends(
        periods(unit, *span), [counted.by(unit, request)[1] for request in set(backgrounds.values())]
    )
    found = []
    for label, request in requests.items():
        total, counts = counted.by(unit, request)
        row, all = (counted.row(unit, steps, one) for one in (request, backgrounds[label]))
        missing = max(0, total - sum(counts.get(step, 0) for step in steps))
        found.append(Curve(label, request, total, row, all, missing))
    return Curves(unit, steps, tuple(_with_bursts(engine, steps, found, explained)))


def background(request: Request) -> Request:
    """All that was written in the sources, sections and time of a request: what its counts are a share of."""
    return replace(request, text="", person=(), place=(), organisation=())


class _Counted:
    """Counts over time, each asked for once."""

    def __init__(self, engine: Engine, families: FamilyLookup | None) -> None:
        self._engine = engine
        self._families = families
        self._known: dict[tuple[str, Request], tuple[int, dict[str, int]]] = {}
        self._rows: dict[tuple[str, Request], tuple[int, ...]] = {}

    def by(self, unit: str, request: Request) -> tuple[int, dict[str, int]]:
        """The number of articles that answer, and of those of each period."""
        key = unit, request
        if unit == "decade" and key not in self._known:
            total, years = self.by("year", request)
            decades: Counter[str] = Counter()
            for year, count in years.items():
                decades[decade_of(year)] += count
            self._known[key] = total, decades
        if key not in self._known:
            check_deadline("counting the hits")
            most = {unit: MOST_YEARS if unit == "year" else MOST_STEPS + 2}
            found = self._engine.search(EngineRequest(as_asked(request).terms, size=0, facets=most))
            self._known[key] = found.total, dict(found.facets[unit])
        return self._known[key]

    def row(self, unit: str, steps: Sequence[str], request: Request) -> tuple[int, ...]:
        """The numbers of a curve: articles, or families if the request is collapsed. `steps` are always the same."""
        key = unit, request
        if key not in self._rows:
            _, counts = self.by(unit, request)
            row = tuple(counts.get(step, 0) for step in steps)
            self._rows[key] = self._collapsed(unit, steps, request, row) if request.collapse else row
        return self._rows[key]

    def _collapsed(self, unit: str, steps: Sequence[str], request: Request, articles: Sequence[int]) -> tuple[int, ...]:
        if self._families is None:
            raise BadRequest("collapse", "This archive does not know which articles are copies; leave out collapse.")
        terms = without_scores(as_asked(request).terms)
        return tuple(
            _families_among(self._families, self._engine.ids(all_of([terms, _within(unit, step)]), number))
            if number > 1
            else number
            for step, number in zip(until_deadline(steps, "counting the families", 1), articles, strict=True)
        )

    def span(self, requests: Sequence[Request]) -> tuple[date, date] | None:
        """The first and the last day of all periods that have articles, within the time that is asked for."""
        years = sorted({year for request in requests for year in self.by("year", request)[1]})
        if not years:
            return None
        since, until = NewsDate(years[0]).first, NewsDate(years[-1]).last
        since = max(since, *(request.since or date.min for request in requests))
        until = min(until, *(request.until or date.max for request in requests))
        return (since, until) if since <= until else None


def _within(unit: str, step: str) -> Terms:
    """The articles of a period; those of a decade are those of its years."""
    if unit == "decade":
        return any_of([Keyword("year", f"{step[:3]}{digit}") for digit in range(10)])
    return Keyword(unit, step)


def _families_among(families: FamilyLookup, ids: Sequence[str]) -> int:
    """How many families these articles are of; one that has no copies is a family by itself."""
    members = families.of_several(until_deadline(ids, "counting the families"))
    return len({found.ids[0] if found.ids else id for id, found in members.items()})


def _without_empty_ends(steps: tuple[str, ...], backgrounds: Sequence[Mapping[str, int]]) -> tuple[str, ...]:
    """The periods from the first to the last in which there is any article."""
    filled = [place for place, step in enumerate(steps) if any(counts.get(step) for counts in backgrounds)]
    return steps[filled[0] : filled[-1] + 1] if filled else ()


def _empty(label: str, request: Request) -> Curve:
    return Curve(label, request, 0, (), (), 0)


def _with_bursts(engine: Engine, steps: tuple[str, ...], found: Sequence[Curve], explained: bool) -> list[Curve]:
    """The curves with their bursts; the heaviest of all are explained."""
    spans = {place: bursts(curve.counts, curve.all) for place, curve in enumerate(found)}
    heaviest = sorted((-span.weight, place, span) for place, some in spans.items() for span in some)[:MOST_EXPLAINED]
    told = {(place, span) for _, place, span in heaviest} if explained else set[tuple[int, Span]]()
    return [
        replace(
            curve,
            bursts=tuple(_burst(engine, steps, curve, span, (place, span) in told) for span in spans[place]),
        )
        for place, curve in enumerate(found)
    ]


def _burst(engine: Engine, steps: tuple[str, ...], curve: Curve, span: Span, explained: bool) -> Burst:
    first, last = steps[span.first], steps[span.last]
    told, since, until = None, days_of(first)[0], days_of(last)[1]
    with suppress(TooExpensive):  # the curve is there; what explains it is only a help
        told = explain(engine, curve.request, since, until) if explained else None
    return Burst(first, last, sum(curve.counts[span.first : span.last + 1]), span.weight, told)
