"""Which date does a document mean? As search.dates reads it, and as editors and databases write it besides."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime

from search.dates import LONGEST_DATE, NewsDate, from_instant, parse_date

# Numbers of seconds and milliseconds since 1970; smaller ones are years, days (20250813) or errors.
_SECONDS, _MILLISECONDS, _MICROSECONDS = 10**8, 10**11, 10**14

_NUMBER = re.compile(r"\d{9,14}(?:\.\d+)?")
_FOURTEEN = re.compile(r"((?:19|20)\d{6})(\d{4})(\d{2})")
_BEFORE = re.compile(
    r"(?:(?:stand|datum|date|veröffentlicht|publiziert|erschienen|erstellt|aktualisiert|published|posted|updated|zuletzt"
    r"|letzte[sr]? (?:update|aktualisierung|änderung)|vom|am|den)\b\s*(?::|\bam\b|\bon\b)?\s*)+",
    re.IGNORECASE,
)
_PLACE = re.compile(r"[^\W\d_]+(?:[ -][^\W\d_]+){0,2}\.?,\s+(?:den\s+)?(?=.*\d)")
_SHORT_YEAR = re.compile(r"(?<!\d)(\d{1,2}\.\s?\d{1,2}\.\s?)'?(\d{2})(?!\d|[:.]\d)")
_YEAR_FIRST = re.compile(r"(?<!\d)(\d{4})/(\d{1,2})/(\d{1,2})(?!\d)")
_SLASHES = re.compile(r"(?<!\d)(\d{1,2})/(\d{1,2})/(\d{4})(?!\d)")


def parse_written_date(text: str) -> NewsDate:
    """Read the date of a document.

    Besides what `parse_date` takes, that are seconds or milliseconds since 1970, `20250813103000`, words and a place
    before the date (*Stand: 13.08.2025*, *Berlin, den 13. August 2025*), years of two digits (the last one that is
    not to come) and slashes, if only one order makes a date. Raises ValueError as `parse_date` does, also for
    `03/05/2021`, which is a day in March or in May.
    """
    try:
        return parse_date(text)
    except ValueError:
        if len(text) > LONGEST_DATE:
            raise
        plain = " ".join(text.split())
        if _NUMBER.fullmatch(plain):
            return _from_number(plain)
        plain = _BEFORE.sub("", plain, count=1) if _BEFORE.match(plain) else plain
        plain = _PLACE.sub("", plain, count=1) if _PLACE.match(plain) else plain
        plain = _SHORT_YEAR.sub(lambda match: f"{match[1]}{_year(int(match[2]))}", plain, count=1)
        plain = _SLASHES.sub(_in_order, _YEAR_FIRST.sub(r"\1-\2-\3", plain, count=1), count=1)
        try:
            return parse_date(plain)
        except ValueError:
            return parse_date(text)  # its message quotes what the document says


def _from_number(text: str) -> NewsDate:
    if match := _FOURTEEN.fullmatch(text):
        return parse_date(f"{match[1]}T{match[2]}{match[3]}")
    number = float(text)
    if not _SECONDS <= number < _MICROSECONDS:
        return parse_date(text)
    return from_instant(datetime.fromtimestamp(number / 1000 if number >= _MILLISECONDS else number, UTC))


def _year(digits: int) -> int:
    """The last year of these two digits that is not to come."""
    this_year = date.today().year
    return this_year - (this_year - digits) % 100


def _in_order(match: re.Match[str]) -> str:
    """A date with slashes as day, month and year; as it is if both orders make a date."""
    first, second = int(match[1]), int(match[2])
    if first > 12 >= second or first == second:
        return f"{first}.{second}.{match[3]}"
    return f"{second}.{first}.{match[3]}" if second > 12 >= first else match[0]
