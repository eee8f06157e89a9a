"""Which sequence of labels is the likeliest? Viterbi's search, over many sentences at once."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from indexer.recognition.labels import IMPOSSIBLE, LABELS, MAY_BEGIN, MAY_END


def best_paths(
    scores: NDArray[np.float32], starts: NDArray[np.int64], transitions: NDArray[np.float32]
) -> NDArray[np.int8]:
    """The likeliest possible sequence of labels of each sentence, of all sentences at once.

    `scores` has a row for each word, `starts` the numbers of the first words, `transitions` what a label adds behind
    another.

    The best label of each word by itself is the best sequence where these may follow each other as freely as any: no
    other has more. The rest, one sentence in twenty, is searched (Viterbi 1967).
    """
    best: NDArray[np.int8] = scores.argmax(axis=1).astype(np.int8)
    is_bound = transitions[best[:-1], best[1:]] < transitions.max()  # between a word and the next
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
        _decode(scores, starts[group], lengths[group], transitions, best)
    return best


def _decode(
    scores: NDArray[np.float32],
    starts: NDArray[np.int64],
    lengths: NDArray[np.int64],
    transitions: NDArray[np.float32],
    best: NDArray[np.int8],
) -> None:
    """Writes the labels of a group of sentences, ordered by length, into best."""
    longest, last = int(lengths[-1]), len(scores) - 1
    back = np.zeros((longest, len(starts), len(LABELS)), np.int8)
    total = scores[starts] + np.where(MAY_BEGIN, np.float32(0), IMPOSSIBLE)
    for step in range(1, longest):
        going = int(np.searchsorted(lengths, step, "right"))  # sentences before it have ended
        ways = total[going:, :, None] + transitions
        back[step, going:] = ways.argmax(axis=1)
        total[going:] = ways.max(axis=1) + scores[np.minimum(starts[going:] + step, last)]
    label = (total + np.where(MAY_END, np.float32(0), IMPOSSIBLE)).argmax(axis=1)
    for step in range(longest - 1, -1, -1):
        going = int(np.searchsorted(lengths, step, "right"))
        best[starts[going:] + step] = label[going:]
        label[going:] = np.take_along_axis(back[step, going:], label[going:, None], 1)[:, 0]
