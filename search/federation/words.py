"""The words of several archives, as spelling needs them."""

from __future__ import annotations

from collections.abc import Sequence

from search.store.words import WordLookup


class FederatedWords:
    """Words with the sums of their numbers of articles; an archive that has a word too rarely to keep it adds nothing.

    The highest count is that of all archives if the most frequent word is the same in each, as it is in German.
    """

    def __init__(self, members: Sequence[WordLookup]) -> None:
        self._members = members
        self.total = sum(words.total for words in members)
        self.highest = sum(words.highest for words in members)

    def __contains__(self, word: str) -> bool:
        return any(word in words for words in self._members)

    def count(self, word: str) -> int:
        return sum(words.count(word) for words in self._members)

    def sounding_like(self, word: str) -> set[str]:
        return set[str]().union(*(words.sounding_like(word) for words in self._members))
