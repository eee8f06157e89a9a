"""German words for what the page shows: dates, numbers, and the names of our values."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import datetime

from babel.dates import format_date
from babel.numbers import format_decimal
from flask import Flask

from search import NewsDate, parse_date
from search.dates import berlin

FACET_TITLES = {
    "person": "Personen",
    "place": "Orte",
    "organisation": "Organisationen",
    "source": "Quellen",
    "section": "Ressorts",
    "author": "Autoren",
    "archive": "Archive",
}
FILTER_NAMES = {
    "person": "Person",
    "place": "Ort",
    "organisation": "Organisation",
    "source": "Quelle",
    "section": "Ressort",
    "author": "Autor",
    "archive": "Archiv",
}
SORT_NAMES = {"relevance": "Relevanz", "recent": "Aktualität", "newest": "Neueste", "oldest": "Älteste"}
MATCHING_NAMES = {"exact": "genau", "forms": "Wortformen", "all": "Wortteile"}
MATCHING_CHOICES = {
    "exact": "nur genau so geschrieben",
    "forms": "auch in anderen Wortformen",
    "all": "auch in Wortformen und Zusammensetzungen",
}
# Names of what is asked of many articles at once (web/studies.py).
UNIT_NAMES = {"decade": "Jahrzehnt", "year": "Jahr", "month": "Monat", "day": "Tag"}
GROUPING_NAMES = {"source": "Quelle", "section": "Ressort"}
ORDER_NAMES = {
    "newest": "neueste",
    "oldest": "älteste",
    "left": "Wort davor",
    "right": "Wort dahinter",
    "word": "Wort selbst",
    "source": "Quelle",
}
KIND_NAMES = {"word": "Wörter", "person": "Personen", "place": "Orte", "organisation": "Organisationen"}
VIEW_NAMES = {"list": "Ausführlich", "compact": "Kompakt"}
WHY_NAMES = {"exact": "genau so", "form": "andere Wortform", "part": "Wortteil"}
SHORT_MONTHS = tuple("Jan Feb Mär Apr Mai Jun Jul Aug Sep Okt Nov Dez".split())
_ISO_DATE = re.compile(r"\d{4}(-\d{2}){0,2}")
_QUOTATION = re.compile('["„“”]([^"„“”]*)["“”]')
_DATE_PATTERNS = {4: "y", 7: "MMMM y", 10: "d. MMMM y"}  # by the length of the ISO text


def attach(app: Flask) -> None:
    """Give the templates of `app` these words."""
    filters: tuple[Callable[..., str], ...] = (
        german_date, short_date, readable_date, german_time, german_number, readable_number, hit_count, quoted,
    )  # fmt: skip
    app.jinja_env.filters.update({function.__name__: function for function in filters})
    app.jinja_env.globals.update(why_names=WHY_NAMES, facet_titles=FACET_TITLES, filter_names=FILTER_NAMES)


def german_date(text: str | None) -> str:
    """`2025-08-13` -> `13. August 2025`; a month or a year stay what they are, None is `ohne Datum`."""
    if text is None:
        return "ohne Datum"
    return format_date(NewsDate(text).first, _DATE_PATTERNS[len(text)], locale="de")


def short_date(text: str) -> str:
    """`2025-08-13` -> `13.8.2025`, `2025-08` -> `8.2025`."""
    return ".".join(str(int(part)) for part in reversed(text.split("-")))


def readable_date(typed: str) -> str:
    """A date as a reader writes it: what programs and our own links write in ISO 8601, in German words."""
    if not _ISO_DATE.fullmatch(typed):
        return typed
    try:
        return german_date(parse_date(typed).text)
    except ValueError:  # no such day
        return typed


def german_period(since: str, until: str) -> str:
    """A period in words, from the ISO texts of its ends, of which one may be empty: `1980 bis 1989`, `ab März 1990`.

    What both ends share is said once: `14. bis 20. Dezember 2020`, `März bis Mai 2024`.
    """
    if since == until:
        return german_date(since)
    if since and until:
        return f"{_beginning(since, until)} bis {german_date(until)}"
    return f"ab {german_date(since)}" if since else f"bis {german_date(until)}"


def _beginning(since: str, until: str) -> str:
    """The first end of a period in words, without the year and the month that the last one says again."""
    if len(since) != len(until) or since[:4] != until[:4]:
        return german_date(since)
    if len(since) == len("2020-12-14") and since[:7] == until[:7]:
        return f"{int(since[8:])}."
    return german_date(since).removesuffix(f" {since[:4]}")


def quoted(text: str) -> str:
    """What was typed in German quotation marks, quotations in it in the inner ones: „‚wir schaffen das‘~5“."""
    inner = _QUOTATION.sub(r"‚\1‘", text)
    return f"„{inner}“"


def german_time(instant: str) -> str:
    """An instant as the time of day in Berlin: `14.05 Uhr`."""
    return datetime.fromisoformat(instant).astimezone(berlin()).strftime("%H.%M Uhr")


def german_number(number: float) -> str:
    """`12345.67` -> `12.345,7`."""
    return format_decimal(round(number, 1), locale="de")


def readable_number(typed: str) -> str:
    """A number that stands in an address, as a reader writes it; anything else as it is."""
    return german_number(int(typed)) if typed.isascii() and typed.isdigit() and len(typed) < 16 else typed


def hit_count(total: int) -> str:
    """The number of articles that answer, as the page says it."""
    return f"{german_number(total)} Treffer" if total else "Kein Treffer"
