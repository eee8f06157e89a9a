"""Which keys does a hit have in an answer to a program? All but the text, or those that it asks for (`field=`)."""

from __future__ import annotations

from typing import Any

from web.parameters import Parameters, values_of
from web.shared_archive import archive

FIELD = "field"
BODY = "body"
HIT_FIELDS = (
    "id", "title", "title_marks", "source", "section", "authors", "date", "url", "score", "why", "snippet", "entities",
    "family", BODY,
)  # fmt: skip
ALL_FIELDS = HIT_FIELDS[:-1]  # of a hit that nobody asked for more or less of
MARKS = ("title_marks", "why", "snippet")  # what takes marking
Fields = tuple[str, ...]


def chosen_fields(parameters: Parameters) -> Fields:
    """The keys that are asked for, with the id, in the order of HIT_FIELDS; all but the body if none is."""
    asked = values_of(parameters, FIELD, HIT_FIELDS)
    return tuple(name for name in HIT_FIELDS if name in asked or name == "id") if asked else ALL_FIELDS


def need_marks(fields: Fields) -> bool:
    """Whether hits must be marked to have these keys."""
    return any(name in MARKS for name in fields)


def with_fields(page: dict[str, Any], fields: Fields) -> dict[str, Any]:
    """A page as JSON whose hits have these keys; an article that was just deleted is left out if its body is asked."""
    hits = page["hits"]
    if BODY in fields:
        bodies = {article.id: article.body for article in archive().articles(hit["id"] for hit in hits)}
        hits = [{**hit, BODY: bodies[hit["id"]]} for hit in hits if hit["id"] in bodies]
    return page | {"hits": [{name: hit[name] for name in fields} for hit in hits]}
