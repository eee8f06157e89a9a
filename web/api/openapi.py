"""What the JSON API promises, as OpenAPI 3.1. The tests hold every answer against this document."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from search.article import ENTITY_TYPES
from web.api.corpus_openapi import CORPUS_SCHEMAS, corpus_paths
from web.api.parameters import (
    FIELDS_PARAMETER,
    FILE_FIELDS_PARAMETER,
    ID,
    RELAX_PARAMETER,
    asked_parameters,
    facets_parameters,
    ids_parameter,
    number_schema,
    parameter,
    query_parameter,
    search_parameters,
    suffix_parameter,
)
from web.api.schemas import SCHEMAS, TEXT, Schema, one_of, reference
from web.decoding import FORM, LARGEST_BODY
from web.files.formats import CITATION_FORMATS, DEFAULT_EXPORTED, EXPORT_FORMATS, MOST_EXPORTED, SELECTION_FORMATS
from web.parameters import LARGEST_PAGE, LONGEST_QUERY

MOST_SUGGESTIONS = 20
MOST_NAMES = 1000  # of one answer
MOST_IN_BATCH = 1000
LARGEST_BATCH = 16_000_000  # characters of all texts of a batch


def openapi_document(archives: Sequence[str] = ()) -> dict[str, Any]:
    """The OpenAPI document as JSON data, for several archives if these have names."""
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
        "paths": _paths(archives),
        "components": {"schemas": SCHEMAS | CORPUS_SCHEMAS, "responses": {"Problem": _PROBLEM}},
    }


def _paths(archives: Sequence[str]) -> dict[str, Any]:
    corpus = corpus_paths(_json_operation, _file_operation, asked_parameters(archives))
    return _search_paths(archives) | _vocabulary_paths() | corpus | _file_paths(archives) | _service_paths()


def _search_paths(archives: Sequence[str]) -> dict[str, Any]:
    """Searches and articles."""
    return {
        "/api/search": _also_posted(
            _json_operation(
                "search",
                "Which articles answer this request?",
                "Page",
                *search_parameters(
                    archives, number_schema(10, LARGEST_PAGE), "How many hits at most.", RELAX_PARAMETER
                ),
                FIELDS_PARAMETER,
                *facets_parameters(archives),
            )
        ),
        "/api/batch": _also_posted(
            _json_operation(
                "batch",
                "Several articles whole, in the order of their ids, with at most 16,000,000 characters together.",
                "Articles",
                ids_parameter(MOST_IN_BATCH),
            )
        ),
        "/api/articles/{id}": _json_operation(
            "article",
            "One article whole; an id may contain slashes.",
            "Article",
            parameter("id", ID, "The id, percent-encoded.", place="path"),
            query_parameter("If given, `marks` tells where the article matches this query."),
        ),
        "/api/articles": _json_operation(
            "articleByParameter",
            "The same for every id, also those that clients and proxies rewrite in paths, such as `..`.",
            "Article",
            parameter("id", ID, "The id.") | {"required": True},
            query_parameter("If given, `marks` tells where the article matches this query."),
        ),
    }


def _vocabulary_paths() -> dict[str, Any]:
    """The words and names of the archive."""
    return {
        "/api/suggest": _json_operation(
            "suggest",
            "Words and names of the archive that continue what was typed.",
            "Suggestions",
            query_parameter("The beginning of a word or a name."),
            parameter("limit", number_schema(8, MOST_SUGGESTIONS), "How many at most."),
        ),
        "/api/entities": _json_operation(
            "entities",
            "The names of persons, places and organisations in the archive, those in most articles first.",
            "EntityCounts",
            parameter(
                "prefix",
                TEXT | {"maxLength": LONGEST_QUERY},
                "How a word of the name begins, whatever its capitals and umlauts: mue finds Gerd Müller.",
            ),
            parameter("type", one_of(ENTITY_TYPES), "Only names of this type."),
            parameter("limit", number_schema(20, MOST_NAMES), "How many at most."),
        ),
    }


def _file_paths(archives: Sequence[str]) -> dict[str, Any]:
    """Results and references to take away, and the archive as a browser's search engine."""
    return {
        "/suche.{suffix}": _also_posted(
            _file_operation(
                "export",
                f"The same as a file, up to {MOST_EXPORTED} hits. The header `Link` with `rel=next` leads on.",
                {format.media_type: _content_schema(suffix) for suffix, format in EXPORT_FORMATS.items()},
                suffix_parameter(EXPORT_FORMATS),
                *search_parameters(
                    archives,
                    {"type": "integer", "minimum": 1, "maximum": MOST_EXPORTED},
                    f"How many hits at most; {DEFAULT_EXPORTED} if not given, {EXPORT_FORMATS['atom'].size} in a feed.",
                    parameter(
                        "relax", one_of(("0",)), "A file never has articles that lack something of what is asked."
                    ),
                ),
                FILE_FIELDS_PARAMETER,
            )
        ),
        "/auswahl.{suffix}": _for_readers(
            _also_posted(
                _file_operation(
                    "selection",
                    "Chosen articles as a file, in the order of their ids.",
                    {format.media_type: TEXT for format in SELECTION_FORMATS.values()},
                    suffix_parameter(SELECTION_FORMATS),
                    ids_parameter(MOST_EXPORTED),
                    FILE_FIELDS_PARAMETER,
                )
            )
        ),
        "/zitat.{suffix}": _file_operation(
            "citation",
            "One article as a reference.",
            {format.media_type: TEXT for format in CITATION_FORMATS.values()},
            suffix_parameter(CITATION_FORMATS),
            parameter("id", ID, "The id.") | {"required": True},
        ),
        "/opensearch.xml": _file_operation(
            "describe", "The OpenSearch description of the archive.", {"application/opensearchdescription+xml": TEXT}
        ),
        "/vorschlaege": _file_operation(
            "complete",
            "The same as /api/suggest in the form of OpenSearch Suggestions, for browsers.",
            {"application/x-suggestions+json": reference("Completions")},
            query_parameter("The beginning of a word or a name."),
        ),
    }


def _service_paths() -> dict[str, Any]:
    """This document, and what tells whether the service works."""
    return {
        "/openapi.json": _json_operation("openapi", "This document.", None),
        "/healthz": _json_operation("alive", "The process lives.", "Alive"),
        "/readyz": _json_operation("ready", "The index opens and is loaded; 503 if not, with the reason.", "Ready"),
    }


def _in_form(schema: Schema) -> Schema:
    """What a field of a form may be: of a list, one value looks like no list."""
    return {"anyOf": [schema["items"], schema]} if schema.get("type") == "array" else schema


def _for_readers(operations: dict[str, Any]) -> dict[str, Any]:
    """The operations, of which the posted one tells readers in a page what is wrong with their form."""
    content: dict[str, Any] = {**_PROBLEM["content"], "text/html": {"schema": TEXT}}
    operations["post"]["responses"] = operations["post"]["responses"] | {"400": {**_PROBLEM, "content": content}}
    return operations


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


def _also_posted(operations: dict[str, Any]) -> dict[str, Any]:
    """The operation, and the same with its parameters in a posted form, where there is room for more of them."""
    get = operations["get"]
    asked = [parameter for parameter in get["parameters"] if parameter["in"] == "query"]
    form = {
        "type": "object",
        "properties": {p["name"]: _in_form(p["schema"]) | {"description": p["description"]} for p in asked},
        "required": [parameter["name"] for parameter in asked if parameter.get("required")],
        "additionalProperties": False,
    }
    post = get | {
        "operationId": f"{get['operationId']}ByPost",
        "summary": f"{get['summary']} The parameters come as a form, of at most {LARGEST_BODY} bytes.",
        "parameters": [parameter for parameter in get["parameters"] if parameter not in asked],
        "requestBody": {"required": bool(form["required"]), "content": {FORM: {"schema": form}}},
    }
    return operations | {"post": post}


def _content_schema(suffix: str) -> Schema:
    return reference("Page") if suffix == "json" else TEXT


_PROBLEM: dict[str, Any] = {
    "description": "What went wrong and what to do about it.",
    "content": {"application/problem+json": {"schema": reference("Problem")}},
}
