"""Which words show how to search in this archive? Its own nouns, names, years and sources."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence

from search import Archive, Request, parse_date
from search.page import FACETS, FacetValue, Page

_HEADLINES = 100  # the newest, from which nouns are taken
_WORD = re.compile(r"[^\W\d_]+")
_NOUN = re.compile(r"[A-ZÄÖÜ][a-zäöüß]{4,}")
# An adjective before its noun, or what was made of a place: *Berliner Mauer*, *freie Wahlen*.
_PHRASE = re.compile(r"\b(\w{3,}(?:er|e|en|es) [A-ZÄÖÜ][a-zäöüß]{3,})\b")
_NO_ADJECTIVES = re.compile(r"(?:eine[rs]?|einen|diese[rs]?|diesen|keine[rs]?|keinen|unter|über|aber|oder|hinter) ")
_VOWEL = re.compile("[aeiou]")
_MOST_PHRASES = 8  # that are counted; the most frequent of them is taken
_BEGINNING = 5  # letters of a noun that a star goes on


def own_words(archive: Archive) -> Mapping[str, str]:
    """Words of the archive by what they are, each of which finds something; those that there are not are left out.

    The first value of each of FACETS goes by its name; `noun` and `second` stand in one headline, `phrase` are two
    words in a row, `beginning` is that of the noun, `family` the last word of a person's name and `misspelt` that with
    another vowel, `month` and `day` are those with most articles in the `year`.
    """
    page = archive.search(Request(sort="newest", size=_HEADLINES))
    headlines = [hit.title for hit in page.hits]
    found = (*_values(page), *_nouns(headlines), *_phrase(archive, headlines), *_misspelt(page))
    words = dict(found)
    return words | dict(_periods(archive, words.get("year")))


def _values(page: Page) -> Iterator[tuple[str, str]]:
    """The most frequent value of each facet, as a query needs it; one with quotation marks is no example."""
    for name in FACETS:
        for found in _most_frequent(page.facets.get(name, ()))[:1]:
            if '"' not in found.value:
                yield name, found.value if found.value.isalnum() else f'"{found.value}"'


def _nouns(headlines: Iterable[str]) -> Iterator[tuple[str, str]]:
    """The two nouns of a headline that most others have, too, and the beginning of the first."""
    of_each = [
        [word for word in _WORD.findall(headline)[1:] if _NOUN.fullmatch(word)]  # the first word is always capital
        for headline in headlines
    ]
    counts = Counter(word for nouns in of_each for word in set(nouns))
    ranked = [sorted(set(nouns), key=lambda word: (-counts[word], word)) for nouns in of_each]
    best = max(ranked, key=lambda nouns: sum(counts[word] for word in nouns[:2]) if len(nouns) > 1 else 0, default=[])
    if len(best) > 1:
        yield from (("noun", best[0]), ("second", best[1]), ("beginning", best[0][:_BEGINNING]))


def _phrase(archive: Archive, headlines: Iterable[str]) -> Iterator[tuple[str, str]]:
    """Two words in a row that most articles have, of those in the headlines."""
    phrases = dict.fromkeys(
        phrase for headline in headlines for phrase in _PHRASE.findall(headline) if not _NO_ADJECTIVES.match(phrase)
    )
    counted = {phrase: archive.count(Request(f'"{phrase}"')) for phrase in list(phrases)[:_MOST_PHRASES]}
    if best := max(counted, key=lambda phrase: counted[phrase], default=""):
        yield "phrase", best


def _misspelt(page: Page) -> Iterator[tuple[str, str]]:
    """The last name of the first person that is long enough, and the same with another vowel."""
    for found in page.facets.get("person", ()):
        name = found.value.split()[-1]
        if name.isalpha() and len(name) > _BEGINNING and _VOWEL.search(name[2:]):
            yield "family", name
            yield "misspelt", name[:2] + _VOWEL.sub(lambda vowel: "e" if vowel[0] != "e" else "a", name[2:], count=1)
            return


def _periods(archive: Archive, year: str | None) -> Iterator[tuple[str, str]]:
    """The month of the year and its day with most articles."""
    period = year
    for unit in ("month", "day") if period else ():
        values = _most_frequent(archive.values(_dated(period or ""), unit, 400))
        if not values:
            return
        period = values[0].value
        yield unit, period


def _dated(period: str) -> Request:
    date = parse_date(period)
    return Request(since=date.first, until=date.last)


def _most_frequent(values: Sequence[FacetValue]) -> list[FacetValue]:
    return sorted(values, key=lambda found: -found.count)
