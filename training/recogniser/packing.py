"""Puts what was learned into the file that the project ships: small numbers, no pickle."""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from hashlib import sha256
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

import numpy as np
from numpy.typing import NDArray

from indexer.recognition.labels import FIRST_OF_NAMES, IMPOSSIBLE, allowed_transitions
from indexer.recognition.word_features import MOST_NGRAMS, character_ngrams, word_shapes
from indexer.recognition.word_lists import WordLists, delta_encoded
from training.recogniser.learning import FIRST, HIDDEN, LETTERS, SECOND, VECTOR

Arrays = Mapping[str, NDArray]
# Added to the scores of what is no name: the more, the fewer names are found, and the surer. From 0.5 to 0.75 F1 is the
# same in folds; with this much as many names of real news are right as by the network before, and fewer are wrong.
CAUTION = 0.65
_DATE = (1980, 1, 1, 0, 0, 0)  # of all members of the file, so that it is the same whenever it is made


def arrays(weights: Mapping[str, NDArray[np.float32]], words: Sequence[str], lists: WordLists) -> Arrays:
    """All arrays of the file."""
    vectors, vector_scale = small(np.concatenate([weights["gap"][None], known_vectors(weights, words, lists)]))
    groups, group_scale = small(weights["G"])
    gaps, masks = delta_encoded(lists)
    last_bias = weights["bo"].copy()
    last_bias[:FIRST_OF_NAMES] += CAUTION
    half = np.float16
    return {
        "words": np.frombuffer("\n".join(words).encode(), np.uint8),
        "vectors": vectors, "vector_scale": vector_scale, "groups": groups, "group_scale": group_scale,
        "from_groups": (weights["Wg"] * LETTERS).astype(half), "from_features": weights["Wf"].astype(half),
        "word_bias": weights["b0"],
        "first": weights["W1"].reshape(FIRST, VECTOR, HIDDEN).astype(half), "first_bias": weights["b1"],
        "second": weights["W2"].reshape(SECOND, HIDDEN, -1).astype(half), "second_bias": weights["b2"],
        "last": weights["Wo"], "last_bias": last_bias,
        "follow": np.where(allowed_transitions(), np.float32(0), IMPOSSIBLE), "list_gaps": gaps, "list_masks": masks,
    }  # fmt: skip


def small(table: NDArray[np.float32]) -> tuple[NDArray[np.int8], NDArray[np.float32]]:
    """A table in whole numbers from -127 to 127, and what each column is to be multiplied with."""
    scale = np.maximum(np.abs(table).max(axis=0), 1e-6) / 127
    return np.round(table / scale).astype(np.int8), scale.astype(np.float32)


def known_vectors(
    weights: Mapping[str, NDArray[np.float32]], words: Sequence[str], lists: WordLists
) -> NDArray[np.float32]:
    """The vectors of the words of the vocabulary; the own part of the first is in row 1 of E."""
    features = np.concatenate([word_shapes(words), lists.features(words)], axis=1)
    buckets, begins = character_ngrams(words)
    bounds = zip(begins, np.append(begins[1:], len(buckets)), strict=True)
    letters = np.stack([_mean(weights["G"][buckets[begin:end][:MOST_NGRAMS]]) for begin, end in bounds])
    own = weights["E"][1 : len(words) + 1] @ weights["We"]
    return np.maximum(own + letters @ weights["Wg"] + features @ weights["Wf"] + weights["b0"], 0)


def _mean(groups: NDArray[np.float32]) -> NDArray[np.float32]:
    return groups.sum(0) / np.float32(max(1, len(groups)) ** 0.5) * np.float32(LETTERS)


def write(folder: Path, held: Arrays) -> str:
    """Writes the model and its name, which is made of what is in it and returned."""
    with ZipFile(folder / "network.npz", "w", ZIP_DEFLATED, compresslevel=9) as archive:
        for name, array in held.items():
            member = io.BytesIO()
            np.lib.format.write_array(member, array, allow_pickle=False)
            archive.writestr(ZipInfo(f"{name}.npy", _DATE), member.getvalue(), ZIP_DEFLATED)
    digest = sha256(b"".join(held[name].tobytes() for name in sorted(held))).hexdigest()
    model = f"convolution-{digest[:8]}"
    (folder / "model.txt").write_text(f"{model}\n", encoding="ascii")
    return model
