"""The pages a reader sees: start, results, article, help. All work without JavaScript."""

from __future__ import annotations

from dataclasses import replace

from flask import Blueprint, abort, render_template, request

from search import Request
from search.errors import BadRequest
from search.page import Page
from web.help import CHAPTERS
from web.marking import paragraphs, segments
from web.opening import archive
from web.parameters import Asked, lenient_request, without_names
from web.results import complaint, surroundings

blueprint = Blueprint("pages", __name__)
blueprint.add_app_template_global(segments)

_NEWEST = 5


@blueprint.get("/")
def start() -> str:
    """A box to type in, and something to read for those who do not know what to type yet."""
    page = archive().search(Request(sort="newest", size=_NEWEST))
    return render_template("start.html", page=page)


@blueprint.get("/suche")
def search() -> tuple[str, int]:
    """The articles that answer, and everything to narrow or widen the search by."""
    asked = lenient_request(request.args)
    if "q" in asked.refused:
        return render_template("refused.html", asked=asked, complaint=complaint("q", asked.refused["q"])), 400
    asked, page = _answer(_without_words_newest(asked))
    return render_template("results.html", asked=asked, page=page, around=surroundings(asked, page)), 200


@blueprint.get("/artikel/<article_id:id>")
def article_by_path(id: str) -> str:
    """One article, with the matches of the search that led to it."""
    asked = lenient_request(request.args)
    found = archive().article(id)
    marks = archive().marks(found, asked.request.text)
    return render_template(
        "article.html",
        article=found,
        asked=asked,
        title=segments(found.title, marks.title),
        paragraphs=paragraphs(found.body, marks.body),
        matches=len(marks.title) + len(marks.body),
    )


@blueprint.get("/artikel")
def article_by_parameter() -> str:
    """The same for ids that a path cannot carry safely, such as `..`."""
    return article_by_path(request.args.get("id") or abort(404))


@blueprint.get("/hilfe")
def help() -> str:
    """The query language, with examples to click on."""
    return render_template("help.html", chapters=CHAPTERS)


def _without_words_newest(asked: Asked) -> Asked:
    """Where no words are asked nothing is relevant, so the newest come first unless told otherwise."""
    if asked.request.text or asked.request.sort != "relevance":
        return asked
    return replace(asked, request=replace(asked.request, sort="newest"))


def _answer(asked: Asked) -> tuple[Asked, Page]:
    """The page of hits; if its cursor is of no use (any more), the first page, and the cursor set aside."""
    try:
        return asked, archive().search(asked.request)
    except BadRequest as refusal:
        if asked.request.cursor is None:
            raise
        refused = {**asked.refused, refusal.parameter: asked.request.cursor}
        asked = Asked(replace(asked.request, cursor=None), without_names(asked.pairs, "cursor"), refused)
        return asked, archive().search(asked.request)
