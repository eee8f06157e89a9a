"""What did the reader ask? The query as our own values, before any analysis.

Every text becomes one of these; what they look like in the query language:

    Word        Kim · US-Präsident · 15 000
    Exact       =Kohl
    Phrase      "strategisches Abkommen" (exact words) · "strategisches Abkommen"~ (any forms)
    Near        "Putin Trump"~5
    Wildcard    Ukrain* · *programm · M?ller
    Fuzzy       Selenskij~
    Dates       datum:2024-03..2024-05
    Within      titel:Kim · person:"Kim Jong Un"
    Both, Either, Without   a b · a ODER b · a -b
    Rather      what Wahl in Hessen asks for: both nouns, rather with the word between
    Everything  * and the empty query
    Nothing     a text without a word in it
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


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
class Dates:
    """Articles of these days, both included; None is open."""

    since: date | None
    until: date | None


@dataclass(frozen=True, slots=True)
class Within:
    """A query that only looks at one field."""

    field: str
    query: Query


@dataclass(frozen=True, slots=True)
class Both:
    """All of these."""

    queries: tuple[Query, ...]


@dataclass(frozen=True, slots=True)
class Either:
    """At least one of these."""

    queries: tuple[Query, ...]


@dataclass(frozen=True, slots=True)
class Rather:
    """Articles that answer the query, rather those that answer some of the bonus as well."""

    query: Query
    bonus: tuple[Query, ...]


@dataclass(frozen=True, slots=True)
class Without:
    """Articles that do not answer this."""

    query: Query


@dataclass(frozen=True, slots=True)
class Everything:
    """All articles."""


@dataclass(frozen=True, slots=True)
class Nothing:
    """No article."""


Query = (
    Word
    | Exact
    | Phrase
    | Near
    | Wildcard
    | Fuzzy
    | Dates
    | Within
    | Both
    | Either
    | Rather
    | Without
    | Everything
    | Nothing
)


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
}


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
        case Dates(since, until):
            return f"datum:{since or ''}..{until or ''}"
        case Within(field, inner):
            return f"{FIELD_NAMES[field][0]}:{_grouped(inner)}"
        case Both(queries):
            return " UND ".join(_grouped(inner) for inner in queries)
        case Either(queries):
            return " ODER ".join(_grouped(inner) for inner in queries)
        case Rather(inner, _):
            return describe(inner)
        case Without(inner):
            return f"NICHT {_grouped(inner)}"
        case Everything():
            return "*"
        case Nothing():
            return ""


def _grouped(query: Query) -> str:
    text = describe(query)
    return f"({text})" if isinstance(query, (Both, Either, Rather)) else text
