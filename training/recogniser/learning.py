"""The network while it learns, in JAX; indexer/recognition/network.py is the same one in NumPy."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import NamedTuple

import jax
import jax.numpy as jnp
import numpy as np
from numpy.typing import NDArray

from indexer.recognition.labels import LABELS
from indexer.recognition.word_features import BUCKETS
from training.recogniser.batches import SOURCES, Batch, Piece, Table, distinct, shuffled

Weights = dict[str, jax.Array]
VECTOR, GROUP, HIDDEN = 96, 48, 192  # sizes: of a word's vector, of a letter group's, of both layers
FIRST, SECOND = 5, 3  # how many words each layer sees
LETTERS = 0.3  # what the letter groups of a word are multiplied with
_FORGOTTEN_OWN, _FORGOTTEN_FEATURES, _FORGOTTEN_GROUPS, _DROPPED = 0.15, 0.05, 0.1, 0.3
_DECAY = 1e-3
_WARMING = 100  # steps
_WORDS_TO_A_STEP = 600.0


class Course(NamedTuple):
    """How to learn: rows of a batch, the fastest rate, and the seed of all chance."""

    rows: int = 2560
    rate: float = 1.3e-3
    seed: int = 3


def fresh(vectors: NDArray[np.float32], features: int, seed: int) -> Weights:
    """A network that has learned nothing but the vectors of words."""
    random = np.random.default_rng(seed)

    def normal(*shape: int, spread: float) -> NDArray[np.float32]:
        return (random.standard_normal(shape) * spread).astype(np.float32)

    own = vectors * 0.3 / np.abs(vectors[vectors.any(axis=1)]).mean()
    arrays = {
        "E": np.concatenate([np.zeros((1, own.shape[1]), np.float32), own]),
        "G": np.concatenate([normal(BUCKETS, GROUP, spread=0.3), np.zeros((1, GROUP), np.float32)]),
        "We": normal(own.shape[1], VECTOR, spread=(0.5 / own.shape[1]) ** 0.5),
        "Wg": normal(GROUP, VECTOR, spread=GROUP**-0.5), "Wf": normal(features, VECTOR, spread=0.15),
        "b0": np.zeros(VECTOR), "gap": np.zeros(VECTOR),
        "W1": normal(FIRST * VECTOR, HIDDEN, spread=(2 / (FIRST * VECTOR)) ** 0.5), "b1": np.zeros(HIDDEN),
        "W2": normal(SECOND * HIDDEN, HIDDEN, spread=(2 / (SECOND * HIDDEN)) ** 0.5), "b2": np.zeros(HIDDEN),
        "S": np.zeros((len(SOURCES), HIDDEN)),
        "Wo": normal(HIDDEN, len(LABELS), spread=HIDDEN**-0.5), "bo": np.zeros(len(LABELS)),
        "So": np.zeros((len(SOURCES), len(LABELS))),
    }  # fmt: skip
    return {name: jnp.asarray(array, jnp.float32) for name, array in arrays.items()}


def word_vectors(weights: Weights, given: Batch) -> jax.Array:
    """The vectors of the distinct words of a batch; that of row 0 is the gap."""
    letters = weights["G"][given["groups"]].sum(1) / jnp.sqrt(given["counts"])[:, None] * LETTERS
    own = weights["own"] * (given["own"] > 0)[:, None]
    vectors = own @ weights["We"] + letters @ weights["Wg"] + given["features"] @ weights["Wf"] + weights["b0"]
    return jnp.concatenate([weights["gap"][None], jax.nn.relu(vectors)[1:]])


def convolved(rows: jax.Array, kernel: jax.Array, bias: jax.Array) -> jax.Array:
    count, size = rows.shape
    reach = len(kernel) // size // 2
    padded = jnp.pad(rows, ((reach, reach), (0, 0)))
    shifted = (padded[at : at + count] @ kernel[at * size : (at + 1) * size] for at in range(2 * reach + 1))
    return sum(shifted, start=bias)


def second_layer(weights: Weights, given: Batch, noise: Batch | None = None) -> jax.Array:
    """The outputs of the second layer for each row."""
    if noise is not None:
        given = forgetful(given, noise)
    dropped = {} if noise is None else noise
    rows = _dropped(word_vectors(weights, given)[given["rows"]], dropped.get("rows"))
    hidden = jax.nn.relu(convolved(rows, weights["W1"], weights["b1"]))
    hidden = _dropped(hidden, dropped.get("first"))
    hidden = jax.nn.relu(convolved(hidden, weights["W2"], weights["b2"]) + weights["S"][given["source"]])
    return _dropped(hidden, dropped.get("second"))


def log_probabilities(weights: Weights, given: Batch, noise: Batch | None = None) -> jax.Array:
    """The logarithm of the probability of each label for each row."""
    hidden = second_layer(weights, given, noise)
    return jax.nn.log_softmax(hidden @ weights["Wo"] + weights["bo"] + weights["So"][given["source"]])


def forgetful(given: Batch, noise: Batch) -> Batch:
    """A batch in which some words are unknown, some on no list, some without letters: no clue may be all there is."""
    return {
        **given,
        "own": jnp.where(noise["own"] < _share(_FORGOTTEN_OWN), 0, given["own"]),
        "features": given["features"] * (noise["features"] >= _share(_FORGOTTEN_FEATURES))[:, None],
        "counts": jnp.where(noise["groups"] < _share(_FORGOTTEN_GROUPS), 1e6, given["counts"]),
    }


def noise(rows: int, random: np.random.Generator) -> Batch:
    """Random bytes for all that is left out in one step; JAX makes them slowly on a processor."""
    shapes = {"rows": (rows, VECTOR), "first": (rows, HIDDEN), "second": (rows, HIDDEN)}
    shapes |= {name: (distinct(rows),) for name in ("own", "features", "groups")}
    return {name: random.integers(0, 256, shape, np.uint8) for name, shape in shapes.items()}


def _share(part: float) -> int:
    return int(part * 256)


def _dropped(values: jax.Array, bytes: NDArray[np.uint8] | None) -> jax.Array:
    return values if bytes is None else values * (bytes >= _share(_DROPPED)) / (1 - _DROPPED)


def loss(weights: Weights, given: Batch, left_out: Batch) -> jax.Array:
    """How unlikely the allowed labels are."""
    logs = log_probabilities(weights, given, left_out)
    allowed = jax.nn.logsumexp(jnp.where(given["allowed"], logs, -1e9), axis=1)
    return -(allowed * given["weights"]).sum() / _WORDS_TO_A_STEP


@partial(jax.jit, donate_argnums=(0, 1, 2))
def step(
    weights: Weights, mean: Weights, spread: Weights, number: float, rate: float, given: Batch, left_out: Batch
) -> tuple[Weights, Weights, Weights]:
    """One step of Adam (Kingma and Ba 2015). Only the vectors of the words of the batch change, at half the rate."""
    own = given["own"]
    here = {name: array for name, array in weights.items() if name != "E"} | {"own": weights["E"][own]}
    slopes = jax.grad(loss)(here, given, left_out)
    new, new_mean, new_spread = {}, {}, {}
    for name in weights:
        is_own = name == "E"
        old, slope = (here["own"], slopes["own"]) if is_own else (here[name], slopes[name])
        average = 0.9 * (mean[name][own] if is_own else mean[name]) + 0.1 * slope
        square = 0.999 * (spread[name][own] if is_own else spread[name]) + 0.001 * slope**2
        change = average / (1 - 0.9**number) / (jnp.sqrt(square / (1 - 0.999**number)) + 1e-8)
        value = old - rate * ((0.5 if is_own else 1.0) * change + _DECAY * old)
        new[name] = weights[name].at[own].set(value).at[0].set(0) if is_own else value
        new_mean[name] = mean[name].at[own].set(average) if is_own else average
        new_spread[name] = spread[name].at[own].set(square) if is_own else square
    new["G"] = new["G"].at[BUCKETS].set(0)  # what stands behind the last group of a word means nothing
    return new, new_mean, new_spread


def learn(weights: Weights, rounds: Sequence[Sequence[Piece]], words: Table, course: Course) -> Weights:
    """The weights after rounds over pieces, one after the other; those given are not changed."""
    random = np.random.default_rng(course.seed)
    weights = {name: jnp.array(array) for name, array in weights.items()}
    mean = {name: jnp.zeros_like(array) for name, array in weights.items()}
    spread = {name: jnp.zeros_like(array) for name, array in weights.items()}
    steps = sum(len(one.rows) for given in rounds for one in given) / course.rows * 1.06
    number = 0
    for given in rounds:
        for each in shuffled(given, course.rows, words, random):
            number += 1
            rate = course.rate * min(1, number / _WARMING) * max(0.02, 1 - number / steps)
            left_out = noise(course.rows, random)
            weights, mean, spread = step(weights, mean, spread, float(number), rate, each, left_out)
    return weights
