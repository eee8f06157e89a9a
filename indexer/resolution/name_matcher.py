"""Where do these names stand in a text, letter by letter? Dictionary matching for thousands of names."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate, compress
from typing import Generic, NamedTuple, TypeVar

# No word begins with a blank; most have letters of German alone, which are found faster than any.
_WORD = re.compile(r"(?! )([a-zA-ZäöüÄÖÜß]++(?=[ ,.\n])|\w+(?:[-'’]\w+)*)")
_NO_GENITIVE = "sxzß"

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Words:
    """A text, its words, where each of them starts, and the different ones."""

    text: str
    words: Sequence[str]
    starts: Sequence[int]
    distinct: frozenset[str]


def words_of(text: str) -> Words:
    """The words of a text; hyphens and apostrophes inside belong to them."""
    pieces = _WORD.split(text)  # what stands between words, and words, in turns
    words = pieces[1::2]
    return Words(text, words, list(accumulate(map(len, pieces)))[:-1:2], frozenset(words))


class Occurrence(NamedTuple, Generic[T]):
    """A name in a text: character offsets, a genitive s with it, and what is known of it."""

    start: int
    end: int
    known: T


class NameMatcher(Generic[T]):
    """Looks for many names at once, the longest first; takes time that grows with the text only.

    Names that begin with one word may be many, but only so many of them differ in length.
    """

    def __init__(self, names: Mapping[str, T]) -> None:
        self._names = names
        lengths: defaultdict[str, set[int]] = defaultdict(set)
        for name in names:
            if first := _WORD.match(name):
                lengths[first[0]].add(len(name))
        self._lengths = {first: sorted(found, reverse=True) for first, found in lengths.items()}
        self._firsts = {first + ending for first in lengths for ending in ("", "s", "_")}

    def find(self, words: Words, taken: Iterable[tuple[int, int]] = ()) -> Iterator[Occurrence[T]]:
        """The names in a text, in order and without overlap, outside of the places `taken`, which are in order."""
        if self._firsts.isdisjoint(words.distinct):
            return
        length = len(words.text)
        rest, end = iter([*taken, (length, length)]), 0
        place = next(rest)
        for at in compress(range(len(words.words)), map(self._firsts.__contains__, words.words)):
            word, start = words.words[at], words.starts[at]
            while place[1] <= start:
                place = next(rest)
            if start < end or place[0] <= start:
                continue
            found = self._at(words.text, word, start, place[0])
            if found:
                end = found.end
                yield found

    def _at(self, text: str, word: str, start: int, limit: int) -> Occurrence[T] | None:
        """The longest name that begins with a word and ends before the limit."""
        for first in (word, word[:-1]):
            for length in self._lengths.get(first, ()):
                name = text[start : start + length]
                end = _end(text, start + length) if name in self._names else None
                if end is not None and end <= limit:
                    return Occurrence(start, end, self._names[name])
        return None


def _end(text: str, end: int) -> int | None:
    """Where the word of a name ends, a genitive s with it; None if it goes on."""
    if text[end : end + 1] == "s" and text[end - 1] not in _NO_GENITIVE:
        end += 1
    goes_on = text[end : end + 1].isalnum() or (text[end : end + 1] == "-" and text[end + 1 : end + 2].isalnum())
    return None if goes_on else end
