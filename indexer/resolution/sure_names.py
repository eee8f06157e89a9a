"""Which names need nobody to recognise them? Countries, firms and other organisations that the program knows, wherever
they are."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache

from indexer.resolution.agency_marks import is_mark
from indexer.resolution.aliases import Canonical, known_names
from indexer.resolution.firms import is_firm
from indexer.resolution.found_names import FoundName, Texts, matched_names
from indexer.resolution.lists import listed_names
from indexer.resolution.name_matcher import NameMatcher
from indexer.resolution.nouns import is_noun, is_person_name

SHORTEST = 3  # letters
_ARTICLE = re.compile(r"\b(?:d(?:er|ie|as|em|en|es)|eine?[mnrs]?|[ia]m|zu[mr]|[bv][oe]i?m) $", re.I)
_MODEL = re.compile(r"\+| (?:[A-Z]-?)?\d| [A-Z](?!\w)|-(?= )")
_INHABITANTS = ("Polen", "Schweden", "Ungarn")  # whose countries have the same name


def sure_names(texts: Texts, found: Sequence[FoundName]) -> Iterator[FoundName]:
    """The sure names in the texts that stand outside of the names found, in their usual spelling."""
    for one in matched_names(texts, _sure(), found):
        text, start, end = texts[one.span.field].text, one.span.start, one.span.end
        if not is_mark(text, start, end) and not (is_firm(one.written) and _is_product(text, start, end)):
            yield one


def _is_product(text: str, start: int, end: int) -> bool:
    """Whether the name of a firm stands for what it makes: *eines Opel*, *Boeing 767*, *Disney+*."""
    return _ARTICLE.search(text, max(0, start - 8), start) is not None or _MODEL.match(text, end) is not None


@cache
def _sure() -> NameMatcher[Canonical]:
    """The names that mean nothing else."""
    countries = listed_names("countries.txt")
    possible = (one for one in set(known_names().values()) if one.type == "organisation" or one.name in countries)
    firms = (Canonical(name, "organisation") for name in listed_names("firms.txt") if not is_noun(name))
    return NameMatcher({one.name: one for one in (*firms, *possible) if _is_unambiguous(one)})


def _is_unambiguous(one: Canonical) -> bool:
    """Whether a name is neither short nor a person's, no article and a noun, and of places no noun either: not *Verdi*,
    *Die Linke*, *Jersey* or *Polen*."""
    if len(one.name) < SHORTEST or one.name.startswith("Die ") or is_person_name(one.name):
        return False
    return one.type == "organisation" or not (is_noun(one.name) or one.name in _INHABITANTS)
