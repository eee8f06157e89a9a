"""From when to when has the archive articles?"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from search import Archive, Request, parse_date
from search.page import Sort
from web.addresses import Link, first_page_address
from web.localisation import counted
from web.parameters import ReaderRequest, without_parameters

_LAST_DAYS = (7, 30)


@dataclass(frozen=True, slots=True)
class Days:
    """The first and the last day that an article can be of, both None if none is dated."""

    first: date | None = None
    last: date | None = None


def latest(asked: ReaderRequest, days: Days) -> tuple[Link, ...]:
    """The same search in the last days of the archive, which are those of today only if it goes on."""
    if days.last is None:
        return ()
    others = without_parameters(asked.pairs, "from", "to")
    sinces = {number: (days.last - timedelta(number - 1)).isoformat() for number in _LAST_DAYS}
    return tuple(
        Link(counted("letzter Tag", "letzte %(number)s Tage", number), first_page_address((*others, ("from", since))))
        for number, since in sinces.items()
    )


def archive_days(archive: Archive) -> Days:
    """The days of the archive's last commit."""
    first, last = _end(archive, "oldest"), _end(archive, "newest")
    return Days(parse_date(first).first, parse_date(last).last) if first and last else Days()


def _end(archive: Archive, sort: Sort) -> str | None:
    """The date of the first article in this order; undated ones come last in both."""
    hits = archive.search(Request(sort=sort, size=1)).hits
    return hits[0].date if hits else None
