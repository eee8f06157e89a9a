"""Files end with the deadline of their answer, however much there is to write."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from itertools import repeat
from typing import Any

import pytest

from search import Article
from search.deadline import WRITING, deadline
from search.errors import TooExpensive
from web.citations import Reference, bibtex, ris
from web.files.tables import CSV_COLUMNS, csv_table, json_lines

REFERENCE = Reference(Article("a", "Die Wahl in Hessen.", "Wahl"), "https://example.org/a")
WRITERS = {
    "csv": (csv_table, dict.fromkeys(CSV_COLUMNS, "Wort")),
    "jsonl": (json_lines, {"id": "a"}),
    "ris": (ris, REFERENCE),
    "bib": (bibtex, REFERENCE),
}


@pytest.mark.parametrize(("write", "row"), WRITERS.values(), ids=WRITERS)
def test_rows_without_an_end_are_stopped(write: Callable[[Iterable[Any]], str], row: object) -> None:
    """A file of more rows than can be written in time is refused, and says what took the time."""
    with deadline(0, work=0.05), pytest.raises(TooExpensive, match=WRITING):
        write(repeat(row))
