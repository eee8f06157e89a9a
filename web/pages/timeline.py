"""The hits over time, as bars that narrow the search to their decade, year, month or day."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from search.dates import NewsDate, months_between, periods_between
from search.page import FacetValue, Page
from web.addresses import Link, first_page_address
from web.localisation import decade, short_day, short_decade, short_month, shown_date
from web.pages.days import Days
from web.parameters import ReaderRequest, without_parameters
from web.translation import gettext

# Beyond so many years or months, bars stand for decades or years. At their least width, so many fill the page.
MOST_YEARS = 45
MOST_MONTHS = 36
MOST_DAYS = 62
# In rem, so that they grow with their labels. 1.5 are the 24 pixels that a finger hits (WCAG 2.2, 2.5.8); a month needs
# more, or "Dez", the next year and "Feb" would touch, and so does a decade.
BAR_WIDTHS = {"decade": 2.75, "year": 1.5, "month": 1.75, "day": 1.5}
FEW_BARS, FEW_WIDTH = 12, 5  # so few are so wide where there is room, and no wider
BAR_HEIGHT = 48  # pixels

FEW_MONTHS = 2  # are shown by their days

# Different months and days that can have hits within the spans that a timeline shows them for.
MOST_PERIODS = 400

CountBy = Callable[[str], tuple[FacetValue, ...]]


@dataclass(frozen=True, slots=True)
class Bar:
    """A period with its number of hits; `left`, `width` are percent, `height` is pixels.

    `tick` is what is written below the bar, "" where there is no room; `period` are its first and last dates;
    `address` narrows to the period, None if it has no hits, `since_address` and `until_address` to what is of it or
    later, and of it or earlier.
    """

    label: str
    tick: str
    count: int
    period: tuple[str, str]
    address: str | None
    since_address: str
    until_address: str
    left: float
    width: float
    height: int


@dataclass(frozen=True, slots=True)
class Timeline:
    """The bars of a result; `missing` counts hits too vaguely dated to be in a bar.

    `address` is the search without a period, to which scripts add one.
    """

    unit: str
    bars: tuple[Bar, ...]
    missing: int
    wider: Link | None
    address: str

    @property
    def few(self) -> bool:
        """Whether the bars are so few that they would be too wide beside each other."""
        return len(self.bars) <= FEW_BARS

    @property
    def width(self) -> float:
        """The width in rem: the most of few bars, else the least at which each can be hit."""
        return len(self.bars) * (FEW_WIDTH if self.few else BAR_WIDTHS[self.unit])


def timeline(asked: ReaderRequest, page: Page, count_by: CountBy, days: Days) -> Timeline | None:
    """The hits of `page` over time, None if there is nothing to narrow or to widen.

    `count_by` gives the counts by month and day, which are only asked for if the hits lie close together. `days` are
    those of the archive: before and after them there are no bars, nor where nobody asked for a beginning or an end.
    """
    years = {facet.value: facet.count for facet in page.facets.get("year", ())}
    narrowed = asked.request.since or asked.request.until
    if not years or (page.total == 1 and not narrowed):
        return None
    since = max(asked.request.since or date.min, days.first or date.min, date(int(min(years)), 1, 1))
    until = min(asked.request.until or date.max, days.last or date.max, date(int(max(years)), 12, 31))
    unit = _unit(since, until)
    counts = _counts(unit, years, count_by)
    periods = _without_empty_ends(asked, counts, list(periods_between(unit, since, until)))
    if unit == "month" and len(periods) <= FEW_MONTHS:
        first, last = NewsDate(periods[0]).first, NewsDate(periods[-1]).last
        unit, counts = "day", _counts("day", years, count_by)
        periods = list(periods_between(unit, max(since, first), min(until, last)))
    bars = tuple(_bars(asked, counts, periods))
    missing = page.total - sum(bar.count for bar in bars)
    return Timeline(unit, bars, missing, _wider(asked), _period_address(asked))


def _without_empty_ends(asked: ReaderRequest, counts: Mapping[str, int], periods: list[str]) -> list[str]:
    """The periods from the first with hits to the last, unless the reader asked from when or until when."""
    filled = [place for place, period in enumerate(periods) if counts.get(period)] or [0, len(periods) - 1]
    first = 0 if asked.request.since else filled[0]
    return periods[first:] if asked.request.until else periods[first : filled[-1] + 1]


def _unit(since: date, until: date) -> str:
    """What a bar stands for, so that there are enough of them and not too many."""
    if until.year - since.year >= MOST_YEARS:
        return "decade"
    if months_between(since, until) > MOST_MONTHS:
        return "year"
    return "month" if (until - since).days >= MOST_DAYS else "day"


def _counts(unit: str, years: Mapping[str, int], count_by: CountBy) -> Mapping[str, int]:
    if unit == "year":
        return years
    if unit != "decade":
        return {facet.value: facet.count for facet in count_by(unit)}
    decades: dict[str, int] = {}
    for year, count in years.items():
        decades[year[:3]] = decades.get(year[:3], 0) + count
    return decades


def _bars(asked: ReaderRequest, counts: Mapping[str, int], periods: list[str]) -> Iterator[Bar]:
    highest = max((counts.get(period, 0) for period in periods), default=0) or 1
    width = 100 / len(periods)
    for place, period in enumerate(periods):
        count = counts.get(period, 0)
        yield Bar(
            label=_label(period),
            tick=_tick(period, place, len(periods)),
            count=count,
            period=_ends(period),
            address=_period_address(asked, *_ends(period)) if count else None,
            since_address=_period_address(asked, _ends(period)[0], asked.typed("to")),
            until_address=_period_address(asked, asked.typed("from"), _ends(period)[1]),
            left=round(place * width, 3),
            width=round(width, 3),
            height=max(2, round(count / highest * BAR_HEIGHT)) if count else 0,
        )


def _label(period: str) -> str:
    return decade(period) if len(period) == 3 else shown_date(period)


def _tick(period: str, place: int, number: int) -> str:
    """What is written below a bar: months and days that begin something, years as there is room."""
    match len(period):
        case 3:
            written = number <= 7 or period[-1] in ("02468" if number <= 22 else "05")
            return short_decade(period) if written else ""
        case 4:
            return period if number <= 11 or period[-1] in ("02468" if number <= 22 else "05") else ""
        case 7:
            begins = period.endswith("-01") and number > 12
            return period[:4] if begins else short_month(int(period[5:]))
        case _:
            begins = place == 0 or period.endswith("-01")
            day = int(period[8:])
            return (
                short_day(day, int(period[5:7])) if begins else str(day) if number <= MOST_DAYS // 2 or day % 2 else ""
            )


def _ends(period: str) -> tuple[str, str]:
    """The first and the last date of a period: `198` is from 1980 to 1989."""
    return (f"{period}0", f"{period}9") if len(period) == 3 else (period, period)


def _period_address(asked: ReaderRequest, since: str = "", until: str = "") -> str:
    """The address of the search from one date to another, of which each may be open."""
    ends = (pair for pair in (("from", since), ("to", until)) if pair[1])
    return first_page_address((*without_parameters(asked.pairs, "from", "to"), *ends))


def _wider(asked: ReaderRequest) -> Link | None:
    """The next longer period around the one that is asked for, None if none is."""
    since, until = asked.request.since, asked.request.until
    if since is None and until is None:
        return None
    others = without_parameters(asked.pairs, "from", "to")
    for length in (7, 4):
        period = since.isoformat()[:length] if since else ""
        if since and until and until.isoformat().startswith(period) and not _is_whole(period, since, until):
            return Link(shown_date(period), first_page_address((*others, ("from", period), ("to", period))))
    return Link(gettext("gesamter Zeitraum"), first_page_address(others))


def _is_whole(period: str, since: date, until: date) -> bool:
    whole = NewsDate(period)
    return (whole.first, whole.last) == (since, until)
