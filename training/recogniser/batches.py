"""Pieces of texts, put together into batches of one size."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from indexer.recognition.inference import PADDING
from indexer.recognition.labels import LABELS
from indexer.recognition.word_features import BUCKETS, MOST_NGRAMS, character_ngrams, word_shapes
from indexer.recognition.word_lists import WordLists
from training.recogniser.examples import ANY, Example, pieces

SOURCES = ("germeval", "smartdata-news", "smartdata-rss", "smartdata-tweet", "mobie", "historical", "europeana")
# Sets that are labelled as another one is: the teacher learned from news annotated like GermEval.
STYLE_OF = {"silver": "germeval", "made up": "germeval", "europarl": "germeval"}
_LONGEST = 250  # words of a piece, or of its last sentence if that is longer

Batch = dict[str, NDArray]


@dataclass(frozen=True)
class Table:
    """All distinct words, from 1 on: the number of each in the vocabulary or 0, its features and letter groups."""

    numbers: dict[str, int]
    own: NDArray[np.int32]
    features: NDArray[np.uint8]
    groups: NDArray[np.int32]
    counts: NDArray[np.float32]


class Piece(NamedTuple):
    """Rows of the table, 0 for a gap; the labels each may have, as bits; and how much each of them counts."""

    rows: NDArray[np.int32]
    allowed: NDArray[np.int32]
    source: int
    weights: NDArray[np.float32]


def table(examples: Iterable[Example], vocabulary: Sequence[str], lists: WordLists) -> Table:
    """The table of the words of the examples."""
    words = sorted({word for one in examples for word in one.words})
    known = {word: row for row, word in enumerate(vocabulary, 1)}
    buckets, begins = character_ngrams(words)
    counts = np.diff(np.append(begins, len(buckets)))
    inner = np.arange(len(buckets)) - np.repeat(begins, counts)
    groups = np.full((len(words) + 1, MOST_NGRAMS), BUCKETS, np.int32)
    kept = inner < MOST_NGRAMS
    groups[np.repeat(np.arange(1, len(words) + 1), counts)[kept], inner[kept]] = buckets[kept]
    features = np.concatenate([word_shapes(words), lists.features(words)], axis=1).astype(np.uint8)
    return Table(
        {word: row for row, word in enumerate(words, 1)},
        np.array([0, *(known.get(word, 0) for word in words)], np.int32),
        np.concatenate([np.zeros((1, features.shape[1]), np.uint8), features]),
        groups,
        np.minimum(np.append(1, counts), MOST_NGRAMS).astype(np.float32),
    )


def cut(examples: Iterable[Example], table: Table, weights: dict[str, float]) -> list[Piece]:
    """The examples as pieces; a set without a weight of its own has 1."""
    return [piece(one, table, weights.get(one.source, 1.0)) for one in pieces(examples, _LONGEST)]


def piece(one: Example, table: Table, weight: float = 1.0) -> Piece:
    """An example as one piece, with one row of padding behind each sentence and PADDING rows behind the last."""
    begins = np.zeros(len(one.words), np.int32)
    begins[[begin for begin in one.sentences if begin]] = 1
    places = np.arange(len(one.words)) + np.cumsum(begins)
    size = len(one.words) + int(begins.sum()) + PADDING
    rows, allowed = np.zeros(size, np.int32), np.full(size, ANY, np.int32)
    weights = np.zeros(size, np.float32)
    rows[places] = [table.numbers[word] for word in one.words]
    allowed[places] = one.labels
    weights[places] = one.certainty * weight
    return Piece(rows, allowed, SOURCES.index(STYLE_OF.get(one.source, one.source)), weights)


def shuffled(given: Sequence[Piece], size: int, words: Table, random: np.random.Generator) -> Iterator[Batch]:
    """All pieces in a random order, in batches of `size` rows."""
    chosen: list[Piece] = []
    filled = 0
    for at in random.permutation(len(given)):
        if chosen and filled + len(given[at].rows) > size:
            yield batch(chosen, size, words)
            chosen, filled = [], 0
        chosen.append(given[at])
        filled += len(given[at].rows)
    if chosen:
        yield batch(chosen, size, words)


def distinct(size: int) -> int:
    """How many distinct words a batch of so many rows has room for."""
    return size * 5 // 8


def batch(chosen: Sequence[Piece], size: int, words: Table) -> Batch:
    """Some pieces as one batch: what is known of its distinct words, and which of them is where."""
    rows, source = np.zeros(size, np.int32), np.zeros(size, np.int32)
    weights, allowed = np.zeros(size, np.float32), np.full(size, ANY, np.int32)
    at = 0
    for one in chosen:
        here = slice(at, min(at + len(one.rows), size))
        count = here.stop - at
        rows[here], source[here] = one.rows[:count], one.source
        allowed[here], weights[here] = one.allowed[:count], one.weights[:count]
        at = here.stop
    found, places = np.unique(np.append(0, rows), return_inverse=True)
    room = np.zeros(distinct(size), np.int32)
    room[: len(found)] = found[: len(room)]
    return {
        "own": words.own[room], "features": words.features[room].astype(np.float32), "groups": words.groups[room],
        "counts": words.counts[room], "rows": np.minimum(places[1:], len(room) - 1).astype(np.int32),
        "source": source, "weights": weights, "allowed": (allowed[:, None] >> np.arange(len(LABELS))) & 1 > 0,
    }  # fmt: skip
