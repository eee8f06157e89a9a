"""Is a word a common noun? The word lists of the recogniser know, and so does the end of a compound.

They are loaded with the first question: who only reads bylines waits for no NumPy.
"""

from __future__ import annotations

from collections.abc import Collection
from functools import cache
from typing import TYPE_CHECKING

from indexer.resolution.cache import cached_by_name

if TYPE_CHECKING:
    from indexer.recognition.word_lists import WordLists

SHORTEST_END = 6  # letters of a noun that proves a word to be a compound with it: *Staatsunternehmen*
_NAMES = ("first", "last", "city", "town", "country")  # lists


@cached_by_name
def is_listed_noun(word: str) -> bool:
    """Whether a word is a noun of the lexicon, in its base form."""
    return _is_on("noun", word)


@cached_by_name
def is_common_noun(word: str) -> bool:
    """Whether a word is a noun of the lexicon, in its base form, and neither a name nor a place of any list."""
    return _is_on("noun", word) and not any(_is_on(name, word) for name in _NAMES)


@cached_by_name
def is_noun(word: str) -> bool:
    """Whether a word is the base form of a noun of the lexicon, or a compound that ends in one: *Videorunde*."""
    return _is_on("noun", word) or bool(_lists().compounded([word]).all()) or ends_in_noun(word)


@cached_by_name
def ends_in_noun(word: str) -> bool:
    """Whether a word is a compound that ends in a noun of the lexicon, a long one: *Pausenfilm*, but not *Sandoval*."""
    ends = [word[at:].capitalize() for at in range(3, len(word) - SHORTEST_END + 1)]
    return bool(ends) and _lists().any_noun(ends)


@cached_by_name
def is_small_word(word: str) -> bool:
    """Whether a word of the lexicon is written so in small letters: *Damals*, *Welch*."""
    return _is_on("word", word.lower())


@cached_by_name
def is_person_name(word: str) -> bool:
    """Whether a word is a first or last name."""
    return _is_on("first", word) or _is_on("last", word)


@cached_by_name
def is_city(word: str) -> bool:
    """Whether a word is the name of a large city."""
    return _is_on("city", word)


@cached_by_name
def is_town(word: str) -> bool:
    """Whether a word is the name of a town, be it a small one."""
    return _is_on("town", word)


def lists_of(word: str) -> Collection[str]:
    """The names of the lists that a word is on."""
    return _lists().kinds(word)


def _is_on(kind: str, word: str) -> bool:
    return kind in lists_of(word)


@cache
def _lists() -> WordLists:
    from indexer.recognition.network import shipped_network

    return shipped_network().lists
