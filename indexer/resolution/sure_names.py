"""Which names need nobody to recognise them? Countries and organisations that the program knows, wherever they are."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache

from indexer.resolution.agency_marks import is_mark
from indexer.resolution.aliases import Canonical, known_names
from indexer.resolution.found_names import FoundName, Texts, matched_names
from indexer.resolution.lists import listed_names
from indexer.resolution.name_matcher import NameMatcher
from indexer.resolution.nouns import is_noun, is_person_name

SHORTEST = 3  # letters
_INHABITANTS = ("Polen", "Schweden", "Ungarn")  # whose countries have the same name


def sure_names(texts: Texts, found: Sequence[FoundName]) -> Iterator[FoundName]:
    """The sure names in the texts that stand outside of the names found, in their usual spelling."""
    for one in matched_names(texts, _sure(), found):
        if not is_mark(texts[one.span.field].text, one.span.start, one.span.end):
            yield one


@cache
def _sure() -> NameMatcher[Canonical]:
    """The names that mean nothing else."""
    countries = listed_names("countries.txt")
    possible = (one for one in set(known_names().values()) if one.type == "organisation" or one.name in countries)
    return NameMatcher({one.name: one for one in possible if _is_unambiguous(one)})


def _is_unambiguous(one: Canonical) -> bool:
    """Whether a name is neither short nor a person's, no article and a noun, and of places no noun either: not *Verdi*,
    *Die Linke*, *Jersey* or *Polen*."""
    if len(one.name) < SHORTEST or one.name.startswith("Die ") or is_person_name(one.name):
        return False
    return one.type == "organisation" or not (is_noun(one.name) or one.name in _INHABITANTS)
