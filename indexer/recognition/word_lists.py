"""On which open word lists does a word stand? A bit for each list, by the hash of the word."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

import numpy as np
from numpy.typing import NDArray

from indexer.recognition.word_features import variants, word_hash, word_hashes

LISTS = ("word", "noun", "frequent", "usual", "rare", "first", "last", "city", "town", "country", "part")
BITS = len(LISTS)
WORD, NOUN = 1, 2  # the bits of two lists: small words, nouns
_SHORTEST_FRONT, _SHORTEST_END = 3, 4  # letters
_STEP = 0xFFFF  # the widest gap between two hashes
_NO_KINDS = frozenset[str]()


@dataclass(frozen=True, slots=True)
class WordLists:
    """Hashes of words, ascending, and the lists that have each, as bits."""

    hashes: NDArray[np.uint32]
    masks: NDArray[np.uint16]

    def features(self, words: Sequence[str]) -> NDArray[np.float32]:
        """A row of zeros and ones for each word: each list for each variant of the word, then how it is compounded."""
        forms = [form for word in words for form in variants(word)]
        masks = np.where(np.fromiter(map(len, forms), np.intp) > 0, self._masks(forms), 0)
        bits = ((masks[:, None] >> np.arange(BITS)) & 1).reshape(len(words), -1)
        return np.concatenate([bits, self.compounded(words)], axis=1).astype(np.float32)

    def kinds(self, word: str) -> frozenset[str]:
        """The names of the lists on which a word stands as it is written."""
        asked = word_hash(word)
        place = bisect_left(self.hashes, asked)  # of one hash faster than NumPy
        if place == len(self.hashes) or int(self.hashes[place]) != asked:
            return _NO_KINDS
        return _kinds(int(self.masks[place]))

    def any_noun(self, words: Sequence[str]) -> bool:
        """Whether any of these words is a noun, as it is written."""
        return bool((self._masks(words) & NOUN).any())

    def _masks(self, forms: Sequence[str]) -> NDArray[np.uint16]:
        """The bits of each form, none for one that is on no list."""
        asked = word_hashes(forms)
        order = np.argsort(asked)  # in which they are found several times faster
        ascending = asked[order]
        places = np.minimum(np.searchsorted(self.hashes, ascending), len(self.hashes) - 1)
        found = np.empty(len(asked), np.uint16)
        found[order] = np.where(self.hashes[places] == ascending, self.masks[places], np.uint16(0))
        return found

    def compounded(self, words: Sequence[str]) -> NDArray[np.bool_]:
        """Whether a word ends in a known noun, and whether what stands before it is known as well: *Kurgärtnerei*."""
        cuts = [(number, word, at) for number, word in enumerate(words) for at in _cuts(word)]
        found = np.zeros((len(words), 2), bool)
        if not cuts:
            return found
        is_noun = self._masks([word[at:].capitalize() for _, word, at in cuts]) & NOUN > 0
        ends = [cuts[place] for place in np.flatnonzero(is_noun).tolist()]
        if ends:
            fronts = [word[:at].lower() for _, word, at in ends]
            is_word = (self._masks(fronts) | self._masks([front.removesuffix("s") for front in fronts])) & WORD > 0
            owners = np.array([number for number, _, _ in ends])
            found[owners, 0] = True
            found[owners[is_word], 1] = True
        return found


@cache
def _kinds(mask: int) -> frozenset[str]:
    """The names of the lists that a mask stands for."""
    return frozenset(kind for at, kind in enumerate(LISTS) if mask >> at & 1)


def _cuts(word: str) -> range:
    """Where a word could be cut into two of a length that proves something."""
    return range(_SHORTEST_FRONT, len(word) - _SHORTEST_END + 1) if word.isalpha() else range(0)


def delta_encoded(lists: WordLists) -> tuple[NDArray[np.uint16], NDArray[np.uint16]]:
    """The gaps between the hashes, and the masks; a wide gap has steps with an empty mask."""
    hashes = lists.hashes.astype(np.int64)
    gaps = hashes - np.append(0, hashes[:-1])
    steps = gaps // _STEP
    widths = np.full(int(steps.sum()) + len(gaps), _STEP, np.uint16)
    masks = np.zeros(len(widths), np.uint16)
    last = np.cumsum(steps + 1) - 1
    widths[last] = gaps % _STEP
    masks[last] = lists.masks
    return widths, masks


def delta_decoded(gaps: NDArray[np.uint16], masks: NDArray[np.uint16]) -> WordLists:
    """The lists again."""
    return WordLists(np.cumsum(gaps, dtype=np.uint32), masks)
