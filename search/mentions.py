"""Where does an article name the persons, places and organisations in it?"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from search.article import ENTITY_TYPES, Entities

# The last word of a person's name stands for the person if it has at least so many letters.
SHORTEST_SURNAME = 3


@dataclass(frozen=True, slots=True)
class Mention:
    """A place in a text that names an entity: character offsets, the type and the canonical name."""

    start: int
    end: int
    type: str
    name: str


def mentions(text: str, entities: Entities) -> tuple[Mention, ...]:
    """The mentions of `entities` in `text` in order; none overlap, longer names win.

    A name counts with a genitive s, and a person also by the surname alone.
    """
    known = dict(_spellings(entities))
    if not known:
        return ()
    # The longest come first, because a regular expression takes the first alternative that fits.
    names = "|".join(re.escape(name) for name in sorted(known, key=len, reverse=True))
    pattern = re.compile(rf"(?<!\w)({names})(?=s?(?!\w))")
    return tuple(Mention(*found.span(1), *known[found[1]]) for found in pattern.finditer(text))


def _spellings(entities: Entities) -> Iterator[tuple[str, tuple[str, str]]]:
    """How each entity may be written, and its type and name; full names come last, so that they prevail."""
    for name in reversed(entities.person):
        surname = name.split()[-1] if name.split() else ""
        if len(surname) >= SHORTEST_SURNAME and surname[0].isupper():
            yield surname, ("person", name)
    for type in reversed(ENTITY_TYPES):
        yield from ((name, (type, name)) for name in reversed(entities.of(type)) if name.strip())
