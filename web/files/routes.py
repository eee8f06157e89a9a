"""Results and articles to take away: as files for spreadsheets, programs, feed readers and reference managers."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import datetime

from flask import Blueprint, Response, request, url_for
from werkzeug.datastructures import MultiDict

from search import Article, Hit, Page, Request
from search.dates import berlin
from search.errors import ArticleNotFound, BadRequest
from search.page import FILTERS
from web.addresses import absolute, citation_address, export_address, permalink, safe_url, search_address
from web.citations import Reference, bibtex, citation_text, ris
from web.files.feeds import Feed, atom
from web.files.tables import csv_table, json_lines
from web.metadata import article_json_ld, meta_tags
from web.parameters import (
    DISPLAY_PARAMETERS,
    ParameterPairs,
    refuse_unknown,
    single_value,
    strict_request,
    without_parameters,
)
from web.safe_text import one_line, slug
from web.shared_archive import archive

MOST_EXPORTED = 1000  # hits of one answer; a cursor leads on to the others
_FEED_LENGTH = 50
_LONGEST_NAME = 60  # characters of a file's name


@dataclass(frozen=True, slots=True)
class Format:
    """A kind of file: what the page calls it, and what becomes of a page of hits in it.

    `size` is the number of hits unless the request says how many; an `attached` file is saved, not shown.
    """

    suffix: str
    label: str
    media_type: str
    write: Callable[[Page], str]
    size: int = MOST_EXPORTED
    attached: bool = True


@dataclass(frozen=True, slots=True)
class Download:
    """A file that the page offers; `media_type` is for the link's `type`."""

    label: str
    address: str
    media_type: str


def _json(page: Page) -> str:
    return json.dumps(page.as_json(), ensure_ascii=False) + "\n"


def _feed(page: Page) -> str:
    pairs = _pairs()
    first = absolute(export_address("atom", without_parameters(pairs, "cursor")))
    feed = Feed(
        title=_title(pairs),
        address=first,
        here=absolute(export_address("atom", pairs)),
        following=_following("atom", page),
        found=absolute(search_address(without_parameters(pairs, "cursor", "size"))),
        description=absolute(url_for("opensearch.description")),
        changed=archive().status().committed,
        total=page.total,
        first=page.first,
    )
    return atom(feed, _articles(page))


def _ris(page: Page) -> str:
    return ris(_reference(article) for _, article in _articles(page))


def _bibtex(page: Page) -> str:
    return bibtex(_reference(article) for _, article in _articles(page))


_RIS = "application/x-research-info-systems; charset=utf-8"
_BIBTEX = "application/x-bibtex; charset=utf-8"
FORMATS = {
    format.suffix: format
    for format in (
        Format("csv", "CSV", "text/csv; charset=utf-8; header=present", csv_table),
        Format("ris", "RIS", _RIS, _ris),
        Format("bib", "BibTeX", _BIBTEX, _bibtex),
        Format("json", "JSON", "application/json", _json, attached=False),
        Format("jsonl", "JSON Lines", "application/jsonl", json_lines),
        Format("atom", "Atom", "application/atom+xml; charset=utf-8", _feed, size=_FEED_LENGTH, attached=False),
    )
}
CITATIONS = {"ris": ("RIS", _RIS, ris), "bib": ("BibTeX", _BIBTEX, bibtex)}

blueprint = Blueprint("files", __name__)


@blueprint.get(f"/suche.<any({', '.join(FORMATS)}):suffix>")
def search(suffix: str) -> Response:
    """The hits of a search as a file: the result page's parameters, but more of them and strictly read."""
    format = FORMATS[suffix]
    page = archive().search(_request(format))
    response = _file(format.write(page), format.media_type)
    if format.attached:
        _attach(response, request.args.get("q", ""), suffix)
    if following := _following(suffix, page):
        response.headers["Link"] = f'<{following}>; rel="next"'
    return response


@blueprint.get(f"/zitat.<any({', '.join(CITATIONS)}):suffix>")
def citation(suffix: str) -> Response:
    """One article as a reference; its id is a parameter because it may be any text."""
    refuse_unknown(request.args, ("id",))
    id = single_value(request.args, "id")
    if not id:
        raise BadRequest("id", "Which article? Give its id.")
    article = archive().article(id)
    _, media_type, write = CITATIONS[suffix]
    response = _file(write([_reference(article)]), media_type)
    _attach(response, article.headline, suffix)
    return response


@blueprint.app_template_global()
def export_links(pairs: ParameterPairs) -> tuple[Download, ...]:
    """The search with these parameters as files of every format, from its first hit on."""
    pairs = without_parameters(pairs, "cursor", "size")
    return tuple(
        Download(format.label, export_address(suffix, pairs), format.media_type) for suffix, format in FORMATS.items()
    )


@blueprint.app_template_global()
def feed_address(pairs: ParameterPairs = ()) -> str:
    """The feed of the search with these parameters; without any, that of the whole archive.

    It has the newest first, whatever order the page has.
    """
    return export_address("atom", without_parameters(pairs, "cursor", "size", "sort"))


@blueprint.app_template_global()
def citation_links(article: Article) -> tuple[Download, ...]:
    """The article as a reference in each format that reference managers read."""
    return tuple(
        Download(label, citation_address(suffix, article.id), media_type)
        for suffix, (label, media_type, _) in CITATIONS.items()
    )


@blueprint.app_template_global()
def article_citation(article: Article) -> str:
    """The article as a reference in words, as of today."""
    return citation_text(_reference(article), datetime.now(berlin()).date())


blueprint.add_app_template_global(meta_tags)
blueprint.add_app_template_global(article_json_ld)


def _request(format: Format) -> Request:
    """What is asked; in the order of the page, but a feed has the newest first unless it is told otherwise."""
    asked = strict_request(MultiDict(_pairs()), size=format.size, largest=MOST_EXPORTED)
    told = dict(_pairs()).get("sort")
    newest = format.suffix == "atom" and not told
    return replace(asked, sort="newest") if newest or (asked.sort == "relevance" and not asked.text) else asked


def _pairs() -> ParameterPairs:
    """The parameters of this request that say something; what a page's address has besides is no matter here."""
    return tuple(
        (name, value)
        for name, value in request.args.items(multi=True)
        if value.strip() and name not in DISPLAY_PARAMETERS
    )


def _title(pairs: ParameterPairs) -> str:
    """What a feed reader shows: the query and the filters."""
    asked = [value for name, value in pairs if name in ("q", *FILTERS, "from", "to")]
    return one_line(f"Nachlese: {' · '.join(asked) or 'Alle Artikel'}")


def _articles(page: Page) -> Iterator[tuple[Hit, Article]]:
    """The hits with their whole articles, for what hits do not have; one that was just deleted is left out."""
    for hit in page.hits:
        with suppress(ArticleNotFound):
            yield hit, archive().article(hit.id)


def _reference(article: Article) -> Reference:
    """The article to be cited by its original, if that can be linked, or else by its page here."""
    return Reference(article, safe_url(article.url) or permalink(article.id))


def _following(suffix: str, page: Page) -> str | None:
    """The absolute address of the same file with the hits after these."""
    if page.next is None:
        return None
    return absolute(export_address(suffix, (*without_parameters(_pairs(), "cursor"), ("cursor", page.next))))


def _file(text: str, media_type: str) -> Response:
    response = Response(text.encode("utf-8", "replace"), content_type=media_type)
    response.headers["X-Robots-Tag"] = "noindex"  # as on the pages of results
    return response


def _attach(response: Response, name: str, suffix: str) -> None:
    """Have the file saved under a name that says what is in it."""
    words = "-".join(part for part in ("nachlese", slug(name, _LONGEST_NAME)) if part)
    response.headers["Content-Disposition"] = f'attachment; filename="{words}.{suffix}"'
