"""A narrower second layer that says nearly the same: units that others can stand in for go.

One unit after the other is left out, each time the one that changes the scores least when the others take over what
they can of it (optimal brain surgeon, Hassibi and Stork 1993). A wide layer learns better, and a narrow one is faster.
"""

from __future__ import annotations

from collections.abc import Sequence

import jax
import numpy as np

from indexer.recognition.inference import with_one_label_for_no_name
from indexer.recognition.labels import FIRST_OF_NAMES
from training.recogniser.batches import Piece, Table, shuffled
from training.recogniser.elimination import Matrix, without_idle_units
from training.recogniser.learning import Weights, second_layer

KEPT = 112  # units
_SAMPLE = 150_000  # words on which the scores should stay
_ROWS = 2560
_NAMED, _CLOSE = 12.0, 4.0  # what a word counts that is a name or misses it by so little; names are rare


def narrowed(weights: Weights, pieces: Sequence[Piece], words: Table) -> Weights:
    """The weights of a network whose second layer has KEPT units."""
    last = np.concatenate([weights["Wo"], weights["bo"][None]]).astype(np.float64)
    kept, last = without_idle_units(_moments(weights, pieces, words), last, KEPT)
    return {
        **weights,
        "W2": weights["W2"][:, kept], "b2": weights["b2"][kept],
        "Wo": last[:-1].astype(np.float32), "bo": last[-1].astype(np.float32),
    }  # fmt: skip


def _moments(weights: Weights, pieces: Sequence[Piece], words: Table) -> Matrix:
    """The weighted mean products of the units over a sample."""
    outputs = jax.jit(lambda given: second_layer({**weights, "own": weights["E"][given["own"]]}, given))
    last, bias = np.asarray(weights["Wo"]), np.asarray(weights["bo"])
    total, counted = np.zeros((len(last) + 1, len(last) + 1)), 0
    for given in shuffled(pieces, _ROWS, words, np.random.default_rng(0)):
        units = np.asarray(outputs(given))[given["rows"] > 0]
        scores = with_one_label_for_no_name(units @ last + bias)
        lead = scores[:, 0] - scores[:, FIRST_OF_NAMES:].max(axis=1)  # of no name over the best name
        counts = np.where(lead < _CLOSE, _NAMED, 1.0)
        held = np.column_stack([units, np.ones(len(units))])
        total += (held * counts[:, None]).T @ held
        counted += len(units)
        if counted >= _SAMPLE:
            break
    return total / counted
