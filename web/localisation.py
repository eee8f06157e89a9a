"""How the page writes dates, numbers, and the names of our values, in its language."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import datetime

from babel.dates import format_date
from babel.numbers import format_decimal
from flask import Flask

from search import NewsDate, parse_date
from search.dates import berlin
from search.page import Notice
from search.query import notices
from web.language import ENGLISH, GERMAN, language
from web.translation import N_, Words, gettext, ngettext

LOCALES = {GERMAN: "de", ENGLISH: "en_GB"}  # of Babel

FACET_TITLES = Words(
    {
        "person": N_("Personen"),
        "place": N_("Orte"),
        "organisation": N_("Organisationen"),
        "source": N_("Quellen"),
        "section": N_("Ressorts"),
        "author": N_("Autoren"),
        "archive": N_("Archive"),
    }
)
ALL_OF = Words(
    {
        "person": N_("Alle Personen"),
        "place": N_("Alle Orte"),
        "organisation": N_("Alle Organisationen"),
        "source": N_("Alle Quellen"),
        "section": N_("Alle Ressorts"),
        "author": N_("Alle Autoren"),
        "archive": N_("Alle Archive"),
    }
)
MORE_OF = Words(
    {"person": N_("Mehr Personen"), "place": N_("Mehr Orte"), "organisation": N_("Mehr Organisationen")},
)
NAMES_IN_ARCHIVE = Words(
    {
        "": N_("Namen im Archiv"),
        "person": N_("Personen im Archiv"),
        "place": N_("Orte im Archiv"),
        "organisation": N_("Organisationen im Archiv"),
    }
)
FILTER_NAMES = Words(
    {
        "person": N_("Person"),
        "place": N_("Ort"),
        "organisation": N_("Organisation"),
        "source": N_("Quelle"),
        "section": N_("Ressort"),
        "author": N_("Autor"),
        "archive": N_("Archiv"),
    }
)
SORT_NAMES = Words(
    {
        "relevance": N_("Relevanz"),
        "recent": N_("Aktualität"),
        "newest": N_("Neueste"),
        "oldest": N_("Älteste"),
    }
)
MATCHING_NAMES = Words({"exact": N_("genau"), "forms": N_("Wortformen"), "all": N_("Wortteile")})
MATCHING_CHOICES = Words(
    {
        "exact": N_("nur genau so geschrieben"),
        "forms": N_("auch in anderen Wortformen"),
        "all": N_("auch in Wortformen und Zusammensetzungen"),
    }
)
# Names of what is asked of many articles at once (web/studies.py).
UNIT_NAMES = Words({"decade": N_("Jahrzehnt"), "year": N_("Jahr"), "month": N_("Monat"), "day": N_("Tag")})
BY_UNIT = Words({"decade": N_("Jahrzehnten"), "year": N_("Jahren"), "month": N_("Monaten"), "day": N_("Tagen")})
ORDER_NAMES = Words(
    {
        "newest": N_("neueste"),
        "oldest": N_("älteste"),
        "left": N_("Wort davor"),
        "right": N_("Wort dahinter"),
        "word": N_("Wort selbst"),
        "source": N_("Quelle"),
    }
)
KIND_NAMES = Words(
    {
        "word": N_("Wörter"),
        "person": N_("Personen"),
        "place": N_("Orte"),
        "organisation": N_("Organisationen"),
    }
)
VIEW_NAMES = Words({"list": N_("Ausführlich"), "compact": N_("Kompakt")})
WHY_NAMES = Words({"exact": N_("genau so"), "form": N_("andere Wortform"), "part": N_("Wortteil")})
_ISO_DATE = re.compile(r"\d{4}(-\d{2}){0,2}")
_QUOTATION = re.compile('["„“”]([^"„“”]*)["“”]')
# By the length of the ISO text.
_DATE_PATTERNS = {
    GERMAN: {4: "y", 7: "MMMM y", 10: "d. MMMM y"},
    ENGLISH: {4: "y", 7: "MMMM y", 10: "d MMMM y"},
}
_SHORT_MONTHS = {
    GERMAN: "Jan Feb Mär Apr Mai Jun Jul Aug Sep Okt Nov Dez".split(),
    ENGLISH: "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split(),
}


def attach(app: Flask) -> None:
    """Give the templates of `app` these words."""
    filters: tuple[Callable[..., str], ...] = (
        shown_date, short_date, readable_date, shown_time, shown_number, readable_number, hit_count, article_count,
        report_count, quoted,
    )  # fmt: skip
    app.jinja_env.filters.update({function.__name__: function for function in filters}, translated=gettext)
    app.jinja_env.globals.update(
        counted=counted,
        value_count=value_count,
        notice_text=notice_text,
        why_names=WHY_NAMES,
        facet_titles=FACET_TITLES,
        filter_names=FILTER_NAMES,
        all_of=ALL_OF,
        more_of=MORE_OF,
        names_in_archive=NAMES_IN_ARCHIVE,
        by_unit=BY_UNIT,
    )


def counted(one: str, more: str, number: int, **values: object) -> str:
    """A message that differs with a number, which stands in it as `%(number)s`, beside other values by their names."""
    return ngettext(one, more, number) % {"number": shown_number(number), **values}


def shown_date(text: str | None) -> str:
    """`2025-08-13` -> `13. August 2025`; a month or a year stay what they are, None is `ohne Datum`."""
    if text is None:
        return gettext("ohne Datum")
    pattern = _DATE_PATTERNS[language()][len(text)]
    return format_date(NewsDate(text).first, pattern, locale=LOCALES[language()])


def short_date(text: str) -> str:
    """`2025-08-13` -> `13.8.2025`, `2025-08` -> `8.2025`; with slashes in English."""
    separator = "." if language() == GERMAN else "/"
    return separator.join(str(int(part)) for part in reversed(text.split("-")))


def short_month(month: int) -> str:
    """The name of a month, from 1 on, in three letters."""
    return _SHORT_MONTHS[language()][month - 1]


def short_day(day: int, month: int) -> str:
    """A day of a month, as short as can be: `9.11.`, `9 Nov`."""
    return f"{day}.{month}." if language() == GERMAN else f"{day} {short_month(month)}"


def decade(beginning: str) -> str:
    """A decade in words, by the three digits that its years begin with."""
    return gettext("%(decade)s0er Jahre", decade=beginning)


def short_decade(beginning: str) -> str:
    """The same, as short as can be."""
    return gettext("%(decade)s0er", decade=beginning)


def readable_date(typed: str) -> str:
    """A date as a reader writes it: what programs and our own links write in ISO 8601, in words."""
    if not _ISO_DATE.fullmatch(typed):
        return typed
    try:
        return shown_date(parse_date(typed).text)
    except ValueError:  # no such day
        return typed


def shown_period(since: str, until: str) -> str:
    """A period in words, from the ISO texts of its ends, of which one may be empty: `1980 bis 1989`, `ab März 1990`.

    What both ends share is said once: `14. bis 20. Dezember 2020`, `März bis Mai 2024`.
    """
    if since == until:
        return shown_date(since)
    if since and until:
        return gettext("%(first)s bis %(last)s", first=_beginning(since, until), last=shown_date(until))
    if since:
        return gettext("ab %(period)s", period=shown_date(since))
    return gettext("bis %(period)s", period=shown_date(until))


def _beginning(since: str, until: str) -> str:
    """The first end of a period in words, without the year and the month that the last one says again."""
    if len(since) != len(until) or since[:4] != until[:4]:
        return shown_date(since)
    if len(since) == len("2020-12-14") and since[:7] == until[:7]:
        return f"{int(since[8:])}." if language() == GERMAN else str(int(since[8:]))
    return shown_date(since).removesuffix(f" {since[:4]}")


def quoted(text: str) -> str:
    """What was typed in quotation marks, quotations in it in the inner ones: „‚wir schaffen das‘~5“."""
    first, last = "„“" if language() == GERMAN else "“”"
    inner = r"‚\1‘" if language() == GERMAN else r"‘\1’"
    return f"{first}{_QUOTATION.sub(inner, text)}{last}"


def shown_time(instant: str) -> str:
    """An instant as the time of day in Berlin: `14.05 Uhr`, `14:05`."""
    pattern = "%H.%M Uhr" if language() == GERMAN else "%H:%M"
    return datetime.fromisoformat(instant).astimezone(berlin()).strftime(pattern)


def shown_number(number: float, digits: int = 1) -> str:
    """`12345.67` -> `12.345,7`, with at most so many digits behind the comma; `12,345.7` in English."""
    return format_decimal(round(number, digits), locale=LOCALES[language()])


def small_number(number: float) -> str:
    """A number near to nothing with the two digits that count: `0.0123` -> `0,012`."""
    return format_decimal(float(f"{number:.2g}"), "0.#########", locale=LOCALES[language()])


def readable_number(typed: str) -> str:
    """A number that stands in an address, as a reader writes it; anything else as it is."""
    return shown_number(int(typed)) if typed.isascii() and typed.isdigit() and len(typed) < 16 else typed


def hit_count(total: int) -> str:
    """The number of articles that answer, as the page says it."""
    return counted("%(number)s Treffer", "%(number)s Treffer", total) if total else gettext("Kein Treffer")


def article_count(total: int) -> str:
    """A number of articles."""
    return counted("%(number)s Artikel", "%(number)s Artikel", total)


def report_count(total: int) -> str:
    """A number of families of articles, which are versions of one report."""
    return counted("%(number)s Meldung", "%(number)s Meldungen", total)


def notice_text(notice: Notice) -> str:
    """What a notice tells the reader."""
    return notices.notice_text(notice.code, notice.detail, gettext)


def text_of_notice(code: str, detail: str = "") -> str:
    """The same of a notice by its code, for pages that are no list of hits."""
    return notices.notice_text(code, detail, gettext)


def value_count(facet: str, number: int) -> str:
    """How many persons, places and so on there are."""
    match facet:
        case "person":
            return counted("%(number)s Person", "%(number)s Personen", number)
        case "place":
            return counted("%(number)s Ort", "%(number)s Orte", number)
        case "organisation":
            return counted("%(number)s Organisation", "%(number)s Organisationen", number)
        case "source":
            return counted("%(number)s Quelle", "%(number)s Quellen", number)
        case "section":
            return counted("%(number)s Ressort", "%(number)s Ressorts", number)
        case _:
            return counted("%(number)s Autor", "%(number)s Autoren", number)
