"""The word lists, folded, and what was added to them by hand."""

from __future__ import annotations

import gzip
import tomllib
from dataclasses import dataclass
from functools import cache
from importlib import import_module
from pathlib import Path

from babel import Locale

from search.german.folding import without_diacritics

_HANDMADE = tomllib.loads(Path(__file__).with_name("handmade.toml").read_text(encoding="utf-8"))


def handmade(name: str) -> frozenset[str]:
    """A list of handmade.toml, folded."""
    return frozenset(map(letters, _HANDMADE[name].split()))


def letters(word: str) -> str:
    return without_diacritics(word)


@dataclass(frozen=True, slots=True)
class Lists:
    """Nouns, all word forms (both lower case) and how frequent words are: bands from 10, frequent, to 60, rare."""

    nouns: frozenset[str]
    words: frozenset[str]
    bands: dict[str, int]

    def weight(self, word: str) -> float:
        """How often a word counts as seen before it was ever seen in a compound."""
        band = self.bands.get(word, 70)
        return 0.5 if band <= 20 else 0.3 if band <= 60 else 0.125


def read_lists(directory: Path) -> Lists:
    """The three lists of a directory."""

    def lines(name: str) -> list[str]:
        return gzip.decompress((directory / name).read_bytes()).decode().splitlines()

    # Capitals only are abbreviations.
    nouns = {letters(noun.lower()) for noun in lines("nouns-cc0.txt.gz") if not noun.isupper()}
    bands = dict(line.split("\t")[:2] for line in lines("news-frequency-bands-cc-by.tsv.gz"))
    return Lists(
        frozenset(noun for noun in nouns if len(noun) > 2) | handmade("nouns"),
        frozenset(map(letters, lines("words-cc0.txt.gz"))) | handmade("nouns"),
        {letters(word): int(band) for word, band in bands.items()},
    )


def proper_names() -> set[str]:
    """Family names and towns of German-speaking countries (Faker, MIT licence), all countries, names in the news."""
    found: set[str] = set()
    for country in ("de_DE", "de_AT", "de_CH"):
        person = import_module(f"faker.providers.person.{country}").Provider
        address = import_module(f"faker.providers.address.{country}").Provider
        found |= {*person.last_names, *getattr(address, "cities", ())}
    names = {letters(name.lower()) for name in found if name.isalpha()} | countries() | handmade("names")
    return names | {name + "s" for name in names}


@cache
def countries() -> frozenset[str]:
    """The countries of the world (Babel, Unicode licence)."""
    return frozenset(letters(name.lower()) for name in Locale("de").territories.values() if name.isalpha())
