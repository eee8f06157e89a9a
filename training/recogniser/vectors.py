"""Vectors of words to begin with: those of the word pieces of multilingual-e5-small (MIT)."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray


def given_vectors(data: Path, vocabulary: Sequence[str]) -> NDArray[np.float32]:
    """A row for each word of the vocabulary, zeros for one that has no vector."""
    with np.load(data / "ner/e5-word-vectors.npz") as held:
        words, vectors = held["words"].tobytes().decode().split("\n"), held["vectors"].astype(np.float32)
    rows = {word: row for row, word in enumerate(words)}
    found = np.zeros((len(vocabulary), vectors.shape[1]), np.float32)
    known = [(at, rows[word]) for at, word in enumerate(vocabulary) if word in rows]
    at, row = map(list, zip(*known, strict=True))
    found[at] = vectors[row]
    return found
