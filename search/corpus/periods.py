"""Which decades, years, months or days lie between two dates? The steps of a curve.

A step is an ISO date (1989, 1989-11, 1989-11-09), a decade as the extended date format of ISO 8601-2 has it: 198X.
"""

from __future__ import annotations

from datetime import date

from search.dates import NewsDate, months_between, periods_between
from search.errors import BadRequest

UNITS = ("decade", "year", "month", "day")
# Steps of a curve at most; more are no curve that anybody reads, and each is counted for each curve.
MOST_STEPS = 800
# So many months, or days, are shown unless the reader says otherwise.
MONTHS_UNASKED = 240
DAYS_UNASKED = 92
FEW = 3  # articles of a year on the average; with fewer, decades say more


def usual_unit(since: date, until: date, articles: int) -> str:
    """The one of UNITS that suits a time with so many articles."""
    if (until - since).days < DAYS_UNASKED:
        return "day"
    if months_between(since, until) <= MONTHS_UNASKED:
        return "month"
    return "year" if articles >= FEW * _steps("year", since, until) else "decade"


def checked_unit(unit: str, since: date, until: date, articles: int) -> str:
    """The unit that is asked for, or the usual one for ""; BadRequest for one that gives too many steps."""
    if not unit:
        return usual_unit(since, until, articles)
    if unit not in UNITS:
        raise BadRequest("unit", f"unit must be one of {', '.join(UNITS)}, not {unit[:40]!r}.")
    steps = _steps(unit, since, until)
    if steps > MOST_STEPS:
        raise BadRequest(
            "unit",
            f"By {unit} these are {steps:,} steps of at most {MOST_STEPS}; ask for a shorter time or a longer unit.",
        )
    return unit


def periods(unit: str, since: date, until: date) -> tuple[str, ...]:
    """The periods of a unit from one day to another; no more than the last MOST_STEPS."""
    steps = tuple(periods_between(unit, since, until))[-MOST_STEPS:]
    return tuple(map(decade_of, steps)) if unit == "decade" else steps


def days_of(period: str) -> tuple[date, date]:
    """The first and the last day of a period."""
    first, last = (NewsDate(period.replace("X", digit)) for digit in "09")
    return first.first, last.last


def decade_of(year: str) -> str:
    """The decade of a year: 1989 is of 198X."""
    return f"{year[:3]}X"


def _steps(unit: str, since: date, until: date) -> int:
    match unit:
        case "decade":
            return until.year // 10 - since.year // 10 + 1
        case "year":
            return until.year - since.year + 1
        case "month":
            return months_between(since, until)
        case _:
            return (until - since).days + 1
