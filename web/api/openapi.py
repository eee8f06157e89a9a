"""What the JSON API promises, as OpenAPI 3.1. The tests hold every answer against this document."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from search.article import ENTITY_TYPES
from search.page import MATCHINGS, REQUEST_SORTS
from web.api.schemas import SCHEMAS, TEXT, Schema, array, reference
from web.files.formats import CITATION_FORMATS, DEFAULT_EXPORTED, EXPORT_FORMATS, MOST_EXPORTED
from web.parameters import LARGEST_PAGE, LONGEST_QUERY, MOST_FILTER_VALUES

MOST_SUGGESTIONS = 20
MOST_NAMES = 1000  # of one answer
_DATE_DESCRIPTION = (
    "A date such as 2025-08-13, 2025-08, 2025 or 13.8.2025; a month or a year means {}. Undated articles never match."
)
_ANY_OF_THEM = "Several values: articles that have one of them."
_ALL_OF_THEM = "Several values: articles that have all of them."


def openapi_document() -> dict[str, Any]:
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
    return _search_paths() | _vocabulary_paths() | _file_paths() | _service_paths()


def _search_paths() -> dict[str, Any]:
    """Searches and articles."""
    return {
        "/api/search": _json_operation(
            "search",
            "Which articles answer this request?",
            "Page",
            *_search_parameters(_number_schema(10, LARGEST_PAGE), "How many hits at most.", _RELAX),
        ),
        "/api/articles/{id}": _json_operation(
            "article",
            "One article whole; an id may contain slashes.",
            "Article",
            _parameter("id", TEXT, "The id, percent-encoded.", place="path"),
            _query_parameter("If given, `marks` tells where the article matches this query."),
        ),
        "/api/articles": _json_operation(
            "articleByParameter",
            "The same for every id, also those that clients and proxies rewrite in paths, such as `..`.",
            "Article",
            _parameter("id", TEXT, "The id.") | {"required": True},
            _query_parameter("If given, `marks` tells where the article matches this query."),
        ),
    }


def _vocabulary_paths() -> dict[str, Any]:
    """The words and names of the archive."""
    return {
        "/api/suggest": _json_operation(
            "suggest",
            "Words and names of the archive that continue what was typed.",
            "Suggestions",
            _query_parameter("The beginning of a word or a name."),
            _parameter("limit", _number_schema(8, MOST_SUGGESTIONS), "How many at most."),
        ),
        "/api/entities": _json_operation(
            "entities",
            "The names of persons, places and organisations in the archive, those in most articles first.",
            "EntityCounts",
            _parameter(
                "prefix",
                TEXT | {"maxLength": LONGEST_QUERY},
                "How a word of the name begins, whatever its capitals and umlauts: mue finds Gerd Müller.",
            ),
            _parameter("type", {"enum": list(ENTITY_TYPES)}, "Only names of this type."),
            _parameter("limit", _number_schema(20, MOST_NAMES), "How many at most."),
        ),
    }


def _file_paths() -> dict[str, Any]:
    """Results and references to take away, and the archive as a browser's search engine."""
    return {
        "/suche.{suffix}": _file_operation(
            "export",
            f"The same as a file, up to {MOST_EXPORTED} hits. The header `Link` with `rel=next` leads to the others.",
            {format.media_type: _content_schema(suffix) for suffix, format in EXPORT_FORMATS.items()},
            _suffix_parameter(EXPORT_FORMATS),
            *_search_parameters(
                {"type": "integer", "minimum": 1, "maximum": MOST_EXPORTED},
                f"How many hits at most; if not given, {DEFAULT_EXPORTED}, in a feed {EXPORT_FORMATS['atom'].size}.",
                _parameter("relax", {"const": "0"}, "A file never has articles that lack something of what is asked."),
            ),
        ),
        "/zitat.{suffix}": _file_operation(
            "citation",
            "One article as a reference.",
            {format.media_type: TEXT for format in CITATION_FORMATS.values()},
            _suffix_parameter(CITATION_FORMATS),
            _parameter("id", TEXT, "The id.") | {"required": True},
        ),
        "/opensearch.xml": _file_operation(
            "describe", "The OpenSearch description of the archive.", {"application/opensearchdescription+xml": TEXT}
        ),
        "/vorschlaege": _file_operation(
            "complete",
            "The same as /api/suggest in the form of OpenSearch Suggestions, for browsers.",
            {"application/x-suggestions+json": reference("Completions")},
            _query_parameter("The beginning of a word or a name."),
        ),
    }


def _service_paths() -> dict[str, Any]:
    """This document, and what tells whether the service works."""
    return {
        "/openapi.json": _json_operation("openapi", "This document.", None),
        "/healthz": _json_operation("alive", "The process lives.", "Alive"),
        "/readyz": _json_operation("ready", "The index opens; 503 if it does not.", "Ready"),
    }


def _json_operation(name: str, summary: str, schema: str | None, *parameters: Schema) -> dict[str, Any]:
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


def _file_operation(name: str, summary: str, content: dict[str, Schema], *parameters: Schema) -> dict[str, Any]:
    """An operation that answers in one of several media types."""
    operation = _json_operation(name, summary, None, *parameters)
    operation["get"]["responses"]["200"]["content"] = {
        media_type.partition(";")[0]: {"schema": schema} for media_type, schema in content.items()
    }
    return operation


def _content_schema(suffix: str) -> Schema:
    return reference("Page") if suffix == "json" else TEXT


def _suffix_parameter(known: Iterable[str]) -> Schema:
    return _parameter("suffix", {"enum": list(known)}, "The kind of file.", place="path")


def _search_parameters(size: Schema, size_description: str, relax: Schema) -> tuple[Schema, ...]:
    return (
        _query_parameter(
            'The query: words, "exact phrases", UND ODER NICHT, fields, wildcards. Without it: all articles.'
        ),
        _filter_parameter("person", f"A person named in the article. {_ALL_OF_THEM}"),
        _filter_parameter("place", f"A place named in the article. {_ALL_OF_THEM}"),
        _filter_parameter("organisation", f"An organisation named in the article. {_ALL_OF_THEM}"),
        _filter_parameter("source", f"Where the article was published. {_ANY_OF_THEM}"),
        _filter_parameter("section", f"The section it was published in. {_ANY_OF_THEM}"),
        _filter_parameter("author", f"Who wrote the article, a person or an agency. {_ALL_OF_THEM}"),
        _parameter("from", TEXT, _DATE_DESCRIPTION.format("its first day")),
        _parameter("to", TEXT, _DATE_DESCRIPTION.format("its last day")),
        _parameter(
            "sort",
            {"enum": list(REQUEST_SORTS), "default": "relevance"},
            "The order; undated articles come last. recent: relevance multiplied by recency.",
        ),
        _parameter(
            "match",
            {"enum": list(MATCHINGS), "default": "all"},
            "How words match: as typed, in any form, or also in compounds and by what stands for them.",
        ),
        relax,
        _parameter(
            "collapse",
            {"enum": ["0", "1"], "default": "0"},
            "1: of articles with one text only the earliest that answers is listed. `total` and `facets` count all "
            "articles, and a page may have fewer hits than `size`.",
        ),
        _parameter("size", size, size_description),
        _parameter("cursor", TEXT, "The `next` of the page before."),
    )


def _parameter(name: str, schema: Schema, description: str, place: str = "query") -> Schema:
    required = {"required": True} if place == "path" else {}
    return {"name": name, "in": place, "description": description, "schema": schema} | required


def _query_parameter(description: str) -> Schema:
    return _parameter("q", TEXT | {"maxLength": LONGEST_QUERY}, description)


def _filter_parameter(name: str, description: str) -> Schema:
    return _parameter(name, array(TEXT) | {"maxItems": MOST_FILTER_VALUES}, description) | {"explode": True}


def _number_schema(default: int, most: int) -> Schema:
    return {"type": "integer", "minimum": 1, "maximum": most, "default": default}


_PROBLEM = {
    "description": "What went wrong and what to do about it.",
    "content": {"application/problem+json": {"schema": reference("Problem")}},
}
_RELAX = _parameter(
    "relax",
    {"enum": ["0", "1"], "default": "1"},
    "0: what answers has all that is asked. 1: words that are merely listed may be missing; `notices` says so.",
)
