"""What an engine is asked: index terms of named columns, joined by and, or and not.

The score of each, for all engines (bm25 is engines.scoring.bm25, with the statistics of the column):

    Term       weight * bm25 of the term
    Sequence   weight * bm25 with the summed idf of its terms, frequency = number of occurrences
    Near       the same, frequency = number of places where the two come close
    Pattern, Fuzzy   weight
    Present    weight * idf of the term
    AllOf, AnyOf     sum over the parts that match
    Rather           that of its base, and of its bonus if that matches too
    Without          that of its base
    Keyword, Days, Everything   0
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Literal


@dataclass(frozen=True, slots=True)
class Term:
    """Articles with this term in this column.

    `implied` if all of them answer another part of the alternatives that it is one of: it only adds to their score.
    """

    column: str
    text: str
    weight: float = 1.0
    implied: bool = False


@dataclass(frozen=True, slots=True)
class Present:
    """Articles with this term in this column, however often."""

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
    """Articles with two different terms, in any order, and at most `distance` positions between them.

    `layer` is what a match is told to be: a pair of parts that stand for a compound is no word form.
    """

    column: str
    first: str
    second: str
    distance: int
    weight: float = 1.0
    layer: Literal["form", "part"] = "form"


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
    """Articles that have this value; the name `id` asks for one article."""

    name: str
    value: str


@dataclass(frozen=True, slots=True)
class Days:
    """Articles whose date can lie between these days (20250813), both included; None is open."""

    first: int | None
    last: int | None


@dataclass(frozen=True, slots=True)
class _Joined:
    """Terms that are joined; engines keep what they know of a query by its hash, which is computed once."""

    parts: tuple[Terms, ...]
    _hash: int = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "_hash", hash((type(self), self.parts)))

    def __hash__(self) -> int:
        return self._hash


class AllOf(_Joined):
    """Articles that answer each part."""

    __slots__ = ()


class AnyOf(_Joined):
    """Articles that answer at least one part."""

    __slots__ = ()


@dataclass(frozen=True, slots=True)
class Rather:
    """Articles that answer the base; those that answer the bonus, too, score higher."""

    base: Terms
    bonus: Terms


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
Terms = Leaf | Present | Keyword | Days | AllOf | AnyOf | Rather | Without | Everything | Nothing


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


def rather(base: Terms, bonus: list[Terms]) -> Terms:
    """The base, with whatever of the bonus can match at all."""
    possible = any_of(bonus)
    return base if isinstance(possible, Nothing) else Rather(base, possible)


def leaves(terms: Terms) -> Iterator[Leaf]:
    """The leaves that an answer must match some of; what is excluded or a bonus is not among them."""
    match terms:
        case AllOf(parts) | AnyOf(parts):
            for part in parts:
                yield from leaves(part)
        case Without(base, _) | Rather(base, _):
            yield from leaves(base)
        case Term() | Sequence() | Near() | Pattern() | Fuzzy():
            yield terms


def scoring_leaves(terms: Terms) -> Iterator[Leaf | Present]:
    """All that can add to a score, of a bonus, too. No score is more than their sum, as none takes anything off."""
    match terms:
        case AllOf(parts) | AnyOf(parts):
            for part in parts:
                yield from scoring_leaves(part)
        case Rather(base, bonus):
            yield from scoring_leaves(base)
            yield from scoring_leaves(bonus)
        case Without(base, _):
            yield from scoring_leaves(base)
        case Present() | Term() | Sequence() | Near() | Pattern() | Fuzzy():
            yield terms


def scores(terms: Terms) -> bool:
    """Whether the answers of this query can differ in score."""
    return any(scoring_leaves(terms))
