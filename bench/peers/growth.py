"""How fast does a vocabulary grow? Heaps' law: V(n) = k n^b distinct words in a text of n words.

Heaps, Information Retrieval (1978), 206-208; fitted by least squares between the logarithms.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass

from bench.peers.rows import Row

WORD = re.compile(r"[^\W\d_]+")
STEP = 1.2  # the next point is looked at when there are this many times more words
FIRST = 100_000  # words before which the curve is steeper than the law


@dataclass(frozen=True, slots=True)
class Heaps:
    """The two constants of the law."""

    factor: float
    exponent: float

    def vocabulary(self, words: float) -> float:
        """The number of distinct words to expect in a text of so many."""
        return float(self.factor * words**self.exponent)


# Measured on the 4,924 articles of the news set (3.8 million words); `--growth` measures it again.
GERMAN_NEWS = Heaps(factor=8.39, exponent=0.6868)


def words_of(text: str) -> list[str]:
    """The words of a text in lower case."""
    return [word.lower() for word in WORD.findall(text)]


class Vocabulary:
    """The distinct words of texts, counted as they come, with points of the curve at growing distances."""

    def __init__(self) -> None:
        self.known: set[str] = set()
        self.words = 0
        self.points: list[tuple[int, int]] = []

    def add(self, text: str) -> None:
        """Count the words of one more text."""
        words = words_of(text)
        self.words += len(words)
        self.known.update(words)
        if self.words >= (self.points[-1][0] * STEP if self.points else FIRST):
            self.points.append((self.words, len(self.known)))


def curve(texts: Iterable[str]) -> list[tuple[int, int]]:
    """Points of the curve: words read, and distinct ones among them."""
    vocabulary = Vocabulary()
    for text in texts:
        vocabulary.add(text)
    return [*vocabulary.points, (vocabulary.words, len(vocabulary.known))]


def growth_of(rows: Iterable[Row]) -> dict[str, float]:
    """How the vocabulary of articles grows, and what the law of the news set expects; no law for few words."""
    articles = 0

    def bodies() -> Iterator[str]:
        nonlocal articles
        for articles, row in enumerate(rows, start=1):  # noqa: B007 - counted for later
            yield row["body"]

    points = curve(bodies())
    words, distinct = points[-1]
    found = {"articles": articles, "words": words, "distinct": distinct, "expected": GERMAN_NEWS.vocabulary(words)}
    return {**found, **asdict(fit(points))} if len(points) > 2 else found


def fit(points: Sequence[tuple[int, int]]) -> Heaps:
    """The law that fits best. Raises ValueError for fewer than two points."""
    if len(points) < 2:
        raise ValueError(f"Heaps' law needs a text of more than {FIRST * STEP:,.0f} words")
    xs = [math.log(words) for words, _ in points]
    ys = [math.log(distinct) for _, distinct in points]
    x, y = sum(xs) / len(xs), sum(ys) / len(ys)
    slope = sum((a - x) * (b - y) for a, b in zip(xs, ys, strict=True)) / sum((a - x) ** 2 for a in xs)
    return Heaps(math.exp(y - slope * x), slope)
