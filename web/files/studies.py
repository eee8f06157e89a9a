"""What is known of many articles at once, to take away: tables for spreadsheets, and the record of a search."""

from __future__ import annotations

import csv
import json
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cache
from io import StringIO

from flask import Blueprint, Response, request

from search.corpus.concordance import MOST_LINES
from search.deadline import WRITING, until_deadline
from web.addresses import absolute, permalink
from web.files.tables import BYTE_ORDER_MARK, ROWS, csv_cell
from web.observation import note_total
from web.parameters import Parameters, integer_parameter
from web.safe_text import slug
from web.shared_archive import archive, check_all_there
from web.studies import STUDY_PARAMETERS, curve_request, line_request, study_address, study_request

blueprint = Blueprint("study_files", __name__)

Rows = Iterable[Iterable[str]]
_LONGEST_NAME = 60  # characters of a file's name
CUT_SHORT = "stichprobe"  # in the name of a table for which the time was too short: rows have no place to say so


@dataclass(frozen=True, slots=True)
class Content:
    """The rows of a table, `cut_short` if the time was too short to read all articles they would be made of."""

    rows: Rows
    cut_short: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """A table to be read as CSV: its columns, and its content for the parameters of a request."""

    columns: tuple[str, ...]
    content: Callable[[Parameters], Content]


def _curves(parameters: Parameters) -> Content:
    asked = curve_request(parameters)
    found = archive().corpus.curves(asked.requests, asked.unit, explained=False)
    return Content(
        (curve.label, period, str(count), str(all), "" if share is None else f"{share:.3f}")
        for curve in found.curves
        for period, count, all, share in zip(found.periods, curve.counts, curve.all, curve.shares, strict=True)
    )


def _lines(parameters: Parameters) -> Content:
    size = integer_parameter(parameters, "size", default=MOST_LINES, most=MOST_LINES)
    asked = line_request(parameters, "size")
    found = archive().corpus.concordance(asked.request, asked.order, window=0)
    note_total(found.total)
    link = cache(permalink)
    rows = (
        (
            line.id, line.date or "", line.source or "", line.section or "", line.headline, line.field, line.left,
            line.match, line.right, link(line.id),
        )
        for line in found.lines[:size]
    )  # fmt: skip
    return Content(rows, found.cut_short)


def _collocations(parameters: Parameters) -> Content:
    asked = line_request(parameters)
    found = archive().corpus.concordance(asked.request, window=asked.window)
    rows = (
        (word.text, str(word.count), str(word.before), f"{word.expected:.2f}", f"{word.score:.2f}")
        for word in found.collocates
    )
    return Content(rows, found.cut_short)


def _typical(parameters: Parameters) -> Content:
    found = archive().corpus.typical(study_request(parameters))
    rows = (
        (one.kind, one.text, str(one.count), f"{one.expected:.2f}", str(one.elsewhere), f"{one.score:.2f}")
        for one in (*found.words, *found.names)
    )
    return Content(rows, found.cut_short)


TABLES = {
    "kurven": Table(("curve", "period", "count", "articles", "per_thousand"), _curves),
    "konkordanz": Table(
        ("id", "date", "source", "section", "headline", "field", "left", "match", "right", "permalink"), _lines
    ),
    "kollokationen": Table(("word", "count", "before", "expected", "log_likelihood"), _collocations),
    "typisch": Table(("kind", "text", "count", "expected", "elsewhere", "log_likelihood"), _typical),
}


@blueprint.get("/kurven.csv")
def curves() -> Response:
    """Curves as CSV, a line for each curve and period."""
    return _table("kurven")


@blueprint.get("/konkordanz.csv")
def concordance() -> Response:
    """The places that match as CSV, up to MOST_LINES."""
    return _table("konkordanz")


@blueprint.get("/kollokationen.csv")
def collocations() -> Response:
    """The words near those that match as CSV."""
    return _table("kollokationen")


@blueprint.get("/typisch.csv")
def typical() -> Response:
    """The words and names that stand out as CSV."""
    return _table("typisch")


@blueprint.get("/beleg.json")
def record() -> Response:
    """The record of a search, for `nachlese rerun` and to be kept."""
    found = archive().corpus.record(study_request(request.args))
    note_total(found.total)
    kept = (("made", found.made[:10]), ("total", str(found.total)), ("hash", found.hash))
    asked = tuple((name, value) for name in STUDY_PARAMETERS for value in request.args.getlist(name) if value.strip())
    content = found.as_json() | {"url": absolute(study_address("studies.record", (*asked, *kept)))}
    return _attached(json.dumps(content, ensure_ascii=False, indent=1) + "\n", "application/json", "beleg", "json")


def _table(name: str) -> Response:
    table, text = TABLES[name], StringIO()
    content = table.content(request.args)
    check_all_there()
    rows = csv.writer(text, lineterminator="\r\n")
    rows.writerow(table.columns)
    cell = cache(csv_cell)  # what is known of an article stands in each of its rows
    rows.writerows([cell(value) for value in row] for row in until_deadline(content.rows, WRITING, ROWS))
    name = f"{name}-{CUT_SHORT}" if content.cut_short else name
    return _attached(BYTE_ORDER_MARK + text.getvalue(), "text/csv; charset=utf-8; header=present", name, "csv")


def _attached(text: str, media_type: str, name: str, suffix: str) -> Response:
    """A file that is saved, under a name that says what is in it."""
    response = Response(text.encode("utf-8", "replace"), content_type=media_type)
    words = "-".join(
        part for part in ("nachlese", name, slug(" ".join(request.args.getlist("q")), _LONGEST_NAME)) if part
    )
    response.headers["Content-Disposition"] = f'attachment; filename="{words}.{suffix}"'
    response.headers["X-Robots-Tag"] = "noindex"
    return response
