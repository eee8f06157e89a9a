"""Hits over time: the right unit, every hit in its bar, every bar a search."""

from __future__ import annotations

from collections import Counter
from datetime import date

import pytest
from flask import Flask
from hypothesis import given
from hypothesis import strategies as st

from search import Page, Request
from search.page import FacetValue, QueryInfo
from web.pages.days import Days
from web.pages.timeline import BAR_HEIGHT, Timeline, timeline
from web.parameters import ReaderRequest

MONTHS = "Feb Mär Apr Mai Jun Jul Aug Sep Okt Nov Dez"


def drawn(
    days: list[str],
    asked: ReaderRequest = ReaderRequest(Request()),  # noqa: B008 - frozen
    archive: Days = Days(),  # noqa: B008 - frozen
) -> Timeline | None:
    """The timeline of hits on these ISO dates, whole ones or only a month or year."""

    def values(unit: str) -> tuple[FacetValue, ...]:
        length = {"year": 4, "month": 7, "day": 10}[unit]
        counts = Counter(day[:length] for day in days if len(day) >= length)
        return tuple(FacetValue(value, count) for value, count in counts.items())

    page = Page(QueryInfo("", ""), len(days), 0.0, (), {"year": values("year")})
    return timeline(asked, page, values, archive)


@pytest.fixture(autouse=True)
def context(app: Flask) -> object:
    with app.test_request_context():
        yield


@pytest.mark.parametrize(
    ("days", "unit", "bars"),
    [
        (["1949-05-23", "2025-02-24"], "decade", 9),
        (["1990-10-03", "2025-02-24"], "year", 36),
        (["2020-01-02", "2023-05-06"], "year", 4),
        (["2021-03-01", "2023-12-31"], "month", 34),
        (["2023-03-01", "2023-06-02"], "month", 4),
        (["2023-03-01", "2023-04-02"], "day", 61),
        (["2023-03-01", "2023-03-02"], "day", 31),
    ],
)
def test_the_span_chooses_the_unit(days: list[str], unit: str, bars: int) -> None:
    """Far apart, hits are shown by decade or year; close together, by month."""
    found = drawn(days)
    assert found is not None
    assert (found.unit, len(found.bars)) == (unit, bars)


def test_a_month_is_shown_by_days() -> None:
    """If one month is asked for, there is a bar for each of its days, and a way back to the year."""
    request = Request(since=date(2023, 2, 1), until=date(2023, 2, 28))
    found = drawn(["2023-02-03", "2023-02-03", "2023-02", "2023"], ReaderRequest(request))
    assert found is not None
    assert (found.unit, len(found.bars), found.missing) == ("day", 28, 2)
    assert (found.bars[2].label, found.bars[2].count, found.bars[2].height) == ("3. Februar 2023", 2, BAR_HEIGHT)
    assert found.bars[2].address == "/suche?from=2023-02-03&to=2023-02-03"
    assert found.wider is not None
    assert (found.wider.label, found.wider.address) == ("2023", "/suche?from=2023&to=2023")


def test_bars_end_where_the_hits_or_the_archive_do() -> None:
    """There are no empty bars at an end, unless the reader asked from or until when, and the archive has days."""
    days = ["2020-11-02", "2021-03-04"]
    archive = Days(date(2020, 2, 1), date(2021, 5, 31))
    asked = ReaderRequest(Request(since=date(2020, 1, 1)), (("from", "2020"),))
    whole = ReaderRequest(Request(since=date(2020, 1, 1), until=date(2021, 12, 31)), (("from", "2020"), ("to", "2021")))
    for request, first, last in (
        (ReaderRequest(Request()), "November 2020", "März 2021"),
        (asked, "Februar 2020", "März 2021"),
        (whole, "Februar 2020", "Mai 2021"),
    ):
        found = drawn(days, request, archive)
        assert found is not None
        assert (found.bars[0].label, found.bars[-1].label) == (first, last)


def test_two_links_choose_a_range() -> None:
    """A bar leads to what is of it or later and to what is of it or earlier, and keeps the other end of the period."""
    found = drawn(["1949-05-23", "2025-02-24"], ReaderRequest(Request(text="Wahl"), (("q", "Wahl"),)))
    assert found is not None
    assert found.bars[0].period == ("1940", "1949")
    assert found.bars[1].since_address == "/suche?q=Wahl&from=1950"
    since = ReaderRequest(Request(since=date(1950, 1, 1)), (("from", "1950"),))
    found = drawn(["1959-05-23", "2025-02-24"], since)
    assert found is not None
    assert found.bars[1].until_address == "/suche?from=1950&to=1969"
    assert found.address == "/suche"


def test_ways_back_go_up_one_step() -> None:
    """From a day back to its month, from a year to everything."""
    day = ReaderRequest(Request(since=date(2023, 2, 3), until=date(2023, 2, 3)))
    year = ReaderRequest(Request(since=date(2023, 1, 1), until=date(2023, 12, 31)))
    found = [drawn(["2023-02-03", "2023-02-03"], asked) for asked in (day, year)]
    assert [one and one.wider and one.wider.label for one in found] == ["Februar 2023", "gesamter Zeitraum"]


def test_one_hit_of_a_chosen_time_still_leads_back() -> None:
    """From the day of a single hit a way leads back to its month."""
    day = ReaderRequest(Request(since=date(2023, 2, 3), until=date(2023, 2, 3)))
    found = drawn(["2023-02-03"], day)
    assert found is not None
    assert found.wider is not None
    assert (len(found.bars), found.wider.label) == (1, "Februar 2023")


@pytest.mark.parametrize(
    ("days", "ticks"),
    [
        (["1949-05-23", "2025-02-24"], "1940er 1960er 1980er 2000er 2020er"),
        (["1850-05-23", "2025-02-24"], " ".join(f"{decade}er" for decade in range(1860, 2030, 20))),
        (["1500-05-23", "2100-02-24"], " ".join(f"{decade}er" for decade in range(1500, 2110, 50))),
        (["1990-05-23", "2025-02-24"], "1990 1995 2000 2005 2010 2015 2020 2025"),
        (["2023-01-23", "2023-12-24"], f"Jan {MONTHS}"),
        (["2022-01-23", "2023-12-24"], " ".join(f"{year} {MONTHS}" for year in (2022, 2023))),
    ],
)
def test_what_is_written_below_has_room(days: list[str], ticks: str) -> None:
    """The more bars, the fewer of them are named; the first month of a year is named by it if there are several."""
    found = drawn(days)
    assert found is not None
    assert " ".join(bar.tick for bar in found.bars if bar.tick) == ticks


@pytest.mark.parametrize("days", [[], ["2023-02-03"]])
def test_what_does_not_spread_is_not_drawn(days: list[str]) -> None:
    """No dated hit, or just one, is no timeline."""
    assert drawn(days) is None


@given(st.lists(st.dates(date(1500, 1, 1), date(2100, 1, 1)).map(date.isoformat), min_size=2, max_size=30))
def test_every_dated_hit_is_in_a_bar(days: list[str]) -> None:
    """Whatever the dates, bars hold each hit once, stand in order side by side and fill the width."""
    found = drawn(days)
    assert found is not None
    assert sum(bar.count for bar in found.bars) == len(days)
    assert found.missing == 0
    assert all((bar.address is None) == (bar.count == 0) for bar in found.bars)
    assert all(0 <= bar.height <= BAR_HEIGHT for bar in found.bars)
    lefts = [bar.left for bar in found.bars]
    assert lefts == sorted(set(lefts))
    assert abs(lefts[-1] + found.bars[-1].width - 100) < 0.1
