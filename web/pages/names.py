"""The names in the archive: a page for each person, place and organisation, and the list of them all."""

from __future__ import annotations

import string
from collections.abc import Iterator
from dataclasses import dataclass, replace

from flask import Blueprint, abort, render_template, request
from rapidfuzz import fuzz

from search import EntityCount, Page, Request
from search.article import ENTITY_TYPES
from web.addresses import ENTITY_PATHS, Link, entity_address, facet_values_address, names_address, search_address
from web.localisation import FACET_TITLES, FILTER_NAMES, german_period
from web.metadata import entity_json_ld
from web.pages.timeline import Timeline, timeline
from web.parameters import ReaderRequest
from web.shared_archive import archive

blueprint = Blueprint("names", __name__)
blueprint.add_app_template_global(entity_json_ld)

_NEWEST = 7
_MOST_PERIODS = 400
_SHOWN = 8  # of the names beside one; more are folded away
_MOST_TOGETHER = 20  # as many as a page of hits comes with
_OF_EACH_TYPE, _OF_ONE_TYPE = 25, 300  # names in the list
_LONGEST_PREFIX = 100

# An unknown name is compared with those that begin one of its words like it does.
_WORDS, _BEGINNING, _CANDIDATES = 5, 2, 500
_LEAST_LIKENESS = 70  # of 100
_MOST_NEAR = 6


@dataclass(frozen=True, slots=True)
class Companion:
    """A name beside another: its own page, and the `count` articles that have both, found at `both`."""

    name: str
    address: str
    count: int
    both: str


@dataclass(frozen=True, slots=True)
class Company:
    """The names of a type beside another name; `folded` are rarer, `all` leads to the rest if there is any."""

    type: str
    shown: tuple[Companion, ...]
    folded: tuple[Companion, ...]
    all: str | None


@dataclass(frozen=True, slots=True)
class Entity:
    """What the archive knows of a name: its newest articles, the time they span in words, the names beside it."""

    type: str
    name: str
    page: Page
    period: str
    timeline: Timeline | None
    companies: tuple[Company, ...]

    @property
    def pairs(self) -> tuple[tuple[str, str]]:
        """The parameters of the search for its articles."""
        return ((self.type, self.name),)


@dataclass(frozen=True, slots=True)
class Listed:
    """The most frequent names of a type, or all of them if it is `whole`."""

    type: str
    names: tuple[EntityCount, ...]
    whole: bool


@blueprint.get(f"/<any({', '.join(ENTITY_PATHS.values())}):path>/<name:name>")
def entity_by_path(path: str, name: str) -> tuple[str, int]:
    """What the archive knows of a name; names near to it if it knows nothing."""
    type = next(type for type, known in ENTITY_PATHS.items() if known == path)
    asked = ReaderRequest(_newest(type, name), ((type, name),))
    page = archive().search(asked.request)
    if page.total:
        return render_template("entity.html", entity=_entity(type, name, asked, page)), 200
    return render_template("unknown_name.html", name=name, kind=FILTER_NAMES[type], near=_near(name)), 404


@blueprint.get(f"/<any({', '.join(ENTITY_PATHS.values())}):path>")
def entity_by_parameter(path: str) -> tuple[str, int]:
    """The same for names that a path cannot carry safely, such as `..`."""
    return entity_by_path(path, request.args.get("name") or abort(404))


@blueprint.get("/namen")
def names() -> str:
    """All names by type, or those of one type, or those with a word that begins as asked."""
    prefix = request.args.get("prefix", "").strip()[:_LONGEST_PREFIX]
    chosen = request.args.get("type", "")
    chosen = chosen if chosen in ENTITY_TYPES else ""
    types = (("", "Alle"), *((type, FACET_TITLES[type]) for type in ENTITY_TYPES))
    return render_template(
        "names.html",
        chosen=chosen,
        prefix=prefix,
        lists=tuple(_lists(chosen, prefix)),
        types=[Link(title, names_address(type, prefix), type == chosen) for type, title in types],
        letters=tuple(_letters(chosen, prefix)),
    )


def _lists(chosen: str, prefix: str) -> Iterator[Listed]:
    limit = _OF_ONE_TYPE if chosen else _OF_EACH_TYPE
    for type in (chosen,) if chosen else ENTITY_TYPES:
        found = archive().entities(type, prefix, limit + 1)
        if found:
            yield Listed(type, found[:limit], len(found) <= limit)


def _letters(chosen: str, prefix: str) -> Iterator[Link]:
    """The letters that words of names begin with."""
    for letter in string.ascii_uppercase:
        if archive().entities(chosen or None, letter, 1):
            yield Link(letter, names_address(chosen, letter), letter == prefix.upper())


def _entity(type: str, name: str, asked: ReaderRequest, page: Page) -> Entity:
    over_time = timeline(asked, page, lambda unit: archive().values(asked.request, unit, _MOST_PERIODS))
    companies = tuple(company for other in ENTITY_TYPES if (company := _company(asked, page, other)).shown)
    return Entity(type, name, page, _period(asked.request, page), over_time, companies)


def _newest(type: str, name: str) -> Request:
    """The question for the newest articles with a name."""
    return Request(text="", since=None, until=None, sort="newest", size=_NEWEST, cursor=None, **{type: (name,)})


def _period(asked: Request, newest: Page) -> str:
    """From the first to the last day that its articles are dated to, "" if none is dated."""
    last = newest.hits[0].date
    oldest = archive().search(replace(asked, sort="oldest", size=1))
    first = oldest.hits[0].date if oldest.hits else None
    return german_period(first, last) if first and last else ""


def _company(asked: ReaderRequest, page: Page, type: str) -> Company:
    """The names of a type that stand in the articles of a page's search, but those that it asks for."""
    values = page.facets.get(type, ())
    beside = [
        Companion(
            found.value,
            entity_address(type, found.value),
            found.count,
            search_address((*asked.pairs, (type, found.value))),
        )
        for found in values
        if (type, found.value) not in asked.pairs
    ]
    shown = len(beside) if len(beside) == _SHOWN + 1 else _SHOWN  # one is not folded away for itself
    more = facet_values_address(type, asked.pairs) if len(values) >= _MOST_TOGETHER else None
    return Company(type, tuple(beside[:shown]), tuple(beside[shown:]), more)


def _near(name: str) -> tuple[EntityCount, ...]:
    """The names that an unknown one may have been meant to be, the likest first."""
    name = name[:_LONGEST_PREFIX]
    beginnings = dict.fromkeys(word[:_BEGINNING] for word in name.split()[:_WORDS])
    candidates = {one for beginning in beginnings for one in archive().entities(None, beginning, _CANDIDATES)}
    alike = {one: fuzz.WRatio(name.casefold(), one.name.casefold()) for one in candidates}
    ranked = sorted(alike, key=lambda one: (-alike[one], -one.count, one.name, one.type))
    return tuple(one for one in ranked if alike[one] >= _LEAST_LIKENESS)[:_MOST_NEAR]
