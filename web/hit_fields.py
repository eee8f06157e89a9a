"""Which keys does a hit have in an answer to a program? All but the text, or those that it asks for (`field=`)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import suppress
from typing import Any

from search.errors import ArticleNotFound
from web.parameters import Parameters, values_of
from web.shared_archive import archive

FIELD = "field"
BODY = "body"
HIT_FIELDS = (
    "id", "title", "title_marks", "source", "section", "authors", "date", "url", "score", "why", "snippet", "entities",
    "family", BODY,
)  # fmt: skip
ALL_FIELDS = HIT_FIELDS[:-1]  # of a hit that nobody asked for more or less of
Fields = tuple[str, ...]


def chosen_fields(parameters: Parameters) -> Fields:
    """The keys that are asked for, with the id, in the order of HIT_FIELDS; all but the body if none is."""
    asked = values_of(parameters, FIELD, HIT_FIELDS)
    return tuple(name for name in HIT_FIELDS if name in asked or name == "id") if asked else ALL_FIELDS


def with_fields(page: dict[str, Any], fields: Fields) -> dict[str, Any]:
    """A page as JSON whose hits have these keys; an article that was just deleted is left out if its body is asked."""
    return page | {"hits": list(_hits(page["hits"], fields))}


def _hits(hits: list[Mapping[str, Any]], fields: Fields) -> Iterator[dict[str, Any]]:
    for hit in hits:
        with suppress(ArticleNotFound):
            body = {BODY: archive().article(hit["id"]).body} if BODY in fields else {}
            whole = {**hit, **body}
            yield {name: whole[name] for name in fields}
