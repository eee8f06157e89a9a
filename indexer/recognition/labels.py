"""The labels of words, which may follow which, and the likeliest row of them."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

TYPES = {"PER": "person", "LOC": "place", "ORG": "organisation"}
# No name begins or ends with the first four; OTH is another name, DER derived from one, PART a compound with one.
LABELS = ("O", "OTH", "DER", "PART", *(f"{place}-{type}" for type in TYPES for place in "BIES"))
NUMBER = {label: at for at, label in enumerate(LABELS)}
FIRST_OF_NAMES = NUMBER["B-PER"]
IMPOSSIBLE = np.float32(-1e4)


def places(length: int) -> str:
    """B, I, E, S for each word of a name of so many words."""
    return "S" if length == 1 else f"B{'I' * (length - 2)}E"


def allowed() -> NDArray[np.bool_]:
    """Whether the label of the column may follow that of the row."""

    def fits(first: str, second: str) -> bool:
        inside = first[:2] in ("B-", "I-")
        if inside:
            return second[:2] in ("I-", "E-") and second[2:] == first[2:]
        return second[:2] not in ("I-", "E-")

    return np.array([[fits(first, second) for second in LABELS] for first in LABELS])


MAY_BEGIN = np.array([label[:2] not in ("I-", "E-") for label in LABELS])
MAY_END = np.array([label[:2] not in ("B-", "I-") for label in LABELS])


def best_paths(scores: NDArray[np.float32], starts: NDArray[np.int64], follow: NDArray[np.float32]) -> NDArray[np.int8]:
    """The likeliest possible row of labels of each sentence, of all sentences at once.

    scores has a row for each word, starts the numbers of the first words, follow what a label adds behind another.
    The best label of each word by itself is the best row where these may follow each other as freely as any: no other
    row has more. The rest, one sentence in twenty, is searched (Viterbi 1967).
    """
    best: NDArray[np.int8] = scores.argmax(axis=1).astype(np.int8)
    is_bound = follow[best[:-1], best[1:]] < follow.max()  # between a word and the next
    is_bound[starts[1:] - 1] = ~(MAY_END[best[starts[1:] - 1]] & MAY_BEGIN[best[starts[1:]]])
    bound = np.flatnonzero(is_bound)
    searched = np.zeros(len(starts), bool)
    for words in (bound, bound + 1):
        searched[np.searchsorted(starts, words, "right") - 1] = True
    searched[0] |= not MAY_BEGIN[best[0]]
    searched[-1] |= not MAY_END[best[-1]]
    lengths = np.diff(np.append(starts, len(scores)))
    order = np.flatnonzero(searched)[np.argsort(lengths[searched], kind="stable")]
    for group in np.array_split(order, max(1, len(order) // 256)) if len(order) else ():
        _decode(scores, starts[group], lengths[group], follow, best)
    return best


def _decode(
    scores: NDArray[np.float32],
    starts: NDArray[np.int64],
    lengths: NDArray[np.int64],
    follow: NDArray[np.float32],
    best: NDArray[np.int8],
) -> None:
    """Writes the labels of a group of sentences, ordered by length, into best."""
    longest, last = int(lengths[-1]), len(scores) - 1
    back = np.zeros((longest, len(starts), len(LABELS)), np.int8)
    total = scores[starts] + np.where(MAY_BEGIN, np.float32(0), IMPOSSIBLE)
    for step in range(1, longest):
        going = int(np.searchsorted(lengths, step, "right"))  # sentences before it have ended
        ways = total[going:, :, None] + follow
        back[step, going:] = ways.argmax(axis=1)
        total[going:] = ways.max(axis=1) + scores[np.minimum(starts[going:] + step, last)]
    label = (total + np.where(MAY_END, np.float32(0), IMPOSSIBLE)).argmax(axis=1)
    for step in range(longest - 1, -1, -1):
        going = int(np.searchsorted(lengths, step, "right"))
        best[starts[going:] + step] = label[going:]
        label[going:] = np.take_along_axis(back[step, going:], label[going:, None], 1)[:, 0]
