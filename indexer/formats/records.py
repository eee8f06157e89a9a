"""Which article is a record of JSON, or a row of a table?

Keys are `id url title body date source section authors entities`, or what `keys` knows for them; only a text is
required, other keys are ignored, null means absent. A wrong type spoils its record, an unreadable date only costs the
date.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from math import isfinite
from typing import Any

from indexer.bylines import read_bylines
from indexer.character_references import without_references
from indexer.document import Document
from indexer.errors import DocumentError, Problem, problem_of
from indexer.formats.keys import agency_names, is_cancelled, is_known, name_in, value_of
from indexer.fragments import is_markup, paragraphs_of_markup
from indexer.items import Item, Withdrawn
from indexer.streams import MAX_RECORD_BYTES, MEBIBYTE
from indexer.text import clean, one_line, paragraphs
from indexer.validation import Warn, read_date, valid_names, valid_url
from search.article import ENTITY_TYPES, Article, Entities

_ENTITY_KEYS = {
    "person": "person",
    "persons": "person",
    "people": "person",
    "place": "place",
    "places": "place",
    "location": "place",
    "locations": "place",
    "organisation": "organisation",
    "organisations": "organisation",
    "organization": "organisation",
    "organizations": "organisation",
}


@dataclass(frozen=True)
class Record:
    """One JSON value of a document and where it stands: `number` is its line, or its place in the array."""

    document: Document
    value: Any
    number: int | None
    line: int | None

    def get(self, key: str) -> Any:
        """The value of one of our keys, as the document calls it; None if it is absent."""
        return value_of(self.value, key, self.document.mapping)

    @property
    def default_id(self) -> str:
        path = self.document.relative_path
        return path if self.number is None else f"{path}#{self.number}"

    def error(self, message: str) -> DocumentError:
        """What is wrong with it; in an array, where no line is known, the message counts the records."""
        if self.line is None and self.number is not None:
            message = f"record {self.number}: {message}"
        return DocumentError(self.document.name, message, self.line)


def read_record(record: Record) -> Iterator[Item]:
    """The article of one record, warnings before it; or the one problem that makes it unusable."""
    warnings: list[Problem] = []
    record = _unwrapped(record)
    try:
        article = _to_article(record, warnings) if not is_cancelled(record.value) else _withdrawn(record)
    except Exception as error:  # one record must never end the reading of the others
        yield problem_of(error, record.document.name, record.line)
    else:
        yield from warnings
        yield article


def _unwrapped(record: Record) -> Record:
    """What a search engine exports, with its record inside, as that record."""
    value = record.value
    inside = value.get("_source") if isinstance(value, dict) else None
    if not isinstance(inside, dict) or record.get("body") is not None:
        return record
    return replace(record, value={"_id": value.get("_id"), **inside})


def _withdrawn(record: Record) -> Withdrawn:
    return Withdrawn(_id(record) or _string(record, "url") or record.default_id)


def _to_article(record: Record, warnings: list[Problem]) -> Article:
    if not isinstance(record.value, dict):
        raise record.error(f"is {_kind(record.value)}; write each article as a JSON object in braces")

    def warn(message: str) -> None:
        warnings.append(Problem(record.document.name, record.line, str(record.error(message)), fatal=False))

    url = valid_url(_string(record, "url"), warn)
    return Article(
        id=_id(record) or url or record.default_id,
        body=_body(record),
        title=_string(record, "title"),
        date=read_date([_date(record)], warn),
        source=_string(record, "source") or None,
        section=_string(record, "section") or None,
        url=url,
        authors=read_bylines(valid_names(_authors(record), warn)),
        entities=_entities(record, warn),
        document=record.document.location,
    )


def _body(record: Record) -> str:
    body = _raw(record, "body", str, "a string") or ""
    if len(body) > MAX_RECORD_BYTES:
        raise record.error(f"has a body of over {MAX_RECORD_BYTES // MEBIBYTE} MiB; put one article into a record")
    if is_markup(body):
        found = paragraphs_of_markup(record.document.name, body, _string(record, "title"))
    else:
        found = paragraphs(clean(without_references(body)))
    if not found:
        raise record.error(_missing_body(record))
    return "\n\n".join(found)


def _missing_body(record: Record) -> str:
    others = {key: len(value) for key, value in record.value.items() if isinstance(value, str) and not is_known(key)}
    if not others:
        return 'is missing "body"; every article needs a text'
    longest = max(others, key=others.__getitem__)
    return f'is missing "body"; if the text stands in another key, name it: --map body={longest}'


def _id(record: Record) -> str:
    value = record.get("id")
    if isinstance(value, int) and not isinstance(value, bool):
        return str(value)
    return _string(record, "id")


def _string(record: Record, key: str) -> str:
    """The value of a key on one line, "" if it is absent."""
    return _line(name_in(record.get(key)) or _raw(record, key, str, "a string") or "")


def _date(record: Record) -> str:
    """The date as a text; databases write it as a number, too."""
    value = record.get("date")
    if isinstance(value, (int, float)) and not isinstance(value, bool) and isfinite(value):
        return str(int(value))
    return _string(record, "date")


def _raw(record: Record, key: str, type: type, expected: str) -> Any:
    value = record.get(key)
    if value is None or isinstance(value, type):
        return value
    raise record.error(f'has {_kind(value)} as "{key}"; write {expected}')


def _authors(record: Record) -> tuple[str, ...]:
    value = record.get("authors")
    is_one = isinstance(value, str) or (isinstance(value, dict) and name_in(value))
    return _names(record, "authors", [value] if is_one else value)


def _entities(record: Record, warn: Warn) -> Entities:
    """The declared names; keys of other kinds of names are ignored like all unknown keys."""
    declared = _raw(record, "entities", dict, 'an object like {"person": ["..."]}') or agency_names(record.value)
    found: dict[str, tuple[str, ...]] = dict.fromkeys(ENTITY_TYPES, ())
    for key, value in declared.items():
        if type := _ENTITY_KEYS.get(key.lower()):
            found[type] += _names(record, f"entities.{key}", value)
    return Entities(**{type: valid_names(names, warn) for type, names in found.items()})


def _names(record: Record, key: str, value: Any) -> tuple[str, ...]:
    """A list of names without empty ones."""
    if value is None:
        return ()
    if not isinstance(value, list):
        raise record.error(f'has {_kind(value)} as "{key}"; write a list of strings')
    value = [name_in(name) or name if isinstance(name, dict) else name for name in value]
    for name in value:
        if not isinstance(name, str):
            raise record.error(f'has {_kind(name)} in "{key}"; write a list of strings')
    return tuple(filter(None, map(_line, value)))


def _line(text: str) -> str:
    return one_line(clean(without_references(text)))


def _kind(value: Any) -> str:
    """What a JSON value is, in JSON's own words."""
    kinds = {str: "a string", bool: "true or false", dict: "an object", list: "an array", type(None): "null"}
    return kinds.get(type(value), "a number")
