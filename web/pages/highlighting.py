"""Highlighting: text, and the offsets of matches and names in it -> pieces that a template can escape one by one."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from search.article import Mention
from search.page import Mark

TextRuns = tuple["TextRun", ...]
_LONGEST_CROSSHEAD = 80
_SENTENCE_END = re.compile(r"[.,;:!?…)\]\"“”«»‘’']\s*$")
_BETWEEN_PARAGRAPHS = re.compile(r"\n\s*\n")


@dataclass(frozen=True, slots=True)
class TextRun:
    """Text that matches as a whole or not at all."""

    text: str
    marked: bool = False


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of text that names `mention`, or nobody."""

    text_runs: TextRuns
    mention: Mention | None = None


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph of an article; a cross-head is the short line that announces the next ones."""

    spans: tuple[Span, ...]
    crosshead: bool = False


def text_runs(text: str, marks: Iterable[Mark]) -> TextRuns:
    """Cut `text` at its marks; joined, the text runs are `text` again.

    Marks may touch, overlap, or reach beyond the text.
    """
    cut: list[TextRun] = []
    done = 0
    for start, end in sorted(marks):
        start, end = max(start, done), min(end, len(text))
        if start < end:
            cut += (TextRun(text[done:start]), TextRun(text[start:end], marked=True))
            done = end
    return tuple(text_run for text_run in (*cut, TextRun(text[done:])) if text_run.text)


def paragraphs(body: str, marks: Iterable[Mark], mentions: Iterable[Mention] = ()) -> tuple[Paragraph, ...]:
    """The paragraphs of an article's body, which empty lines keep apart, cut at its marks and at the names in it.

    `mentions` are in order and do not overlap.
    """
    marks, mentions = tuple(marks), tuple(mentions)
    bounds = [(start, end) for start, end in _paragraph_bounds(body) if body[start:end].strip()]
    return tuple(
        Paragraph(tuple(_spans(body, start, end, marks, mentions)), crosshead)
        for (start, end), crosshead in zip(bounds, _crossheads([body[start:end] for start, end in bounds]), strict=True)
    )


def _crossheads(texts: Sequence[str]) -> Iterator[bool]:
    """Which paragraphs are cross-heads: short lines that end no sentence, with a real paragraph before and behind."""
    short = [len(text) <= _LONGEST_CROSSHEAD and not _SENTENCE_END.search(text) for text in texts]
    for place in range(len(texts)):
        inside = 0 < place < len(texts) - 1
        yield inside and short[place] and not (short[place - 1] or short[place + 1])


def first_mentions(mentions: Iterable[Mention]) -> tuple[Mention, ...]:
    """The first mention of each name: to link every one would make a text unrestful."""
    known: dict[tuple[str, str], Mention] = {}
    for mention in mentions:
        known.setdefault((mention.type, mention.name), mention)
    return tuple(known.values())


def _spans(body: str, start: int, end: int, marks: Sequence[Mark], mentions: Sequence[Mention]) -> Iterator[Span]:
    """The text from `start` to `end` as spans, each with its marks."""
    done = start
    for mention in mentions:
        if done <= mention.start and mention.end <= end:
            yield from _span(body, done, mention.start, marks)
            yield from _span(body, mention.start, mention.end, marks, mention)
            done = mention.end
    yield from _span(body, done, end, marks)


def _span(body: str, start: int, end: int, marks: Sequence[Mark], mention: Mention | None = None) -> Iterator[Span]:
    if start < end:
        inside = ((first - start, last - start) for first, last in marks if last > start)
        yield Span(text_runs(body[start:end], inside), mention)


def _paragraph_bounds(body: str) -> Iterable[tuple[int, int]]:
    start = 0
    for gap in _BETWEEN_PARAGRAPHS.finditer(body):
        yield start, gap.start()
        start = gap.end()
    yield start, len(body)
