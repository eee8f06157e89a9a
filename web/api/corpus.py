"""The JSON API for many articles at once, as corpus_openapi.py describes it."""

from __future__ import annotations

from dataclasses import replace

from flask import Blueprint, Response, jsonify, request

from search.corpus.concordance import MOST_LINES
from web.observation import note_total
from web.parameters import integer_parameter
from web.shared_archive import archive, check_all_there
from web.studies import compared_requests, curve_request, line_request, study_request

blueprint = Blueprint("corpus", __name__)

LINES = 100  # unless more are asked for


@blueprint.get("/api/curves")
def curves() -> Response:
    """Several searches over time, with their bursts."""
    asked = curve_request(request.args)
    found = archive().corpus.curves(asked.requests, asked.unit)
    check_all_there()
    return jsonify(found.as_json())


@blueprint.get("/api/concordance")
def concordance() -> Response:
    """The places that match as lines, and the words near them."""
    size = integer_parameter(request.args, "size", default=LINES, most=MOST_LINES)
    asked = line_request(request.args, "size")
    found = archive().corpus.concordance(asked.request, asked.order, asked.window)
    check_all_there()
    note_total(found.total)
    return jsonify(replace(found, lines=found.lines[:size]).as_json() | {"places": len(found.lines)})


@blueprint.get("/api/typical")
def typical() -> Response:
    """The words and names that stand out in what a search finds."""
    found = archive().corpus.typical(study_request(request.args))
    check_all_there()
    note_total(found.total)
    return jsonify(found.as_json())


@blueprint.get("/api/compare")
def compare() -> Response:
    """Two searches side by side."""
    found = archive().corpus.compare(*compared_requests(request.args))
    check_all_there()
    return jsonify(found.as_json())
