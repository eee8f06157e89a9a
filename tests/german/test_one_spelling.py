"""Words of two spellings are found by a quick look, which misses none."""

import re
from itertools import product

from search.german import spellings
from search.german.spellings import one_spelling

# What rules look for and what they look for around it, and letters that may stand between.
PATTERNS = " ".join(rule.pattern.pattern for rule in spellings._RULES)
PIECES = ["", "a", *sorted(set(re.findall("[a-z]+", PATTERNS)))]
ENDINGS = ("", "e", "en", "er", "s", "ig")


def test_no_spelling_is_missed() -> None:
    """Words of the pieces that the rules look for have the spelling that all rules, one after the other, give them."""
    words = {"".join(pieces) for pieces in product(PIECES, PIECES, ENDINGS)}
    assert {word: one_spelling(word) for word in words} == {word: _by_all_rules(word) for word in words}


def _by_all_rules(word: str) -> str:
    for trigger, pattern, instead in spellings._RULES:
        word = pattern.sub(instead, word) if trigger in word else word
    return word
