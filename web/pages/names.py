"""The names in the archive: a page for each person, place and organisation, and the list of them all."""

from __future__ import annotations

import string
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import islice

from flask import Blueprint, abort, redirect, render_template, request
from rapidfuzz import fuzz
from werkzeug import Response

from search import EntityCount, Page, Request
from search.alias_lines import are_spelt_alike, may_be_variant, name_lines, no_name_lines
from search.article import ENTITY_TYPES, EntityName
from web.addresses import ENTITY_PATHS, Link, entity_address, facet_values_address, names_address, search_address
from web.localisation import FACET_TITLES, quoted, shown_period
from web.metadata import entity_json_ld
from web.pages.days import archive_days
from web.pages.timeline import MOST_PERIODS, Timeline, timeline
from web.parameters import ReaderRequest
from web.shared_archive import archive, shared
from web.translation import N_, Words, gettext

blueprint = Blueprint("names", __name__)
blueprint.add_app_template_global(entity_json_ld)

_NEWEST = 7
_MOST_APART = 5  # names listed in place of which this one may be wrong
_OF_OTHER_TYPE = Words(
    {
        "person": N_("%(name)s ist eine Person"),
        "place": N_("%(name)s ist ein Ort"),
        "organisation": N_("%(name)s ist eine Organisation"),
    }
)
_UNKNOWN = Words(
    {
        "person": N_("In keinem Artikel ist %(name)s als Person genannt."),
        "place": N_("In keinem Artikel ist %(name)s als Ort genannt."),
        "organisation": N_("In keinem Artikel ist %(name)s als Organisation genannt."),
    }
)
_SHOWN_NAMES = 8  # of the names beside one; more are folded away
_MOST_RELATED = 20  # as many as a page of hits comes with
_LISTED_OF_EACH_TYPE, _LISTED_OF_ONE_TYPE = 25, 300  # names in the list
_LONGEST_PREFIX = 100

# An unknown name is compared with those that begin one of its words like it does.
_COMPARED_WORDS, _COMPARED_LETTERS, _MOST_CANDIDATES = 5, 2, 500
_LEAST_SIMILARITY = 70  # of 100
_MOST_SIMILAR = 6


@dataclass(frozen=True, slots=True)
class RelatedName:
    """A name beside another: its own page, and where the `count` articles with both are found."""

    name: str
    address: str
    count: int
    shared_address: str


@dataclass(frozen=True, slots=True)
class RelatedNames:
    """The names of a type beside another name; `folded` are rarer, `all_address` leads to the rest if there is any."""

    type: str
    shown: tuple[RelatedName, ...]
    collapsed: tuple[RelatedName, ...]
    all_address: str | None


@dataclass(frozen=True, slots=True)
class Correction:
    """What may be wrong with a name, and the lines of aliases.toml that say so."""

    claim: str
    lines: str


@dataclass(frozen=True, slots=True)
class EntityProfile:
    """What the archive knows of a name: its newest articles, the time they span in words, the names beside it.

    `also_found` are the names that articles have for it, with their numbers of articles, `corrections` what could be
    said against it.
    """

    type: str
    name: str
    page: Page
    period: str
    timeline: Timeline | None
    related: tuple[RelatedNames, ...]
    also_found: Mapping[str, int]
    corrections: tuple[Correction, ...]

    @property
    def pairs(self) -> tuple[tuple[str, str]]:
        """The parameters of the search for its articles."""
        return ((self.type, self.name),)


@dataclass(frozen=True, slots=True)
class NameList:
    """The most frequent names of a type, or all of them if it is `whole`."""

    type: str
    names: tuple[EntityCount, ...]
    whole: bool


@blueprint.get(f"/<any({', '.join(ENTITY_PATHS.values())}):path>/<name:name>")
def entity_by_path(path: str, name: str) -> tuple[str, int] | Response:
    """What the archive knows of a name; the way to what is listed for it or is spelt like it, or names near to it."""
    type = next(type for type, known in ENTITY_PATHS.items() if known == path)
    asked = ReaderRequest(_newest_articles(type, name), ((type, name),))
    page = archive().search(asked.request)
    if page.total and "listed_otherwise" not in {notice.code for notice in page.query.notices}:
        return render_template("entity.html", entity=_profile(type, name, asked, page)), 200
    asked_for = EntityName(type, name)
    if listed := archive().listed_as(asked_for) or archive().spelt_like(asked_for):
        return redirect(entity_address(listed.type, listed.name))
    complaint = _UNKNOWN[type] % {"name": quoted(name[:200])}
    return render_template("unknown_name.html", name=name, complaint=complaint, similar=_similar_names(name)), 404


@blueprint.get(f"/<any({', '.join(ENTITY_PATHS.values())}):path>")
def entity_by_parameter(path: str) -> tuple[str, int] | Response:
    """The same for names that a path cannot carry safely, such as `..`."""
    return entity_by_path(path, request.args.get("name") or abort(404))


@blueprint.get("/namen")
def names() -> str:
    """All names by type, or those of one type, or those with a word that begins as asked."""
    prefix = request.args.get("prefix", "").strip()[:_LONGEST_PREFIX]
    chosen = request.args.get("type", "")
    chosen = chosen if chosen in ENTITY_TYPES else ""
    types = (("", gettext("Alle")), *((type, FACET_TITLES[type]) for type in ENTITY_TYPES))
    return render_template(
        "names.html",
        chosen=chosen,
        prefix=prefix,
        lists=tuple(_name_lists(chosen, prefix)),
        types=[Link(title, names_address(type, prefix), type == chosen) for type, title in types],
        letters=tuple(_letter_links(chosen, prefix)),
    )


def _name_lists(chosen: str, prefix: str) -> Iterator[NameList]:
    limit = _LISTED_OF_ONE_TYPE if chosen else _LISTED_OF_EACH_TYPE
    for type in (chosen,) if chosen else ENTITY_TYPES:
        found = archive().entities(type, prefix, limit + 1)
        if found:
            yield NameList(type, found[:limit], len(found) <= limit)


def _letter_links(chosen: str, prefix: str) -> Iterator[Link]:
    """Links to the names with a word that begins with a letter, for each letter that has some."""
    for letter in string.ascii_uppercase:
        if archive().entities(chosen or None, letter, 1):
            yield Link(letter, names_address(chosen, letter), letter == prefix.upper())


def _profile(type: str, name: str, asked: ReaderRequest, page: Page) -> EntityProfile:
    over_time = timeline(
        asked, page, lambda unit: archive().values(asked.request, unit, MOST_PERIODS), shared().of_commit(archive_days)
    )
    related = tuple(names for other in ENTITY_TYPES if (names := _related_names(asked, page, other)).shown)
    also_found: Counter[str] = Counter()
    for other in archive().also_found(EntityName(type, name)):  # maybe the same one in two types
        also_found[other.name] += other.count
    corrections = tuple(_corrections(EntityName(type, name), also_found))
    return EntityProfile(type, name, page, _period(asked.request, page), over_time, related, also_found, corrections)


def _corrections(name: EntityName, also_found: Iterable[str]) -> Iterator[Correction]:
    """What could be said against a name: that it is none, of another type, written otherwise, or another's."""
    called = quoted(name.name)
    yield Correction(gettext("%(name)s ist kein Name", name=called), no_name_lines(name))
    for type in ENTITY_TYPES:
        if type != name.type:
            yield Correction(_OF_OTHER_TYPE[type] % {"name": called}, name_lines(name._replace(type=type)))
    if may_be_variant(name.name):
        right = name._replace(name=gettext("Richtiger Name"))
        yield Correction(gettext("%(name)s heißt anders", name=called), name_lines(right, [name.name]))
    apart = (other for other in also_found if not are_spelt_alike(other, name.name))
    for other in islice(apart, _MOST_APART):
        claim = gettext("%(other)s ist nicht immer %(name)s", other=quoted(other), name=name.name)
        yield Correction(claim, name_lines(name, apart=[other]))


def _newest_articles(type: str, name: str) -> Request:
    """What asks for the newest articles with a name."""
    newest = Request(sort="newest", size=_NEWEST)
    return replace(newest, **{type: (name,)})  # type: ignore[arg-type]  # one of the filters, which are tuples of text


def _period(asked: Request, newest: Page) -> str:
    """From the first to the last day that its articles are dated to, "" if none is dated."""
    last = newest.hits[0].date
    oldest = archive().search(replace(asked, sort="oldest", size=1))
    first = oldest.hits[0].date if oldest.hits else None
    return shown_period(first, last) if first and last else ""


def _related_names(asked: ReaderRequest, page: Page, type: str) -> RelatedNames:
    """The names of a type that stand in the articles of a page's search, but those that it asks for."""
    values = page.facets.get(type, ())
    beside = [
        RelatedName(
            found.value,
            entity_address(type, found.value),
            found.count,
            search_address((*asked.pairs, (type, found.value))),
        )
        for found in values
        if (type, found.value) not in asked.pairs
    ]
    shown = len(beside) if len(beside) == _SHOWN_NAMES + 1 else _SHOWN_NAMES  # one is not folded away for itself
    more = facet_values_address(type, asked.pairs) if len(values) >= _MOST_RELATED else None
    return RelatedNames(type, tuple(beside[:shown]), tuple(beside[shown:]), more)


def _similar_names(name: str) -> tuple[EntityCount, ...]:
    """The names that an unknown one may have been meant to be, the most similar first."""
    name = name[:_LONGEST_PREFIX]
    beginnings = dict.fromkeys(word[:_COMPARED_LETTERS] for word in name.split()[:_COMPARED_WORDS])
    candidates = {one for beginning in beginnings for one in archive().entities(None, beginning, _MOST_CANDIDATES)}
    alike = {one: fuzz.WRatio(name.casefold(), one.name.casefold()) for one in candidates}
    ranked = sorted(alike, key=lambda one: (-alike[one], -one.count, one.name, one.type))
    return tuple(one for one in ranked if alike[one] >= _LEAST_SIMILARITY)[:_MOST_SIMILAR]
