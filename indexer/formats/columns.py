"""In which order are the columns of a printed page read, if its program wrote it line by line across all of them?

Most programs write one column after the other, and then the order of the file is right. Where lines of two columns
alternate, the page is parted at the empty strip between them. Tables alternate, too, and are left as they are: their
cells do not fill their columns.
"""

from __future__ import annotations

from bisect import bisect
from collections.abc import Sequence
from itertools import pairwise
from statistics import median
from typing import NamedTuple

_FEWEST, MOST_LINES = 12, 3000  # of a page that is looked at; more are no text in columns
_LEAST_ROWS = 5  # that alternate
_STRIP = 6.0  # points; narrower gaps are between words
_CROSSING = 0.2  # of the lines, as headlines do
_LARGE = 1.5  # times the usual height of a line are those of headlines
_FILLED = 0.6  # of the column is a line of running text


class Box(NamedTuple):
    """A rectangle of a page, in points from its lower left corner."""

    left: float
    bottom: float
    right: float
    top: float


def reading_order(lines: Sequence[Box]) -> list[list[Box]]:
    """The blocks of a page in the order in which they are read, each with its columns; [] if its lines are in order.

    `lines` come as the file has them. What follows a block begins a new paragraph, what follows a column need not.
    """
    if not _FEWEST <= len(lines) < MOST_LINES:
        return []
    strips = _strips(lines)
    columns = _columns(lines, strips)
    if len(columns) > 1 and _alternate(lines, strips) and all(map(_is_running_text, columns)):
        return _blocks(lines, strips)
    return []


def _strips(lines: Sequence[Box]) -> list[float]:
    """The middles of the empty strips that part the columns: hardly a line crosses them."""
    found: dict[float, tuple[int, float]] = {}  # where a column begins -> lines that cross, end of the one before
    lefts, rights = sorted(line.left for line in lines), sorted(line.right for line in lines)
    for edge in rights:
        beyond = lefts[bisect(lefts, edge)] if edge < lefts[-1] else edge
        crossing = bisect(lefts, edge) - bisect(rights, edge)
        if beyond - edge >= _STRIP and crossing <= _CROSSING * len(lines):
            found[beyond] = min(found.get(beyond, (crossing, -edge)), (crossing, -edge))
    return [(beyond - end) / 2 for beyond, (_, end) in sorted(found.items())]


def _place(line: Box, strips: Sequence[float]) -> int | None:
    """In which column a line stands, None if it crosses a strip."""
    first, last = bisect(strips, line.left), bisect(strips, line.right)
    return first if first == last else None


def _columns(lines: Sequence[Box], strips: Sequence[float]) -> list[list[Box]]:
    """The lines of each column that has any."""
    places = [(line, _place(line, strips)) for line in lines]
    columns = [[line for line, found in places if found == place] for place in range(len(strips) + 1)]
    return [column for column in columns if column]


def _alternate(lines: Sequence[Box], strips: Sequence[float]) -> bool:
    """Whether a line is followed by one beside it in the next column, again and again."""
    rows = sum(
        (_place(one, strips) or 0) < (_place(other, strips) or 0) and one.bottom < other.top and other.bottom < one.top
        for one, other in pairwise(lines)
    )
    return rows >= max(_LEAST_ROWS, len(lines) / 4)


def _is_running_text(lines: Sequence[Box]) -> bool:
    """Whether most lines of a column fill it; headlines are none of them."""
    usual = median(line.top - line.bottom for line in lines)
    text = [line for line in lines if line.top - line.bottom <= _LARGE * usual]
    around = _around(text)
    return median(line.right - line.left for line in text) >= _FILLED * (around.right - around.left)


def _blocks(lines: Sequence[Box], strips: Sequence[float]) -> list[list[Box]]:
    """Columns beside each other, and lines that cross a strip between what is above and what is below them."""
    found: list[list[Box]] = []
    others = [line for line in lines if _place(line, strips) is not None]
    top = _around(lines).top + 1
    for line in sorted((line for line in lines if _place(line, strips) is None), key=_middle, reverse=True):
        above = [each for each in others if _middle(line) <= _middle(each) < top]
        top = _middle(line)
        if above or not found:
            found += [[_around(column) for column in _columns(above, strips)], [line]]
        else:
            found[-1].append(line)
    last = [each for each in others if _middle(each) < top]
    return [block for block in (*found, [_around(column) for column in _columns(last, strips)]) if block]


def _middle(line: Box) -> float:
    return (line.bottom + line.top) / 2


def _around(lines: Sequence[Box]) -> Box:
    return Box(
        min(line.left for line in lines),
        min(line.bottom for line in lines),
        max(line.right for line in lines),
        max(line.top for line in lines),
    )
