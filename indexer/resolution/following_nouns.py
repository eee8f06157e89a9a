"""Does a noun follow a name, so that its -s may be a genitive? *Putins neuer Krieg*, not *Rolf Sievers der Zeitung*."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from functools import cached_property

from indexer.resolution.cache import cached_by_name
from indexer.resolution.found_names import Texts
from indexer.resolution.nouns import is_small_word
from search.german.function_words import is_function_word

_NOUN = re.compile(r" (?:([a-zäöüß]+e[nrsm]?) )?[A-ZÄÖÜ]")
# Words that end like adjectives and are none, beside the function words.
_OTHERS = re.compile(
    r"keine[nrsm]?|solche[nrsm]?|(?:habe|hätte|sei|dürfe|müsse)n?|per|vier|ansonsten|d(?:ie|en|er)selben?"
)
# The past of verbs, which some participles and numbers look like: *machte*. Not *gewagte*, *neueste*, *dritte*.
_PAST = re.compile(
    r"(?!.*ge.{3}|berühm|.*(?:est|igst|ichst|größt)en?$|(?:drit|vier|fünf|sechs|sieb|ach|neun|zehn)ten?$).*ten?"
)
_PAST_END = re.compile(r"en?$")
_CAPITAL = r"[A-ZÀ-ÖØ-Þ][\w’'-]*"
# What stands at the beginning of a clause, or behind a verb: *Rolf Sievers ist*, *sagte Rolf Sievers.*
_SUBJECT = re.compile(
    rf"(?:^|(?<=[.!?:] )|(?<=\n)|(?<=[a-zäöüß,] ))(?:{_CAPITAL} ){{0,3}}{_CAPITAL}s(?= [a-zäöüß]|[.,:;!?()])", re.M
)


def noun_follows(text: str, end: int) -> bool:
    """Whether a noun stands behind a place in a text, maybe with an adjective before it."""
    following = _NOUN.match(text, end)
    return following is not None and (following[1] is None or _may_be_adjective(following[1]))


class SubjectsInS:
    """The names in texts that end in -s where no genitive can stand, and their last words."""

    def __init__(self, texts: Texts) -> None:
        self._texts = texts

    def __contains__(self, name: str) -> bool:
        return self._times[name.rpartition(" ")[2]] > 1 and name in self._names

    @cached_property
    def _times(self) -> Counter[str]:
        return Counter(word for words in self._texts.values() for word in words.words if word.endswith("s"))

    @cached_property
    def _names(self) -> frozenset[str]:
        return frozenset(name for words in self._texts.values() for name in _subjects(words.text))


def _subjects(text: str) -> Iterator[str]:
    for match in _SUBJECT.finditer(text):
        if not noun_follows(text, match.end()):
            yield match[0]
            yield match[0].rpartition(" ")[2]


@cached_by_name
def _may_be_adjective(word: str) -> bool:
    """Whether a small word that ends like an adjective may be one."""
    if is_function_word(word) or _OTHERS.fullmatch(word):
        return False
    return not _PAST.fullmatch(word) or any(is_small_word(_PAST_END.sub(end, word)) for end in ("er", "es", "em"))
