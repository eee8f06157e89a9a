"""When was this? Dates of news: a day, a month or a year, read in Europe/Berlin.

An article may know the very instant, the day, or just the month or year of its publication.
Whatever is known is kept; nothing is made up.
"""

import re
import unicodedata
from calendar import monthrange
from dataclasses import dataclass
from datetime import date, datetime, tzinfo

EARLIEST_YEAR = 1400  # before the first printed news; a smaller number is a typing error

MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "januar jänner jan", "februar feber feb", "märz mrz mär", "april apr", "mai", "juni jun",
            "juli jul", "august aug", "september sept sep", "oktober okt", "november nov", "dezember dez",
        ),
        start=1,
    )
    for name in names.split()
}  # fmt: skip

_ISO = re.compile(r"(\d{4})(?:-(\d{1,2})(?:-(\d{1,2}))?)?")
_INSTANT = re.compile(r"\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}.*")
_MAIL = re.compile(r"(?:[A-Za-z]{3}, )?\d{1,2} [A-Za-z]{3} \d{4} \d{2}:\d{2}.*")
_COMPACT = re.compile(r"(\d{4})(\d{2})(\d{2})")
_GERMAN_NUMBERS = re.compile(r"(?:(\d{1,2})\.\s*)?(\d{1,2})\.\s*(\d{4})")
_GERMAN_WORDS = re.compile(r"(?:(\d{1,2})\.?\s+)?([A-Za-zÄäÖöÜü]+)\.?\s+(\d{4})")


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
    `13.8.2025`, `8.2025`, `13. August 2025`, `August 2025` and `2025`. An
    instant with a zone becomes the calendar day in Berlin. Raises ValueError with a sentence that
    shows accepted forms.
    """
    text = unicodedata.normalize("NFC", text).strip()
    try:
        if _INSTANT.fullmatch(text):
            offset = re.sub(r"([+-]\d{2})(\d{2})$", r"\1:\2", text.upper().replace("Z", "+00:00"))
            return _from_instant(datetime.fromisoformat(offset))
        if _MAIL.fullmatch(text):
            from email.utils import parsedate_to_datetime  # who only searches need not wait for it

            return _from_instant(parsedate_to_datetime(text))
        return _from_calendar(text)
    except (ValueError, OverflowError):
        raise ValueError(f"{text[:40]!r} is not a date; write 2025-08-13, 2025-08, 2025 or 13.8.2025") from None


def berlin() -> tzinfo:
    """The time zone in which news is read."""
    from zoneinfo import ZoneInfo  # as above

    return ZoneInfo("Europe/Berlin")


def _from_instant(moment: datetime) -> NewsDate:
    local = moment.astimezone(berlin()) if moment.tzinfo else moment.replace(tzinfo=berlin())
    return NewsDate(_iso(local.year, local.month, local.day), local.isoformat())


def _from_calendar(text: str) -> NewsDate:
    if match := _ISO.fullmatch(text) or _COMPACT.fullmatch(text):
        year, month, day = match.groups()
    elif match := _GERMAN_NUMBERS.fullmatch(text):
        day, month, year = match.groups()
    elif match := _GERMAN_WORDS.fullmatch(text):
        day, name, year = match.groups()
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
