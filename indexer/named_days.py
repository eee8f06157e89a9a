"""Which day does the path of a document tell? The one in its name, else that of a folder which is called like a day."""

from __future__ import annotations

import re
from datetime import date

from search.dates import NewsDate, parse_date

_FIRST_YEAR = 1600  # of a newspaper; a smaller number is no year
# 1989-11-10, 1989_11_10, 19891110 and 10.11.1989, never in a longer number; eight digits before a letter are a key.
_DAY = re.compile(
    r"(?<!\d)(?:(?<!\d-)(?P<y>\d{4})(?P<sign>[-_])(?P<m>\d{2})(?P=sign)(?P<d>\d{2})(?!\d)"
    r"|(?P<year>\d{4})(?P<month>\d{2})(?P<day>\d{2})(?![^\W_])"
    r"|(?P<t>\d{1,2})\.(?P<n>\d{1,2})\.(?P<j>\d{4})(?!\d))"
)
_FOLDERS = re.compile(r"(?:^|/)(\d{4})/(\d{2})/(\d{2})$")


def day_of_path(path: str) -> NewsDate | None:
    """The day that a path with forward slashes tells; None if there is none, or if its name has several.

    Of folders only those count that are called like a day and nothing else (`1914-08-02`, `2015/08/14`): what was
    exported or crawled on a day was not written then.
    """
    folders, _, name = path.rpartition("/")
    if found := set(_days(name)):
        return parse_date(found.pop()) if len(found) == 1 else None
    while folders:
        above, _, folder = folders.rpartition("/")
        if match := _FOLDERS.search(folders):
            return _first(match.groups())
        if match := _DAY.fullmatch(folder):
            return _first(_numbers(match))
        folders = above
    return None


def _first(numbers: tuple[str, ...]) -> NewsDate | None:
    day = _real(numbers)
    return parse_date(day) if day else None


def _days(name: str) -> list[str]:
    return [day for match in _DAY.finditer(name) if (day := _real(_numbers(match)))]


def _numbers(match: re.Match[str]) -> tuple[str, ...]:
    """Year, month and day, however they are written."""
    names = next(names for names in (("y", "m", "d"), ("year", "month", "day"), ("j", "n", "t")) if match[names[0]])
    return tuple(match[name] for name in names)


def _real(numbers: tuple[str, ...]) -> str:
    """A day as ISO 8601, "" if there is no such day or no newspaper could be of it."""
    try:
        day = date(*map(int, numbers))
    except ValueError:
        return ""
    return day.isoformat() if day.year >= _FIRST_YEAR and day <= date.today() else ""
