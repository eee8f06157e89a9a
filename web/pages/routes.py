"""The pages a reader sees: start, results, values of a facet, article, help. All work without JavaScript."""

from __future__ import annotations

from dataclasses import dataclass, replace

from flask import Blueprint, abort, redirect, render_template, request
from werkzeug import Response

from search import Article, Hit, Request
from search.errors import BadRequest
from search.page import ARCHIVE, MATCHINGS, Family, Neighbours, Page
from web.addresses import FACET_PATHS, Link, article_address, first_page_address
from web.localisation import MATCHING_CHOICES, SORT_NAMES
from web.observation import note_total
from web.pages.days import archive_days
from web.pages.examples import examples
from web.pages.facets import chips, choices
from web.pages.highlighting import Paragraph, TextRuns, first_mentions, paragraphs, text_runs
from web.pages.results import parameter_error, result_controls
from web.pages.timeline import MOST_PERIODS, timeline
from web.pages.writing import (
    FIELD_BOXES,
    MOST_TYPED,
    PLACES,
    QUERY_BOX,
    WORD_BOXES,
    filled_in,
    is_filled,
    within,
    written,
)
from web.parameters import LONGEST_QUERY, ReaderRequest, lenient_request, search_pairs, without_parameters
from web.saved_search import search_lines
from web.shared_archive import archive, archive_names, shared

blueprint = Blueprint("pages", __name__)
blueprint.add_app_template_global(text_runs)
blueprint.add_app_template_global(search_lines)

_NEWEST = 7
_SIMILAR, _MOST_SIMILAR = 5, 25  # beside an article, and on a page of their own
_COMPACT_SIZE = 25
_MOST_VALUES = 500  # values of a facet; who wants more of them is served by the API
_LONGEST_RANK = 7  # digits
_MOST_PAGES_LEAFED = 20  # pages that are leafed through for a reader who comes back from a hit further on


@blueprint.get("/")
def start() -> str:
    """A box to type in, and something to read for those who do not know what to type yet."""
    asked = ReaderRequest(Request(sort="newest", size=_NEWEST))
    page = archive().search(asked.request)
    over_time = timeline(
        asked, page, lambda unit: archive().values(asked.request, unit, MOST_PERIODS), shared().of_commit(archive_days)
    )
    return render_template("start.html", page=page, timeline=over_time, queries=examples().start)


@blueprint.get("/suche")
def search() -> tuple[str, int] | Response:
    """The articles that answer, and everything to narrow or widen the search by."""
    asked = lenient_request(request.args)
    if "q" in asked.refused:
        return _query_too_long(asked)
    if more := request.args.get("within", "").strip():
        return _written(within(asked.request.text, more), asked)
    asked, page = _page_with_rank(_rank(), *_page_at_cursor(_with_page_defaults(asked)))
    note_total(page.total)
    return render_template(
        "results.html",
        asked=asked,
        page=page,
        controls=result_controls(asked, page, archive(), shared().of_commit(archive_days)),
    ), 200


@blueprint.get("/suche/erweitert")
def advanced() -> str | tuple[str, int] | Response:
    """Boxes for those who do not write queries; filled, they become one, which the result page shows.

    Who comes from the results of a search finds it in the form, and can go on with its filters.
    """
    if is_filled(request.args):
        return _written(written(request.args), ReaderRequest(Request(), search_pairs(request.args)))
    asked = lenient_request(request.args)
    return render_template(
        "advanced.html",
        asked=asked,
        typed=filled_in(asked.request.text),
        query_box=QUERY_BOX,
        word_boxes=WORD_BOXES,
        field_boxes=FIELD_BOXES,
        most_typed=MOST_TYPED,
        places=PLACES,
        matchings={matching: MATCHING_CHOICES[matching] for matching in reversed(MATCHINGS)},
        sorts=SORT_NAMES,
        archives=archive_names(),
        days=shared().of_commit(archive_days),
    )


@blueprint.get("/merkliste")
def basket() -> str:
    """What the reader chose, which only the browser knows."""
    return render_template("basket.html")


@blueprint.get(f"/suche/<any({', '.join(FACET_PATHS.values())}):path>")
def facet_values(path: str) -> tuple[str, int]:
    """All values of a facet among the articles that answer, each to narrow the search by."""
    asked = lenient_request(request.args)
    if "q" in asked.refused:
        return _query_too_long(asked)
    name = next(facet for facet, known in FACET_PATHS.items() if known == path)
    if name == ARCHIVE and not archive_names():
        abort(404)
    found = choices(asked, name, archive().values(asked.request, name, _MOST_VALUES + 1))
    shown, whole = found[:_MOST_VALUES], len(found) <= _MOST_VALUES
    return render_template(
        "facet_values.html", asked=asked, name=name, choices=shown, whole=whole, chips=chips(asked)
    ), 200


@dataclass(frozen=True, slots=True)
class ArticleText:
    """An article as its page shows it; `matches` is the number of marks."""

    title: TextRuns
    paragraphs: tuple[Paragraph, ...]
    matches: int


@dataclass(frozen=True, slots=True)
class ResultNavigation:
    """Where an article stands in the list it was opened from: its rank among `total` hits, and how to go on."""

    rank: int
    total: int
    previous: Link | None
    next: Link | None


@blueprint.get("/artikel/<article_id:id>")
def article_by_path(id: str) -> str | Response:
    """One article, with the matches of the search that led to it, the hits around it, and others like it.

    An address of the time when its archive was the only one leads to where it is among several.
    """
    asked = _with_page_defaults(lenient_request(request.args))
    found = archive().article(id)
    if found.id != id:
        return redirect(article_address(found.id, asked.pairs))  # not for good: other archives may have that id, too
    family = archive().family(id)
    return render_template(
        "article.html",
        article=found,
        asked=asked,
        article_text=_article_text(found, asked.request.text),
        navigation=_navigation(found, asked),
        family=family,
        similar=_similar(found, family),
    )


@blueprint.get("/aehnlich")
def similar() -> str:
    """Articles like one, as a list; its id is a parameter because it may be any text."""
    article = archive().article(request.args.get("id") or abort(404))
    return render_template("similar.html", article=article, hits=archive().similar(article, _MOST_SIMILAR))


@blueprint.get("/artikel")
def article_by_parameter() -> str | Response:
    """The same for ids that a path cannot carry safely, such as `..`."""
    return article_by_path(request.args.get("id") or abort(404))


@blueprint.get("/hilfe")
def help() -> str:
    """The query language, with examples to click on."""
    return render_template("help.html", examples=examples())


def _written(text: str, asked: ReaderRequest) -> tuple[str, int] | Response:
    """The way to a search whose query was written for the reader; one that is too long fits in no address."""
    if len(text) > LONGEST_QUERY:
        return _query_too_long(replace(asked, refused={**asked.refused, "q": text}))
    return redirect(first_page_address(asked.with_text(text).pairs))


def _query_too_long(asked: ReaderRequest) -> tuple[str, int]:
    """What to answer to a query that is too long."""
    return render_template(
        "query_too_long.html", asked=asked, parameter_error=parameter_error("q", asked.refused["q"])
    ), 400


def _with_page_defaults(asked: ReaderRequest) -> ReaderRequest:
    """The request as the page shows its answer.

    Where no words are asked nothing is relevant, so the newest come first unless told otherwise;
    a compact page has more hits.
    """
    request = asked.request
    if not request.text and request.sort in ("relevance", "recent"):
        request = replace(request, sort="newest")
    if asked.view == "compact" and not asked.typed("size"):
        request = replace(request, size=_COMPACT_SIZE)
    return replace(asked, request=request)


def _page_at_cursor(asked: ReaderRequest) -> tuple[ReaderRequest, Page]:
    """The page of hits; if its cursor is of no use (any more), the first page, and the cursor set aside."""
    try:
        return asked, archive().search(asked.request)
    except BadRequest as refusal:
        if asked.request.cursor is None:
            raise
        refused = {**asked.refused, refusal.parameter: asked.request.cursor}
        asked = ReaderRequest(replace(asked.request, cursor=None), without_parameters(asked.pairs, "cursor"), refused)
        return asked, archive().search(asked.request)


def _page_with_rank(rank: int | None, asked: ReaderRequest, page: Page) -> tuple[ReaderRequest, Page]:
    """The page of hits that has the hit of this rank, leafing from `page`; `page` itself without a rank."""
    for _ in range(_MOST_PAGES_LEAFED if rank else 0):
        cursor = _cursor_towards(rank or 1, page)
        if cursor is None:
            break
        pairs = (*without_parameters(asked.pairs, "cursor"), ("cursor", cursor))
        asked = replace(asked, request=replace(asked.request, cursor=cursor), pairs=pairs)
        page = archive().search(asked.request)
    return asked, page


def _cursor_towards(rank: int, page: Page) -> str | None:
    """The cursor of the page that is nearer to the hit of this rank, None if it is on this one or there is none."""
    if rank < page.first:
        return page.previous
    return page.next if rank > page.last else None


def _similar(article: Article, family: Family | None) -> tuple[Hit, ...]:
    """Articles like this one that are no copies of it."""
    copies = {member.id for member in family.articles} if family else set()
    found = archive().similar(article, _SIMILAR + min(len(copies), _SIMILAR))
    return tuple(hit for hit in found if hit.id not in copies)[:_SIMILAR]


def _article_text(article: Article, text: str) -> ArticleText:
    marks = archive().marks(article, text)
    named = first_mentions(mention for mention in article.mentions if mention.field == "body")
    return ArticleText(
        title=text_runs(article.title, marks.title),
        paragraphs=paragraphs(article.body, marks.body, named),
        matches=len(marks.title) + len(marks.body),
    )


def _navigation(article: Article, asked: ReaderRequest) -> ResultNavigation | None:
    """The way through the list that the article was opened from; None if it was not, or is not in it any more."""
    rank = _rank()
    neighbours = archive().neighbours(asked.request, article.id, rank) if rank else None
    if rank is None or neighbours is None:
        return None
    place = rank if asked.request.collapse else _current_rank(rank, neighbours)
    return ResultNavigation(
        rank=place,
        total=neighbours.total,
        previous=_neighbour_link(neighbours.previous, asked, place - neighbours.before),
        next=_neighbour_link(neighbours.next, asked, place + neighbours.behind),
    )


def _rank() -> int | None:
    """The rank that the address gives, None if that is none."""
    rank = request.args.get("rank", "")
    return int(rank) or None if rank.isascii() and rank.isdigit() and len(rank) <= _LONGEST_RANK else None


def _current_rank(rank: int, neighbours: Neighbours) -> int:
    """The rank, corrected where the list has changed since: the first hit has none before it, the last none behind."""
    if neighbours.previous is None:
        return 1
    return max(2, min(rank, neighbours.total - 1)) if neighbours.next else neighbours.total


def _neighbour_link(hit: Hit | None, asked: ReaderRequest, rank: int) -> Link | None:
    return Link(hit.headline, article_address(hit.id, (*asked.pairs, ("rank", str(rank))))) if hit else None
