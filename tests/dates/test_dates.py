"""Dates are read as people and machines write them, and mean days in Berlin."""

import tomllib
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.dates import EARLIEST_YEAR, MONTHS, NewsDate, parse_date

CASES = tomllib.loads((Path(__file__).parent / "cases.toml").read_text(encoding="utf-8"))["case"]
DATES = [case for case in CASES if "date" in case]
NO_DATES = [case["text"] for case in CASES if "date" not in case]

days = st.dates(min_value=date(EARLIEST_YEAR, 1, 1), max_value=date(9999, 12, 30))
instants = st.datetimes(
    min_value=datetime(1900, 1, 1), max_value=datetime(2100, 1, 1), timezones=st.timezones(no_cache=False)
)  # fmt: skip


@pytest.mark.parametrize("case", DATES, ids=lambda case: ascii(case["text"]))
def test_a_text_means_this_date(case: dict[str, Any]) -> None:
    """A text means the date of its case, and its first and last day can be named."""
    found = parse_date(case["text"])
    assert found.text == case["date"]
    assert found.first <= found.last
    if "instant" in case:
        assert found.instant == case["instant"]


@pytest.mark.parametrize("text", NO_DATES, ids=ascii)
def test_a_text_means_no_date(text: str) -> None:
    """What is no date raises ValueError with a sentence that says what is."""
    with pytest.raises(ValueError, match="write 2025-08-13"):
        parse_date(text)


@given(days)
def test_a_day_is_read_in_every_spelling(day: date) -> None:
    """A day means itself in ISO, compact, German numbers and German words."""
    month = next(name for name, number in MONTHS.items() if number == day.month)
    year = f"{day.year}"
    for text in (
        day.isoformat(), f"{day:%Y%m%d}", f"{day.day}.{day.month}.{year}", f"{day:%d.%m.}{year}",
        f"{day.day}. {month.capitalize()} {year}", f"{day.day} {month.upper()} {year}",
    ):  # fmt: skip
        assert parse_date(text) == NewsDate(day.isoformat())


@given(days)
def test_a_date_reads_back_as_itself(day: date) -> None:
    """The text of a date of any precision is read as the same date."""
    for text in (day.isoformat(), day.isoformat()[:7], day.isoformat()[:4]):
        assert parse_date(parse_date(text).text) == parse_date(text) == NewsDate(text)


@given(days)
def test_a_day_is_its_own_first_and_last(day: date) -> None:
    """A day is one day; its month and year are all days from their first to their last."""
    known = parse_date(day.isoformat())
    assert known.first == known.last == day
    month, year = parse_date(day.isoformat()[:7]), parse_date(day.isoformat()[:4])
    assert (month.first.day, (month.last + timedelta(1)).day) == (1, 1)
    assert (year.first, year.last) == (date(day.year, 1, 1), date(day.year, 12, 31))
    assert year.first <= month.first <= day <= month.last <= year.last


@pytest.mark.parametrize(
    ("text", "last"), [("2024-02", 29), ("2023-02", 28), ("1900-02", 28), ("2000-02", 29), ("2024-04", 30)]
)
def test_a_month_ends_with_its_last_day(text: str, last: int) -> None:
    """Leap years have a 29th of February."""
    assert parse_date(text).last.day == last


@given(instants)
def test_an_instant_is_the_day_in_berlin(moment: datetime) -> None:
    """An instant with a zone is dated by the calendar in Berlin and stays the same instant."""
    offset = moment.utcoffset()
    if offset is None or offset % timedelta(minutes=1):
        return
    found = parse_date(moment.isoformat())
    assert found.first == found.last == moment.astimezone(ZoneInfo("Europe/Berlin")).date()
    assert datetime.fromisoformat(found.instant or "") == moment.astimezone(ZoneInfo("UTC"))


@given(days.filter(lambda day: day.year >= 1900))
def test_a_day_in_berlin_goes_from_midnight_to_midnight(day: date) -> None:
    """The first and the last second of a day in Berlin belong to it, also when the clocks change."""
    for clock in (time(0, 0, 0), time(23, 59, 59)):
        local = datetime.combine(day, clock, ZoneInfo("Europe/Berlin"))
        assert parse_date(local.astimezone(ZoneInfo("UTC")).isoformat()).text == day.isoformat()
        assert parse_date(local.replace(tzinfo=None).isoformat()).text == day.isoformat()


@given(
    st.one_of(
        st.text(max_size=30),
        st.text("0123456789-.:TZ+ ", max_size=26),
        st.from_regex(r"\d{4}-\d\d-\d\d", fullmatch=True),
    )
)
def test_any_text_is_a_date_or_a_value_error(text: str) -> None:
    """Any text is read as a date whose first and last day exist, or refused with a ValueError."""
    try:
        found = parse_date(text)
    except ValueError:
        return
    assert found.first <= found.last
    assert parse_date(found.text).text == found.text


@given(st.from_regex(r"\A[0-9]{1,2}\.[0-9]{1,2}\.[0-9]{4}\Z"))
def test_shown_numbers_never_mean_another_day(text: str) -> None:
    """A day in German numbers is read as this very day or not at all."""
    try:
        found = parse_date(text)
    except ValueError:
        return
    day, month, year = map(int, text.split("."))
    assert found.text == date(year, month, day).isoformat()


def test_long_texts_are_quoted_in_short() -> None:
    """The message about a text that is no date quotes only its beginning."""
    with pytest.raises(ValueError, match="is not a date") as caught:
        parse_date("x" * 10_000)
    assert len(str(caught.value)) < 150
