"""The JSON API: the archive's answers as openapi.py describes them."""

from __future__ import annotations

import re
from dataclasses import asdict
from hashlib import blake2b
from typing import Any

from flask import Blueprint, Response, jsonify, request

from search import Article
from search.errors import ArticleNotFound, BadRequest
from search.page import ArticleMarks
from web.addresses import suggestion_address
from web.api.facets import FACET_PARAMETERS, chosen_facets
from web.api.openapi import LARGEST_BATCH, MOST_IN_BATCH, MOST_NAMES, MOST_SUGGESTIONS, openapi_document
from web.hit_fields import FIELD, chosen_fields, need_marks, with_fields
from web.observation import note_total
from web.parameters import (
    ids_parameter,
    integer_parameter,
    query_text,
    refuse_unknown,
    single_value,
    strict_request,
    text_parameter,
)
from web.shared_archive import archive, archive_names

blueprint = Blueprint("api", __name__)
_TOOK_MS = re.compile(rb'"took_ms":[\d.]+')


@blueprint.route("/api/search", methods=("GET", "POST"))
def search() -> Response:
    """One page of hits; the same hits have the same entity tag, however long finding them took."""
    asked = strict_request(request.args, besides=(FIELD, *FACET_PARAMETERS))
    fields = chosen_fields(request.args)
    page = archive().search(asked, chosen_facets(request.args), need_marks(fields))
    note_total(page.total)
    response = jsonify(with_fields(page.as_json(), fields))
    response.set_etag(blake2b(_TOOK_MS.sub(b"", response.get_data()), digest_size=16).hexdigest(), weak=True)
    return response


@blueprint.get("/api/articles/<article_id:id>")
def article_by_path(id: str) -> Response:
    """One article whole; with `q`, also where it matches."""
    refuse_unknown(request.args, ("q",))
    return jsonify(_article(id))


@blueprint.get("/api/articles")
def article_by_parameter() -> Response:
    """The same for ids that a path cannot carry safely, such as `..`."""
    refuse_unknown(request.args, ("id", "q"))
    id = single_value(request.args, "id")
    if not id:
        raise BadRequest("id", "Which article? Give its id.")
    return jsonify(_article(id))


@blueprint.route("/api/batch", methods=("GET", "POST"))
def batch() -> Response:
    """Several articles whole, in the order of their ids, and the ids that there are not.

    Raises BadRequest if they have more than LARGEST_BATCH characters together.
    """
    refuse_unknown(request.args, ("id",))
    found: list[dict[str, Any]] = []
    missing, size = [], 0
    for id in ids_parameter(request.args, MOST_IN_BATCH):
        try:
            article = archive().article(id)
        except ArticleNotFound:
            missing.append(id)
            continue
        size += len(article.body)
        if size > LARGEST_BATCH and found:  # one alone can be asked for anyway
            first = f"ask for the first {len(found)} of them"
            raise BadRequest("id", f"These articles have more than {LARGEST_BATCH:,} characters; {first}.")
        found.append(_whole(article))
    return jsonify({"articles": found, "missing": missing})


@blueprint.get("/api/suggest")
def suggest() -> Response:
    """Continuations of what was typed."""
    refuse_unknown(request.args, ("q", "limit"))
    text = query_text(request.args)
    limit = integer_parameter(request.args, "limit", default=8, most=MOST_SUGGESTIONS)
    found = archive().suggest(text, limit=limit) if text else ()
    suggestions = [asdict(suggestion) | {"address": suggestion_address(suggestion)} for suggestion in found]
    return jsonify({"query": text, "suggestions": suggestions})


@blueprint.get("/api/entities")
def entities() -> Response:
    """The names of the archive with their number of articles."""
    refuse_unknown(request.args, ("prefix", "type", "limit"))
    prefix = text_parameter(request.args, "prefix")
    limit = integer_parameter(request.args, "limit", default=20, most=MOST_NAMES)
    found = archive().entities(single_value(request.args, "type") or None, prefix, limit)
    return jsonify({"entities": [name.as_json() for name in found]})


@blueprint.get("/openapi.json")
def openapi() -> Response:
    """The description of this API."""
    return jsonify(openapi_document(archive_names()))


def _article(id: str) -> dict[str, Any]:
    text = query_text(request.args)
    article = archive().article(id)
    if not text:
        return _whole(article)
    return _whole(article) | {"marks": _marks_json(archive().marks(article, text))}


def _whole(article: Article) -> dict[str, Any]:
    """An article with the family that it belongs to."""
    family = archive().family(article.id)
    return article.as_json() | {"family": family and family.as_json()}


def _marks_json(marks: ArticleMarks) -> dict[str, list[list[int]]]:
    return {"title": [list(mark) for mark in marks.title], "body": [list(mark) for mark in marks.body]}
