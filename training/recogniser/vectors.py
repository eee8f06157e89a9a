"""Vectors of words to begin with: what a model of many languages says of each word alone (`encoder.py`).

Its training saw far more names than our texts have. The vectors of its word pieces, before they went through its
layers, told much less of rare words.
"""

from __future__ import annotations

from collections.abc import Sequence
from hashlib import sha256
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from training.recogniser.encoder import encoded, load

_KEPT = Path(__file__).resolve().parents[2] / "build/recogniser"


def given_vectors(words: Sequence[str]) -> NDArray[np.float32]:
    """A row for each word, around the mean of all; computed once, in a quarter of an hour, and kept in build/."""
    path = _KEPT / f"{sha256(chr(10).join(words).encode()).hexdigest()[:16]}.npy"
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        np.save(path, encoded(words, load()).astype(np.float16))
    rows = np.load(path).astype(np.float32)
    return rows - rows.mean(axis=0)
