"""Of which days are the first of very many answers by date? Some days are tried, and more where these have too few.

To sort answers by a column of texts, tantivy looks up the text of each by itself, 7 µs an answer. Ranges of days are
looked up in their index.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from search.engines.base import UNDATED
from search.engines.tantivy.columns import LAST_DAY
from search.page import Sort
from search.query.terms import calendar_day, day_number

TOO_MANY = 2  # times the days that should be enough
WIDER = 4  # times the days, if they were not
Days = list[tuple[int, int]]  # ranges of first days, both ends included


def spans(sort: Sort, known: tuple[int, int], day: int | None, share: float) -> Iterator[Days]:
    """The days of the first answers by date, ever more of them, until all those from `day` on are among them.

    `known` is the oldest and the newest day of all entries, UNDATED if none has any; `share` is which share of all
    answers is wanted. Undated entries are always the last.
    """
    oldest, newest = known
    begin = day if day is not None else newest if sort == "newest" else oldest
    if begin == UNDATED:
        yield [(UNDATED, UNDATED if day is not None else LAST_DAY)]
        return
    days = _ordinal(newest) - _ordinal(oldest) + 1 if newest != UNDATED else 0
    width = max(1, int(days * share * TOO_MANY))
    while width < days:
        end = _moved(begin, -width if sort == "newest" else width)
        if not oldest < end < newest:
            break
        yield [(min(begin, end), max(begin, end))]
        width *= WIDER
    yield [(UNDATED, begin)] if sort == "newest" else [(begin, LAST_DAY), (UNDATED, UNDATED)]


def _ordinal(day: int) -> int:
    """The number of a day; of about that day, if there is none such: a cursor may say anything."""
    try:
        return calendar_day(day).toordinal()
    except ValueError:
        year, month = day // 10000, day // 100 % 100
        return date(min(max(year, 1), 9999), min(max(month, 1), 12), 1).toordinal()


def _moved(day: int, days: int) -> int:
    """A day so many days later."""
    return day_number(date.fromordinal(min(max(1, _ordinal(day) + days), date.max.toordinal())))
