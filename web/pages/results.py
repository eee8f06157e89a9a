"""The controls of the result page: filters, sorting, views, paging, errors in parameters, other searches."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass

from search import Archive, parse_date
from search.article import ENTITY_TYPES
from search.errors import TooExpensive
from search.page import SORTS, Page
from web.addresses import Link, entity_address, first_page_address, search_address
from web.localisation import SORT_NAMES, VIEW_NAMES, german_number
from web.pages.alternatives import address_with_text, alternatives
from web.pages.facets import Chip, Facet, chips, facets
from web.pages.timeline import MOST_PERIODS, Timeline, timeline
from web.parameters import LONGEST_QUERY, VIEWS, ReaderRequest, without_parameters

# A result with fewer hits is worth address_with_text whether the reader meant something else.
_FEW_HITS = 3
_NAMED_FILTERS = 3  # in the title; more do not fit on a tab
# Notices that a query was relaxed; they are followed by what else could be asked.
_RELAXED_NOTICES = {"phrase_relaxed", "words_relaxed", "words_apart"}


@dataclass(frozen=True, slots=True)
class ResultControls:
    """Everything on the result page but the hits.

    `name` is what to call the hits, `title` the same with the filters; `parameter_errors` maps parameters
    that could not be used to what the reader should know; `previous_page`, `next_page` and `first_page`
    are addresses of other pages of hits, if there are any; `without_filters` asks for the same words
    anywhere and at any time; `entity_links` lead to the pages of the names chosen; `corrections` are what the
    query may have been meant to be, `alternatives` other searches near to it; all of them find something.
    """

    name: str
    title: str
    chips: tuple[Chip, ...]
    facets: tuple[Facet, ...]
    timeline: Timeline | None
    sort_links: tuple[Link, ...]
    view_links: tuple[Link, ...]
    parameter_errors: dict[str, str]
    previous_page: str | None
    next_page: str | None
    first_page: str | None
    without_filters: str
    entity_links: tuple[Link, ...]
    corrections: tuple[Link, ...]
    alternatives: tuple[Link, ...]


def result_controls(asked: ReaderRequest, page: Page, archive: Archive) -> ResultControls:
    """What to correction around the hits of `page`, which answers `asked`; `archive` answers what that takes."""
    chosen = chips(asked)
    name = _name(asked, chosen)
    return ResultControls(
        name=name,
        title=", ".join((name, *(chip.label for chip in chosen[:_NAMED_FILTERS]))),
        chips=chosen,
        facets=facets(asked, page),
        timeline=timeline(asked, page, lambda unit: archive.values(asked.request, unit, MOST_PERIODS)),
        sort_links=_sort_links(asked),
        view_links=_view_links(asked),
        parameter_errors={name: parameter_error(name, value) for name, value in asked.refused.items()},
        previous_page=_page_address(asked, page.previous),
        next_page=_page_address(asked, page.next),
        first_page=first_page_address(asked.pairs) if asked.request.cursor else None,
        without_filters=search_address(tuple(pair for pair in asked.pairs if pair[0] in ("q", "sort", "view"))),
        entity_links=_entity_links(asked),
        corrections=tuple(
            Link(correction.text, address_with_text(asked, correction.text), count=correction.total)
            for correction in page.query.corrections
        ),
        alternatives=_alternatives(asked, page, archive),
    )


def _name(asked: ReaderRequest, chosen: tuple[Chip, ...]) -> str:
    """The query in quotation marks, or what articles these are without one."""
    if asked.request.text:
        return f"„{asked.request.text}“"
    return "Ausgewählte Artikel" if chosen else "Alle Artikel"


def _alternatives(asked: ReaderRequest, page: Page, archive: Archive) -> tuple[Link, ...]:
    """Other searches, if the reader may have meant something else; next to what was found as asked, with more hits."""
    relaxed = any(notice.code in _RELAXED_NOTICES for notice in page.query.notices)
    with suppress(TooExpensive):  # the hits are there; these are only a help
        if relaxed or page.total < _FEW_HITS:
            return alternatives(asked, archive.count, 1 if relaxed else page.total + 1)
    return ()


def _page_address(asked: ReaderRequest, cursor: str | None) -> str | None:
    return search_address((*without_parameters(asked.pairs, "cursor"), ("cursor", cursor))) if cursor else None


def _entity_links(asked: ReaderRequest) -> tuple[Link, ...]:
    """The pages of the persons, places and organisations that were chosen."""
    return tuple(Link(value, entity_address(type, value)) for type, value in asked.pairs if type in ENTITY_TYPES)


def _sort_links(asked: ReaderRequest) -> tuple[Link, ...]:
    """The orders to choose from; without words nothing is more relevant than anything else."""
    others = without_parameters(asked.pairs, "sort")
    return tuple(
        Link(SORT_NAMES[sort], first_page_address((*others, ("sort", sort))), sort == asked.request.sort)
        for sort in SORTS
        if asked.request.text or sort != "relevance"
    )


def _view_links(asked: ReaderRequest) -> tuple[Link, ...]:
    """The ways to show the hits; the place in the list stays."""
    others = without_parameters(asked.pairs, "view")
    usual, *unusual = VIEWS
    return (
        Link(VIEW_NAMES[usual], search_address(others), usual == asked.view),
        *(Link(VIEW_NAMES[view], search_address((*others, ("view", view))), view == asked.view) for view in unusual),
    )


def parameter_error(name: str, value: str) -> str:
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
