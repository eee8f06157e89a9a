"""Which of its entities is an article listed under? The declared ones, and the most frequent of those found."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from indexer.resolution.aliases import Canonical, spelling_key
from indexer.resolution.found_names import FoundName
from search.article import ENTITY_TYPES, Entities, Mention

MOST_NAMES = 30  # of a type; a text with more is a list of names, and about none of them


class Resolved(NamedTuple):
    """The entities of an article and their mentions."""

    entities: Entities
    mentions: tuple[Mention, ...]


def select(named: Sequence[tuple[FoundName, Canonical]], declared: Entities) -> Resolved:
    """The entities that are kept, each with one type and one spelling, and their mentions."""
    counted = Counter(canonical for _, canonical in named)
    one_each = _one_each(counted, declared)
    total: Counter[Canonical] = Counter()
    for canonical, number in counted.items():
        total[one_each[canonical]] += number
    entities = Entities(*(_of_type(type, declared.of(type), total) for type in ENTITY_TYPES))
    return Resolved(entities, _mentions(((one, one_each[canonical]) for one, canonical in named), entities))


def _one_each(counted: Counter[Canonical], declared: Entities) -> dict[Canonical, Canonical]:
    """For each entity the one of the same spelling that stands for it: the declared, else the most frequent."""
    best: dict[str, Canonical] = {}
    for canonical in sorted(counted, key=lambda canonical: -counted[canonical]):
        best.setdefault(spelling_key(canonical.name), canonical)
    for type in ENTITY_TYPES:
        best |= {spelling_key(name): Canonical(name, type) for name in declared.of(type)}
    return {canonical: best[spelling_key(canonical.name)] for canonical in counted}


def _of_type(type: str, declared: Sequence[str], counted: Mapping[Canonical, int]) -> tuple[str, ...]:
    """The declared names of a type, and the most frequent of those found in the order of appearance."""
    known = frozenset(declared)
    found = [canonical.name for canonical in counted if canonical.type == type and canonical.name not in known]
    room = max(0, MOST_NAMES - len(declared))
    if len(found) <= room:
        return (*declared, *found)
    best = set(sorted(found, key=lambda name: -counted[Canonical(name, type)])[:room])
    return (*declared, *(name for name in found if name in best))


def _mentions(named: Iterable[tuple[FoundName, Canonical]], entities: Entities) -> tuple[Mention, ...]:
    """Where the entities that are kept are named."""
    kept = {Canonical(name, type) for type in ENTITY_TYPES for name in entities.of(type)}
    return tuple(
        Mention(*one.span[:3], canonical.type, canonical.name) for one, canonical in named if canonical in kept
    )
