"""Columns of printed pages, in whatever order a program wrote them."""

from __future__ import annotations

from itertools import chain, zip_longest
from pathlib import Path

import pytest

from indexer.formats.columns import MOST_LINES, Box, reading_order
from tests.formats.made import printed
from tests.reading.sample import read_text, the_article

TEXTS = (
    "Die alte Mühle bei Rödental|wurde am Montag ver-|steigert. Ein Verein aus|der Stadt hat sie ge-|kauft und will "
    "sie nun|herrichten.",
    "Im Rat wird indes ge-|stritten, wer die Stra-|ße bezahlt. Die Kasse ist|leer, sagt der Kämmerer,|und das Land will"
    "|das prüfen.",
    "Der Bäcker am Eck|schließt im Sommer,|weil ihm Gesellen|fehlen. Neunzig Jah-|re gab es dort Brot|und Kuchen.",
)
READ = [text.replace("-|", "").replace("|", " ") for text in TEXTS]
Line = tuple[int, int, int, str]


def column(place: int, text: str, top: int = 760) -> list[Line]:
    """The lines of a column."""
    return [(40 + 170 * place, top - 14 * number, 10, line) for number, line in enumerate(text.split("|"))]


def across(*columns: list[Line]) -> list[Line]:
    """The lines of columns, row by row."""
    return [line for row in zip_longest(*columns) for line in row if line]


HEAD: Line = (40, 800, 18, "Neues aus der ganzen Stadt")


@pytest.mark.parametrize("number", [2, 3])
@pytest.mark.parametrize("order", [across, lambda *columns: list(chain(*columns))])
def test_columns_are_read_one_after_the_other(tmp_path: Path, number: int, order: object) -> None:
    """Whether a program wrote a page row by row or column by column, its text is the same."""
    lines = [HEAD, *order(*(column(place, TEXTS[place]) for place in range(number)))]  # type: ignore[operator]
    article = the_article(read_text(tmp_path, "a.pdf", printed(lines)))
    assert article.title == HEAD[3]
    assert article.body.split("\n\n") == READ[:number]


def test_a_headline_parts_what_is_above_from_what_is_below(tmp_path: Path) -> None:
    """What stands across all columns is read between the columns above and those below."""
    above = across(column(0, TEXTS[0]), column(1, TEXTS[1]))
    below = across(column(0, TEXTS[2], 600), column(1, TEXTS[0], 600))
    middle = (40, 640, 18, "Und was sonst noch geschah im Land")
    article = the_article(read_text(tmp_path, "a.pdf", printed([HEAD, *above, middle, *below])))
    assert article.body.split("\n\n") == [READ[0], READ[1], middle[3], READ[2], READ[0]]


def test_tables_are_read_across(tmp_path: Path) -> None:
    """The cells of a row belong together."""
    rows = [("Ein Ort mit einem langen Namen", "Einwohner im Jahre 2020"), *((f"Ort {n}", f"{n}99") for n in range(20))]
    lines = [
        HEAD,
        *((40 + 200 * x, 760 - 14 * y, 10, cell) for y, row in enumerate(rows) for x, cell in enumerate(row)),
    ]
    assert "Ort 7 799" in the_article(read_text(tmp_path, "a.pdf", printed(lines))).body


def test_pages_of_very_many_lines_are_left_as_they_are() -> None:
    """What is no text in columns is not looked at line by line."""
    rows = [Box(x, 10 * y, x + 90, 10 * y + 9) for y in range(MOST_LINES) for x in (0, 100)]
    assert reading_order(rows) == []
    assert reading_order(rows[:20]) == [[Box(0, 0, 90, 99), Box(100, 0, 190, 99)]]
