"""Which articles does a table hold? CSV with names of columns in its first line, an article in each row below."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from itertools import chain

from indexer.document import Document
from indexer.errors import DocumentError, Problem
from indexer.formats.keys import is_known
from indexer.formats.records import Record, read_record
from indexer.items import Item
from indexer.streams import MAX_RECORD_BYTES, Stream, read_lines

_DELIMITERS = ",;\t|"
_END = "\ue000"  # a row behind the last one: if a quote is open, that swallows it


def delimiter_of(head: str) -> str:
    """What parts the columns of a table with this first line."""
    return max(_DELIMITERS, key=head.count)


def is_head(line: str) -> bool:
    """Whether a line is the head of a table of articles: at least two columns of it have names that are known."""
    names = [name.strip(' "\ufeff\r\n') for name in line.split(delimiter_of(line))]
    return len(names) > 1 and len(line) < 2000 and sum(map(is_known, names)) > 1


def read_table(document: Document, stream: Stream) -> Iterator[Item]:
    """The articles of CSV, one row in memory at a time; each bad row is a problem of its own.

    Raises DocumentError if there is no head, or a quote is never closed.
    """
    problems: list[Problem] = []
    lines = _lines(document, stream, problems)
    head = next(lines, "")
    if not head.strip():
        raise DocumentError(document.name, "is empty; write the names of the columns into its first line")
    delimiter = delimiter_of(head)
    csv.field_size_limit(MAX_RECORD_BYTES)
    columns = [name.strip(" \ufeff").lower() for name in next(csv.reader([head], delimiter=delimiter))]
    rows = csv.reader(chain(lines, [_END]), delimiter=delimiter)
    while True:
        yield from problems
        problems.clear()
        begins = rows.line_num + 2  # the head is not counted
        try:
            row = next(rows)
        except StopIteration:
            yield from problems
            return
        except csv.Error as error:
            message = f"cannot be read on from here ({error}); close the quotes of its fields"
            raise DocumentError(document.name, message, begins) from None
        if row == [_END]:
            yield from problems
            return
        if row and row[-1].endswith(_END):
            raise DocumentError(
                document.name, "opens a quote that is never closed, and was not read on from here", begins
            )
        if any(map(str.strip, row[len(columns) :])):
            message = f"has {len(row)} fields and the head {len(columns)}; quote the fields that hold {delimiter!r}"
            yield Problem(document.name, begins, message)
        elif any(map(str.strip, row)):
            record = {name: value for name, value in zip(columns, row, strict=False) if value.strip()}
            yield from read_record(Record(document, record, begins, begins))


def _lines(document: Document, stream: Stream, problems: list[Problem]) -> Iterator[str]:
    for item in read_lines(document, stream):
        if isinstance(item, Problem):
            problems.append(item)
        else:
            yield item[1]
