"""Where does the news happen? Countries and territories (Unicode CLDR, through Babel), states and large cities.

Most countries count wherever they are named. Cities, states and names that mean other things as well
(*Luxemburg*, *Polen*, *Island*) need a sign: a preposition before them, the genitive -s, or a dateline.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from zoneinfo import available_timezones

from babel import Locale
from babel.dates import get_timezone_location

from indexer.names import CAPITALISED, UPPER, WORD_START, Prose
from indexer.place_names import AMBIGUOUS, CITIES, LISTED_AS, MORE_COUNTRIES, NOT_CITIES, STATES

_GERMAN = Locale("de")
_CONTINENTS = ("002", "003", "005", "009", "013", "142", "150", "419")
# Codes that CLDR keeps for technical reasons or for groups of states, and names that no news writes.
_NO_COUNTRIES = frozenset(("EU", "EZ", "UN", "QO", "XA", "XB", "ZZ", "EA", "HM", "UM"))
_ZONE_AREAS = ("Africa/", "America/", "Asia/", "Australia/", "Europe/")
_SIGNS = frozenset(
    "in aus nach bei ganz Region Stadt Hauptstadt Raum Großraum Bundesland Provinz Bundesstaat Bundesstaates".split()
)
_NAME_START = re.compile(rf"{WORD_START}[{UPPER}]")
_DATELINE = re.compile(r"(?:, \d| \(| [–-] )")
_NEXT_NAME = re.compile(rf" ({CAPITALISED})|-{CAPITALISED} {CAPITALISED}")


@dataclass(frozen=True)
class _Place:
    """A name as texts write it, the name we list, and whether it needs a sign to count."""

    name: str
    listed: str
    ambiguous: bool


def find_places(prose: Prose) -> list[str]:
    """The places in an article, one name each, in the order of appearance."""
    return list(dict.fromkeys(_find(prose)))


@cache
def known_places() -> frozenset[str]:
    """All names of places we know, as texts write them."""
    return frozenset(place.name for places in _by_first_letters().values() for place in places)


def _find(prose: Prose) -> Iterator[str]:
    text, index, end = prose.text, _by_first_letters(), 0
    for match in _NAME_START.finditer(text):
        start = match.start()
        for place in index.get(text[start : start + 3], ()) if start >= end else ():
            if text.startswith(place.name, start) and _is_named(prose, start, place):
                end = start + len(place.name)
                yield place.listed
                break


def _is_named(prose: Prose, start: int, place: _Place) -> bool:
    """Whether the letters at `start` are this place: a whole word, and a sign if it needs one."""
    text, end = prose.text, start + len(place.name)
    genitive = text[end : end + 1] == "s" and place.name[-1] not in "sxzß"
    end += genitive
    if text[end : end + 1].isalnum() or _goes_on(text, end):
        return False
    word = prose.word_before(start).split("-")[-1]
    if not place.ambiguous:
        return not (word in ("of", "Air", "New") or (place.name == place.listed and word == "FC"))
    dateline = text[start - 1 : start] in ("", "\n") and bool(_DATELINE.match(text, end))
    return word in _SIGNS or word.lower() in _SIGNS or genitive or dateline


def _goes_on(text: str, end: int) -> bool:
    """Whether the name is only the beginning of another one: *London Heathrow*, *China Daily*."""
    following = _NEXT_NAME.match(text, end)
    return bool(following and following[1] and following[1] in ("City", "Airlines", "Daily", "Times", "Post", "League"))


@cache
def _by_first_letters() -> dict[str, list[_Place]]:
    """All places by the first three letters of their names, longer names first: *Guinea-Bissau*, *Guinea*."""
    index: dict[str, list[_Place]] = {}
    for place in sorted(_places(), key=lambda place: -len(place.name)):
        index.setdefault(place.name[:3], []).append(place)
    return index


def _places() -> Iterator[_Place]:
    countries = _countries()
    for name, listed in countries.items():
        yield _Place(name, listed, name in AMBIGUOUS)
    cities = dict.fromkeys((*CITIES, *STATES), True) | _zone_cities()
    for name in cities.keys() - countries.keys():
        yield _Place(name, name, cities[name])


def _countries() -> dict[str, str]:
    """All countries, territories and continents by each name that texts use; the value is the name we list."""
    territories = {str(code): _plain(str(name)) for code, name in _GERMAN.territories.items()}
    codes = [code for code in territories if len(code) == 2 and code not in _NO_COUNTRIES]
    official = [territories[code] for code in (*codes, *_CONTINENTS)]
    names = {name: LISTED_AS.get(name, name) for name in (*official, *MORE_COUNTRIES)}
    names |= {listed: listed for listed in LISTED_AS.values()} | LISTED_AS
    return names | {_inflected(name): listed for name, listed in names.items()}


def _inflected(name: str) -> str:
    """A name as it stands behind an article: *Dominikanischen Republik*, *Vereinigten Königreich*."""
    adjective, space, noun = name.partition(" ")
    stem = adjective.removesuffix("s").removesuffix("e")
    return f"{stem}en{space}{noun}" if noun and adjective.endswith(("e", "es")) else name


def _zone_cities() -> dict[str, bool]:
    """The cities that gave time zones their names, in German; the value says whether they are ambiguous.

    A name that only German has (*Moskau*, *Kairo*) is no last name that news would quote.
    """
    cities: dict[str, bool] = {}
    for zone in available_timezones():
        if zone.count("/") == 1 and zone.startswith(_ZONE_AREAS):
            name = _plain(str(get_timezone_location(zone, locale=_GERMAN, return_city=True)))
            international = zone.endswith("/" + name.replace(" ", "_"))
            cities[name] = international or cities.get(name, False)
    return {name: ambiguous for name, ambiguous in cities.items() if name not in NOT_CITIES and name.isprintable()}


def _plain(name: str) -> str:
    return name.replace("\N{SOFT HYPHEN}", "")
