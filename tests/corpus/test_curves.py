"""Curves: counted as searches count, per thousand of what there is, bursts with what explains them."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search import Archive, Request
from search.corpus.periods import MOST_STEPS, UNITS, days_of, periods, usual_unit
from search.corpus.words import spread
from search.errors import BadRequest, TooExpensive

FLOOD = Request("Hochwasser")


def test_each_step_is_what_a_search_finds(archive: Archive) -> None:
    """The count of a month is the number of articles that a search within it finds; so is that of all articles."""
    found = archive.corpus.curves({"flood": FLOOD, "football": Request("Spiel")}, "month")
    assert found.periods[0], found.periods[-1] == ("2002-01", "2003-01")
    assert len(found.periods) == 13
    for curve in found.curves:
        for period, count, all in zip(found.periods, curve.counts, curve.all, strict=True):
            year, month = map(int, period.split("-"))
            within = {"since": date(year, month, 1), "until": date(year, month, 28)}
            assert count == archive.count(replace(curve.request, **within))
            assert all == archive.count(replace(Request(), **within))


def test_what_has_no_such_date_is_missing(archive: Archive) -> None:
    """Articles that are dated to a month, or not at all, are in no day, and are told."""
    (curve,) = archive.corpus.curves({"": replace(FLOOD, until=date(2002, 12, 31))}, "day").curves
    assert (curve.total, curve.missing) == (12, 0)
    (curve,) = archive.corpus.curves({"": FLOOD}, "month").curves
    assert (curve.total, sum(curve.counts), curve.missing) == (14, 13, 1)


def test_a_share_is_of_the_same_sources(archive: Archive) -> None:
    """The share of a curve for a source is that of this source's articles, whatever names are asked for."""
    requests = {"all": FLOOD, "one": replace(FLOOD, source=("Elbblatt",), place=("Dresden",))}
    found = archive.corpus.curves(requests, "month")
    august = found.periods.index("2002-08")
    assert [round(curve.shares[august] or 0) for curve in found.curves] == [750, 1000]
    assert [curve.shares[0] for curve in found.curves] == [0.0, None]


def test_a_burst_has_its_words_and_its_headline(archive: Archive) -> None:
    """The flood is a burst in August; the words that explain it are those that other articles do not have."""
    asked = Request("Hochwasser ODER Spiel", place=("Dresden",))
    (curve,) = archive.corpus.curves({"": asked}, "month").curves
    (burst,) = curve.bursts
    assert (burst.first, burst.last, burst.count) == ("2002-08", "2002-08", 12)
    assert burst.explanation is not None
    assert burst.explanation.id in {f"flut-{day}" for day in range(10, 22)}
    assert archive.corpus.curves({"": asked}, "month", explained=False).curves[0].bursts[0].explanation is None


def test_nothing_is_relaxed(archive: Archive) -> None:
    """Of two words that no article has together, a curve finds nothing, though a search would show either."""
    (curve,) = archive.corpus.curves({"": Request("Sandsäcke Stadion")}).curves
    assert curve.total == 0


def test_the_unit_suits_the_time(archive: Archive) -> None:
    """A short time is shown by days, a year by months; too many steps are refused with what helps."""
    week = replace(FLOOD, since=date(2002, 8, 10), until=date(2002, 8, 16))
    assert archive.corpus.curves({"": week}).unit == "day"
    assert archive.corpus.curves({"": FLOOD}).unit == "month"
    assert archive.corpus.curves({"": replace(FLOOD, since=date(2050, 1, 1))}).periods == ()
    with pytest.raises(BadRequest, match="minute") as refusal:
        archive.corpus.curves({"": FLOOD}, "minute")
    assert refusal.value.parameter == "unit"


@pytest.mark.parametrize(
    ("since", "until", "articles", "unit"),
    [
        ("1949-01-01", "2025-12-31", 62, "decade"),
        ("1949-01-01", "2025-12-31", 10_000, "year"),
        ("2019-01-01", "2021-12-31", 20, "month"),
        ("2021-01-01", "2021-03-31", 2, "day"),
        ("1850-01-01", "2021-12-31", 0, "decade"),
    ],
)  # fmt: skip
def test_few_articles_are_counted_by_longer_steps(since: str, until: str, articles: int, unit: str) -> None:
    """The steps suit the time; of a long time with few articles they are decades."""
    assert usual_unit(date.fromisoformat(since), date.fromisoformat(until), articles) == unit


@given(
    st.dates(date(1400, 1, 1), date(2100, 1, 1)), st.dates(date(1400, 1, 1), date(2100, 1, 1)), st.sampled_from(UNITS)
)
def test_steps_follow_each_other(one: date, other: date, unit: str) -> None:
    """Each step begins on the day after the one before; together they hold the time, or its last MOST_STEPS."""
    since, until = sorted((one, other))
    steps = periods(unit, since, until)
    days = [days_of(step) for step in steps]
    assert all(before[1] + timedelta(1) == after[0] for before, after in pairwise(days))
    assert days[-1][0] <= until <= days[-1][1]
    assert len(steps) == MOST_STEPS or days[0][0] <= since <= days[0][1]


def test_a_decade_is_its_years(archive: Archive) -> None:
    """Decades add up the years in them."""
    by_decade = archive.corpus.curves({"": FLOOD}, "decade")
    assert (by_decade.periods, by_decade.curves[0].counts) == (("200X",), (13,))


@pytest.mark.parametrize(("ids", "number"), [(0, 3), (3, 3), (10, 3), (1000, 7)])
def test_a_sample_is_spread_evenly(ids: int, number: int) -> None:
    """A sample has as many as are asked for, each once, in order, at equal distances."""
    found = [int(id) for id in spread([str(place) for place in range(ids)], number)]
    assert found == sorted(set(found))
    assert len(found) == min(ids, number)
    assert len({after - before for before, after in pairwise(found)}) <= 2


def test_what_explains_a_burst_is_left_out_if_it_takes_too_long(
    archive: Archive, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A deadline that passes while a burst is explained leaves the curve and its burst as they are."""

    def too_long(*_: object) -> None:
        raise TooExpensive("reading articles", 2.0)

    monkeypatch.setattr("search.corpus.curves.explain", too_long)
    (curve,) = archive.corpus.curves({"": FLOOD}, "month").curves
    assert [(burst.count, burst.explanation) for burst in curve.bursts] == [(12, None)]
