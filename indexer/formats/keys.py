"""What do others call our keys? Agencies in ninjs and dpa digitalwires, JSON feeds, databases, heads of tables."""

from __future__ import annotations

from math import isfinite
from typing import Any

from indexer.document import Mapping

OUR_KEYS = ("id", "url", "title", "body", "date", "source", "section", "authors", "entities")
# Of records, in an object around them, or around the object around them.
LISTS = ("articles", "items", "entries", "docs", "results", "data", "hits", "response", "@graph")

# For each key of ours those of others, the likeliest first, all in small letters.
_KNOWN = {
    "id": "urn uri guid uuid article_id doc_id entry_id _id @id post_id",
    "url": "link permalink canonical_url canonical weblink web_url external_url",
    "title": "headline headlines titel überschrift ueberschrift heading post_title",
    "body": (
        "text articlebody article_body body_text content_text article_text fulltext full_text volltext body_xhtml "
        "body_html content_html article_html bodies content inhalt artikeltext post_content"
    ),
    "date": (
        "published datepublished date_published publishedat published_at pubdate publication_date "
        "publish_date firstcreated first_created versioncreated version_created datum erscheinungsdatum "
        "created_at created datecreated post_date timestamp"
    ),
    "source": "publisher provider quelle zeitung medium newspaper site_name source_name infosource",
    "section": "ressort rubrik department desk category articlesection",
    "authors": "author autor autoren byline bylines by creator",
    "entities": "",
}
KNOWN = {key: tuple(names.split()) for key, names in _KNOWN.items()}
# Kinds of names that agencies mark, by the end of their type; ninjs has the first ones as keys of the article, too.
_TYPES = {"person": "person", "organisation": "organisation", "place": "place"}
_LISTS_OF_TYPES = {"people": "person", "organisations": "organisation", "places": "place", **_TYPES}
_MORE_TYPES = {"organization": "organisation", "geosubject": "place", "geo": "place", "poi": "place", **_TYPES}
# Under which keys an object has its text, the likeliest first; JSON of MongoDB and of XML has signs in them.
_TEXTS = (
    "name value rendered label display_name displayName full_name text content title html data #text $t _ "
    "$oid $date $numberLong"
).split()
_PARTS_OF_NAMES = (("first_name", "last_name"), ("firstName", "lastName"), ("givenName", "familyName"))
_ARTICLES = ("Article", "Posting", "Report")  # end the types of schema.org that are articles
_CANCELLED = ("canceled", "cancelled", "withheld")


def value_of(record: dict[str, Any], key: str, mapping: Mapping) -> Any:
    """The value of one of our keys in a record; what `mapping` names is taken before what is known.

    A name with dots leads into objects and, by numbers, into lists: `content.0.text`.
    """
    for ours, theirs in mapping:
        if ours == key:
            return _along(record, theirs)
    if _is_full(record.get(key)):
        return record[key]
    found = {name.lower(): each for name, each in record.items() if _is_full(each)}
    value = next((found[name] for name in KNOWN[key] if name in found), None)
    if value is None:
        value = record.get(key)
        return value if isinstance(value, (bool, int, float)) else None  # what says nothing, but is worth a warning
    return _main(value) if key != "authors" else _valued(value) or value


def _is_full(value: Any) -> bool:
    """Whether a value says anything: what is empty, true or false is no value of any key of ours."""
    if isinstance(value, str):
        return bool(value.strip())
    return value is not None and not isinstance(value, bool) and value not in ([], {})


def _main(value: Any) -> Any:
    """Of several values with their roles, as ninjs has headlines and texts since its second version, the main one."""
    values = _valued(value)
    if not values:
        return value
    return next((text for text, each in zip(values, value, strict=True) if each.get("role") == "main"), values[0])


def _valued(value: Any) -> list[str]:
    """The texts in a list of objects that each have a `value`, none of another list."""
    found = [each["value"] for each in _objects(value) if isinstance(each.get("value"), str)]
    return found if found and len(found) == len(value) else []


def _along(value: Any, path: str) -> Any:
    if isinstance(value, dict) and path in value:
        return value[path]
    for name in path.split("."):
        if isinstance(value, list) and name.isdecimal() and int(name) < len(value):
            value = value[int(name)]
        else:
            value = value.get(name) if isinstance(value, dict) else None
    return value


def text_in(value: Any, depth: int = 4) -> str | None:
    """What a value says: a text, a number, the name in an object, the first of a list; None if it is none of them.

    Systems put a text into an object with its language, its rendering or its type.
    """
    if isinstance(value, str):
        return value
    if isinstance(value, (int, float)) and not isinstance(value, bool) and isfinite(value):
        return str(int(value)) if value == int(value) else str(value)
    if depth and isinstance(value, list):
        return next((text for each in value if (text := text_in(each, depth - 1))), None)
    if depth and isinstance(value, dict):
        parts = next(
            ([value[key] for key in keys] for keys in _PARTS_OF_NAMES if keys[0] in value and keys[1] in value), []
        )
        whole = next((text for key in _TEXTS if (text := text_in(value.get(key), depth - 1))), None)
        return whole or " ".join(part.strip() for part in parts if isinstance(part, str)) or None
    return None


def texts_in(value: Any) -> list[str]:
    """All texts that a value says: those of a list one by one."""
    values = value if isinstance(value, list) else [value]
    return [text for each in values if (text := text_in(each))]


def is_known(key: str) -> bool:
    """Whether a key of a record may be read as one of ours, by its own name or by that of others."""
    return key in OUR_KEYS or any(key.lower() in names for names in KNOWN.values())


def agency_names(record: dict[str, Any]) -> dict[str, list[str]]:
    """The names that agencies mark: ninjs in lists of their types, digitalwires in categories with a type."""
    marked = [(type, each) for kind, type in _LISTS_OF_TYPES.items() for each in _objects(record.get(kind))]
    for each in _objects(record.get("categories")):
        kind = str(each.get("type", "")).lower().split(":")[-1]
        if kind in _MORE_TYPES:
            marked.append((_MORE_TYPES[kind], each))
    found: dict[str, list[str]] = {}
    for kind, each in marked:
        if name := text_in(each):
            found.setdefault(kind, []).append(name)
    return found


def is_no_article(record: dict[str, Any]) -> bool:
    """Whether JSON-LD calls a record another thing, as a graph of schema.org has many beside its article."""
    kinds = texts_in(record.get("@type"))
    return bool(kinds) and not any(kind.endswith(_ARTICLES) for kind in kinds)


def is_cancelled(record: Any) -> bool:
    """Whether a record of an agency takes an article back."""
    status = record.get("pubstatus") if isinstance(record, dict) else None
    return isinstance(status, str) and status.lower().split(":")[-1] in _CANCELLED


def _objects(value: Any) -> list[dict[str, Any]]:
    return [each for each in value if isinstance(each, dict)] if isinstance(value, list) else []
