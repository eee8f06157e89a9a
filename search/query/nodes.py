"""What did the reader ask? The query as our own values, before any analysis.

Every text becomes one of these; what they look like in the query language:

    Word        Kim · US-Präsident · 15 000
    Exact       =Kohl
    Phrase      "strategisches Abkommen" (exact words) · "strategisches Abkommen"~ (any forms)
    Near        "Putin Trump"~5
    Wildcard    Ukrain* · *programm · M?ller
    Fuzzy       Selenskij~
    DateRange   datum:2024-03..2024-05
    InField     titel:Kim · person:"Kim Jong Un"
    And, Or, Not   a b · a UND b · +a +b · a ODER b · a -b
    Should      Wahl in Hessen: both nouns are required, the word between them is optional
    MatchAll    * and the empty query
    MatchNone   a text without a word in it
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

MOST_EQUAL = 2


@dataclass(frozen=True, slots=True)
class Word:
    """A plain word as typed, or several that were typed as one."""

    text: str


@dataclass(frozen=True, slots=True)
class Exact:
    """A word in exactly this spelling."""

    text: str


@dataclass(frozen=True, slots=True)
class Phrase:
    """Words in this order without a gap; `forms` allows any of their word forms."""

    text: str
    forms: bool = False


@dataclass(frozen=True, slots=True)
class Near:
    """Words in any order, neighbours in the query with at most `distance` words between them."""

    text: str
    distance: int


@dataclass(frozen=True, slots=True)
class Wildcard:
    """A word with `*` for any letters and `?` for one letter."""

    pattern: str


@dataclass(frozen=True, slots=True)
class Fuzzy:
    """A word or one that is at most `distance` typing errors away."""

    text: str
    distance: int


@dataclass(frozen=True, slots=True)
class DateRange:
    """Articles of these days, both included; None is open."""

    since: date | None
    until: date | None


@dataclass(frozen=True, slots=True)
class InField:
    """A query that only looks at one field."""

    field: str
    query: Query


@dataclass(frozen=True, slots=True)
class And:
    """All of these."""

    queries: tuple[Query, ...]


@dataclass(frozen=True, slots=True)
class Or:
    """At least one of these."""

    queries: tuple[Query, ...]


@dataclass(frozen=True, slots=True)
class Should:
    """Articles that answer `required`; each of `optional` only adds to the score (Lucene: MUST beside SHOULD)."""

    required: Query
    optional: tuple[Query, ...]


@dataclass(frozen=True, slots=True)
class Not:
    """Articles that do not answer this."""

    query: Query


@dataclass(frozen=True, slots=True)
class MatchAll:
    """All articles."""


@dataclass(frozen=True, slots=True)
class MatchNone:
    """No article."""


# What an article can match by itself, so that it is counted, marked and explained: Lucene's clause.
Clause = Word | Exact | Phrase | Near | Wildcard | Fuzzy
Query = Clause | DateRange | InField | And | Or | Should | Not | MatchAll | MatchNone


def join(kind: type[And] | type[Or], queries: list[Query]) -> Query:
    """The queries as one of this kind, without those that ask nothing and without needless nesting.

    Of equal ones MOST_EQUAL are kept: a second *Baden* ranks Baden-Baden higher, a third one asks nothing new.
    """
    asked: list[Query] = []
    times = Counter[Query]()
    for query in queries:
        for part in query.queries if isinstance(query, kind) else (query,):
            times[part] += 1
            if times[part] <= MOST_EQUAL and not isinstance(part, MatchNone):
                asked.append(part)
    if kind is And and len(asked) > 1:  # what all articles answer, narrows nothing
        asked = [query for query in asked if not isinstance(query, MatchAll)] or [MatchAll()]
    if not asked:
        return MatchNone()
    return asked[0] if len(asked) == 1 else kind(tuple(asked))


# How readers write the name of a field; the first name of each is how it is shown.
FIELD_NAMES = {
    "title": ("titel", "title", "überschrift"),
    "body": ("text", "body", "inhalt"),
    "entities": ("name", "entities", "entität"),
    "person": ("person",),
    "place": ("ort", "place"),
    "organisation": ("organisation", "organization"),
    "source": ("quelle", "source"),
    "section": ("ressort", "section"),
    "author": ("autor", "author", "autorin"),
}


def clauses(query: Query) -> Iterator[Clause]:
    """The clauses that an article can match; what is excluded or optional is not among them."""
    match query:
        case InField(_, inner) | Should(inner, _):
            yield from clauses(inner)
        case And(queries) | Or(queries):
            for inner in queries:
                yield from clauses(inner)
        case Not() | DateRange() | MatchAll() | MatchNone():
            return
        case _:
            yield query


def describe(query: Query) -> str:
    """The query as Nachlese understood it, in the query language and unambiguous."""
    match query:
        case Word(text):
            return text
        case Exact(text):
            return f"={text}"
        case Phrase(text, forms):
            return f'"{text}"' + "~" * forms
        case Near(text, distance):
            return f'"{text}"~{distance}'
        case Wildcard(pattern):
            return pattern
        case Fuzzy(text, distance):
            return f"{text}~{distance}"
        case DateRange(since, until):
            return f"datum:{since or ''}..{until or ''}"
        case InField(field, inner):
            return f"{FIELD_NAMES[field][0]}:{_grouped(inner)}"
        case And(queries):
            return " UND ".join(_grouped(inner) for inner in queries)
        case Or(queries):
            return " ODER ".join(_grouped(inner) for inner in queries)
        case Should(inner, _):
            return describe(inner)
        case Not(inner):
            return f"NICHT {_grouped(inner)}"
        case MatchAll():
            return "*"
        case MatchNone():
            return ""


def _grouped(query: Query) -> str:
    text = describe(query)
    return f"({text})" if isinstance(query, (And, Or, Should)) else text
