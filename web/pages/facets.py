"""Narrowing a search: the facets to choose from, and the chips that take a choice back."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from search import parse_date
from search.page import ARCHIVE, FILTERS, REQUEST_FILTERS, FacetValue, Page
from web.addresses import facet_values_address, first_page_address
from web.localisation import FACET_TITLES, FILTER_NAMES, shown_period
from web.parameters import ReaderRequest, without_pair, without_parameters
from web.translation import gettext

_SHOWN_VALUES = 6  # of a facet; more are folded away
_MOST_VALUES = 20  # as many as a page of hits comes with; all are listed on a page of their own


@dataclass(frozen=True, slots=True)
class Chip:
    """An active filter in words, and the address of the search without it."""

    label: str
    address: str


@dataclass(frozen=True, slots=True)
class Choice:
    """A value of a facet; its address adds it to the search, or takes it back if it is chosen."""

    value: str
    count: int
    address: str
    chosen: bool


@dataclass(frozen=True, slots=True)
class Facet:
    """The values of one kind to narrow by.

    `folded` are those that few readers need, `all_address` leads to all values if there may be more.
    """

    name: str
    title: str
    shown: tuple[Choice, ...]
    collapsed: tuple[Choice, ...]
    all_address: str | None = None


def facets(asked: ReaderRequest, page: Page) -> tuple[Facet, ...]:
    """What the reader can narrow by, archives first if there are several; kinds without values are left out."""
    found = ((name, choices(asked, name, page.facets.get(name, ()))) for name in (ARCHIVE, *FILTERS))
    return tuple(_facet(asked, name, values) for name, values in found if values)


def _facet(asked: ReaderRequest, name: str, choices: tuple[Choice, ...]) -> Facet:
    """The choices as shown and folded; what is chosen stays in sight, and one is not folded away for itself."""
    shown = tuple(choice for place, choice in enumerate(choices) if place < _SHOWN_VALUES or choice.chosen)
    collapsed = tuple(choice for choice in choices[:_MOST_VALUES] if choice not in shown)
    if len(collapsed) == 1:
        shown, collapsed = shown + collapsed, ()
    more = facet_values_address(name, asked.pairs) if len(choices) >= _MOST_VALUES else None
    return Facet(name, FACET_TITLES[name], shown, collapsed, more)


def choices(asked: ReaderRequest, name: str, values: Iterable[FacetValue]) -> tuple[Choice, ...]:
    """Values of a facet as they can be chosen or taken back in a search."""
    return tuple(_choice(asked, (name, found.value), found.count) for found in values)


def _choice(asked: ReaderRequest, pair: tuple[str, str], count: int) -> Choice:
    chosen = pair in asked.pairs
    pairs = without_pair(asked.pairs, pair) if chosen else (*asked.pairs, pair)
    return Choice(pair[1], count, first_page_address(pairs), chosen)


def chips(asked: ReaderRequest) -> tuple[Chip, ...]:
    """The active filters, each with the search without it."""
    named = tuple(
        Chip(f"{FILTER_NAMES[name]}: {value}", first_page_address(without_pair(asked.pairs, (name, value))))
        for name, value in asked.pairs
        if name in REQUEST_FILTERS
    )
    return named + tuple(_date_chips(asked))


def _date_chips(asked: ReaderRequest) -> Iterator[Chip]:
    """One chip for the period, however it was typed."""
    typed = dict(asked.pairs)
    since, until = (parse_date(typed[name]).text if name in typed else "" for name in ("from", "to"))
    if since or until:
        others = first_page_address(without_parameters(asked.pairs, "from", "to"))
        yield Chip(gettext("Zeitraum: %(period)s", period=shown_period(since, until)), others)
