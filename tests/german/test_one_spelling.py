"""Words of two spellings are found by a quick look, which misses none."""

import re
from itertools import product
from random import Random

from search.german import spellings
from search.german.spellings import one_spelling

# What rules look for and what they look for around it, and letters that may stand between.
PATTERNS = " ".join(rule.pattern.pattern for rule in spellings._RULES)
PIECES = ["", "a", *sorted(set(re.findall("[a-z]+", PATTERNS)))]
ENDINGS = ("", "e", "en", "er", "s", "ig")
DRAWN = 100_000  # words; all of them would be half a million, and most of a minute


def test_no_spelling_is_missed() -> None:
    """Words of the pieces that the rules look for have the spelling that all rules, one after the other, give them."""
    every = sorted({"".join(pieces) for pieces in product(PIECES, PIECES, ENDINGS)})
    words = Random(1).sample(every, DRAWN)
    assert {word: found for word in words if (found := one_spelling(word)) != _by_all_rules(word)} == {}


def _by_all_rules(word: str) -> str:
    for other, usual in spellings._USUAL.items():
        word = word.replace(other, usual)
    for trigger, pattern, instead in spellings._RULES:
        word = pattern.sub(instead, word) if trigger in word else word
    return word
