"""Results and articles to take away: as files for spreadsheets, programs, feed readers and reference managers."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime

from flask import Blueprint, Response, request
from werkzeug.datastructures import MultiDict

from search import Article, Page, Request
from search.dates import berlin
from search.errors import BadRequest
from search.page import QueryInfo
from web.addresses import citation_address, export_address, selection_address
from web.citations import citation_text
from web.files.formats import (
    CITATION_FORMATS,
    DEFAULT_EXPORTED,
    EXPORT_FORMATS,
    MOST_EXPORTED,
    SELECTION_FORMATS,
    ExportFormat,
    next_address,
    reference_to,
)
from web.hit_fields import FIELD, chosen_fields, need_marks
from web.language import neutral
from web.metadata import article_json_ld, meta_tags
from web.observation import note_total
from web.parameters import (
    DISPLAY_PARAMETERS,
    ParameterPairs,
    ids_parameter,
    refuse_unknown,
    single_value,
    strict_request,
    without_parameters,
)
from web.safe_text import slug
from web.shared_archive import archive, archive_of, check_all_there

_LONGEST_NAME = 60  # characters of a file's name

blueprint = Blueprint("files", __name__)
blueprint.add_app_template_global(meta_tags)
blueprint.add_app_template_global(article_json_ld)


@dataclass(frozen=True, slots=True)
class FileLink:
    """A file that the page offers; `media_type` is for the link's `type`."""

    label: str
    address: str
    media_type: str


@blueprint.route(f"/suche.<any({', '.join(EXPORT_FORMATS)}):suffix>", methods=("GET", "POST"))
def search(suffix: str) -> Response:
    """The hits of a search as a file: the result page's parameters, but more of them and strictly read."""
    format = EXPORT_FORMATS[suffix]
    fields = chosen_fields(request.args)
    page = archive().search(_request(format), marked=format.marked and need_marks(fields))
    if suffix != "json":  # which says what is absent
        check_all_there()
    note_total(page.total)
    response = _file(format.write(page, fields), format.media_type)
    if format.as_attachment:
        _attach(response, request.args.get("q", ""), suffix)
    if following := next_address(suffix, page):
        response.headers["Link"] = f'<{following}>; rel="next"'
    return response


@blueprint.route(f"/auswahl.<any({', '.join(SELECTION_FORMATS)}):suffix>", methods=("GET", "POST"))
def selection(suffix: str) -> Response:
    """Articles that a reader chose as a file, in the order of their ids; those that there are not are left out."""
    format = SELECTION_FORMATS[suffix]
    refuse_unknown(request.args, ("id", FIELD))
    ids = ids_parameter(request.args, MOST_EXPORTED)
    hits = archive().hits(ids)
    check_all_there({archive_of(id) for id in ids})
    page = Page(QueryInfo("", ""), len(hits), 0.0, hits)
    response = _file(format.write(page, chosen_fields(request.args)), format.media_type)
    _attach(response, "auswahl", suffix)
    return response


@blueprint.get(f"/zitat.<any({', '.join(CITATION_FORMATS)}):suffix>")
def citation(suffix: str) -> Response:
    """One article as a reference; its id is a parameter because it may be any text."""
    refuse_unknown(request.args, ("id",))
    id = single_value(request.args, "id")
    if not id:
        raise BadRequest("id", "Which article? Give its id.")
    article = archive().article(id)
    format = CITATION_FORMATS[suffix]
    response = _file(format.write([reference_to(article)]), format.media_type)
    _attach(response, article.headline, suffix)
    return response


@blueprint.app_template_global()
def export_links(pairs: ParameterPairs, total: int) -> tuple[FileLink, ...]:
    """The search with these parameters, which has `total` hits, as files of every format that is saved.

    They have all hits from the first one on, or as many as a file can have.
    """
    more = (("size", str(MOST_EXPORTED)),) if total > DEFAULT_EXPORTED else ()
    pairs = (*without_parameters(pairs, "cursor", "size"), *more)
    return tuple(
        FileLink(format.label, export_address(suffix, pairs), format.media_type)
        for suffix, format in SELECTION_FORMATS.items()
    )


@blueprint.app_template_global()
def exported(total: int) -> int:
    """How many of so many hits these files have."""
    return min(total, MOST_EXPORTED)


@blueprint.app_template_global()
def selection_links() -> tuple[FileLink, ...]:
    """Where chosen articles are posted to, for each format."""
    return tuple(
        FileLink(format.label, selection_address(suffix), format.media_type)
        for suffix, format in SELECTION_FORMATS.items()
    )


@blueprint.app_template_global()
def feed_address(pairs: ParameterPairs = ()) -> str:
    """The feed of the search with these parameters; without any, that of the whole archive.

    It has the newest first, whatever order the page has, and is the same in all languages.
    """
    return neutral(export_address("atom", without_parameters(pairs, "cursor", "size", "sort")))


@blueprint.app_template_global()
def citation_links(article: Article) -> tuple[FileLink, ...]:
    """The article as a reference in each format that reference managers read."""
    return tuple(
        FileLink(format.label, citation_address(suffix, article.id), format.media_type)
        for suffix, format in CITATION_FORMATS.items()
    )


@blueprint.app_template_global()
def article_citation(article: Article) -> str:
    """The article as a reference in words, as of today."""
    return citation_text(reference_to(article), datetime.now(berlin()).date())


def _request(format: ExportFormat) -> Request:
    """What is asked, never relaxed: nobody reads the notices of a file.

    In the order of the page, but a feed has the newest first unless it is told otherwise.
    """
    asked_for = MultiDict(pair for pair in request.args.items(multi=True) if pair[0] not in DISPLAY_PARAMETERS)
    if "1" in asked_for.getlist("relax"):
        raise BadRequest("relax", "A file has what is asked and nothing else; leave relax out.")
    read = strict_request(asked_for, size=format.size, largest=MOST_EXPORTED, besides=(FIELD,))
    asked = replace(read, relax=False)
    newest = format.suffix == "atom" and not asked_for.get("sort")
    return (
        replace(asked, sort="newest") if newest or (asked.sort in ("relevance", "recent") and not asked.text) else asked
    )


def _file(text: str, media_type: str) -> Response:
    response = Response(text.encode("utf-8", "replace"), content_type=media_type)
    response.headers["X-Robots-Tag"] = "noindex"  # as on the pages of results
    return response


def _attach(response: Response, name: str, suffix: str) -> None:
    """Have the file saved under a name that says what is in it."""
    words = "-".join(part for part in ("nachlese", slug(name, _LONGEST_NAME)) if part)
    response.headers["Content-Disposition"] = f'attachment; filename="{words}.{suffix}"'
