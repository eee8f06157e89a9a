"""The shapes of the API's answers, as JSON Schema 2020-12. No answer has keys beyond these."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from search.article import ENTITY_TYPES
from search.page import ARCHIVE
from web.api.facets import countable
from web.hit_fields import HIT_FIELDS

Schema = dict[str, Any]

TEXT: Schema = {"type": "string"}
TEXT_OR_NULL: Schema = {"type": ["string", "null"]}
COUNT: Schema = {"type": "integer", "minimum": 0}
NEWS_DATE: Schema = {
    "type": ["string", "null"],
    "pattern": "^[0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?$",
    "description": "Calendar date in Berlin of the precision that is known: a day, a month or a year.",
}


def reference(name: str) -> Schema:
    """The schema of that name in SCHEMAS, as the document refers to it."""
    return {"$ref": f"#/components/schemas/{name}"}


def array(items: Schema) -> Schema:
    """A list of such items."""
    return {"type": "array", "items": items}


def one_of(values: Iterable[str]) -> Schema:
    """One of these texts."""
    return TEXT | {"enum": list(values)}


def closed_object(description: str = "", /, **properties: Schema) -> Schema:
    """An object with these keys, all of them and no others."""
    schema: Schema = {
        "type": "object",
        "properties": properties,
        "required": list(properties),
        "additionalProperties": False,
    }
    return schema | ({"description": description} if description else {})


def optional(schema: Schema, *names: str) -> Schema:
    """The object schema with these of its keys not required."""
    return schema | {"required": [name for name in schema["required"] if name not in names]}


def or_null(schema: Schema) -> Schema:
    """What has this schema, or null."""
    return {"anyOf": [schema, {"type": "null"}]}


SCHEMAS: dict[str, Schema] = {
    "Mark": {
        "type": "array",
        "items": COUNT,
        "minItems": 2,
        "maxItems": 2,
        "description": "From and to, in Unicode characters (code points) of the text; the end is not included.",
    },
    "Marks": array(reference("Mark")),
    "Entities": closed_object(
        "Canonical names in the order of appearance.",
        **{type: array(TEXT) for type in ENTITY_TYPES},
    ),
    "Notice": closed_object(
        "How the query was understood: `code` is for programs, `message` is German and for readers.",
        code=TEXT,
        message=TEXT,
    ),
    "OtherQuery": closed_object(
        "A query near to the one asked, and how many articles answer it: in `corrections` what one that finds little "
        "may have been meant to be, in `looser` what asks for less than one that finds nothing.",
        text=TEXT,
        total=COUNT,
    ),
    "Snippet": closed_object("A passage of the body.", text=TEXT, marks=reference("Marks")),
    "Family": closed_object(
        "Articles with one text, such as copies of an agency's: how many, and the earliest of them, in order: of a hit "
        "at most five, of an article a hundred. null if no other article has the text.",
        size=COUNT,
        articles=array(closed_object(id=TEXT, headline=TEXT, source=TEXT_OR_NULL, date=NEWS_DATE)),
    ),
    "Hit": optional(
        closed_object(
            "Keys can be chosen by `field`; without it a hit has all but `body`.",
            id=TEXT,
            title=TEXT,
            title_marks=reference("Marks"),
            source=TEXT_OR_NULL,
            section=TEXT_OR_NULL,
            authors=array(TEXT),
            date=NEWS_DATE,
            url=TEXT_OR_NULL,
            score={"type": "number"},
            why={
                "type": ["string", "null"],
                "enum": ["exact", "form", "part", None],
                "description": "The best reason: the word as written, another form of it, or a part of a compound; "
                "null if no words were asked.",
            },
            snippet=reference("Snippet"),
            entities=reference("Entities"),
            family=or_null(reference("Family")),
            body=TEXT | {"description": "Only if asked for. Paragraphs are kept apart by an empty line."},
        ),
        *HIT_FIELDS[1:],
    ),
    "Mention": closed_object(
        "Where an article names an entity: offsets in its title or body, and the canonical name.",
        field=one_of(("title", "body")),
        start=COUNT,
        end=COUNT,
        type=one_of(ENTITY_TYPES),
        name=TEXT,
    ),
    "FacetValues": array(closed_object(value=TEXT, count=COUNT)),
    "Page": closed_object(
        query=closed_object(
            text=TEXT,
            understood=TEXT,
            notices=array(reference("Notice")),
            corrections=array(reference("OtherQuery")),
            looser=array(reference("OtherQuery")),
        ),
        total=COUNT,
        took_ms={"type": "number", "minimum": 0},
        hits=array(reference("Hit")),
        facets=optional(
            closed_object(
                "`archive` only where several archives are asked as one.",
                **{name: reference("FacetValues") for name in countable([ARCHIVE])},
            ),
            *countable([ARCHIVE]),
        ),
        next=TEXT_OR_NULL | {"description": "The `cursor` of the following page; null on the last."},
    ),
    "Article": optional(
        closed_object(
            id=TEXT,
            title=TEXT,
            body=TEXT | {"description": "Paragraphs are kept apart by an empty line."},
            date=NEWS_DATE,
            instant=TEXT_OR_NULL | {"description": "ISO 8601 with zone, if the document told the time of day."},
            source=TEXT_OR_NULL,
            section=TEXT_OR_NULL,
            url=TEXT_OR_NULL,
            authors=array(TEXT),
            entities=reference("Entities"),
            mentions=array(reference("Mention")),
            family=or_null(reference("Family")),
            marks=closed_object("Only if `q` is given.", title=reference("Marks"), body=reference("Marks")),
        ),
        "marks",
    ),
    "Articles": closed_object(
        articles=array(reference("Article")), missing=array(TEXT) | {"description": "Ids that no article has."}
    ),
    "Suggestions": closed_object(
        query=TEXT,
        suggestions=array(
            closed_object(
                text=TEXT,
                kind=one_of(("word", *ENTITY_TYPES, "title")),
                count=COUNT,
                id=TEXT_OR_NULL | {"description": "Of the article, if the text is its title."},
                address=TEXT_OR_NULL | {"description": "The page it stands for: of an article or a name."},
            )
        ),
    ),
    "EntityCounts": closed_object(
        entities=array(
            closed_object(
                type=one_of(ENTITY_TYPES),
                name=TEXT | {"description": "Canonical, as filters take it."},
                count=COUNT | {"description": "The number of articles that name it."},
            )
        ),
    ),
    "Completions": {
        "type": "array",
        "items": {"anyOf": [TEXT, array(TEXT)]},
        "minItems": 4,
        "maxItems": 4,
        "description": "What was typed, then three lists: how it could go on, and of each completion a description and "
        "an address.",
    },
    "Alive": closed_object(status=one_of(("alive",))),
    "Ready": closed_object(status=one_of(("ready",))),
    "Problem": optional(
        closed_object(
            "An error as RFC 9457 has it.",
            type={"type": "string", "format": "uri-reference"},
            title=TEXT,
            status={"type": "integer", "minimum": 400, "maximum": 599},
            detail=TEXT,
            instance={"type": "string", "format": "uri-reference"},
            parameter=TEXT | {"description": "The parameter that cannot be used, if it is one."},
        ),
        "parameter",
    ),
}
