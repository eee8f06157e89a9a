"""Which articles are the copies of one? Looked up in the levels of members, without NumPy, as readers do."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Protocol

from search.families.traits import GONE, key_of
from search.mapped import LARGE_NUMBERS, Mapped

MOST_MEMBERS = 100  # of a family that are listed, the earliest ones


@dataclass(frozen=True, slots=True)
class Members:
    """The articles of one family: at most MOST_MEMBERS ids, the earliest first, and about how many there are."""

    ids: tuple[str, ...] = ()
    size: int = 0


class FamilyLookup(Protocol):
    """What knows the families of an archive."""

    def of(self, id: str) -> Members:
        """The family of an article, with itself; none if it is alone."""
        ...

    def of_several(self, ids: Iterable[str]) -> dict[str, Members]:
        """The family of each of several articles."""
        ...


class Families:
    """The families of an archive as of one commit; threads and processes may share it."""

    def __init__(self, levels: Sequence[Mapped]) -> None:
        self._levels = [_Level(mapped) for mapped in levels]

    def of(self, id: str) -> Members:
        """The family of an article, with itself; none if it is alone."""
        return self._members(self._family(key_of(id)))

    def of_several(self, ids: Iterable[str]) -> dict[str, Members]:
        """The family of each of several articles; each family is read once, however many of them it has."""
        families = {id: self._family(key_of(id)) for id in ids}
        members = {family: self._members(family) for family in set(families.values())}
        return {id: members[family] for id, family in families.items()}

    def _members(self, family: int) -> Members:
        if family == GONE:
            return Members()
        found: list[tuple[float, str]] = []
        size = 0
        for place, level in enumerate(self._levels):
            size += level.size(family)
            newer = self._levels[place + 1 :]  # an article that left a family and came back is in several
            current = (row for row in level.members(family) if not _is_in(newer, key_of(row[1])))
            found += islice(current, MOST_MEMBERS)
        if len(found) < 2:
            return Members()
        ids = tuple(id for _, id in sorted(found)[:MOST_MEMBERS])
        return Members(ids, len(found) if len(found) < MOST_MEMBERS else size)

    def _family(self, key: int) -> int:
        """The family of an article in the newest level that has it; GONE if none has."""
        return next((family for level in reversed(self._levels) if (family := level.family(key)) is not None), GONE)


class _Level:
    def __init__(self, mapped: Mapped) -> None:
        self._keys, self._values, self._moments, self._ordered = (
            mapped.numbers(name, LARGE_NUMBERS) for name in ("keys", "values", "moments", "ordered")
        )
        self._together = mapped.numbers("together")
        self._ids = mapped.texts("ids")

    def family(self, key: int) -> int | None:
        """What this level says of the family of an article, None if nothing."""
        place = bisect_left(self._keys, key)
        return self._values[place] if place < len(self._keys) and self._keys[place] == key else None

    def size(self, family: int) -> int:
        return bisect_right(self._ordered, family) - bisect_left(self._ordered, family)

    def members(self, family: int) -> Iterator[tuple[float, str]]:
        """When the members of a family appeared, and their ids, the earliest first; those without a date at the end."""
        first = bisect_left(self._ordered, family)
        for place in self._together[first : bisect_right(self._ordered, family, first)]:
            yield self._moments[place] or float("inf"), self._ids[place]


def _is_in(levels: Sequence[_Level], key: int) -> bool:
    return any(level.family(key) is not None for level in levels)
