"""What the result page offers around the hits: orders, views, pages, complaints, ways on."""

from __future__ import annotations

from dataclasses import dataclass

from search import Archive, parse_date
from search.article import ENTITY_TYPES
from search.page import SORTS, Page
from web.addresses import Link, entity_address, first_page, search_address
from web.localisation import SORT_NAMES, VIEW_NAMES, german_number
from web.pages.alternatives import alternatives, asking
from web.pages.facets import Chip, Facet, chips, facets
from web.pages.timeline import Timeline, timeline
from web.parameters import LONGEST_QUERY, VIEWS, Asked, without_names

# A result with fewer hits is worth asking whether the reader meant something else.
FEW_HITS = 3
_NAMED_FILTERS = 3  # in the title; more do not fit on a tab
# The relaxed readings of a query; their notices are followed by what else could be asked.
RELAXED = {"phrase_relaxed", "words_relaxed"}
# Different months and days that can have hits within the spans that a timeline shows them for.
MOST_PERIODS = {"month": 400, "day": 400}


@dataclass(frozen=True, slots=True)
class Surroundings:
    """Everything on the result page but the hits.

    `name` is what to call the hits, `title` the same with the filters; `complaints` maps parameters
    that could not be used to what the reader should know; `previous`, `next` and `beginning` are
    addresses of other pages of hits, if there are any; `without_filters` asks for the same words
    anywhere and at any time; `about` are the pages of the names chosen; `offers` are what the query
    may have been meant to be, `alternatives` other questions near to it; all of them find something.
    """

    name: str
    title: str
    chips: tuple[Chip, ...]
    facets: tuple[Facet, ...]
    timeline: Timeline | None
    orders: tuple[Link, ...]
    views: tuple[Link, ...]
    complaints: dict[str, str]
    previous: str | None
    next: str | None
    beginning: str | None
    without_filters: str
    about: tuple[Link, ...]
    offers: tuple[Link, ...]
    alternatives: tuple[Link, ...]


def surroundings(asked: Asked, page: Page, archive: Archive) -> Surroundings:
    """What to offer around the hits of `page`, which answers `asked`; `archive` answers what that takes."""
    chosen = chips(asked)
    name = _name(asked, chosen)
    return Surroundings(
        name=name,
        title=", ".join((name, *(chip.label for chip in chosen[:_NAMED_FILTERS]))),
        chips=chosen,
        facets=facets(asked, page),
        timeline=timeline(asked, page, lambda unit: archive.values(asked.request, unit, MOST_PERIODS[unit])),
        orders=_orders(asked),
        views=_views(asked),
        complaints={name: complaint(name, value) for name, value in asked.refused.items()},
        previous=_other_page(asked, page.previous),
        next=_other_page(asked, page.next),
        beginning=first_page(asked.pairs) if asked.request.cursor else None,
        without_filters=search_address(tuple(pair for pair in asked.pairs if pair[0] in ("q", "sort", "view"))),
        about=tuple(Link(value, entity_address(type, value)) for type, value in asked.pairs if type in ENTITY_TYPES),
        offers=tuple(Link(offer.text, asking(asked, offer.text), count=offer.total) for offer in page.query.offers),
        alternatives=_others(asked, page, archive),
    )


def _name(asked: Asked, chosen: tuple[Chip, ...]) -> str:
    """The query in quotation marks, or what articles these are without one."""
    if asked.request.text:
        return f"„{asked.request.text}“"
    return "Ausgewählte Artikel" if chosen else "Alle Artikel"


def _others(asked: Asked, page: Page, archive: Archive) -> tuple[Link, ...]:
    """Other questions, if the reader may have meant something else; next to what was found as asked, with more hits."""
    if any(notice.code in RELAXED for notice in page.query.notices):
        return alternatives(asked, archive.count)
    return alternatives(asked, archive.count, page.total + 1) if page.total < FEW_HITS else ()


def _other_page(asked: Asked, cursor: str | None) -> str | None:
    return search_address((*without_names(asked.pairs, "cursor"), ("cursor", cursor))) if cursor else None


def _orders(asked: Asked) -> tuple[Link, ...]:
    """The orders to choose from; without words nothing is more relevant than anything else."""
    others = without_names(asked.pairs, "sort")
    return tuple(
        Link(SORT_NAMES[sort], first_page((*others, ("sort", sort))), sort == asked.request.sort)
        for sort in SORTS
        if asked.request.text or sort != "relevance"
    )


def _views(asked: Asked) -> tuple[Link, ...]:
    """The ways to show the hits; the place in the list stays."""
    others = without_names(asked.pairs, "view")
    usual, *unusual = VIEWS
    return (
        Link(VIEW_NAMES[usual], search_address(others), usual == asked.view),
        *(Link(VIEW_NAMES[view], search_address((*others, ("view", view))), view == asked.view) for view in unusual),
    )


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
