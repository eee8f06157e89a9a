"""Is a word a common noun? The word lists of the recogniser know, and so does the end of a compound."""

from __future__ import annotations

from indexer.recognition.network import shipped_network
from indexer.recognition.word_lists import LISTS, NOUN
from indexer.resolution.cache import cached_by_name

SHORTEST_END = 6  # letters of a noun that proves a word to be a compound with it: *Staatsunternehmen*


_NAMES = sum(1 << at for at, kind in enumerate(LISTS) if kind in ("first", "last", "city", "town", "country"))


@cached_by_name
def is_common_noun(word: str) -> bool:
    """Whether a word is a noun of the lexicon, in its base form, and neither a name nor a place of any list."""
    mask = shipped_network().lists.mask(word)
    return bool(mask & NOUN) and not mask & _NAMES


@cached_by_name
def is_noun(word: str) -> bool:
    """Whether a word is the base form of a noun of the lexicon, or a compound that ends in one: *Videorunde*."""
    lists = shipped_network().lists
    if lists.mask(word) & NOUN or bool(lists.compounded([word]).all()):
        return True
    return any(lists.mask(word[at:].capitalize()) & NOUN for at in range(3, len(word) - SHORTEST_END + 1))
