"""From texts to names: words to scores, scores to labels, labels to spans."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from indexer.recognition.labels import LABELS, TYPES, best_paths
from indexer.recognition.network import Network
from indexer.recognition.span import Span
from indexer.recognition.tokens import Tokens, tokenise
from indexer.recognition.words import clipped

GAP = 4  # gaps between texts: more than the network reaches, so no text changes the names of another
_TOGETHER = 400_000  # characters read at once


def read_all(texts: Sequence[str], model: Network) -> list[tuple[Span, ...]]:
    """The names that a model finds in each text."""
    return [spans for batch in _batches(texts) for spans in _read(batch, model)]


def _batches(texts: Sequence[str]) -> Iterator[list[str]]:
    """The texts in groups of about _TOGETHER characters."""
    batch: list[str] = []
    size = 0
    for text in texts:
        if batch and size + len(text) > _TOGETHER:
            yield batch
            batch, size = [], 0
        batch.append(text)
        size += len(text)
    if batch:
        yield batch


def _read(texts: Sequence[str], model: Network) -> list[tuple[Span, ...]]:
    tokens = [tokenise(text) for text in texts]
    stream, places, starts = _stream(tokens)
    if not len(places):
        return [()] * len(texts)
    rows, words = stream
    scores = model.scores(model.vectors_of(words), rows)[places]
    labels = best_paths(np.round(scores, 3), starts, model.follow)
    ends = np.cumsum([len(each.words) for each in tokens])
    return [
        tuple(_spans(text, each, labels[end - len(each.words) : end]))
        for text, each, end in zip(texts, tokens, ends, strict=True)
    ]


def _stream(
    tokens: Sequence[Tokens],
) -> tuple[tuple[NDArray[np.int32], list[str]], NDArray[np.int64], NDArray[np.int64]]:
    """The rows of all words of all texts with gaps between, the distinct words, where the words are in the stream, and
    which words begin a sentence."""
    numbers: dict[str, int] = {}
    rows: list[int] = [0] * GAP
    starts: list[int] = []
    done = 0
    for each in tokens:
        numbered = [numbers.setdefault(word, len(numbers) + 1) for word in each.words]
        for begin, end in pairwise([*each.sentences, len(each.words)]):
            starts.append(done + begin)
            rows += numbered[begin:end]
            rows.append(0)
        done += len(each.words)
        rows += [0] * (GAP - 1)
    array = np.array(rows, np.int32)
    return (array, [clipped(word) for word in numbers]), np.flatnonzero(array), np.array(starts, np.int64)


def _spans(text: str, tokens: Tokens, labels: NDArray[np.int8]) -> Iterator[Span]:
    """The names that the labels of the words of a text mean."""
    first = 0
    for at in np.flatnonzero(labels >= _FIRST_OF_NAMES):
        place, _, type = LABELS[labels[at]].partition("-")
        if place in "BS":
            first = int(at)
        if place in "ES":
            start, end = tokens.starts[first], tokens.starts[at] + len(tokens.words[at])
            if any(map(str.isalpha, text[start:end])):
                yield Span(start, end, TYPES[type])


_FIRST_OF_NAMES = next(at for at, label in enumerate(LABELS) if "-" in label)
