"""Which names are common words? What an article writes in small letters at least as often."""

from __future__ import annotations

from collections.abc import Sequence

from indexer.resolution.found_names import FoundName, Texts


def without_common_words(texts: Texts, found: Sequence[FoundName]) -> list[FoundName]:
    """The names found, without those of one word that are common words in the article: *Oder er kommt, oder sie*.

    Names that aliases or the program know, the last names of persons named in full, and those in capitals stay: *ZEIT*
    is no *zeit*.
    """
    last = {one.written.split()[-1] for one in found if " " in one.written and one.span.type == "person"}
    suspects = {one.written for one in found if not one.fixed and one.written.istitle()} - last
    common = {name for name in suspects if (small := _times(name.lower(), texts)) and small >= _times(name, texts)}
    return [one for one in found if one.fixed or one.written not in common]


def _times(word: str, texts: Texts) -> int:
    """How often a word stands in the texts."""
    return sum(words.words.count(word) for words in texts.values() if word in words.distinct)
