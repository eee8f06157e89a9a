"""The controls of the result page: filters, sorting, views, paging, errors in parameters, other searches."""

from __future__ import annotations

from collections.abc import Container, Sequence
from contextlib import suppress
from dataclasses import dataclass

from search import Archive, parse_date
from search.article import ENTITY_TYPES
from search.errors import TooExpensive
from search.page import REQUEST_FILTERS, REQUEST_SORTS, Correction, OtherQuery, Page
from web.addresses import Link, entity_address, first_page_address, search_address
from web.localisation import MATCHING_NAMES, SORT_NAMES, VIEW_NAMES, quoted, shown_number
from web.pages.alternatives import address_with_text, alternatives
from web.pages.days import Days, latest
from web.pages.facets import Chip, Facet, chips, facets
from web.pages.timeline import MOST_PERIODS, Timeline, timeline
from web.parameters import LONGEST_QUERY, VIEWS, ParameterPairs, ReaderRequest, without_parameters
from web.translation import gettext

# A result with fewer hits is worth address_with_text whether the reader meant something else.
_FEW_HITS = 3
_NAMED_FILTERS = 3  # in the title; more do not fit on a tab
# Notices that a query was relaxed; they are followed by what else could be asked.
_RELAXED_NOTICES = {"phrase_relaxed", "words_relaxed", "words_apart"}
# And that the words of a query were read as a question's, which is no failure.
_READ_LOOSELY = {*_RELAXED_NOTICES, "words_many"}


@dataclass(frozen=True, slots=True)
class ResultControls:
    """Everything on the result page but the hits.

    `name` is what to call the hits, `title` the same with the filters; `parameter_errors` maps parameters
    that could not be used to what the reader should know; `previous_page`, `next_page` and `first_page`
    are addresses of other pages of hits, if there are any; `without_filters` asks for the same words
    anywhere and at any time; `days` are those of the archive, `latest_links` lead to the last of them;
    `entity_links` lead to the pages of the names chosen; `corrections` are what the query may have been meant
    to be, `looser` ask for less, `alternatives` are other searches near to it; all of them find something.
    `matching_links` say how close matches must be, `collapse_links` whether copies are listed; `relax_link`
    leads to what has all that is asked, or back. `export_pairs` are the parameters of a file with these hits,
    as files are never relaxed.
    """

    name: str
    title: str
    chips: tuple[Chip, ...]
    facets: tuple[Facet, ...]
    timeline: Timeline | None
    days: Days
    latest_links: tuple[Link, ...]
    sort_links: tuple[Link, ...]
    view_links: tuple[Link, ...]
    collapse_links: tuple[Link, ...]
    parameter_errors: dict[str, str]
    previous_page: str | None
    next_page: str | None
    first_page: str | None
    without_filters: str
    entity_links: tuple[Link, ...]
    matching_links: tuple[Link, ...]
    relax_link: Link | None
    corrections: tuple[Link, ...]
    looser: tuple[Link, ...]
    alternatives: tuple[Link, ...]
    export_pairs: ParameterPairs


def result_controls(asked: ReaderRequest, page: Page, archive: Archive, days: Days) -> ResultControls:
    """What to show around the hits of `page`, which answers `asked`; `archive`, with these `days`, is asked more."""
    chosen = chips(asked)
    name = _name(asked, chosen)
    return ResultControls(
        name=name,
        title=", ".join((name, *(chip.label for chip in chosen[:_NAMED_FILTERS]))),
        chips=chosen,
        facets=facets(asked, page),
        timeline=timeline(asked, page, lambda unit: archive.values(asked.request, unit, MOST_PERIODS), days),
        days=days,
        latest_links=latest(asked, days),
        sort_links=_sort_links(asked),
        view_links=_view_links(asked),
        collapse_links=_collapse_links(asked, page),
        parameter_errors={name: parameter_error(name, value) for name, value in asked.refused.items()},
        previous_page=_page_address(asked, page.previous),
        next_page=_page_address(asked, page.next),
        first_page=first_page_address(asked.pairs) if asked.request.cursor else None,
        without_filters=first_page_address(without_parameters(asked.pairs, *REQUEST_FILTERS, "from", "to")),
        entity_links=_entity_links(asked),
        matching_links=_matching_links(asked, page, archive),
        relax_link=_relax_link(asked, page),
        corrections=_query_links(asked, page.query.corrections),
        looser=_query_links(asked, page.query.looser),
        alternatives=_alternatives(asked, page, archive),
        export_pairs=_export_pairs(asked, page),
    )


def _query_links(asked: ReaderRequest, queries: Sequence[Correction | OtherQuery]) -> tuple[Link, ...]:
    return tuple(Link(query.text, address_with_text(asked, query.text), count=query.total) for query in queries)


def _is_relaxed(page: Page, codes: Container[str] = _RELAXED_NOTICES) -> bool:
    return any(notice.code in codes for notice in page.query.notices)


def _matching_links(asked: ReaderRequest, page: Page, archive: Archive) -> tuple[Link, ...]:
    """How close words must match, each with what it finds; none where no words are asked, or nothing is found."""
    others = without_parameters(asked.pairs, "match")
    with suppress(TooExpensive):  # the hits are there; the other numbers are only a help
        totals = archive.matchings(asked.request, page.reading, page.total)
        return tuple(
            Link(
                MATCHING_NAMES[matching],
                first_page_address(others if matching == "all" else (*others, ("match", matching))),
                matching == asked.request.match,
                total,
            )
            for matching, total in totals.items()
            if any(totals.values())
        )
    return ()


def _relax_link(asked: ReaderRequest, page: Page) -> Link | None:
    """To the articles that have all that is asked if others are shown; back to all if only those are."""
    others = without_parameters(asked.pairs, "relax")
    if not asked.request.relax:
        return Link(gettext("Auch Artikel zulassen, denen etwas davon fehlt"), first_page_address(others))
    strict = first_page_address((*others, ("relax", "0")))
    is_relaxed = _is_relaxed(page, _READ_LOOSELY)
    return Link(gettext("Nur Artikel, die alles enthalten"), strict) if is_relaxed else None


def _export_pairs(asked: ReaderRequest, page: Page) -> ParameterPairs:
    """The parameters of files with these hits: a relaxed query as it was understood, if it is not too long."""
    pairs, understood = without_parameters(asked.search_pairs, "relax"), page.query.understood
    if not _is_relaxed(page, _READ_LOOSELY) or len(understood) > LONGEST_QUERY:
        return pairs
    return (("q", understood), *without_parameters(pairs, "q"))


def _name(asked: ReaderRequest, chosen: tuple[Chip, ...]) -> str:
    """The query in quotation marks, or what articles these are without one."""
    if asked.request.text:
        return quoted(asked.request.text)
    return gettext("Ausgewählte Artikel") if chosen else gettext("Alle Artikel")


def _alternatives(asked: ReaderRequest, page: Page, archive: Archive) -> tuple[Link, ...]:
    """Other searches, if the reader may have meant something else; next to what was found as asked, with more hits."""
    relaxed = _is_relaxed(page)
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
        for sort in REQUEST_SORTS
        if asked.request.text or sort not in ("relevance", "recent")
    )


def _view_links(asked: ReaderRequest) -> tuple[Link, ...]:
    """The ways to show the hits; the place in the list stays."""
    others = without_parameters(asked.pairs, "view")
    usual, *unusual = VIEWS
    return (
        Link(VIEW_NAMES[usual], search_address(others), usual == asked.view),
        *(Link(VIEW_NAMES[view], search_address((*others, ("view", view))), view == asked.view) for view in unusual),
    )


def _collapse_links(asked: ReaderRequest, page: Page) -> tuple[Link, ...]:
    """To the list with each text once, and back; none where no text has copies."""
    chosen, others = asked.request.collapse, without_parameters(asked.pairs, "collapse")
    if not chosen and not any(hit.family for hit in page.hits):
        return ()
    return (
        Link(gettext("Alle Artikel"), first_page_address(others), not chosen),
        Link(gettext("Jede Meldung einmal"), first_page_address((*others, ("collapse", "1"))), chosen),
    )


def parameter_error(name: str, value: str) -> str:
    """What the reader should know about a parameter that cannot be used."""
    if name == "q":
        return gettext(
            "Diese Suche ist %(length)s Zeichen lang, möglich sind %(most)s. Bitte kürzen Sie sie.",
            length=shown_number(len(value)),
            most=shown_number(LONGEST_QUERY),
        )
    typed = quoted(value[:40])
    if name not in ("from", "to"):
        return gettext("Der Wert %(value)s ist hier nicht möglich und wurde übergangen.", value=typed)
    try:
        parse_date(value)
    except ValueError:
        return gettext(
            "%(value)s ist kein lesbares Datum. Schreiben Sie zum Beispiel 13.8.2025, August 2025 oder 2025.",
            value=typed,
        )
    return gettext("Das Ende liegt vor dem Anfang. Bitte tauschen Sie die beiden Daten.")
