"""Which articles does a table hold? CSV with names of columns in its first line, an article in each row below."""

from __future__ import annotations

import csv
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace

from indexer.document import Document
from indexer.errors import DocumentError, Problem
from indexer.formats.keys import is_known
from indexer.formats.records import Record, read_record
from indexer.items import Item
from indexer.streams import MAX_RECORD_BYTES, Stream, read_lines

_OPEN = "unexpected end of data"  # as the library calls a quote that is open at the end
_DELIMITERS = ",;\t|"
_GIVEN = re.compile(r"\ufeff?sep=(.)\s*", re.IGNORECASE)  # a line with which Excel is told what parts the columns


def delimiter_of(head: str) -> str:
    """What parts the columns of a table with this first line."""
    return max(_DELIMITERS, key=head.count)


def is_head(line: str) -> bool:
    """Whether a line is the head of a table of articles: at least two columns of it have names that are known."""
    names = [name.strip(' "\ufeff\r\n') for name in line.split(delimiter_of(line))]
    return len(names) > 1 and len(line) < 2000 and sum(map(is_known, names)) > 1


def read_table(document: Document, stream: Stream) -> Iterator[Item]:
    """The articles of CSV, one row in memory at a time; each bad row is a problem of its own.

    Raises DocumentError if there is no head.
    """
    document = replace(document, mapping=tuple((ours, theirs.lower()) for ours, theirs in document.mapping))
    lines = _Lines(document, stream)
    head = next(lines, "")
    given = _GIVEN.fullmatch(head)
    if given:
        head = next(lines, "")
    yield from lines.problems()
    if not head.strip():
        raise DocumentError(document.name, "is empty; write the names of the columns into its first line")
    delimiter = given[1] if given else delimiter_of(head)
    csv.field_size_limit(MAX_RECORD_BYTES)
    columns = [name.strip(" \ufeff\n").lower() for name in next(csv.reader([head], delimiter=delimiter))]
    yield from _about_head(document, columns)
    above = 3 if given else 2  # the line of the first row
    rows = csv.reader(lines, delimiter=delimiter, strict=True)  # or a quote that is never closed swallows other rows
    while True:
        begins, row = rows.line_num + above, list[str]()
        try:
            row = next(rows)
        except StopIteration:
            yield from lines.problems()
            return
        except csv.Error as error:
            if begins == rows.line_num + above - 1 and str(error) != _OPEN:
                row = _mended(lines.last, delimiter, len(columns))
            yield _bad_quotes(document, error, begins, rows.line_num + above - 1, is_read=bool(row))
        yield from lines.problems()
        yield from _read_row(document, columns, row, begins, delimiter)


def _about_head(document: Document, columns: list[str]) -> Iterator[Problem]:
    """Warnings of columns that hide others. Raises DocumentError if no column is known, so that all rows would fail."""
    mapped = [theirs for _, theirs in document.mapping]
    if not any(is_known(name) or name in mapped for name in columns):
        message = f"names no column that is known in its first line ({', '.join(columns)[:100]})"
        remedy = "write names such as title, text and date there, or name the one of the text: --map body=COLUMN"
        raise DocumentError(document.name, f"{message}; {remedy}", 1)
    for name, number in Counter(columns).items():
        if name and number > 1:
            message = f"names the column {name!r} twice; only the last one is read"
            yield Problem(document.name, 1, message, fatal=False)


def _read_row(document: Document, columns: list[str], row: list[str], line: int, delimiter: str) -> Iterator[Item]:
    """The article of a row, nothing of an empty one."""
    if any(map(str.strip, row[len(columns) :])):
        message = f"has {len(row)} fields and the head {len(columns)}; quote the fields that hold {delimiter!r}"
        yield Problem(document.name, line, message)
    elif any(map(str.strip, row)):
        record = {name: value for name, value in zip(columns, row, strict=False) if value.strip()}
        yield from read_record(Record(document, record, line, line))


def _mended(line: str, delimiter: str, number: int) -> list[str]:
    """A row with quotes in its fields that are not doubled, if it has so many fields when read so; else none."""
    row = next(csv.reader([line], delimiter=delimiter), [])
    return row if len(row) == number else []


def _bad_quotes(document: Document, error: csv.Error, first: int, last: int, is_read: bool) -> Problem:
    """What to say of a row, or of several that a quote made one, whose quotes stand wrong."""
    if is_read:
        return Problem(
            document.name, first, "has quotes in a field that are not doubled; read as it seems", fatal=False
        )
    place = f", up to line {last}" if last > first else ""
    return Problem(document.name, first, f"has a quote that is not closed or not doubled{place} ({error}); correct it")


class _Lines:
    """The lines of a document for the parser of rows; what is wrong with any waits to be told."""

    def __init__(self, document: Document, stream: Stream) -> None:
        self.last = ""
        self._items = read_lines(document, stream)
        self._problems: list[Problem] = []

    def __iter__(self) -> _Lines:
        return self

    def __next__(self) -> str:
        for item in self._items:
            if not isinstance(item, Problem):
                self.last = item[1]
                return self.last
            self._problems.append(item)
        raise StopIteration

    def problems(self) -> list[Problem]:
        """Those of the lines since it was asked last."""
        found, self._problems = self._problems, []
        return found
