"""Which labels does a word deserve in its context? Two convolutions over the vectors of words, in NumPy.

A word known from training has its vector in the file; that of another is made of its character n-grams, its shape
and its lists. The first layer sees two words to each side, the second one more; padding stands between sentences and
texts. Fields are called as in the file: `groups` are those of n-grams, `follow` the scores of transitions.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import as_file, files
from itertools import repeat
from typing import Any

import numpy as np
from numpy.typing import NDArray

from indexer.recognition.word_features import BUCKETS, MOST_NGRAMS, character_ngrams, word_shapes
from indexer.recognition.word_lists import WordLists, delta_decoded

Matrix = NDArray[np.float32]
REACH = 3  # words to each side that a score depends on
FREQUENT = 8192  # rows of `vectors`, those of the more frequent words, that are multiplied once and for all: 27 MB
_TAPS = 3  # words that the second layer sees
# Words scored at once, at most. Smaller blocks are no faster in one thread, and NumPy's threads wait for each other
# after every product: on a busy machine such a wait takes much longer than a small product.
_BLOCK = 1365 * _TAPS
_GATHERED = 384  # words whose products are added at once, so that they stay in the processor's cache
_BLOCKS_TOGETHER = 4  # in which each distinct word is multiplied once; bounds the memory of the products


@dataclass(frozen=True, slots=True)
class Network:
    """All that the file holds; row 0 of `vectors` is the padding. `frequent` are the products of their first rows."""

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
    lists: WordLists
    frequent: Matrix

    def scores(self, words: Sequence[str], rows: NDArray[np.int32]) -> Matrix:
        """The scores of all labels for each word of a stream. Its rows are numbers of words, the first of which has
        number 1, and 0 for padding; the ends of the stream must be padding."""
        known = np.fromiter(map(self.known.get, words, repeat(-1)), np.intp, len(words))
        known = np.append(0, known)
        vectors = self._vectors(words, known)
        is_rare = (known < 0) | (known >= len(self.frequent))
        blocks = -(-len(rows) // _BLOCK)
        block = -(-len(rows) // (blocks * _TAPS)) * _TAPS  # all of one length, so that hardly any row is scored in vain
        section = _BLOCKS_TOGETHER * block
        padded = np.zeros(blocks * block + 2 * REACH, np.int32)
        padded[REACH : REACH + len(rows)] = rows
        scores = np.empty((len(padded) - 2 * REACH, len(self.last_bias)), np.float32)
        for begin in range(0, len(scores), section):
            end = min(begin + section, len(scores))
            seen = padded[begin : end + 2 * REACH]
            is_here = np.zeros(len(known), bool)
            is_here[seen] = True
            rare = np.flatnonzero(is_here & is_rare)
            places = known.copy()
            places[rare] = np.arange(len(rare)) + len(self.frequent)
            self._score(products(vectors[rare], self.first, self.first_bias), places[seen], scores[begin:end], block)
        return scores[: len(rows)]

    def _vectors(self, words: Sequence[str], known: NDArray[np.intp]) -> Matrix:
        """The vector of the padding and of each word, whose row is known or -1."""
        vectors: Matrix = self.vectors[known] * self.vector_scale
        unknown = np.flatnonzero(known < 0)
        if len(unknown):
            vectors[unknown] = self.vectors_of_unknown([words[at - 1] for at in unknown.tolist()])
        return vectors

    def vectors_of_unknown(self, words: Sequence[str]) -> Matrix:
        """The vectors of unknown words, from what they look like."""
        features = np.concatenate([word_shapes(words), self.lists.features(words)], axis=1)
        made = self._ngram_vectors(words) @ self.from_groups + features @ self.from_features + self.word_bias
        positive: Matrix = np.maximum(made, 0).astype(np.float32)
        return positive

    def _ngram_vectors(self, words: Sequence[str]) -> Matrix:
        """What the character n-grams of each word say together."""
        buckets, begins = character_ngrams(words)
        counts = np.minimum(np.diff(begins, append=len(buckets)), MOST_NGRAMS)
        nth = np.arange(MOST_NGRAMS)
        chosen = np.where(nth < counts[:, None], np.take(buckets, begins[:, None] + nth, mode="clip"), BUCKETS)
        summed = np.zeros((len(words), self.groups.shape[1]), np.int16)  # of whole numbers of eight bits
        for column in chosen.T:  # faster than the sum of an array of all
            summed += np.take(self.groups, column, axis=0)
        counted: Matrix = np.sqrt(counts, dtype=np.float32)
        letters: Matrix = summed * self.group_scale / counted[:, None]
        return letters

    def _score(self, rare: Matrix, rows: NDArray[np.intp], scores: Matrix, block: int) -> None:
        """Writes the scores of a section of the stream block by block. Its rows, those of `frequent` and behind them
        those of `rare`, reach beyond it to both sides.

        The second layer multiplies each _TAPS rows as one long one, for each of the rows to begin with.
        """
        _, inner, outer = self.second.shape
        weights = self.second.reshape(-1, outer)
        hidden = np.empty((block + _TAPS - 1, inner), np.float32)
        second = np.empty((_TAPS, block // _TAPS, outer), np.float32)
        for begin in range(0, len(scores), block):
            self._first_layer(rare, rows[begin : begin + block + 2 * REACH], hidden)
            for at in range(_TAPS):
                np.matmul(hidden[at : at + block].reshape(-1, _TAPS * inner), weights, out=second[at])
            second += self.second_bias
            np.maximum(second, 0, out=second)
            last = second.reshape(block, outer) @ self.last + self.last_bias
            scores[begin : begin + block] = last.reshape(_TAPS, -1, last.shape[1]).swapaxes(0, 1).reshape(last.shape)

    def _first_layer(self, rare: Matrix, rows: NDArray[np.intp], hidden: Matrix) -> None:
        """Writes the first layer of the rows that have all their neighbours."""
        taps = len(self.first)
        held = np.empty((_GATHERED + taps - 1, *self.frequent.shape[1:]), np.float32)
        for begin in range(0, len(hidden), _GATHERED):
            total = hidden[begin : begin + _GATHERED]
            chosen = rows[begin : begin + len(total) + taps - 1] - len(self.frequent)
            seen = held[: len(chosen)]
            np.take(self.frequent, chosen, axis=0, out=seen, mode="wrap")
            is_rare = np.flatnonzero(chosen >= 0)
            seen[is_rare] = rare[chosen[is_rare]]
            np.add(seen[: len(total), 0], seen[1 : len(total) + 1, 1], out=total)
            for at in range(2, taps):
                total += seen[at : at + len(total), at]
            np.maximum(total, 0, out=total)


def products(vectors: Matrix, weights: Matrix, bias: Matrix) -> Matrix:
    """What each word adds to the first layer at each distance: a word is multiplied once and comes often."""
    added = np.empty((len(vectors), *weights.shape[::2]), np.float32)
    for at, of_distance in enumerate(weights):
        np.matmul(vectors, of_distance, out=added[:, at])
    added[:, len(weights) // 2] += bias
    return added


@cache
def shipped_network() -> Network:
    """The network that comes with the package, read once."""
    with as_file(files("indexer.recognition").joinpath("data/network.npz")) as path, np.load(path) as held:
        return network_of({name: held[name] for name in held.files})


def network_of(arrays: Mapping[str, NDArray[Any]]) -> Network:
    """The network in the arrays of a file."""
    words = arrays["words"].tobytes().decode().split("\n")
    held = {name: each for name, each in arrays.items() if name not in ("words", "list_gaps", "list_masks")}
    floats: dict[str, Any] = {
        name: each if each.dtype == np.int8 else each.astype(np.float32) for name, each in held.items()
    }
    known = {word: row for row, word in enumerate(words, 1)}
    frequent = products(floats["vectors"][:FREQUENT] * floats["vector_scale"], floats["first"], floats["first_bias"])
    lists = delta_decoded(arrays["list_gaps"], arrays["list_masks"])
    return Network(known=known, lists=lists, frequent=frequent, **floats)
