"""The same texts with other names: first and last names, places and abbreviations from open lists or made up.

A small set teaches few names; so the network learns to trust the lists and the words around a name.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cache

import numpy as np

from indexer.recognition.labels import LABEL_IDS
from indexer.resolution.first_names import first_names
from training.recogniser.examples import Example
from training.recogniser.lists import large_places, last_names

_SHARE = 0.5  # of the names of a text that are replaced
_CAPITALS = tuple("ABCDEFGHIKLMNOPRSTUVWZ")
_SHORTEST, _LONGEST = 3, 5  # letters of an abbreviation


@dataclass(frozen=True)
class Names:
    """Names to choose from, each of one word."""

    first: tuple[str, ...]
    last: tuple[str, ...]
    places: tuple[str, ...]


@cache
def names() -> Names:
    """The names of the lists, in a fixed order."""
    single = (large_places(), last_names(), first_names())
    places, last, first = (tuple(sorted(name for name in each if " " not in name)) for each in single)
    return Names(first, last, places)


def renamed(one: Example, seed: int) -> Example:
    """An example with some of its names replaced; the labels stay as they are."""
    random = np.random.default_rng(seed)
    words = list(one.words)
    for at, bits in enumerate(one.labels.tolist()):
        if bits in _REPLACED and random.random() < _SHARE:
            words[at] = _replaced(words[at], _REPLACED[bits], random)
    return replace(one, words=words)


_REPLACED = {
    1 << LABEL_IDS[label]: label for label in ("S-PER", "B-PER", "E-PER", "S-LOC", "S-ORG")
}  # the first and last words of a person's name, and what is one word


def _replaced(word: str, label: str, random: np.random.Generator) -> str:
    """Another name for a word with a label; what has no other is left as it is."""
    if label == "S-ORG":
        return abbreviation(random) if word.isupper() and len(word) <= _LONGEST else word
    listed = {"S-LOC": names().places, "B-PER": names().first}.get(label, names().last)
    if not word[:1].isupper() or (word.isupper() and len(word) > 1) or not word.isalpha():
        return word
    chosen = listed[int(random.integers(len(listed)))]
    genitive = (
        label != "B-PER" and word.endswith("s") and not chosen.endswith(("s", "z", "x")) and random.random() < 0.5
    )
    return chosen + "s" if genitive else chosen


def abbreviation(random: np.random.Generator) -> str:
    length = int(random.integers(_SHORTEST, _LONGEST + 1))
    return "".join(_CAPITALS[int(at)] for at in random.integers(len(_CAPITALS), size=length))
