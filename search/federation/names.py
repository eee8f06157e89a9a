"""The names of several archives, and the families of their articles."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from search.families.reading import FamilyLookup, Members
from search.federation.counting import added_up, margin
from search.federation.ids import joined, own_id
from search.federation.member import Member
from search.page import EntityCount
from search.store.names import NameLookup


class FederatedNames:
    """Names with the sums of their numbers of articles."""

    def __init__(self, names: Sequence[tuple[Member, NameLookup]]) -> None:
        self._names = names

    def find(self, type: str | None, prefix: str, limit: int) -> tuple[EntityCount, ...]:
        """The most frequent names of one of ENTITY_TYPES, or of all, with a word that begins so; BadRequest else."""
        found = [names.find(type, prefix, margin(limit)) for _, names in self._names]
        answers = [{(name.name, name.type): name.count for name in names} for names in found]
        return tuple(EntityCount(kind, name, count) for (name, kind), count in added_up(answers, limit, self._count))

    def _count(self, place: int, names: Sequence[tuple[str, str]]) -> list[int]:
        """How many articles of an archive have each of these names."""
        member, _ = self._names[place]
        return [member.frequencies(type, [name])[0] for name, type in names]


class FederatedFamilies:
    """The families of all archives, each of which looks for copies among its own articles."""

    def __init__(self, families: Mapping[str, FamilyLookup]) -> None:
        self._families = families

    def of(self, id: str) -> Members:
        """The family of an article, with itself; none if it is alone."""
        return self.of_several([id])[id]

    def of_several(self, ids: Iterable[str]) -> dict[str, Members]:
        """The family of each of several articles."""
        found = {id: Members() for id in ids}
        for archive, families in self._families.items():
            own = {own: id for id in found if (own := own_id(archive, id)) is not None}
            for one, members in families.of_several(own).items():
                found[own[one]] = Members(tuple(joined(archive, member) for member in members.ids), members.size)
        return found
