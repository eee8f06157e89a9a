"""Is a name of one word a firm's, although it looks like a person's? *Danone* is listed, *Kornmüller* has a share."""

from __future__ import annotations

from functools import cache

from indexer.resolution.aliases import spelling_key
from indexer.resolution.found_names import Texts
from indexer.resolution.lists import listed_names

# What firms have and persons have not, behind the name and a hyphen.
_OF_FIRMS = ("Konzern", "Konzerns", "Aktie", "Aktien", "Chef", "Chefin", "Vorstand", "Aufsichtsrat", "Filiale",
             "Filialen", "Tochter", "Beschäftigte", "Beschäftigten", "Kunden")  # fmt: skip


def is_firm(written: str) -> bool:
    """Whether a name is that of a firm on the list that ships."""
    return spelling_key(written) in _listed()


def is_called_firm(written: str, texts: Texts) -> bool:
    """Whether a text says of a name of one word what is said of firms: *Innogy-Chef*, *Tönnies-Konzern*."""
    said = (f"{written}-{end}" for end in _OF_FIRMS)
    return " " not in written and any(one in words.distinct for one in said for words in texts.values())


@cache
def _listed() -> frozenset[str]:
    return frozenset(map(spelling_key, listed_names("firms.txt")))
