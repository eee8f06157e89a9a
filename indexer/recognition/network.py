"""The network: two convolutions over the vectors of words. NumPy alone runs it.

A word known from training has its vector in the file; that of another is made of its letter groups, its shape and
its lists. The first layer sees two words to each side, the second one more; gaps stand between sentences and texts.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import as_file, files
from typing import Any

import numpy as np
from numpy.typing import NDArray

from indexer.recognition.lists import Lists
from indexer.recognition.lists import unpacked as unpacked_lists
from indexer.recognition.words import BUCKETS, MOST_GROUPS, letter_groups, shapes

Matrix = NDArray[np.float32]
REACH = 3  # words to each side that a score depends on
_BLOCK = 4096  # words scored at once, so that the layers stay in the processor's cache


@dataclass(frozen=True, slots=True)
class Network:
    """All that the file holds; row 0 of `vectors` is the gap."""

    known: Mapping[str, int]
    vectors: NDArray[np.int8]
    vector_scale: Matrix
    groups: NDArray[np.int8]
    group_scale: Matrix
    from_groups: Matrix
    from_features: Matrix
    word_bias: Matrix
    first: Matrix
    first_bias: Matrix
    second: Matrix
    second_bias: Matrix
    last: Matrix
    last_bias: Matrix
    follow: Matrix
    lists: Lists

    def vectors_of(self, words: Sequence[str]) -> Matrix:
        """A row for each word, which need not be known; row 0 is the gap, so that of words[0] is 1."""
        rows = np.array([0, *(self.known.get(word, -1) for word in words)])
        vectors: Matrix = self.vectors[rows] * self.vector_scale
        unknown = np.flatnonzero(rows < 0)
        if len(unknown):
            vectors[unknown] = self.made([words[at - 1] for at in unknown.tolist()])
        return vectors

    def made(self, words: Sequence[str]) -> Matrix:
        """The vectors of unknown words, from what they look like."""
        features = np.concatenate([shapes(words), self.lists.features(words)], axis=1)
        made = self._letters(words) @ self.from_groups + features @ self.from_features + self.word_bias
        positive: Matrix = np.maximum(made, 0).astype(np.float32)
        return positive

    def _letters(self, words: Sequence[str]) -> Matrix:
        """What the letter groups of each word say together."""
        buckets, begins = letter_groups(words)
        counts = np.diff(np.append(begins, len(buckets)))
        inner = np.arange(len(buckets)) - np.repeat(begins, counts)
        chosen = np.where(inner < MOST_GROUPS, buckets, BUCKETS)
        groups: Matrix = self.groups[chosen].astype(np.float32)
        summed: Matrix = np.add.reduceat(groups, begins, axis=0)
        counted: Matrix = np.sqrt(np.minimum(counts, MOST_GROUPS), dtype=np.float32)
        letters: Matrix = summed * self.group_scale / counted[:, None]
        return letters

    def scores(self, vectors: Matrix, rows: NDArray[np.int32]) -> Matrix:
        """The scores of all labels for each word of a stream of rows; the ends of the stream must be gaps."""
        blocks = [
            self._block(vectors[rows[max(0, begin - REACH) : begin + _BLOCK + REACH]], begin > 0)
            for begin in range(0, len(rows), _BLOCK)
        ]
        return np.concatenate(blocks)[: len(rows)]

    def _block(self, vectors: Matrix, has_before: bool) -> Matrix:
        hidden = convolved(vectors, self.first, self.first_bias)
        hidden = convolved(hidden, self.second, self.second_bias)
        scores: Matrix = hidden @ self.last + self.last_bias
        begin = REACH if has_before else 0
        return scores[begin : begin + _BLOCK]


def convolved(vectors: Matrix, weights: Matrix, bias: Matrix) -> Matrix:
    """A layer: the neighbours of each row, each by the weights of its distance, added; what is below zero is zero."""
    reach = len(weights) // 2
    padded = np.pad(vectors, ((reach, reach), (0, 0)))
    total = padded[: len(vectors)] @ weights[0]
    for at in range(1, len(weights)):
        total += padded[at : at + len(vectors)] @ weights[at]
    total += bias
    result: Matrix = np.maximum(total, 0, out=total)
    return result


@cache
def network() -> Network:
    """The network that comes with the package, read once."""
    with as_file(files("indexer.recognition").joinpath("data/network.npz")) as path, np.load(path) as held:
        return unpacked({name: held[name] for name in held.files})


def unpacked(arrays: Mapping[str, NDArray[Any]]) -> Network:
    """The network in the arrays of a file."""
    words = arrays["words"].tobytes().decode().split("\n")
    held = {name: each for name, each in arrays.items() if name not in ("words", "list_gaps", "list_masks")}
    floats: dict[str, Any] = {
        name: each if each.dtype == np.int8 else each.astype(np.float32) for name, each in held.items()
    }
    known = {word: row for row, word in enumerate(words, 1)}
    return Network(known=known, lists=unpacked_lists(arrays["list_gaps"], arrays["list_masks"]), **floats)
