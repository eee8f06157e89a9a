"""One spelling for the ways to write Slavic names in Latin letters: Selenskyj, Selenskij and Zelensky.

German, English and scientific transcriptions differ in a few letters only. Names are known by
their endings; in all other words these letters tell words apart (Meier and Meyer, Vase and Wase).
"""

import re

# A key begins with a sign that no word has, so that no word meets it by chance.
KEY_SIGN = "~"
SHORTEST = 5

_C = "(?:tsch|tch|cz|ch|c)"
_ENDINGS = re.compile(
    rf"(?:sk(?:[iy]|[iy][ijy]|a[jy]a|o[ijy])|[ejo][wv]a?|enko|[iy]{_C}ko|aln(?:[iy]|[iy][ijy])|[eo][wv][iy]{_C})$"
)
_LONGEST_ENDING = 7  # itschko
_LAST_LETTERS = frozenset("achijovwyz")  # of all these endings
# What is written for one Cyrillic letter, in this order.
_LETTERS = tuple(
    (re.compile(pattern), letter)
    for pattern, letter in (
        ("schtsch|shch", "š"),
        ("tsch|tch|cz", "c"),
        ("sch|sh|zh", "š"),
        ("ch|kh", "c"),
        ("š|^z(?=[aeiouy])", "s"),
        ("^dj(?=[aeiou])", "d"),
        ("w", "v"),
        ("(?<=[aeou])[jy]e|^[jy]e", "e"),
        ("[ijy]+", "i"),
        ("(?:io|e|o)v(?=a?$)", "ov"),
        (r"(.)\1", r"\1"),
    )
)


def romanised(word: str) -> str:
    """The key of a Slavic name, which all its transcriptions share; other words stay as they are.

    `word` is folded: selenskyj and zelensky are both ~selenski.
    """
    if len(word) < SHORTEST or word[-1] not in _LAST_LETTERS or not _ENDINGS.search(word, len(word) - _LONGEST_ENDING):
        return word
    for pattern, letter in _LETTERS:
        word = pattern.sub(letter, word)
    return KEY_SIGN + word
