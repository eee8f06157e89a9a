"""When was this? Dates of news: a day, a month or a year, read in Europe/Berlin.

An article may know the very instant, the day, or just the month or year of its publication.
Whatever is known is kept; nothing is made up.
"""

import re
import unicodedata
from calendar import monthrange
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta, timezone, tzinfo

EARLIEST_YEAR = 1400  # before the first printed news; a smaller number is a typing error

MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "januar jänner jan jän january", "februar feber feb february", "märz mrz mär maerz mar march", "april apr",
            "mai may", "juni jun june", "juli jul july", "august aug", "september sept sep", "oktober okt october oct",
            "november nov", "dezember dez december dec",
        ),
        start=1,
    )
    for name in names.split()
}  # fmt: skip

LONGEST_DATE = 100  # characters

_ISO = re.compile(r"(\d{4})(?:-(\d{1,2})(?:-(\d{1,2}))?)?")
_INSTANT = re.compile(r"\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}.*|\d{8}T\d{4}.*")
_MAIL = re.compile(r"(?:[A-Za-z]{3}, )?\d{1,2} [A-Za-z]{3} \d{4} \d{2}:\d{2}.*")
_COMPACT = re.compile(r"(\d{4})(\d{2})(\d{2})")
_GERMAN_NUMBERS = re.compile(r"(?:(\d{1,2})\.\s*)?(\d{1,2})\.\s*(\d{4})")
_DAY_FIRST = re.compile(r"(?:(\d{1,2})(?:\.\s*|(?:st|nd|rd|th)?\s+))?([A-Za-zÄäÖöÜü]+)\.?,?\s+(\d{4})")
_MONTH_FIRST = re.compile(r"([A-Za-zÄäÖöÜü]+)\.?\s+(\d{1,2})(?:st|nd|rd|th)?,?\s+(\d{4})")
_WEEKDAY = re.compile(
    r"(?:(?:mon|diens|donners|frei|sams|sonn)tag|mittwoch|sonnabend|mo|di|mi|do|fr|sa|so"
    r"|(?:mon|tues|wednes|thurs|fri|satur|sun)day|mon|tue|wed|thu|fri|sat|sun)(?:\.,?|,)?\s+",
    re.IGNORECASE,
)
_DAY_AND_TIME = re.compile(
    r"(?P<day>.*?(?:\d{4}-\d{1,2}-\d{1,2}|\d{4}))(?:\s*[,|–-])?\s+(?:um\s+|at\s+)?"
    r"(?P<hour>\d{1,2})(?:[:.](?P<minute>\d{2})(?::(?P<second>\d{2}))?)?"
    r"(?:\s*(?P<half>[ap]\.?m\.?))?(?:\s*(?P<clock>uhr|h))?(?:\s*(?P<zone>[a-z]{1,4}|[+-]\d{2}:?\d{2}))?",
    re.IGNORECASE,
)
# Hours from Greenwich; other abbreviations mean several zones.
_ZONES = {"Z": 0, "UT": 0, "UTC": 0, "GMT": 0, "WET": 0, "MEZ": 1, "CET": 1, "BST": 1, "MESZ": 2, "CEST": 2, "EET": 2}


@dataclass(frozen=True, slots=True)
class NewsDate:
    """A local calendar date of the precision that is known.

    `text` is ISO 8601: `2025-08-13`, `2025-08` or `2025`. `instant` is the moment with its zone
    where the document gave one, as ISO 8601, else None.
    """

    text: str
    instant: str | None = None

    @property
    def first(self) -> date:
        """The first day that this date can mean."""
        year, month, day = (*map(int, self.text.split("-")), 0, 0)[:3]
        return date(year, month or 1, day or 1)

    @property
    def last(self) -> date:
        """The last day that this date can mean."""
        year, month, day = (*map(int, self.text.split("-")), 0, 0)[:3]
        month = month or 12
        return date(year, month, day or monthrange(year, month)[1])


def parse_date(text: str) -> NewsDate:
    """Read a date as people and machines write it.

    Takes ISO 8601 dates and instants, instants of RFC 2822 (mail, feeds, HTTP), `20250813`,
    `13.8.2025`, `8.2025`, `13. August 2025`, `August 13, 2025`, `August 2025` and `2025`; a weekday before a day and a
    time of day behind it. An instant with a zone becomes the calendar day in Berlin. Raises ValueError with a sentence
    that shows accepted forms.
    """
    text = text.strip()
    readers = (_from_machine, _from_day_and_time, _from_calendar) if len(text) <= LONGEST_DATE else ()
    text = unicodedata.normalize("NFC", text[:LONGEST_DATE])
    for read in readers:
        try:
            return read(text)
        except (ValueError, OverflowError):
            continue
    raise ValueError(f"{text[:40]!r} is not a date; write 2025-08-13, 2025-08, 2025 or 13.8.2025")


def _from_machine(text: str) -> NewsDate:
    """An instant as ISO 8601 and RFC 2822 have it; ValueError for any other text."""
    if _INSTANT.fullmatch(text):
        offset = re.sub(r"([+-]\d{2})(\d{2})$", r"\1:\2", text.upper().replace("Z", "+00:00"))
        return from_instant(datetime.fromisoformat(offset))
    if _MAIL.fullmatch(text):
        from email.utils import parsedate_to_datetime  # who only searches need not wait for it

        moment = parsedate_to_datetime(text)
        if moment.tzinfo or not text[-1].isalpha():  # letters that it does not know as a zone, it passes over
            return from_instant(moment)
    raise ValueError(text)


def _from_day_and_time(text: str) -> NewsDate:
    """A day with a time of day, `5. März 2021, 18.30 Uhr`; ValueError for any other text."""
    match = _DAY_AND_TIME.fullmatch(text)
    day = _from_calendar(match["day"]) if match else NewsDate("")
    if not match or len(day.text) != len("2021-03-05") or not (match["minute"] or match["half"] or match["clock"]):
        raise ValueError(text)
    hour, half = int(match["hour"]), (match["half"] or "")[:1].lower()
    if half:
        hour = hour % 12 + 12 * (half == "p") if 1 <= hour <= 12 else 24
    clock = time(hour, int(match["minute"] or 0), int(match["second"] or 0), tzinfo=_zone(match["zone"]))
    return from_instant(datetime.combine(day.first, clock))


def _zone(name: str | None) -> tzinfo | None:
    if not name:
        return None
    if name[0] in "+-":
        return datetime.strptime(name, "%z").tzinfo
    if name.upper() not in _ZONES:
        raise ValueError(name)
    return timezone(timedelta(hours=_ZONES[name.upper()]))


def berlin() -> tzinfo:
    """The time zone in which news is read."""
    from zoneinfo import ZoneInfo  # as above

    return ZoneInfo("Europe/Berlin")


def from_instant(moment: datetime) -> NewsDate:
    """The day in Berlin of an instant; one without a zone is read there."""
    local = moment.astimezone(berlin()) if moment.tzinfo else moment.replace(tzinfo=berlin())
    return NewsDate(_iso(local.year, local.month, local.day), local.isoformat())


def _from_calendar(text: str) -> NewsDate:
    text = _WEEKDAY.sub("", text, count=1) if _WEEKDAY.match(text) else text
    if match := _ISO.fullmatch(text) or _COMPACT.fullmatch(text):
        year, month, day = match.groups()
    elif match := _GERMAN_NUMBERS.fullmatch(text):
        day, month, year = match.groups()
    elif match := _DAY_FIRST.fullmatch(text):
        day, name, year = match.groups()
        month = str(MONTHS.get(name.lower(), 13))
    elif match := _MONTH_FIRST.fullmatch(text):
        name, day, year = match.groups()
        month = str(MONTHS.get(name.lower(), 13))
    else:
        raise ValueError(text)
    return NewsDate(_iso(int(year), int(month) if month else None, int(day) if day else None))


def _iso(year: int, month: int | None = None, day: int | None = None) -> str:
    """The ISO text of a date whose month or day may be unknown; ValueError if there is no such day."""
    date(year, 1 if month is None else month, 1 if day is None else day)
    if year < EARLIEST_YEAR:
        raise ValueError(year)
    return f"{year:04}" + (f"-{month:02}" if month else "") + (f"-{day:02}" if day else "")


def months_between(since: date, until: date) -> int:
    """The number of months that have a day of this time."""
    return (until.year - since.year) * 12 + until.month - since.month + 1


def periods_between(unit: str, since: date, until: date) -> Iterator[str]:
    """The decades, years, months or days of a time as the beginnings of ISO dates: 198, 1989, 1989-11 or 1989-11-09."""
    match unit:
        case "decade":
            yield from (f"{decade:03}" for decade in range(since.year // 10, until.year // 10 + 1))
        case "year":
            yield from (f"{year:04}" for year in range(since.year, until.year + 1))
        case "month":
            first = since.year * 12 + since.month - 1
            numbers = range(first, first + months_between(since, until))
            yield from (f"{number // 12:04}-{number % 12 + 1:02}" for number in numbers)
        case _:
            yield from ((since + timedelta(days)).isoformat() for days in range((until - since).days + 1))
