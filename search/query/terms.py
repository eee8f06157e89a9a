"""What an engine is asked: index terms of named columns, joined by and, or and not.

The score of each, for all engines (bm25 is engines.scoring.bm25, with the statistics of the column):

    Term       weight * bm25 of the term
    Sequence   weight * bm25 with the summed idf of its terms, frequency = number of occurrences
    Near       the same, frequency = number of places where the two come close
    Pattern, Fuzzy   weight
    AllOf, AnyOf     sum over the parts that match
    Without          that of its base
    Keyword, Days, Everything   0
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Term:
    """Articles with this term in this column."""

    column: str
    text: str
    weight: float = 1.0


@dataclass(frozen=True, slots=True)
class Sequence:
    """Articles with these terms (two or more) at successive positions."""

    column: str
    texts: tuple[str, ...]
    weight: float = 1.0


@dataclass(frozen=True, slots=True)
class Near:
    """Articles with two different terms, in any order, and at most `distance` positions between them."""

    column: str
    first: str
    second: str
    distance: int
    weight: float = 1.0


@dataclass(frozen=True, slots=True)
class Pattern:
    """Articles with a term that fits: `*` is any number of characters, `?` is one."""

    column: str
    pattern: str
    weight: float = 1.0


@dataclass(frozen=True, slots=True)
class Fuzzy:
    """Articles with a term at most `distance` (1 or 2) edits away.

    An edit inserts, deletes or replaces a character, or swaps two neighbours (optimal string alignment).
    """

    column: str
    text: str
    distance: int
    weight: float = 1.0


@dataclass(frozen=True, slots=True)
class Keyword:
    """Articles that have this value."""

    name: str
    value: str


@dataclass(frozen=True, slots=True)
class Days:
    """Articles whose date can lie between these days (20250813), both included; None is open."""

    first: int | None
    last: int | None


@dataclass(frozen=True, slots=True)
class AllOf:
    """Articles that answer each part."""

    parts: tuple[Terms, ...]


@dataclass(frozen=True, slots=True)
class AnyOf:
    """Articles that answer at least one part."""

    parts: tuple[Terms, ...]


@dataclass(frozen=True, slots=True)
class Without:
    """Articles that answer the base and not the other."""

    base: Terms
    excluded: Terms


@dataclass(frozen=True, slots=True)
class Everything:
    """All articles."""


@dataclass(frozen=True, slots=True)
class Nothing:
    """No article."""


Leaf = Term | Sequence | Near | Pattern | Fuzzy
Terms = Leaf | Keyword | Days | AllOf | AnyOf | Without | Everything | Nothing


def all_of(parts: list[Terms]) -> Terms:
    """The parts joined by and, as flat as possible; no parts ask for everything."""
    needed = [part for part in parts if not isinstance(part, Everything)]
    if any(isinstance(part, Nothing) for part in needed):
        return Nothing()
    if not needed:
        return Everything()
    return needed[0] if len(needed) == 1 else AllOf(tuple(needed))


def any_of(parts: list[Terms]) -> Terms:
    """The parts joined by or, as flat as possible; no parts ask for nothing."""
    possible = [part for part in parts if not isinstance(part, Nothing)]
    if not possible:
        return Nothing()
    return possible[0] if len(possible) == 1 else AnyOf(tuple(possible))


def leaves(terms: Terms) -> Iterator[Leaf]:
    """The leaves that an answer can match; what is excluded is not among them."""
    match terms:
        case AllOf(parts) | AnyOf(parts):
            for part in parts:
                yield from leaves(part)
        case Without(base, _):
            yield from leaves(base)
        case Term() | Sequence() | Near() | Pattern() | Fuzzy():
            yield terms


def scores(terms: Terms) -> bool:
    """Whether the answers of this query can differ in score."""
    return next(leaves(terms), None) is not None
