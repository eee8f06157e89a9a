"""Which persons, places and organisations is an article about?

A first, honest version by general rules and open lists; a trained recogniser may replace `annotate`.
It prefers missing a name to listing a wrong one: a wrong facet misleads every reader.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from indexer.names import Prose
from indexer.organisations import find_organisations
from indexer.persons import find_persons, name_key
from indexer.places import find_places
from search.article import Article, Entities

# Bump when `annotate` finds other names in any text: the next run then reads all articles anew.
RECOGNISER = "rules-1"

MOST_NAMES = 30  # of a type; a text with more is a list of names, and about none of them


def annotate(article: Article) -> Article:
    """The article with the names found in its title and body added to those it declares.

    Declared names come first and are all kept; found ones follow in the order of appearance, up to
    MOST_NAMES of each type.
    """
    prose = Prose(f"{article.title}\n{article.body}")
    declared = article.entities
    persons = [_first_name_first(name) for name in declared.person]
    entities = Entities(
        person=_joined(persons, find_persons(prose, persons)),
        place=_joined(declared.place, find_places(prose)),
        organisation=_joined(declared.organisation, find_organisations(prose)),
    )
    return replace(article, entities=entities)


def _joined(declared: Iterable[str], found: Iterable[str]) -> tuple[str, ...]:
    """Declared names and after them the found ones that they do not have in another spelling."""
    names = {name_key(name): name for name in reversed(list(declared))}
    kept = list(dict.fromkeys(names[key] for key in map(name_key, declared)))
    for name in found:
        if len(kept) < MOST_NAMES and name_key(name) not in names:
            kept.append(name)
    return tuple(kept)


def _first_name_first(name: str) -> str:
    """*Merkel, Angela* as *Angela Merkel*; *King, Jr.* stays as it is."""
    last, comma, first = name.partition(", ")
    return name if not comma or "," in first or first.endswith(".") else f"{first} {last}"
