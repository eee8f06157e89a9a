"""Texts as numbers: what the network learns from."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from indexer.recognition.labels import LABEL_IDS, LABELS, bioes
from indexer.recognition.tokens import tokenise
from indexer.recognition.word_features import clipped
from training.recogniser.sources import Text

ANY = (1 << len(LABELS)) - 1
OUTSIDE = 1 << LABEL_IDS["O"]
UNMARKED = OUTSIDE | 1 << LABEL_IDS["OTH"] | 1 << LABEL_IDS["DER"] | 1 << LABEL_IDS["PART"]


@dataclass(frozen=True, slots=True)
class Example:
    """The clipped words of a text, where its sentences begin, and the labels each may have, as bits."""

    source: str
    group: str
    words: list[str]
    sentences: list[int]
    labels: NDArray[np.int32]


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
        elif tokens.starts[first] != name.start or ends[last - 1] != name.end:
            labels[first:last] = ANY
        else:
            labels[first:last] = [1 << LABEL_IDS[f"{place}-{name.type}"] for place in bioes(last - first)]
    return Example(text.source, text.group, [clipped(word) for word in tokens.words], tokens.sentences, labels)


def unlabelled(texts: Iterable[str], source: str) -> list[Example]:
    """Examples without labels."""
    found = []
    for text in texts:
        tokens = tokenise(text)
        labels = np.full(len(tokens.words), ANY, np.int32)
        found.append(Example(source, "", [clipped(word) for word in tokens.words], tokens.sentences, labels))
    return found


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
                    cut.append(Example(one.source, one.group, one.words[first:last], inner, one.labels[first:last]))
                begin = at
    return cut


def vocabulary(examples: Sequence[Example], size: int, fewest: int) -> list[str]:
    """The most frequent words."""
    counts = Counter(word for one in examples for word in one.words)
    ordered = sorted((word for word in counts if counts[word] >= fewest), key=lambda word: (-counts[word], word))
    return ordered[:size]
