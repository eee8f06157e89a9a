"""How is a word of a headline in capitals usually written?"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

FEWEST_ALL_CAPS = 3  # words of letters of a line that is a headline; all of three must be in capitals
_MOST_SMALL = 0.2  # of its words


def is_all_caps(words: Sequence[str]) -> bool:
    """Whether nearly all words of a sentence are written in capitals."""
    spelled = [word for word in words if len(word) > 1 and word.isalpha()]
    small = sum(not word.isupper() for word in spelled)
    return len(spelled) >= FEWEST_ALL_CAPS and small <= _MOST_SMALL * len(spelled)


def truecased(word: str, known: Mapping[str, int]) -> str:
    """A word in capitals as it is usually written; `known` has the usual words, more frequent ones with less."""
    if not word.isupper() or len(word) < 2:
        return word
    forms = (word.lower(), word.capitalize(), word)
    return min(forms, key=lambda form: known.get(form, len(known))) if any(map(known.__contains__, forms)) else forms[1]
