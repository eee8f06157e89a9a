"""Are the names of a text whole, and the same throughout? Put right by what stands around and elsewhere.

No person's name ends in *von*; and what is a name in one sentence is a name in the next, and of the same type.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from itertools import compress

import numpy as np
from numpy.typing import NDArray

from indexer.recognition.labels import FIRST_OF_NAMES, LABEL_IDS, LABELS, TYPES, bioes, labelled_names

_AGREED = 0.85  # how much the mean of a word's places counts beside each by itself
_PLACES = (len(LABELS) - FIRST_OF_NAMES) // len(TYPES)  # labels of a type
_SINGLE = [LABEL_IDS[label] for label in ("O", "OTH", "DER", "PART", *(f"S-{type}" for type in TYPES))]
_PERSON = LABEL_IDS["S-PER"]
_DOUBTFUL = [LABEL_IDS[label] for label in ("O", "OTH", "S-LOC", "S-ORG")]  # what a lone last name is taken for
_PARTICLES = frozenset("von van vom zu zum zur de del della der den di da dos du la le ten ter bin ibn al el".split())
_MOST_PARTICLES = 3
_LONGEST = 20  # words of a name that is looked for again


def agreed(scores: NDArray[np.float32], words: NDArray[np.int64]) -> NDArray[np.float32]:
    """The scores of labels, in which a word is of one type, if it is a name, wherever it stands in a text.

    `words` has a number for each row of `scores`, the same for the same word of the same text, and -1 for one that is
    not looked at. How likely each type is of a name goes by _AGREED towards the mean over all places of the word, in
    logarithms; how likely it is a name stays. A word of a longer name is left as it is, but speaks for the others.
    """
    rows = np.flatnonzero(words >= 0)
    _, places, counts = np.unique(words[rows], return_inverse=True, return_counts=True)
    several = counts[places] > 1
    rows, places = rows[several], places[several]
    own = _types(scores[rows])
    sums = np.stack([np.bincount(places, column, len(counts)) for column in own.T], axis=1)
    together = own + np.float32(_AGREED) * ((sums / counts[:, None])[places].astype(np.float32) - own)
    more = together - _log_sum(together)[:, None] - own
    more[~np.isin(scores[rows].argmax(axis=1), _SINGLE)] = 0
    scores = scores.copy()
    scores[rows, FIRST_OF_NAMES:] += np.repeat(more, _PLACES, axis=1)
    return scores


def _types(scores: NDArray[np.float32]) -> NDArray[np.float32]:
    """The logarithmic probability of each type of a word that is a name."""
    types = _log_sum(scores[:, FIRST_OF_NAMES:].reshape(-1, len(TYPES), _PLACES))
    probabilities: NDArray[np.float32] = types - _log_sum(types)[:, None]
    return probabilities


def _log_sum(logs: NDArray[np.float32]) -> NDArray[np.float32]:
    most = logs.max(axis=-1)
    total: NDArray[np.float32] = most + np.log(np.exp(logs - most[..., None]).sum(axis=-1))
    return total


def extended_past_particles(words: Sequence[str], labels: NDArray[np.int8]) -> NDArray[np.int8]:
    """The labels; names of persons that ended in particles go on: *Ursula von* becomes *Ursula von der Leyen*."""
    broken = [name for name in labelled_names(labels) if name[2] == "PER" and words[name[1] - 1] in _PARTICLES]
    if broken:
        labels = labels.copy()
    for first, end, _ in broken:
        behind = range(end, min(end + _MOST_PARTICLES, len(words)))
        last = next((at for at in behind if words[at] not in _PARTICLES), len(words))
        is_name = last - end < _MOST_PARTICLES and last < len(words) and words[last][:1].isupper()
        if is_name and LABELS[labels[last]][:2] != "B-":
            labels[first : last + 1] = [LABEL_IDS[f"{place}-PER"] for place in bioes(last + 1 - first)]
    return labels


def consistent(words: Sequence[str], labels: NDArray[np.int8]) -> NDArray[np.int8]:
    """The labels of the words of a text, the same for a name of several words wherever it is, and for its last word."""
    named = labelled_names(labels)
    names = {tuple(words[first:end]): type for first, end, type in named if 1 < end - first <= _LONGEST}
    if not names:
        return labels
    labels = labels.copy()
    lengths: dict[str, set[int]] = defaultdict(set)  # of the names that begin with a word, which may be many
    for name in names:
        lengths[name[0]].add(len(name))
    beginning = {word: sorted(found, reverse=True) for word, found in lengths.items()}
    last = {form for name, type in names.items() if type == "PER" for form in (name[-1], f"{name[-1]}s")}
    sought = last | beginning.keys()
    for at in compress(range(len(words)), map(sought.__contains__, words)):
        word = words[at]
        for length in beginning.get(word, ()):
            name = tuple(words[at : at + length])
            if name in names and _is_free(labels, at, at + len(name)):
                labels[at : at + len(name)] = [LABEL_IDS[f"{place}-{names[name]}"] for place in bioes(len(name))]
                break
        if word in last and labels[at] in _DOUBTFUL:
            labels[at] = _PERSON
    return labels


def _is_free(labels: NDArray[np.int8], first: int, end: int) -> bool:
    """Whether no name reaches across the ends of these words."""
    begins_inside = LABELS[labels[first]][:2] in ("I-", "E-")
    ends_inside = end < len(labels) and LABELS[labels[end]][:2] in ("I-", "E-")
    return not (begins_inside or ends_inside)
