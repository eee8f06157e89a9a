"""From texts to names: words to scores, scores to labels, labels to spans."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from indexer.recognition.agreement import agreed, completed, found
from indexer.recognition.capitals import as_usual, is_shouted
from indexer.recognition.labels import TYPES, best_paths
from indexer.recognition.network import Network
from indexer.recognition.span import Span
from indexer.recognition.tokens import Tokens, tokenise
from indexer.recognition.words import clipped

GAP = 4  # gaps between texts: more than the network reaches, so no text changes the names of another
_TOGETHER = 400_000  # characters read at once
_AROUND = frozenset("\"'„“”»«›‹‚‘’.,;:-–#@*/|")  # no part of a name at its ends; a bracket may be
_TITLES = frozenset("Dr. Dr Prof. Prof Professor Professorin Herr Herrn Frau Dipl.-Ing. Mag. Sir".split())


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
    stream, places, starts = _stream(tokens, model.known)
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
    tokens: Sequence[Tokens], known: Mapping[str, int]
) -> tuple[tuple[NDArray[np.int32], list[str]], NDArray[np.int64], NDArray[np.int64]]:
    """The rows of all words of all texts with gaps between, the distinct words, where the words are in the stream, and
    which words begin a sentence."""
    numbers: dict[str, int] = {}
    rows: list[int] = [0] * GAP
    starts: list[int] = []
    done = 0
    for each in tokens:
        for begin, end in pairwise([*each.sentences, len(each.words)]):
            words = each.words[begin:end]
            if is_shouted(words):
                words = [as_usual(word, known) for word in words]
            starts.append(done + begin)
            rows += [numbers.setdefault(word, len(numbers) + 1) for word in words]
            rows.append(0)
        done += len(each.words)
        rows += [0] * (GAP - 1)
    array = np.array(rows, np.int32)
    return (array, [clipped(word) for word in numbers]), np.flatnonzero(array), np.array(starts, np.int64)


def _spans(text: str, tokens: Tokens, labels: NDArray[np.int8]) -> Iterator[Span]:
    """The names that the labels of the words of a text mean."""
    words = tokens.words
    for first, behind, type in found(agreed(words, completed(words, labels))):
        while first < behind - 1 and (words[first] in _AROUND or words[first] in _TITLES):
            first += 1
        while first < behind - 1 and words[behind - 1] in _AROUND:
            behind -= 1
        start, end = tokens.starts[first], tokens.starts[behind - 1] + len(words[behind - 1])
        if any(map(str.isalpha, text[start:end])):
            yield Span(start, end, TYPES[type])
