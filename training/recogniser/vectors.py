"""Vectors of words, learned from the company they keep in plain text (word2vec, Mikolov 2013)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

import numpy as np
from gensim.models import Word2Vec
from numpy.typing import NDArray

from training.recogniser.examples import Example

SIZE = 64
_RARE = "<rare>"


class _Sentences:
    """The sentences of examples, as often as they are asked for."""

    def __init__(self, examples: Sequence[Example], known: frozenset[str]) -> None:
        self.examples, self.known = examples, known

    def __iter__(self) -> Iterator[list[str]]:
        for one in self.examples:
            for begin, end in pairwise([*one.sentences, len(one.words)]):
                yield [word if word in self.known else _RARE for word in one.words[begin:end]]


def learned(examples: Sequence[Example], vocabulary: Sequence[str]) -> NDArray[np.float32]:
    """A row for each word of the vocabulary. One worker only, so that the same text makes the same vectors."""
    model = Word2Vec(
        _Sentences(examples, frozenset(vocabulary)),
        vector_size=SIZE, window=3, min_count=1, sg=1, negative=8, epochs=6, workers=1, seed=1, sample=1e-4,
    )  # fmt: skip
    return np.stack([model.wv[word] for word in vocabulary]).astype(np.float32)
