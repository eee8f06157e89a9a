"""Words that begin a sentence and look like names there: *Oder er kommt nicht*, *Schön war es*.

A word in small letters is no name. So the rest of a sentence behind it, begun with a capital, teaches that the same
word is none at the beginning of a sentence either.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import pairwise

from indexer.recognition.labels import LABEL_IDS
from training.recogniser.examples import UNMARKED, Example

_FEWEST = 30  # occurrences of a word in small letters
_MOST = 40  # sentences for a word
_SHORTEST = 4  # words of a sentence
_NAMES = frozenset(1 << LABEL_IDS[label] for label in ("S-PER", "B-PER", "E-PER", "S-LOC", "B-LOC", "S-ORG", "B-ORG"))


def beginnings(examples: Sequence[Example]) -> Iterator[Example]:
    """Sentences that begin with a word of two meanings, at most _MOST for each word."""
    room = dict.fromkeys(_both(examples), _MOST)
    for one in examples:
        for begin, end in pairwise([*one.sentences, len(one.words)]):
            for at in range(begin + 1, end - _SHORTEST):
                word = one.words[at]
                if room.get(word, 0) and one.labels[at] == UNMARKED:
                    room[word] -= 1
                    words = [word.capitalize(), *one.words[at + 1 : end]]
                    yield Example(one.source, one.group, words, [0], one.labels[at:end], one.certainty[at:end])


def _both(examples: Sequence[Example]) -> list[str]:
    """The words that are frequent in small letters and names in capitals, in the order of the alphabet."""
    small = Counter(word for one in examples for word in one.words if word.islower())
    named = {
        word
        for one in examples
        for word, bits in zip(one.words, one.labels.tolist(), strict=True)
        if bits in _NAMES and word.istitle()
    }
    return sorted(word for word, count in small.items() if count >= _FEWEST and word.capitalize() in named)
