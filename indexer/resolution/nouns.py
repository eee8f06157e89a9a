"""Is a word a common noun? The word lists of the recogniser know, and so does the end of a compound."""

from __future__ import annotations

from indexer.recognition.network import shipped_network
from indexer.recognition.word_lists import NOUN
from indexer.resolution.cache import cached_by_name

SHORTEST_END = 6  # letters of a noun that proves a word to be a compound with it: *Staatsunternehmen*


@cached_by_name
def is_noun(word: str) -> bool:
    """Whether a word is the base form of a noun of the lexicon, or ends in one."""
    lists = shipped_network().lists
    ends = (word[at:].capitalize() for at in range(3, len(word) - SHORTEST_END + 1))
    return any(lists.mask(noun) & NOUN for noun in (word, *ends))
