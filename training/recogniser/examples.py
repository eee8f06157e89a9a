"""Texts as numbers: what the network learns from."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from indexer.recognition.labels import LABEL_IDS, LABELS, TYPES, bioes
from indexer.recognition.tokens import tokenise
from indexer.recognition.word_features import clipped
from training.recogniser.sources import Silver, Text

ANY = (1 << len(LABELS)) - 1
OUTSIDE = 1 << LABEL_IDS["O"]
UNMARKED = OUTSIDE | 1 << LABEL_IDS["OTH"] | 1 << LABEL_IDS["DER"] | 1 << LABEL_IDS["PART"]


@dataclass(frozen=True, slots=True)
class Example:
    """The clipped words of a text, where its sentences begin, the labels each may have, as bits, and how certain
    they are, from 0 to 1."""

    source: str
    group: str
    words: list[str]
    sentences: list[int]
    labels: NDArray[np.int32]
    certainty: NDArray[np.float32]


def example(text: Text) -> Example:
    """A text with its names as labels; words that a name covers in part may have any label."""
    tokens = tokenise(text.text)
    labels = np.full(len(tokens.words), OUTSIDE if text.complete else UNMARKED, np.int32)
    ends = [start + len(word) for start, word in zip(tokens.starts, tokens.words, strict=True)]
    for name in text.names:
        first = int(np.searchsorted(ends, name.start, "right"))
        last = int(np.searchsorted(tokens.starts, name.end, "left"))
        if first >= last:
            continue
        if name.type in ("OTH", "DER", "PART"):
            labels[first:last] = 1 << LABEL_IDS[name.type]
        elif name.type == "ANY" or tokens.starts[first] != name.start or ends[last - 1] != name.end:
            labels[first:last] = ANY
        else:
            labels[first:last] = [1 << LABEL_IDS[f"{place}-{name.type}"] for place in bioes(last - first)]
    certain = np.ones(len(tokens.words), np.float32)
    return Example(text.source, text.group, [clipped(word) for word in tokens.words], tokens.sentences, labels, certain)


def silver_example(document: Silver) -> Example:
    """A document that a teacher labelled, as an example: what it calls no place, person or organisation may be any
    other name or none."""
    labels = np.full(len(document.words), UNMARKED, np.int32)
    first = 0
    for at, tag in enumerate(document.tags):
        place, _, type = tag.partition("-")
        first = at if place == "B" else first
        ends = at + 1 == len(document.tags) or document.tags[at + 1] != f"I-{type}"
        if type in TYPES and ends:
            labels[first : at + 1] = [1 << LABEL_IDS[f"{each}-{type}"] for each in bioes(at + 1 - first)]
    words = [clipped(word) for word in document.words]
    return Example(document.source, document.id, words, document.sentences, labels, document.certainty)


def named_words(examples: Iterable[Example]) -> set[str]:
    """The words that are a name, or stand in one."""
    return {
        word
        for one in examples
        for word, bits in zip(one.words, one.labels.tolist(), strict=True)
        if bits != ANY and not bits & UNMARKED
    }


def pieces(examples: Iterable[Example], longest: int) -> list[Example]:
    """The examples, cut at ends of sentences into pieces of about so many words."""
    cut: list[Example] = []
    for one in examples:
        bounds = [*one.sentences, len(one.words)]
        begin = 0
        for at in range(1, len(bounds)):
            if bounds[at] - bounds[begin] >= longest or at == len(bounds) - 1:
                first, last = bounds[begin], bounds[at]
                inner = [bound - first for bound in bounds[begin:at]]
                if last > first:
                    here = slice(first, last)
                    inside = (one.words[here], inner, one.labels[here], one.certainty[here])
                    cut.append(Example(one.source, one.group, *inside))
                begin = at
    return cut


def vocabulary(examples: Sequence[Example], size: int, fewest: int) -> list[str]:
    """The most frequent words."""
    counts = Counter(word for one in examples for word in one.words)
    ordered = sorted((word for word in counts if counts[word] >= fewest), key=lambda word: (-counts[word], word))
    return ordered[:size]
