"""Which records does JSON hold? `.jsonl` has an object a line, `.json` one or an array, and each may hold the other."""

from __future__ import annotations

import io
import json
from collections.abc import Generator, Iterator
from typing import Any

from indexer.document import Document
from indexer.encodings import decode
from indexer.errors import DocumentError, Problem, problem_of
from indexer.formats.keys import LISTS, value_of
from indexer.formats.records import Record, read_record
from indexer.items import Item
from indexer.streams import MAX_ARRAY_BYTES, Stream, head_of, read_lines, read_whole

_MOST_VALUES = 5_000_000  # of JSON; an array of the most bytes has fewer, commas of its texts included
_MOST_BLANK = 100_000  # lines; a packed file of 60 KB may hold 60 million, which take minutes
_DEEPEST_ARRAY = 2  # objects around the records: {"response": {"docs": [...]}}


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
