"""Which names are common words? What an article writes in small letters at least as often, and *Welch* at the start."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from indexer.resolution.found_names import FoundName, Texts
from indexer.resolution.roles import is_before_person, names_behind
from search.german.function_words import FUNCTION_WORDS

# Not *Weil* and *Will*, whom there are.
_NEVER_NAMES = (FUNCTION_WORDS - {"weil", "will"}) | frozenset(
    f"{stem}{ending}"
    for stem in ("welch", "solch", "manch", "jed", "jedwed", "irgendein", "irgendwelch", "etlich", "sämtlich", "beid")
    for ending in ("", "e", "en", "em", "er", "es")
)
_QUOTES = ' "„“»«‚‘’'
_MOST_QUOTES = 10  # signs and blanks before the first word of a sentence
_ENDS = ("", ".", "!", "?", ":", "\n", "–", "…")


def without_common_words(texts: Texts, found: Sequence[FoundName]) -> list[FoundName]:
    """The names found, without those of one word that are common words in the article: *Oder er kommt, oder sie*.

    Names that aliases or the program know, the last names of persons named in full, persons behind an office (*Minister
    Ernst*), and those in capitals stay: *ZEIT* is no *zeit*.
    """
    last = {one.written.split()[-1] for one in found if " " in one.written and one.span.type == "person"}
    found = [one for one in found if one.fixed or one.written in last or not _is_function_word(texts, one)]
    suspects = {one.written for one in found if not one.fixed and one.written.istitle()} - last
    suspects = {name for words in texts.values() for name in suspects if name.lower() in words.distinct}
    if not suspects:
        return found
    times = Counter(word for words in texts.values() for word in words.words)
    common = {name for name in suspects if times[name.lower()] >= times[name]}
    if common:
        common -= names_behind(found, texts, is_before_person)
    return [one for one in found if one.fixed or one.written not in common]


def _is_function_word(texts: Texts, one: FoundName) -> bool:
    """Whether a name is a function word that begins a sentence: *Welch ein Tag*, *Solch Glück*."""
    if not one.written.istitle() or one.written.lower() not in _NEVER_NAMES:
        return False
    text, start = texts[one.span.field].text, one.span.start
    return text[max(0, start - _MOST_QUOTES) : start].rstrip(_QUOTES)[-1:] in _ENDS
