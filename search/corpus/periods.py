"""Which years, months or days lie between two dates? The steps of a curve."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from search.errors import BadRequest
from search.page import DATE_UNITS

# Steps of a curve at most; more are no curve that anybody reads, and each is counted for each curve.
MOST_STEPS = 800
# So many months, or days, are shown unless the reader says otherwise.
MONTHS_UNASKED = 240
DAYS_UNASKED = 92


def usual_unit(since: date, until: date) -> str:
    """The one of DATE_UNITS that suits a span."""
    if (until - since).days < DAYS_UNASKED:
        return "day"
    return "month" if _months(since, until) <= MONTHS_UNASKED else "year"


def checked_unit(unit: str, since: date, until: date) -> str:
    """The unit that is asked for, or the usual one for ""; BadRequest for one that gives too many steps."""
    if not unit:
        return usual_unit(since, until)
    if unit not in DATE_UNITS:
        raise BadRequest("unit", f"unit must be one of {', '.join(DATE_UNITS)}, not {unit[:40]!r}.")
    steps = {"year": 1, "month": _months(since, until), "day": (until - since).days + 1}[unit]
    if steps > MOST_STEPS:
        raise BadRequest(
            "unit",
            f"By {unit} these are {steps:,} steps of at most {MOST_STEPS}; ask for a shorter time or a longer unit.",
        )
    return unit


def periods(unit: str, since: date, until: date) -> tuple[str, ...]:
    """The periods of a unit from one day to another, as ISO dates; no more than the last MOST_STEPS years."""
    return tuple(_periods(unit, since, until))[-MOST_STEPS:]


def _periods(unit: str, since: date, until: date) -> Iterator[str]:
    match unit:
        case "year":
            yield from (f"{year:04}" for year in range(since.year, until.year + 1))
        case "month":
            first = since.year * 12 + since.month - 1
            yield from (
                f"{number // 12:04}-{number % 12 + 1:02}" for number in range(first, first + _months(since, until))
            )
        case _:
            yield from ((since + timedelta(days)).isoformat() for days in range((until - since).days + 1))


def _months(since: date, until: date) -> int:
    return (until.year - since.year) * 12 + until.month - since.month + 1
