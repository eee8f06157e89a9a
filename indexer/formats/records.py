"""Which article is a record of JSON, or a row of a table?

Keys are `id url title body date source section authors entities`, or what `keys` knows for them; only a text is
required, other keys are ignored, null and what is empty mean absent. Values of other types are read as far as they say
something; else they are left out with a warning.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

from indexer.bylines import read_bylines
from indexer.character_references import without_references
from indexer.document import Document
from indexer.errors import DocumentError, Problem, problem_of
from indexer.formats.drafts import version_number
from indexer.formats.keys import agency_names, is_cancelled, is_known, is_no_article, text_in, texts_in, value_of
from indexer.formats.wordpress import shown_text, unpublished
from indexer.fragments import is_markup, paragraphs_of_markup
from indexer.items import Item, PassedOver, Withdrawn
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
_AROUND = {"_source": "_id", "attributes": "id"}  # keys with a record inside, and what its id is called beside them
_OF_WORDPRESS = ("post_type", "post_status", "post_password")
_OF_MACHINES = ("@", "_")  # begin keys that hold no text


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

    def warn(message: str) -> None:
        warnings.append(Problem(record.document.name, record.line, str(record.error(message)), fatal=False))

    if kind := _no_article(record):
        yield PassedOver(record.document.name, kind)
        return
    try:
        article = (_withdrawn if is_cancelled(record.value) else _to_article)(record, warn)
    except Exception as error:  # one record must never end the reading of the others
        yield problem_of(error, record.document.name, record.line)
    else:
        yield from warnings
        yield article


def _unwrapped(record: Record) -> Record:
    """What a search engine or JSON:API exports, with its record inside, as that record."""
    value = record.value
    for key, id in _AROUND.items():
        inside = value.get(key) if isinstance(value, dict) else None
        if not isinstance(inside, dict) or record.get("body") is not None:
            continue
        if key == "_source" or value_of(inside, "body", ()) is not None:  # attributes may be anything
            return replace(record, value={id: value.get(id), **inside})
    return record


def _no_article(record: Record) -> str:
    """What a record is in place of a published article, as words for a report; "" if it may be one."""
    value = record.value
    if not isinstance(value, dict):
        return ""
    if is_no_article(value) and record.get("body") is None:
        return "JSON-LD of another kind"
    return unpublished(*(value[key] if isinstance(value.get(key), str) else "" for key in _OF_WORDPRESS))


def _withdrawn(record: Record, warn: Warn) -> Withdrawn:
    return Withdrawn(_string(record, "id", warn) or _string(record, "url", warn) or record.default_id)


def _to_article(record: Record, warn: Warn) -> Article:
    if not isinstance(record.value, dict):
        raise record.error(f"is {_kind(record.value)}; write each article as a JSON object in braces")
    url = valid_url(_string(record, "url", warn), warn)
    title = _string(record, "title", warn)
    return Article(
        id=_string(record, "id", warn) or url or record.default_id,
        body=_body(record, title),
        title=title,
        date=read_date([_string(record, "date", warn)], warn),
        source=_string(record, "source", warn) or None,
        section=_string(record, "section", warn) or None,
        url=url,
        authors=read_bylines(valid_names(_names(record.get("authors"), "authors", warn), warn)),
        entities=_entities(record, warn),
        document=record.document.location,
        version=_version(record.value),
    )


def _version(record: dict[str, Any]) -> int:
    """The version of an article of an agency (ninjs, digitalwires), which says when it was made; 0 of others."""
    made = next((record[key] for key in ("versioncreated", "versionCreated", "version_created") if key in record), None)
    return version_number(text_in(record.get("version")) or "", made) if isinstance(made, str) else 0


def _body(record: Record, title: str) -> str:
    value = record.get("body")
    if isinstance(value, (bool, int, float)):
        raise record.error(f'has {_kind(value)} as "body"; write a string')
    texts = list(map(shown_text, texts_in(value))) if "post_content" in record.value else texts_in(value)
    if sum(map(len, texts)) > MAX_RECORD_BYTES:
        raise record.error(f"has a body of over {MAX_RECORD_BYTES // MEBIBYTE} MiB; put one article into a record")
    found = [paragraph for text in texts for paragraph in _paragraphs(record, text, title)]
    if not found:
        raise record.error(_missing_body(record))
    return "\n\n".join(found)


def _paragraphs(record: Record, text: str, title: str) -> list[str]:
    if is_markup(text):
        return paragraphs_of_markup(record.document.name, text, title)
    return paragraphs(clean(without_references(text)))


def _missing_body(record: Record) -> str:
    others = {
        key: len(value)
        for key, value in record.value.items()
        if isinstance(value, str) and len(value.split()) > 1 and key[:1] not in _OF_MACHINES and not is_known(key)
    }
    if not others:
        return 'is missing "body"; every article needs a text'
    longest = max(others, key=others.__getitem__)
    return f'is missing "body"; if the text stands in another key, name it: --map body={longest}'


def _string(record: Record, key: str, warn: Warn) -> str:
    """The value of a key on one line, "" if it is absent; the first one of several."""
    value = record.get(key)
    text = text_in(value)
    if text is None and value is not None:
        warn(f'has {_kind(value)} as "{key}", which is left out; write a string')
    return _line(text or "")


def _entities(record: Record, warn: Warn) -> Entities:
    """The declared names; keys of other kinds of names are ignored like all unknown keys."""
    declared = record.get("entities")
    if declared is not None and not isinstance(declared, dict):
        example = 'write an object like {"person": ["..."]}'
        warn(f'has {_kind(declared)} as "entities", which is left out; {example}')
        declared = None
    found: dict[str, tuple[str, ...]] = dict.fromkeys(ENTITY_TYPES, ())
    for key, value in (declared or agency_names(record.value)).items():
        if type := _ENTITY_KEYS.get(key.lower()):
            found[type] += _names(value, f"entities.{key}", warn)
    return Entities(**{type: valid_names(names, warn) for type, names in found.items()})


def _names(value: Any, key: str, warn: Warn) -> tuple[str, ...]:
    """A list of names without empty ones; a single one is as good, a number is the key of one elsewhere."""
    values = value if isinstance(value, list) else [value]
    for each in values:
        if each is not None and (text_in(each) is None or isinstance(each, (int, float))):
            warn(f'has {_kind(each)} in "{key}", which is left out; write a list of strings')
    return tuple(filter(None, map(_line, texts_in([each for each in values if not isinstance(each, (int, float))]))))


def _line(text: str) -> str:
    return one_line(clean(without_references(text)))


def _kind(value: Any) -> str:
    """What a JSON value is, in JSON's own words."""
    kinds = {str: "a string", bool: "true or false", dict: "an object", list: "an array", type(None): "null"}
    return kinds.get(type(value), "a number")
