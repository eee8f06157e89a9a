"""Which articles do JSON and CSV hold? `.jsonl` has one object a line, `.json` one or an array, a table one a row.

Keys are `id url title body date source section authors entities`, or what `keys` knows for them; only a text is
required, other keys are ignored, null means absent. A wrong type spoils its record, an unreadable date only costs the
date.
"""

from __future__ import annotations

import io
import json
from collections.abc import Generator, Iterator
from dataclasses import dataclass, replace
from math import isfinite
from typing import Any

from indexer.bylines import read_bylines
from indexer.character_references import without_references
from indexer.document import Document
from indexer.encodings import decode
from indexer.errors import DocumentError, Problem, problem_of
from indexer.formats.keys import LISTS, agency_names, is_cancelled, is_known, name_in, value_of
from indexer.fragments import is_markup, paragraphs_of_markup
from indexer.items import Item, Withdrawn
from indexer.streams import MAX_ARRAY_BYTES, MAX_RECORD_BYTES, MEBIBYTE, Stream, head_of, read_lines, read_whole
from indexer.text import clean, one_line, paragraphs
from indexer.validation import Warn, read_date, valid_names, valid_url
from search.article import ENTITY_TYPES, Article, Entities

_MOST_VALUES = 5_000_000  # of JSON; an array of the most bytes has fewer, commas of its texts included
_MOST_BLANK = 100_000  # lines; a packed file of 60 KB may hold 60 million, which take minutes
_DEEPEST_ARRAY = 2  # objects around the records: {"response": {"docs": [...]}}
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


def read_records(document: Document, stream: Stream) -> Generator[Item, None, None]:
    """The articles of JSON lines, one line in memory at a time; each bad line is a problem of its own.

    What begins as an array, or as an object over many lines, is read as one JSON document. Raises DocumentError.
    """
    if _is_one_document(decode(head_of(stream))):
        yield from read_json(document, stream)
    else:
        yield from _read_lines(document, stream)


def _is_one_document(head: str) -> bool:
    """Whether a text is no JSON lines, by its beginning: an array alone, or what ends on a line further below."""
    first, _, rest = head.lstrip("\ufeff \t\r\n").replace("\r", "\n").partition("\n")
    if first.startswith("[") and not rest.strip():
        return True
    return _breaks_off(first) and (first.strip() in ("{", "[") or not rest.startswith("{"))


def _breaks_off(line: str) -> bool:
    """Whether a line would be JSON if only more followed."""
    try:
        json.loads(line)
    except json.JSONDecodeError as error:
        return line.startswith(("{", "[")) and error.pos >= len(line.rstrip())
    except (ValueError, RecursionError):
        return False
    return False


def _read_lines(document: Document, stream: Stream) -> Iterator[Item]:
    empty, blank = True, 0
    for item in read_lines(document, stream):
        if isinstance(item, Problem):
            empty = False
            yield item
        elif item[1].strip("\ufeff \t\n"):
            empty, blank = False, 0
            yield from _read_line(document, *item)
        elif (blank := blank + 1) > _MOST_BLANK:
            raise DocumentError(document.name, f"has more than {_MOST_BLANK:,} empty lines in a row; remove them")
    if empty:
        raise DocumentError(document.name, "is empty; write one JSON object on each line")


def _read_line(document: Document, number: int, line: str) -> Iterator[Item]:
    try:
        _refuse_tables(document, line, number)
        value = json.loads(line.strip("\ufeff\x1e\n"))  # RFC 7464 begins each record with a sign
    except DocumentError as error:
        yield error.problem
    except ValueError as error:
        yield Problem(document.name, number, _broken(error))
    except RecursionError as error:
        yield problem_of(error, document.name, number)
    else:
        yield from read_record(Record(document, value, number, number))


def read_json(document: Document, stream: Stream) -> Generator[Item, None, None]:
    """The articles of one JSON document. Raises DocumentError if it is no JSON at all."""
    data = read_whole(document, stream, MAX_ARRAY_BYTES)
    text = decode(data)
    _refuse_tables(document, text, None)
    try:
        value = json.loads(text.lstrip("\ufeff"))
    except ValueError as error:
        if not _begins_lines(error):
            raise DocumentError(document.name, _broken(error), getattr(error, "lineno", None)) from None
        yield from _read_lines(document, io.BufferedReader(io.BytesIO(data)))
        return
    array = _array_in(value)
    if array is None:
        yield from read_record(Record(document, value, None, None))
        return
    if not array:
        raise DocumentError(document.name, "holds an empty array; write at least one article into it")
    for number, item in enumerate(array, start=1):
        yield from read_record(Record(document, item, number, None))


def _begins_lines(error: ValueError) -> bool:
    """Whether what is no JSON as a whole has an object in its first line and another one in the second."""
    if not isinstance(error, json.JSONDecodeError) or error.msg != "Extra data":
        return False
    return (error.lineno, error.colno) == (2, 1) and error.doc.startswith("{", error.pos)


def _refuse_tables(document: Document, text: str, line: int | None) -> None:
    """Refuse what would fill the memory: each value takes 60 bytes or more, `[[],[],...` forty times its own length."""
    if sum(map(text.count, "[{,")) > _MOST_VALUES:
        message = (
            f"holds more than {_MOST_VALUES:,} values, which no article needs; write one article a line into .jsonl"
        )
        raise DocumentError(document.name, message, line)


def _array_in(value: Any) -> list[Any] | None:
    """The array of records, bare or as {"articles": [...]} and the like; None for a single record."""
    for _ in range(_DEEPEST_ARRAY):
        if isinstance(value, dict) and value_of(value, "body", ()) is None:
            value = next((value[key] for key in LISTS if isinstance(value.get(key), (list, dict))), None)
    return value if isinstance(value, list) else None


def _broken(error: ValueError) -> str:
    if (
        isinstance(error, json.JSONDecodeError)
        and error.msg == "Extra data"
        and error.doc.startswith(("{", "["), error.pos)
    ):
        return "holds several values one after the other; write them into an array, or each on one line (jq -c . FILE)"
    if isinstance(error, json.JSONDecodeError):
        return f"is not valid JSON ({error.msg} at column {error.colno}); write each record with a JSON library"
    return f"is not readable JSON ({str(error).split(';')[0]}); write such a number as a string"


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
