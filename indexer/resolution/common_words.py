"""Which names are common words? What an article writes in small letters at least as often."""

from __future__ import annotations

from collections.abc import Sequence

from indexer.resolution.found_names import FoundName, Texts


def without_common_words(texts: Texts, found: Sequence[FoundName]) -> list[FoundName]:
    """The names found, without those of one word that are common words in the article: *Oder er kommt, oder sie*.

    Names that aliases or the program know, the last names of persons named in full, and those in capitals stay: *ZEIT*
    is no *zeit*.
    """
    words = [*texts["title"].words, *texts["body"].words]
    distinct = frozenset(words)
    last = {one.written.split()[-1] for one in found if " " in one.written and one.span.type == "person"}
    suspects = {one.written for one in found if not one.fixed and one.written.lower() in distinct} - last
    common = {name for name in suspects if name.istitle() and words.count(name.lower()) >= words.count(name)}
    return [one for one in found if one.fixed or one.written not in common]
