"""What the rules say of frequent words, made beforehand: to look a word up takes a tenth of the time that they take.

`python -m training.frequent_words DIRECTORY` makes the file anew after any change of the rules, and
`tests/german/test_frequent_words.py` holds that it says what they say. What it has for a word is for `layers` to read.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path

from marisa_trie import BytesTrie

PATH = Path(__file__).parent / "data" / "frequent_words.marisa"


@cache
def frequent_words() -> BytesTrie:
    """The words that come with the package, in small letters, each with one text."""
    return BytesTrie().load(str(PATH))
