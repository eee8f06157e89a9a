"""Text and the offsets of matches in it -> segments that a template can escape one by one."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from search.page import Mark

Segments = tuple["Segment", ...]
_BETWEEN_PARAGRAPHS = re.compile(r"\n\s*\n")


@dataclass(frozen=True, slots=True)
class Segment:
    """A piece of text that matches as a whole or not at all."""

    text: str
    marked: bool = False


def segments(text: str, marks: Iterable[Mark]) -> Segments:
    """Cut `text` at its marks; joined, the segments are `text` again.

    Marks may touch, overlap, or reach beyond the text.
    """
    pieces: list[Segment] = []
    done = 0
    for start, end in sorted(marks):
        start, end = max(start, done), min(end, len(text))
        if start < end:
            pieces += (Segment(text[done:start]), Segment(text[start:end], marked=True))
            done = end
    return tuple(piece for piece in (*pieces, Segment(text[done:])) if piece.text)


def paragraphs(body: str, marks: Iterable[Mark]) -> tuple[Segments, ...]:
    """The paragraphs of an article's body, which empty lines keep apart, each cut at its marks."""
    marks = tuple(marks)
    return tuple(
        segments(body[start:end], ((first - start, last - start) for first, last in marks if last > start))
        for start, end in _spans(body)
        if body[start:end].strip()
    )


def _spans(body: str) -> Iterable[tuple[int, int]]:
    start = 0
    for gap in _BETWEEN_PARAGRAPHS.finditer(body):
        yield start, gap.start()
        start = gap.end()
    yield start, len(body)
