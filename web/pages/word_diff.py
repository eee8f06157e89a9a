"""Which words does one text have that another one lacks? The longest sequence that both have, and what lies between."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from operator import attrgetter
from typing import Literal

from rapidfuzz.distance import Indel

MOST_WORDS = 8_000  # of each text that are compared: time and memory grow with the product of both
MOST_CHARACTERS = 25 * MOST_WORDS  # of each text: a word has no end where there are no blanks

Kind = Literal["equal", "insert", "delete"]
_TOKEN = re.compile(r"\n\s*\n|\S+")
_BORDER = "\n"  # between two paragraphs


@dataclass(frozen=True, slots=True)
class Run:
    """Words that both texts have, only the second (`insert`) or only the first (`delete`)."""

    kind: Kind
    text: str


@dataclass(frozen=True, slots=True)
class WordDiff:
    """What differs: paragraphs of runs, the numbers of words of each kind, and whether both texts were read whole."""

    paragraphs: tuple[tuple[Run, ...], ...]
    equal: int
    inserted: int
    deleted: int
    whole: bool


@dataclass(frozen=True, slots=True)
class _Word:
    kind: Kind
    text: str


def word_diff(before: str, after: str) -> WordDiff:
    """What the text `after` has changed of `before`, word by word, in the paragraphs of `after`."""
    first, second = (_tokens(text[:MOST_CHARACTERS]) for text in (before, after))
    words = list(_compared(first[:MOST_WORDS], second[:MOST_WORDS]))
    counts = Counter(word.kind for word in words if word.text != _BORDER)
    return WordDiff(
        tuple(_paragraphs(words)),
        counts["equal"],
        counts["insert"],
        counts["delete"],
        whole=max(len(first), len(second)) <= MOST_WORDS and max(len(before), len(after)) <= MOST_CHARACTERS,
    )


def _tokens(text: str) -> list[str]:
    return [_BORDER if found[0].isspace() else found[0] for found in _TOKEN.finditer(text.strip())]


def _compared(first: Sequence[str], second: Sequence[str]) -> Iterator[_Word]:
    """The words of both in order; of what stands in one place, what is gone comes first."""
    new: list[_Word] = []
    for change in Indel.opcodes(first, second):
        if change.tag == "equal":
            yield from new
            new = []
            yield from (_Word("equal", word) for word in second[change.dest_start : change.dest_end])
        else:
            yield from (_Word("delete", word) for word in first[change.src_start : change.src_end])
            new += (_Word("insert", word) for word in second[change.dest_start : change.dest_end])
    yield from new


def _paragraphs(words: Sequence[_Word]) -> Iterator[tuple[Run, ...]]:
    """The words by the paragraphs of the second text, neighbours of one kind joined."""
    paragraph: list[_Word] = []
    for word in (*words, _Word("equal", _BORDER)):
        if word.text != _BORDER:
            paragraph.append(word)
        elif word.kind != "delete" and paragraph:
            kinds = groupby(paragraph, key=attrgetter("kind"))
            yield tuple(Run(kind, " ".join(one.text for one in some)) for kind, some in kinds)
            paragraph = []
