"""Under which name does an archive list what somebody calls otherwise? *RKI*, *Grüne*, a variant of aliases.toml.

Articles keep the names that others are listed in place of (search/store/evidence.py). Of what an alias named otherwise
they keep nothing: the aliases themselves tell (search/store/aliases.py).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import islice

from search.article import ENTITY_TYPES, EntityName
from search.engines.base import EngineRequest
from search.german.folding import spelling_key
from search.page import EntityCount, Request
from search.query.terms import Keyword
from search.store.evidence import listed_beginning, name_value, renaming_of
from search.store.holding import Holding

MOST_SPELLINGS = 20  # of a name
MOST_ALIKE = 500  # names that begin with the same word, of which one may be meant
MOST_ASKED = 20  # of these, the most frequent ones, for the spellings that they stand for


class ListedNames:
    """What an archive calls names, as of its last commit."""

    def __init__(self, holding: Holding) -> None:
        self._holding = holding

    def also_found(self, name: EntityName) -> tuple[EntityCount, ...]:
        """The names that articles have for one that is listed in place of them, the most frequent first."""
        engine = self._holding.engine()
        # The vocabulary may still count articles that were replaced, and have values that no article has any more.
        values = [value for value, _ in engine.vocabulary("renamed", listed_beginning(name), 2 * MOST_SPELLINGS)]
        counts = engine.search_many([EngineRequest(Keyword("renamed", value), size=0) for value in values])
        found = [
            EntityCount(*renaming_of(value)[0], count.total)
            for value, count in zip(values, counts, strict=True)
            if count.total
        ]
        return tuple(sorted(found, key=lambda one: (-one.count, one.name, one.type))[:MOST_SPELLINGS])

    def listed_as(self, name: EntityName) -> EntityName | None:
        """The name that is listed in place of one that articles have or an alias gives, None if there is none."""
        # All articles in which it was found have it: it is among the most frequent ones.
        asked = EngineRequest(Keyword("found", name_value(name)), size=0, facets={"renamed": MOST_SPELLINGS})
        for value, _ in self._holding.engine().search(asked).facets["renamed"]:
            found, listed = renaming_of(value)
            if found == name:
                return listed
        called = self._holding.aliases().called.get(name.name)
        return called if called != name else None

    def asked(self, request: Request) -> tuple[Request, list[str]]:
        """The request with the names that are listed in place of those asked for, and which these are.

        Who filters by a name that articles write may not know what the archive calls it.
        """
        asked = [EntityName(type, name) for type in ENTITY_TYPES for name in request.filter(type)]
        unlisted = self._unlisted(asked) if asked else ()
        other = {name: listed for name in unlisted if (listed := self.listed_as(name))}
        if not other:
            return request, []
        names = [other.get(name, name) for name in asked]
        person, place, organisation = (tuple(name.name for name in names if name.type == type) for type in ENTITY_TYPES)
        changed = replace(request, person=person, place=place, organisation=organisation)
        return changed, [f"{name.name} → {listed.name}" for name, listed in other.items()]

    def spelt_like(self, name: EntityName) -> EntityName | None:
        """The most frequent name of a type that differs in capitals, umlauts and hyphens alone, None if none does.

        It may also be listed in place of such a name.
        """
        key = spelling_key(name.name)
        # The whole name finds it among any number that begin alike, its first word also behind a hyphen.
        beginnings = (name.name, key.partition(" ")[0]) if key else ()
        alike = dict.fromkeys(
            EntityName(found.type, found.name)
            for beginning in beginnings
            for found in self._holding.names().find(name.type, beginning, MOST_ALIKE)
        )
        for one in alike:
            if spelling_key(one.name) == key:
                return one
        for one in islice(alike, MOST_ASKED):
            if any(found.type == name.type and spelling_key(found.name) == key for found in self.also_found(one)):
                return one
        called = (other for written, other in self._holding.aliases().called.items() if spelling_key(written) == key)
        return next((other for other in called if other != name), None)

    def _unlisted(self, names: Sequence[EntityName]) -> list[EntityName]:
        """Those of some names that no article is listed under."""
        counts = self._holding.engine().search_many([EngineRequest(Keyword(*name), size=0) for name in names])
        return [name for name, found in zip(names, counts, strict=True) if not found.total]
