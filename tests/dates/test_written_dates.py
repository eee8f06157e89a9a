"""Documents have dates as editors and databases write them; what could mean two days is none."""

import tomllib
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.written_dates import parse_written_date
from search.dates import parse_date

CASES = tomllib.loads((Path(__file__).parent / "written.toml").read_text(encoding="utf-8"))["case"]


@pytest.mark.parametrize("case", CASES, ids=lambda case: ascii(case["text"]))
def test_a_document_means_this_date(case: dict[str, Any]) -> None:
    """A text means the date of its case; one without a date raises ValueError that quotes the text."""
    if "date" in case:
        assert parse_written_date(case["text"]).text == case["date"]
    else:
        with pytest.raises(ValueError, match="is not a date; write 2025-08-13"):
            parse_written_date(case["text"])


@given(st.datetimes(datetime(1974, 1, 1), datetime(2100, 1, 1), timezones=st.just(UTC)), st.sampled_from([1, 1000]))
def test_a_number_is_an_instant(moment: datetime, unit: int) -> None:
    """Seconds and milliseconds since 1970 mean the same instant."""
    moment = moment.replace(microsecond=0)
    assert parse_written_date(str(int(moment.timestamp()) * unit)) == parse_date(moment.isoformat())


@given(st.dates(date(1990, 1, 1), date(2025, 12, 31)), st.sampled_from(["", "Stand: ", "Fr, ", "Berlin, den "]))
def test_a_day_means_itself_however_it_is_written(day: date, before: str) -> None:
    """A day of the last decades means itself with two digits of the year, too, and with words before it."""
    for text in (f"{day:%d.%m.%y}", f"{day.day}.{day.month}.{day.year}", f"{day:%d.%m.%y}, 23:59 Uhr"):
        assert parse_written_date(before + text).text == day.isoformat()


@given(st.text("0123456789./:- TZaMmäpUhrGr,'", max_size=120))
def test_any_text_is_a_date_or_a_value_error(text: str) -> None:
    """Any text is read as a date whose days exist, or refused with a ValueError."""
    try:
        found = parse_written_date(text)
    except ValueError:
        return
    assert found.first <= found.last
