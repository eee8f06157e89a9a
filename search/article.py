"""What we understood of a document: the article, and the names in it."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from textwrap import shorten
from typing import Any, NamedTuple

from search.dates import NewsDate

LONGEST_HEADLINE = 90  # characters of a headline that is made of first words
MOST_BEGINNING = 1000  # characters of a text that are looked at for it

_VERSION = "@"  # stands before the version in a fingerprint
ENTITY_TYPES = ("person", "place", "organisation")


class EntityName(NamedTuple):
    """A name and its type, one of ENTITY_TYPES."""

    type: str
    name: str


# What an archive calls names that articles have: the name that is listed in place of each, None for what is no name.
Renamings = Mapping[EntityName, EntityName | None]


@dataclass(frozen=True, slots=True)
class Entities:
    """The names in an article, one canonical name each, in the order of appearance."""

    person: tuple[str, ...] = ()
    place: tuple[str, ...] = ()
    organisation: tuple[str, ...] = ()

    def of(self, type: str) -> tuple[str, ...]:
        """The names of one of ENTITY_TYPES."""
        names: tuple[str, ...] = getattr(self, type)
        return names

    def all(self) -> tuple[EntityName, ...]:
        """The names with their types, type by type."""
        return tuple(EntityName(type, name) for type in ENTITY_TYPES for name in self.of(type))

    def as_json(self) -> dict[str, list[str]]:
        """The names as JSON, every type present."""
        return {type: list(self.of(type)) for type in ENTITY_TYPES}


@dataclass(frozen=True, slots=True)
class Mention:
    """A place in an article that names an entity.

    `field` is "title" or "body", `start` and `end` are character offsets in it (end not included),
    a genitive s with it; `type` and `name` tell the entity.
    """

    field: str
    start: int
    end: int
    type: str
    name: str

    def as_json(self) -> dict[str, Any]:
        """The mention as JSON."""
        return {"field": self.field, "start": self.start, "end": self.end, "type": self.type, "name": self.name}


@dataclass(frozen=True, slots=True)
class Article:
    """One news article; only `id` and `body` must say something.

    `body` keeps its paragraphs apart by an empty line. `document` names where it was read from,
    so that an article whose document is gone can be found. `mentions` tell where the entities are
    named, in order; they are known only of articles that the indexer read. `declared` are the names
    that its document says it is about, as it writes them; None if these are all `entities`. `version` is higher the
    later its agency sent it, 0 if it does not say; it is known only of articles that the indexer reads.
    """

    id: str
    body: str
    title: str = ""
    date: NewsDate | None = None
    source: str | None = None
    section: str | None = None
    url: str | None = None
    authors: tuple[str, ...] = ()
    entities: Entities = field(default_factory=Entities)
    mentions: tuple[Mention, ...] = ()
    document: str = ""
    declared: Entities | None = None
    version: int = 0

    @property
    def headline(self) -> str:
        """What to call the article: its title, or its first words if it has none."""
        return self.title or shorten(self.body[:MOST_BEGINNING], LONGEST_HEADLINE, placeholder=" …")

    def as_json(self) -> dict[str, Any]:
        """The article as the JSON API shows it."""
        return {
            "id": self.id,
            "title": self.title,
            "body": self.body,
            "date": self.date.text if self.date else None,
            "instant": self.date.instant if self.date else None,
            "source": self.source,
            "section": self.section,
            "url": self.url,
            "authors": list(self.authors),
            "entities": self.entities.as_json(),
            "mentions": [mention.as_json() for mention in self.mentions],
        }

    def fingerprint(self) -> str:
        """Equal for equal content: a hash over everything that readers can find or see, and the version behind it."""
        content = json.dumps([self.as_json(), self.document], sort_keys=True)
        found = hashlib.blake2b(content.encode(), digest_size=16).hexdigest()
        return f"{found}{_VERSION}{self.version}" if self.version else found


def version_of(fingerprint: str) -> int:
    """The version of the article of a fingerprint, whatever stands behind it; 0 if it has none."""
    number = fingerprint.partition(_VERSION)[2].partition(":")[0]
    return int(number) if number.isdecimal() else 0
