"""What an engine is asked: index terms of named columns, joined by and, or and not.

The score of each, for all engines (bm25 is engines.scoring.bm25, with the statistics of the column):

    Term       weight * bm25 of the term
    Phrase     weight * bm25 with the summed idf of its terms, frequency = number of occurrences
    Near       the same, frequency = number of places where the two come close
    Wildcard, Fuzzy   weight
    IdfTerm    weight * idf of the term, whatever its frequency
    And, Or    sum over the parts that match
    Should     that of what is required, and of what is optional if that matches too
    AndNot     that of its base
    Keyword, DateRange, MatchAll   0
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date


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
class IdfTerm:
    """Articles with this term in this column; it scores its idf, without frequency and length of the text."""

    column: str
    text: str
    weight: float = 1.0


@dataclass(frozen=True, slots=True)
class Phrase:
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
class Wildcard:
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
class DateRange:
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


class And(_Joined):
    """Articles that answer each part."""

    __slots__ = ()


class Or(_Joined):
    """Articles that answer at least one part."""

    __slots__ = ()


@dataclass(frozen=True, slots=True)
class Should:
    """Articles that answer `required`; those that answer `optional`, too, score higher (Lucene: MUST, SHOULD)."""

    required: Terms
    optional: Terms


@dataclass(frozen=True, slots=True)
class AndNot:
    """Articles that answer the base and not the other."""

    base: Terms
    excluded: Terms


@dataclass(frozen=True, slots=True)
class MatchAll:
    """All articles."""


@dataclass(frozen=True, slots=True)
class MatchNone:
    """No article."""


def day_number(day: date) -> int:
    """A day as engines compare days: 13 August 2025 is 20250813."""
    return day.year * 10000 + day.month * 100 + day.day


def calendar_day(number: int) -> date:
    """The day that `day_number` made a number of."""
    return date(number // 10000, number // 100 % 100, number % 100)


def date_range(since: date | None, until: date | None) -> Terms:
    """Articles dated between two days, both included; None is open, and all articles answer if both are."""
    if since is None and until is None:
        return MatchAll()
    return DateRange(day_number(since) if since else None, day_number(until) if until else None)


Leaf = Term | Phrase | Near | Wildcard | Fuzzy
Terms = Leaf | IdfTerm | Keyword | DateRange | And | Or | Should | AndNot | MatchAll | MatchNone


def all_of(parts: list[Terms]) -> Terms:
    """The parts joined by and, as flat as possible; no parts ask for everything."""
    needed = [part for part in parts if not isinstance(part, MatchAll)]
    if any(isinstance(part, MatchNone) for part in needed):
        return MatchNone()
    if not needed:
        return MatchAll()
    return needed[0] if len(needed) == 1 else And(tuple(needed))


def any_of(parts: list[Terms]) -> Terms:
    """The parts joined by or, as flat as possible; no parts ask for nothing."""
    possible = [part for part in parts if not isinstance(part, MatchNone)]
    if not possible:
        return MatchNone()
    return possible[0] if len(possible) == 1 else Or(tuple(possible))


def should(required: Terms, optional: list[Terms]) -> Terms:
    """What is required, with whatever of the optional parts can match at all."""
    possible = any_of(optional)
    return required if isinstance(possible, MatchNone) else Should(required, possible)


def leaves(terms: Terms) -> Iterator[Leaf]:
    """The leaves that an answer must match some of; what is excluded or optional is not among them."""
    match terms:
        case And(parts) | Or(parts):
            for part in parts:
                yield from leaves(part)
        case AndNot(base, _) | Should(base, _):
            yield from leaves(base)
        case Term() | Phrase() | Near() | Wildcard() | Fuzzy():
            yield terms


def scoring_leaves(terms: Terms) -> Iterator[Leaf | IdfTerm]:
    """All that can add to a score, optional parts too. No score is more than their sum, as none takes anything off."""
    match terms:
        case And(parts) | Or(parts):
            for part in parts:
                yield from scoring_leaves(part)
        case Should(required, optional):
            yield from scoring_leaves(required)
            yield from scoring_leaves(optional)
        case AndNot(base, _):
            yield from scoring_leaves(base)
        case IdfTerm() | Term() | Phrase() | Near() | Wildcard() | Fuzzy():
            yield terms


def scores(terms: Terms) -> bool:
    """Whether the answers of this query can differ in score."""
    return any(scoring_leaves(terms))
