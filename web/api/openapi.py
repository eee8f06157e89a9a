"""What the JSON API promises, as OpenAPI 3.1. The tests hold every answer against this document."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from search.article import ENTITY_TYPES
from search.page import SORTS
from web.api.schemas import SCHEMAS, TEXT, Schema, array, reference
from web.files.formats import CITATION_FORMATS, EXPORT_FORMATS, MOST_EXPORTED
from web.parameters import LARGEST_PAGE, LONGEST_QUERY, MOST_FILTER_VALUES

MOST_SUGGESTIONS = 20
MOST_NAMES = 1000  # of one answer
_DAY = (
    "A date such as 2025-08-13, 2025-08, 2025 or 13.8.2025; a month or a year means {}. Undated articles never match."
)
_EITHER = "Several values: articles that have one of them."
_ALL = "Several values: articles that have all of them."


def document() -> dict[str, Any]:
    """The OpenAPI document as JSON data."""
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "Nachlese",
            "version": "1.0.0",
            "license": {"name": "MIT", "identifier": "MIT"},
            "description": "Full-text search in a German news archive. A parameter that is unknown or cannot be "
            "used is answered with 400, odd query text never is. An empty value counts as not given.",
        },
        "servers": [{"url": "/"}],
        "paths": _paths(),
        "components": {"schemas": SCHEMAS, "responses": {"Problem": _PROBLEM}},
    }


def _paths() -> dict[str, Any]:
    return {
        "/api/search": _get(
            "search",
            "Which articles answer this request?",
            "Page",
            *_search_parameters(_whole_number(10, LARGEST_PAGE), "How many hits at most."),
        ),
        "/api/articles/{id}": _get(
            "article",
            "One article whole; an id may contain slashes.",
            "Article",
            _parameter("id", TEXT, "The id, percent-encoded.", place="path"),
            _query("If given, `marks` tells where the article matches this query."),
        ),
        "/api/articles": _get(
            "articleByParameter",
            "The same for every id, also those that clients and proxies rewrite in paths, such as `..`.",
            "Article",
            _parameter("id", TEXT, "The id.") | {"required": True},
            _query("If given, `marks` tells where the article matches this query."),
        ),
        "/api/suggest": _get(
            "suggest",
            "Words and names of the archive that continue what was typed.",
            "Suggestions",
            _query("The beginning of a word or a name."),
            _parameter("limit", _whole_number(8, MOST_SUGGESTIONS), "How many at most."),
        ),
        "/api/entities": _get(
            "entities",
            "The names of persons, places and organisations in the archive, those in most articles first.",
            "EntityCounts",
            _parameter(
                "prefix",
                TEXT | {"maxLength": LONGEST_QUERY},
                "How a word of the name begins, whatever its capitals and umlauts: mue finds Gerd Müller.",
            ),
            _parameter("type", {"enum": list(ENTITY_TYPES)}, "Only names of this type."),
            _parameter("limit", _whole_number(20, MOST_NAMES), "How many at most."),
        ),
        "/suche.{suffix}": _file(
            "export",
            f"The same as a file, up to {MOST_EXPORTED} hits. The header `Link` with `rel=next` leads to the others.",
            {format.media_type: _content(suffix) for suffix, format in EXPORT_FORMATS.items()},
            _suffix(EXPORT_FORMATS),
            *_search_parameters(
                {"type": "integer", "minimum": 1, "maximum": MOST_EXPORTED},
                f"How many hits at most; if not given, {EXPORT_FORMATS['atom'].size} in a feed, else {MOST_EXPORTED}.",
            ),
        ),
        "/zitat.{suffix}": _file(
            "citation",
            "One article as a reference.",
            {format.media_type: TEXT for format in CITATION_FORMATS.values()},
            _suffix(CITATION_FORMATS),
            _parameter("id", TEXT, "The id.") | {"required": True},
        ),
        "/opensearch.xml": _file(
            "describe", "The OpenSearch description of the archive.", {"application/opensearchdescription+xml": TEXT}
        ),
        "/vorschlaege": _file(
            "complete",
            "The same as /api/suggest in the form of OpenSearch Suggestions, for browsers.",
            {"application/x-suggestions+json": reference("Completions")},
            _query("The beginning of a word or a name."),
        ),
        "/openapi.json": _get("openapi", "This document.", None),
        "/healthz": _get("alive", "The process lives.", "Alive"),
        "/readyz": _get("ready", "The index opens; 503 if it does not.", "Ready"),
    }


def _get(name: str, summary: str, schema: str | None, *parameters: Schema) -> dict[str, Any]:
    content = {"schema": reference(schema) if schema else {"type": "object"}}
    return {
        "get": {
            "operationId": name,
            "summary": summary,
            "parameters": list(parameters),
            "responses": {
                "200": {"description": "The answer.", "content": {"application/json": content}},
                "default": {"$ref": "#/components/responses/Problem"},
            },
        }
    }


def _file(name: str, summary: str, content: dict[str, Schema], *parameters: Schema) -> dict[str, Any]:
    """An operation that answers in one of several media types."""
    operation = _get(name, summary, None, *parameters)
    operation["get"]["responses"]["200"]["content"] = {
        media_type.partition(";")[0]: {"schema": schema} for media_type, schema in content.items()
    }
    return operation


def _content(suffix: str) -> Schema:
    return reference("Page") if suffix == "json" else TEXT


def _suffix(known: Iterable[str]) -> Schema:
    return _parameter("suffix", {"enum": list(known)}, "The kind of file.", place="path")


def _search_parameters(size: Schema, size_description: str) -> tuple[Schema, ...]:
    return (
        _query('The query: words, "exact phrases", UND ODER NICHT, fields, wildcards. Without it: all articles.'),
        _filter("person", f"A person named in the article. {_ALL}"),
        _filter("place", f"A place named in the article. {_ALL}"),
        _filter("organisation", f"An organisation named in the article. {_ALL}"),
        _filter("source", f"Where the article was published. {_EITHER}"),
        _filter("section", f"The section it was published in. {_EITHER}"),
        _parameter("from", TEXT, _DAY.format("its first day")),
        _parameter("to", TEXT, _DAY.format("its last day")),
        _parameter("sort", {"enum": list(SORTS), "default": "relevance"}, "The order; undated articles come last."),
        _parameter("size", size, size_description),
        _parameter("cursor", TEXT, "The `next` of the page before."),
    )


def _parameter(name: str, schema: Schema, description: str, place: str = "query") -> Schema:
    required = {"required": True} if place == "path" else {}
    return {"name": name, "in": place, "description": description, "schema": schema} | required


def _query(description: str) -> Schema:
    return _parameter("q", TEXT | {"maxLength": LONGEST_QUERY}, description)


def _filter(name: str, description: str) -> Schema:
    return _parameter(name, array(TEXT) | {"maxItems": MOST_FILTER_VALUES}, description) | {"explode": True}


def _whole_number(default: int, most: int) -> Schema:
    return {"type": "integer", "minimum": 1, "maximum": most, "default": default}


_PROBLEM = {
    "description": "What went wrong and what to do about it.",
    "content": {"application/problem+json": {"schema": reference("Problem")}},
}
