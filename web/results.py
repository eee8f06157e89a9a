"""What the result page offers around the hits: orders, pages, complaints, ways out of nothing."""

from __future__ import annotations

import re
from dataclasses import dataclass

from search import parse_date
from search.page import SORTS, Page
from web.addresses import first_page, search_address
from web.narrowing import Chip, Facet, chips, facets
from web.parameters import LONGEST_QUERY, Asked, without_names
from web.wording import SORT_NAMES, german_number

_PLAIN_QUERY = re.compile(r"[\w\s.-]+")
_OPERATORS = {"UND", "ODER", "NICHT", "AND", "OR", "NOT"}
_MANY_WORDS = 5  # beyond this, trying each alone is no help


@dataclass(frozen=True, slots=True)
class Link:
    """Something to go to; `chosen` if the reader is there already."""

    label: str
    address: str
    chosen: bool = False


@dataclass(frozen=True, slots=True)
class Surroundings:
    """Everything on the result page but the hits.

    `complaints` maps parameters that could not be used to what the reader should know; `next` and
    `beginning` are addresses of other pages of hits, if there are any; `without_filters` asks for
    the same words anywhere and at any time; the last two are ways out if nothing is found.
    """

    chips: tuple[Chip, ...]
    facets: tuple[Facet, ...]
    orders: tuple[Link, ...]
    complaints: dict[str, str]
    next: str | None
    beginning: str | None
    without_filters: str
    fewer_words: tuple[Link, ...]
    word_beginning: Link | None


def surroundings(asked: Asked, page: Page) -> Surroundings:
    """What to offer around the hits of `page`, which answers `asked`."""
    return Surroundings(
        chips=chips(asked),
        facets=facets(asked, page),
        orders=_orders(asked),
        complaints={name: complaint(name, value) for name, value in asked.refused.items()},
        next=search_address((*without_names(asked.pairs, "cursor"), ("cursor", page.next))) if page.next else None,
        beginning=first_page(asked.pairs) if asked.request.cursor else None,
        without_filters=search_address(tuple(pair for pair in asked.pairs if pair[0] in ("q", "sort"))),
        fewer_words=_fewer_words(asked),
        word_beginning=_word_beginning(asked),
    )


def _orders(asked: Asked) -> tuple[Link, ...]:
    """The orders to choose from; without words nothing is more relevant than anything else."""
    others = without_names(asked.pairs, "sort")
    return tuple(
        Link(SORT_NAMES[sort], first_page((*others, ("sort", sort))), sort == asked.request.sort)
        for sort in SORTS
        if asked.request.text or sort != "relevance"
    )


def _fewer_words(asked: Asked) -> tuple[Link, ...]:
    """The search for each of a few plain words alone, to try if all together find nothing."""
    words = tuple(dict.fromkeys(asked.request.text.split()))
    if not (2 <= len(words) <= _MANY_WORDS) or not _is_plain(asked.request.text):
        return ()
    return tuple(Link(word, _with_words(asked, word)) for word in words)


def _word_beginning(asked: Asked) -> Link | None:
    """The search for all words that begin like the longest one, for when an ending is in doubt."""
    if not _is_plain(asked.request.text):
        return None
    longest = max(asked.request.text.split(), key=len, default="")
    if len(longest) < 5 or not longest.isalpha():
        return None
    beginning = f"{longest[: max(4, len(longest) * 2 // 3)]}*"
    return Link(beginning, _with_words(asked, beginning))


def complaint(name: str, value: str) -> str:
    """What the reader should know about a parameter that cannot be used, in German."""
    if name == "q":
        return (
            f"Diese Suche ist {german_number(len(value))} Zeichen lang, möglich sind {german_number(LONGEST_QUERY)}. "
            "Bitte kürzen Sie sie."
        )
    if name not in ("from", "to"):
        return f"Der Wert „{value[:40]}“ ist hier nicht möglich und wurde übergangen."
    try:
        parse_date(value)
    except ValueError:
        return f"„{value[:40]}“ ist kein lesbares Datum. Schreiben Sie zum Beispiel 13.8.2025, August 2025 oder 2025."
    return "Das Ende liegt vor dem Anfang. Bitte tauschen Sie die beiden Daten."


def _is_plain(text: str) -> bool:
    return bool(_PLAIN_QUERY.fullmatch(text)) and not _OPERATORS.intersection(text.split())


def _with_words(asked: Asked, text: str) -> str:
    return first_page((("q", text), *without_names(asked.pairs, "q")))
