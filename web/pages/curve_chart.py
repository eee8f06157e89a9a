"""Curves as a drawing: where each line runs, what is written at the axes, which times are bursts."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from math import floor, log10

from search.corpus.curves import Burst, Curve, Curves
from web.localisation import (
    article_count,
    decade,
    report_count,
    short_day,
    short_decade,
    short_month,
    shown_date,
    shown_number,
    small_number,
)
from web.translation import gettext

HEIGHT = 220  # pixels of the plot
BURST_HEIGHT = 8  # of the row of bursts of each curve below it
MOST_DOTS = 62  # points that are drawn as dots, too
MOST_TICKS = 8
_LINES = 4  # across the plot, about


@dataclass(frozen=True, slots=True)
class Tick:
    """What is written at an axis, and where: in percent of the width, or in pixels from above."""

    place: float
    label: str


@dataclass(frozen=True, slots=True)
class Dot:
    """A value: `x` in percent of the width, `y` in pixels from above."""

    x: float
    y: float
    label: str


@dataclass(frozen=True, slots=True)
class Band:
    """A burst below the plot: `x` and `width` in percent of the width, `y` in pixels from above."""

    x: float
    y: float
    width: float
    label: str


@dataclass(frozen=True, slots=True)
class DrawnCurve:
    """One of several curves by its number from 1 on.

    `lines` are the points of its lines, which part where no articles are at all: x in thousandths of the width, y in
    pixels. `dots` are its values if there are few, or those that stand alone.
    """

    number: int
    curve: Curve
    lines: tuple[str, ...]
    dots: tuple[Dot, ...]
    bands: tuple[Band, ...]


@dataclass(frozen=True, slots=True)
class Chart:
    """Curves as they are drawn; `height` is that of the plot, `bottom` with the bursts below it, in pixels."""

    curves: tuple[DrawnCurve, ...]
    across: tuple[Tick, ...]
    along: tuple[Tick, ...]
    height: int
    bottom: int


def chart(found: Curves, relative: bool) -> Chart:
    """The drawing of curves by their numbers of articles, or `relative` to all articles of each period."""
    rows = [_values(curve, relative) for curve in found.curves]
    top, step = _scale(max((value for row in rows for value in row if value is not None), default=0), relative)
    bursting = [place for place, curve in enumerate(found.curves) if curve.bursts]
    bottom = HEIGHT + BURST_HEIGHT * len(bursting)
    drawn = []
    for place, (curve, row) in enumerate(zip(found.curves, rows, strict=True)):
        points = [None if value is None else (_x(at, len(row)), _y(value, top)) for at, value in enumerate(row)]
        y = HEIGHT + BURST_HEIGHT * bursting.index(place) if curve.bursts else 0
        drawn.append(
            DrawnCurve(
                number=place + 1,
                curve=curve,
                lines=tuple(_lines(points)),
                dots=tuple(_dots(points, found.periods, row, partial(_amount, curve, relative=relative))),
                bands=tuple(_band(burst, found.periods, y) for burst in curve.bursts),
            )
        )
    return Chart(tuple(drawn), tuple(_across(top, step)), tuple(_along(found.periods)), HEIGHT, bottom)


def period_label(period: str) -> str:
    """A period in words: 1980er Jahre, 1989, November 1989 or 9. November 1989."""
    return decade(period[:3]) if period.endswith("X") else shown_date(period)


def burst_label(burst: Burst) -> str:
    """The time of a burst in words."""
    if burst.first == burst.last:
        return period_label(burst.first)
    return gettext("%(first)s bis %(last)s", first=period_label(burst.first), last=period_label(burst.last))


def _values(curve: Curve, relative: bool) -> Sequence[float | None]:
    return curve.shares if relative else curve.counts


def _scale(highest: float, parts: bool) -> tuple[float, float]:
    """The value at the upper end, a multiple of a step that is 1, 2 or 5 times a power of ten; and that step.

    It is a whole number unless there are `parts`.
    """
    if highest <= 0:
        return 1.0, 1.0
    power = 10.0 ** floor(log10(highest / _LINES))
    step = next(power * factor for factor in (1, 2, 5, 10) if power * factor * _LINES >= highest)
    step = step if parts else max(1.0, step)
    lines = 1
    while step * lines < highest:
        lines += 1
    return step * lines, step


def _x(place: int, number: int) -> float:
    """Where a period lies, in percent of the width."""
    return round((place + 0.5) / number * 100, 3)


def _y(value: float, top: float) -> float:
    return round(HEIGHT - value / top * HEIGHT, 2)


Point = tuple[float, float]


def _lines(points: Sequence[Point | None]) -> Iterator[str]:
    """Rows of at least two points, as SVG writes them."""
    row: list[Point] = []
    for point in (*points, None):
        if point is not None:
            row.append(point)
            continue
        if len(row) > 1:
            yield " ".join(f"{x * 10:g},{y:g}" for x, y in row)
        row = []


def _dots(
    points: Sequence[Point | None],
    periods: Sequence[str],
    row: Sequence[float | None],
    amount: Callable[[float], str],
) -> Iterator[Dot]:
    few = len(points) <= MOST_DOTS
    for place, (point, value) in enumerate(zip(points, row, strict=True)):
        around = (*points[max(0, place - 1) : place], *points[place + 1 : place + 2])
        if point is not None and value is not None and (few or not any(around)):
            yield Dot(*point, f"{period_label(periods[place])}: {amount(value)}")


def _amount(curve: Curve, value: float, relative: bool) -> str:
    """A value of a curve in words."""
    if not relative:
        return (report_count if curve.request.collapse else article_count)(round(value))
    if curve.request.collapse:
        return gettext("%(number)s von tausend Meldungen", number=shown_number(value))
    return gettext("%(number)s von tausend Artikeln", number=shown_number(value))


def _band(burst: Burst, periods: Sequence[str], y: int) -> Band:
    first, last = periods.index(burst.first), periods.index(burst.last)
    width = 100 / len(periods)
    return Band(round(first * width, 3), y, round((last - first + 1) * width, 3), burst_label(burst))


def _across(top: float, step: float) -> Iterator[Tick]:
    """The lines across the plot, but for the one at its foot."""
    value = step
    while value <= top * 1.001:
        yield Tick(_y(value, top), shown_number(value) if value >= 0.1 else small_number(value))
        value += step


def _along(periods: Sequence[str]) -> Iterator[Tick]:
    """Some of the periods, where years or months begin if these are enough."""
    if not periods:
        return
    places = list(range(len(periods)))
    if len(periods[0]) > 4:
        begins = [place for place in places if periods[place].endswith("-01")]
        places = begins if len(begins) > 1 else places
    every = -(-len(places) // MOST_TICKS)
    for place in places[::every]:
        yield Tick(_x(place, len(periods)), _tick(periods[place]))


def _tick(period: str) -> str:
    match len(period):
        case 4:
            return short_decade(period[:3]) if period.endswith("X") else period
        case 7:
            return period[:4] if period.endswith("-01") else f"{short_month(int(period[5:]))} {period[2:4]}"
        case _:
            return short_day(int(period[8:]), int(period[5:7]))
