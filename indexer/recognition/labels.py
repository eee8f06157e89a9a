"""What is the label of a word? Where it stands in a name of which type (BIOES), and which label may follow which."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

TYPES = {"PER": "person", "LOC": "place", "ORG": "organisation"}
# No name begins or ends with the first four; OTH is another name, DER derived from one, PART a compound with one.
LABELS = ("O", "OTH", "DER", "PART", *(f"{place}-{type}" for type in TYPES for place in "BIES"))
LABEL_IDS = {label: at for at, label in enumerate(LABELS)}
FIRST_OF_NAMES = LABEL_IDS["B-PER"]
_PARTS = tuple((place, type) for place, _, type in (label.partition("-") for label in LABELS))
IMPOSSIBLE = np.float32(-1e4)


def bioes(length: int) -> str:
    """The places of the words of a name of this length: begin, inside, end, or single."""
    return "S" if length == 1 else f"B{'I' * (length - 2)}E"


def allowed_transitions() -> NDArray[np.bool_]:
    """Whether the label of the column may follow that of the row."""

    def fits(first: str, second: str) -> bool:
        inside = first[:2] in ("B-", "I-")
        if inside:
            return second[:2] in ("I-", "E-") and second[2:] == first[2:]
        return second[:2] not in ("I-", "E-")

    return np.array([[fits(first, second) for second in LABELS] for first in LABELS])


MAY_BEGIN = np.array([label[:2] not in ("I-", "E-") for label in LABELS])
MAY_END = np.array([label[:2] not in ("B-", "I-") for label in LABELS])


def labelled_names(labels: NDArray[np.int8]) -> Iterator[tuple[int, int, str]]:
    """The first word of each name, the word after its last, and its type."""
    first = 0
    named = np.flatnonzero(labels >= FIRST_OF_NAMES)
    for at, label in zip(named.tolist(), labels[named].tolist(), strict=True):
        place, type = _PARTS[label]
        if place in "BS":
            first = at
        if place in "ES":
            yield first, at + 1, type
