"""The formats in which results and articles can be taken away, and what becomes of a page of hits in each."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from flask import request, url_for

from search import Article, Hit, Page
from search.page import REQUEST_FILTERS
from web.addresses import absolute, export_address, permalink, safe_url, search_address
from web.citations import Reference, bibtex, ris
from web.files.feeds import Feed, atom_feed
from web.files.tables import CSV_COLUMNS, csv_row, csv_table, json_lines
from web.hit_fields import ALL_FIELDS, BODY, Fields, with_fields
from web.parameters import DISPLAY_PARAMETERS, ParameterPairs, without_parameters
from web.safe_text import one_line
from web.shared_archive import archive

MOST_EXPORTED = 1000  # hits of one answer; a cursor leads on to the others
DEFAULT_EXPORTED = 100  # hits, unless more are asked for: each is marked, which takes most of the time
_FEED_LENGTH = 50


@dataclass(frozen=True, slots=True)
class ExportFormat:
    """A format for hits: what the page calls it, and what becomes of a page of hits in it.

    `size` is the number of hits unless the request says how many; an attachment is saved, not shown. Tables and
    lines have the fields that are asked for, references and feeds stay as they are. References have nothing `marked`.
    """

    suffix: str
    label: str
    media_type: str
    write: Callable[[Page, Fields], str]
    size: int = DEFAULT_EXPORTED
    as_attachment: bool = True
    marked: bool = True


@dataclass(frozen=True, slots=True)
class CitationFormat:
    """A format for references to articles, which reference managers read."""

    suffix: str
    label: str
    media_type: str
    write: Callable[[Iterable[Reference]], str]


def request_pairs() -> ParameterPairs:
    """The parameters of this request that say something; what a page's address has besides is no matter here."""
    return tuple(
        (name, value)
        for name, value in request.args.items(multi=True)
        if value.strip() and name not in DISPLAY_PARAMETERS
    )


def next_address(suffix: str, page: Page) -> str | None:
    """The absolute address of the same file with the hits after these."""
    if page.next is None:
        return None
    pairs = (*without_parameters(request_pairs(), "cursor"), ("cursor", page.next))
    return absolute(export_address(suffix, pairs))


def reference_to(article: Article | Hit) -> Reference:
    """The article to be cited by its original, if that can be linked, or else by its page here."""
    return Reference(article, safe_url(article.url) or permalink(article.id))


def _json(page: Page, fields: Fields) -> str:
    return json.dumps(with_fields(page.as_json(), fields), ensure_ascii=False) + "\n"


def _json_lines(page: Page, fields: Fields) -> str:
    return json_lines(with_fields(page.as_json(), fields)["hits"])


def _csv(page: Page, fields: Fields) -> str:
    """All columns, or those that are keys asked for; the names are one key, and every row has its link."""
    if fields == ALL_FIELDS:
        return csv_table(map(csv_row, page.hits))
    asked = [column for column in CSV_COLUMNS if _KEYS_OF_COLUMNS.get(column, column) in fields]
    if BODY not in fields:
        return csv_table(map(csv_row, page.hits), asked)
    return csv_table((csv_row(hit) | {BODY: article.body} for hit, article in _articles(page)), [*asked, BODY])


def _feed(page: Page, _: Fields) -> str:
    pairs = request_pairs()
    feed = Feed(
        title=_feed_title(pairs),
        address=absolute(export_address("atom", without_parameters(pairs, "cursor"))),
        self_address=absolute(export_address("atom", pairs)),
        next_address=next_address("atom", page),
        results_address=absolute(search_address(without_parameters(pairs, "cursor", "size"))),
        description_address=absolute(url_for("opensearch.description")),
        updated=archive().status().committed,
        total=page.total,
        start_index=page.first,
    )
    return atom_feed(feed, _articles(page))


def _feed_title(pairs: ParameterPairs) -> str:
    """What a feed reader shows: the query and the filters."""
    asked = [value for name, value in pairs if name in ("q", *REQUEST_FILTERS, "from", "to")]
    return one_line(f"Nachlese: {' · '.join(asked) or 'Alle Artikel'}")


def _ris(page: Page, _: Fields) -> str:
    return ris(map(reference_to, page.hits))


def _bibtex(page: Page, _: Fields) -> str:
    return bibtex(map(reference_to, page.hits))


def _articles(page: Page) -> Iterator[tuple[Hit, Article]]:
    """The hits with their whole articles, for what hits do not have; one that was just deleted is left out."""
    hits = {hit.id: hit for hit in page.hits}
    return ((hits[article.id], article) for article in archive().articles(hits))


_KEYS_OF_COLUMNS = {"permalink": "id", "persons": "entities", "places": "entities", "organisations": "entities"}
_RIS = "application/x-research-info-systems; charset=utf-8"
_BIBTEX = "application/x-bibtex; charset=utf-8"
EXPORT_FORMATS = {
    format.suffix: format
    for format in (
        ExportFormat("csv", "CSV", "text/csv; charset=utf-8; header=present", _csv),
        ExportFormat("ris", "RIS", _RIS, _ris, marked=False),
        ExportFormat("bib", "BibTeX", _BIBTEX, _bibtex, marked=False),
        ExportFormat("json", "JSON", "application/json", _json, as_attachment=False),
        ExportFormat("jsonl", "JSON Lines", "application/jsonl", _json_lines),
        ExportFormat(
            "atom", "Atom", "application/atom+xml; charset=utf-8", _feed, size=_FEED_LENGTH, as_attachment=False
        ),
    )
}
# Those that are saved can be had of chosen articles, too: a feed follows a search, and a page of hits has one.
SELECTION_FORMATS = {suffix: format for suffix, format in EXPORT_FORMATS.items() if format.as_attachment}
CITATION_FORMATS = {
    format.suffix: format
    for format in (CitationFormat("ris", "RIS", _RIS, ris), CitationFormat("bib", "BibTeX", _BIBTEX, bibtex))
}
