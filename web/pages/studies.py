"""Pages about many articles at once: curves, concordance, typical words, two searches side by side, the record."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any

from flask import Blueprint, render_template, request

from search import Request
from search.corpus.collocations import MOST_WINDOW
from search.corpus.concordance import MOST_LINES, ORDERS
from search.corpus.curves import MOST_CURVES, Curves
from search.corpus.typical import Typical
from search.page import REQUEST_FILTERS
from web.addresses import Link
from web.localisation import FILTER_NAMES, KIND_NAMES, ORDER_NAMES, UNIT_NAMES, quoted, shown_number, text_of_notice
from web.observation import note_total
from web.pages.curve_chart import burst_label, chart, period_label
from web.pages.writing import within
from web.parameters import ParameterPairs, integer_parameter, without_pair, without_parameters
from web.shared_archive import archive
from web.studies import (
    COMPARED_PARAMETERS,
    CURVE_PARAMETERS,
    HANDED_ON,
    LINE_PARAMETERS,
    OTHER,
    STUDY_PARAMETERS,
    LineRequest,
    Study,
    compared_requests,
    curve_request,
    leniently,
    line_request,
    study_address,
    study_request,
)
from web.translation import N_, Words, gettext

blueprint = Blueprint("studies", __name__)

LINES = 100  # of a page
FIRST_FIELDS = 3  # empty boxes for queries of curves
VALUES = ("share", "count")
STRICT = ("relax", "0")  # no study relaxes its search, so its hits are found without that, too
MOST_SOURCES = 200  # to choose from
# The studies of a search, with what they are called.
STUDIES = Words(
    {
        "studies.curves": N_("Kurven"),
        "studies.concordance": N_("Konkordanz"),
        "studies.typical": N_("Typische Wörter"),
        "studies.comparison": N_("Vergleich"),
        "studies.record": N_("Beleg"),
    }
)


# What they take of the parameters of a search, if that is more than STUDY_PARAMETERS.
TAKEN = {
    "studies.curves": CURVE_PARAMETERS,
    "studies.concordance": LINE_PARAMETERS,
    "studies.comparison": COMPARED_PARAMETERS,
}


@dataclass(frozen=True, slots=True)
class Taken:
    """A filter that can be taken back: what it is, and the address of the same page without it."""

    label: str
    address: str


@blueprint.get("/kurven")
def curves() -> tuple[str, int]:
    """Several searches over time, in numbers or relative to all there is, with their bursts."""
    study = leniently(_found_curves, request.args, (*CURVE_PARAMETERS, "value"))
    found, relative = study.asked, _value(study) == "share"
    collapsed = any(curve.request.collapse for curve in found.curves)
    return render_template(
        "curves.html",
        study=study,
        found=found,
        chart=chart(found, relative),
        relative=relative,
        collapsed=collapsed,
        limits=[text_of_notice("collapsed_apart")] if collapsed and archive().archives else [],
        fields=_fields([text for name, text in study.pairs if name == "q"]),
        by=dict(study.pairs).get("by", ""),
        value_links=_value_links(study, relative, collapsed),
        curve_pairs=_curve_pairs,
        **_common("studies.curves", study),
    ), _status(study)


@blueprint.get("/konkordanz")
def concordance() -> tuple[str, int]:
    """The places that match, each in a line, and what stands near them."""
    parameters = (*LINE_PARAMETERS, "start")
    study = leniently(_lines_asked, request.args, parameters)
    asked, start = study.asked
    found = archive().corpus.concordance(asked.request, asked.order, asked.window)
    note_total(found.total)
    if start > len(found.lines):
        start = 1
    return render_template(
        "concordance.html",
        study=study,
        asked=asked,
        found=found,
        lines=found.lines[start - 1 : start - 1 + LINES],
        start=start,
        most_lines=MOST_LINES,
        most_window=MOST_WINDOW,
        previous_page=_page(study, start - LINES) if start > 1 else None,
        next_page=_page(study, start + LINES) if start - 1 + LINES < len(found.lines) else None,
        **_common("studies.concordance", study),
    ), _status(study)


@blueprint.get("/typisch")
def typical() -> tuple[str, int]:
    """The words and names that stand out in what a search finds."""
    study = leniently(study_request, request.args, STUDY_PARAMETERS)
    found = archive().corpus.typical(study.asked) if study.pairs else None
    return render_template(
        "typical.html",
        study=study,
        found=found,
        kind_names=KIND_NAMES,
        narrowed=_narrowed,
        **_common("studies.typical", study),
    ), _status(study)


@blueprint.get("/vergleich")
def comparison() -> tuple[str, int]:
    """Two searches side by side."""
    study = leniently(compared_requests, request.args, COMPARED_PARAMETERS)
    first, second = study.asked
    complete = all(study.search_pairs(prefix) for prefix in ("", OTHER)) and first != second
    return render_template(
        "comparison.html",
        study=study,
        found=archive().corpus.compare(first, second) if complete else None,
        names=[_name(study.search_pairs(prefix)) for prefix in ("", OTHER)],
        searches=[_of_hits(study, study.search_pairs(prefix)) for prefix in ("", OTHER)],
        other=OTHER,
        **_common("studies.comparison", study),
    ), _status(study)


@blueprint.get("/beleg")
def record() -> tuple[str, int]:
    """What a search finds now, to be cited; and whether it is still what an earlier record says."""
    parameters = (*STUDY_PARAMETERS, "made", "total", "hash")
    study = leniently(lambda known: study_request(known, "made", "total", "hash"), request.args, parameters)
    found = archive().corpus.record(study.asked)
    note_total(found.total)
    earlier = {name: study.typed(name) for name in ("made", "total", "hash")}
    kept = (("made", found.made[:10]), ("total", str(found.total)), ("hash", found.hash))
    return render_template(
        "record.html",
        study=study,
        found=found,
        earlier=earlier if earlier["hash"] else None,
        permanent=study_address("studies.record", (*study.search_pairs(), *kept)),
        file=study_address("study_files.record", study.search_pairs()),
        **_common("studies.record", study),
    ), _status(study)


@blueprint.app_template_global()
def study_links(pairs: ParameterPairs, chosen: str = "") -> tuple[Link, ...]:
    """The studies of the search with these parameters, each with those that mean something there."""
    return tuple(
        Link(name, study_address(endpoint, _pairs_of(endpoint, pairs)), endpoint == chosen)
        for endpoint, name in STUDIES.items()
    )


def _pairs_of(endpoint: str, pairs: ParameterPairs) -> ParameterPairs:
    """The parameters of a study: of several queries curves take all, a comparison the first two, others the first.

    Lines of a concordance have an order that hits can have, too; the first is the usual one. Each study hands on what
    another has a use for.
    """
    pairs = (*pairs, *(("order", value) for name, value in pairs if name == "sort" and value in ORDERS[1:]))
    pairs = tuple(pair for pair in pairs if pair[0] in {*TAKEN.get(endpoint, STUDY_PARAMETERS), *HANDED_ON})
    others = without_parameters(pairs, "q")
    first, second, *_ = (*(pair for pair in pairs if pair[0] == "q"), None, None)
    if endpoint == "studies.curves" or first is None:
        return pairs
    if endpoint == "studies.comparison" and second:
        also = (second, *(pair for pair in others if pair[0] not in HANDED_ON))
        return (first, *others, *((OTHER + name, value) for name, value in also))
    return (first, *others)


def _common(endpoint: str, study: Study[Any]) -> Mapping[str, Any]:
    """What the templates of all studies need."""
    return {
        "links": study_links((*study.pairs, *study.onward), endpoint),
        "name": _name(study.search_pairs()),
        "taken": _taken(endpoint, study),
        "complaints": [*_absent(), *(_complaint(name, value) for name, value in study.refused.items())],
        "orders": {order: ORDER_NAMES[order] for order in ORDERS},
        "units": UNIT_NAMES,
        "study_address": study_address,
        "period_label": period_label,
        "burst_label": burst_label,
        "without_parameters": without_parameters,
        "of_hits": partial(_of_hits, study),
    }


def _absent() -> list[str]:
    """What is told where archives were left out that could not be asked."""
    absent = archive().absent
    return [text_of_notice("archives_absent", ", ".join(absent))] if absent else []


def _found_curves(known: Any) -> Curves:
    """Counted at once, as only that tells of too many steps, and of archives that know no copies."""
    asked = curve_request(_without(known, "value"))
    return archive().corpus.curves(asked.requests, asked.unit)


def _lines_asked(known: Any) -> tuple[LineRequest, int]:
    start = integer_parameter(known, "start", default=1, most=MOST_LINES)
    return line_request(_without(known, "start")), start


def _without(parameters: Any, name: str) -> Any:
    """The parameters but one, whose value is looked at by itself."""
    others = parameters.copy()
    others.poplist(name)
    return others


def _narrowed(study: Study[Request], found: Typical) -> ParameterPairs:
    """The parameters of the search for articles that have this word or name, too."""
    pairs = study.search_pairs()
    if found.kind != "word":
        return (*pairs, (found.kind, found.text))
    return (("q", within(study.typed("q"), found.text)), *without_parameters(pairs, "q"))


def _value(study: Study[Any]) -> str:
    """Whether shares or numbers are drawn; of all articles all are a thousand of a thousand, so these are numbers."""
    pairs = dict(study.pairs)
    narrowed = {"q", "person", "place", "organisation"} & pairs.keys()
    value = pairs.get("value", "share" if narrowed else "count")
    return value if value in VALUES else "share"


def _value_links(study: Study[Any], relative: bool, collapsed: bool) -> tuple[Link, Link]:
    others = (*without_parameters(study.pairs, "value"), *study.onward)
    share = gettext("je tausend Meldungen") if collapsed else gettext("je tausend Artikel")
    return (
        Link(share, study_address("studies.curves", (*others, ("value", "share"))), relative),
        Link(gettext("Anzahl"), study_address("studies.curves", (*others, ("value", "count"))), not relative),
    )


def _fields(texts: list[str]) -> list[str]:
    """What stands in the boxes for queries: those that were asked, and room for more."""
    return (texts + [""] * MOST_CURVES)[: min(MOST_CURVES, max(FIRST_FIELDS, len(texts) + 1))]


def _curve_pairs(asked: Request, period: str = "", until: str = "") -> ParameterPairs:
    """The parameters of the result page with the hits of a curve, or those of a period."""
    pairs = [("q", asked.text)] if asked.text else []
    pairs += [(name, value) for name in REQUEST_FILTERS for value in asked.filter(name)]
    since = period.replace("X", "0") or asked.since or ""
    last = (until or period).replace("X", "9") or asked.until or ""
    pairs += [(name, str(day)) for name, day in (("from", since), ("to", last)) if day]
    if asked.match != "all":
        pairs.append(("match", asked.match))
    if asked.collapse:
        pairs.append(("collapse", "1"))
    return (*pairs, STRICT)


def _of_hits(study: Study[Any], pairs: ParameterPairs) -> ParameterPairs:
    """The parameters of the page with the hits of such a search of this study, collapsed if the reader's list was."""
    return (*pairs, *(pair for pair in study.onward if pair[0] == "collapse"), STRICT)


def _page(study: Study[Any], start: int) -> str:
    start_pair = (("start", str(start)),) if start > 1 else ()
    others = without_parameters(study.pairs, "start")
    return study_address("studies.concordance", (*others, *study.onward, *start_pair))


def _taken(endpoint: str, study: Study[Any]) -> list[Taken]:
    """The filters that are asked for, but the time, which stands in the form."""
    names = {prefix + name: label for prefix in ("", OTHER) for name, label in FILTER_NAMES.items()}
    return [
        Taken(
            f"{names[name]}: {value}",
            study_address(endpoint, (*without_pair(study.pairs, (name, value)), *study.onward)),
        )
        for name, value in study.pairs
        if name in names
    ]


def _name(pairs: ParameterPairs) -> str:
    """What to call a search: its words, or else what it is narrowed by."""
    asked = dict(pairs)
    if "q" in asked:
        return quoted(asked["q"])
    return ", ".join(value for name, value in pairs if name in REQUEST_FILTERS) or gettext("Alle Artikel")


def _status(study: Study[Any]) -> int:
    """A query that is too long is refused, as on the page of results."""
    return 400 if {"q", OTHER + "q"} & set(study.refused) else 200


def _complaint(name: str, value: str) -> str:
    """What the reader should know about a parameter that cannot be used."""
    match name.removeprefix(OTHER):
        case "q":
            return gettext(
                "Die Suche %(search)s ist zu lang, oder es sind mehr als %(most)s.",
                search=quoted(f"{value[:40]} …"),
                most=shown_number(MOST_CURVES),
            )
        case "from" | "to":
            message = N_("Die Zeit %(value)s ist nicht lesbar, oder das Ende liegt vor dem Anfang.")
        case "collapse" if value == "1":
            return gettext("Dieses Archiv weiß nicht, welche Artikel gleiche Meldungen sind; gezählt werden alle.")
        case "unit":
            return gettext("In dieser Einheit wären es zu viele Schritte; gezeigt wird die nächste, die passt.")
        case _:
            message = N_("Der Wert %(value)s ist hier nicht möglich und wurde übergangen.")
    return gettext(message, value=quoted(value[:40]))
