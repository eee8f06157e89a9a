"""Which words does an archive have, and in how many articles? As spelling needs them: also by how they sound."""

from __future__ import annotations

from array import array
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from typing import Protocol

from marisa_trie import WEIGHT_ORDER, Trie

from search.engines.base import Engine
from search.german.phonetics import phonetic_key
from search.mapped import NUMBERS, Mapped, pack
from search.schema import column

SHORTEST = 2
LONGEST = 50
# Words of an archive that are kept at most, the most frequent ones. With more than SIFTED_FROM, those in only one
# article are left out: many are misspelt themselves.
MOST_VOCABULARY = 500_000
SIFTED_FROM = 300_000
MOST_COUNTED = 2**32 - 1
# Comparing a misspelling with a bucket of so many words takes a fifth of a millisecond. Four times
# as many find nothing more; a quarter of it loses one word in a hundred.
BUCKET_SIZE = 2000
BATCH = 100  # words whose sounds are looked for together


class WordLookup(Protocol):
    """What knows the words of an archive."""

    @property
    def total(self) -> int:
        """The sum of all counts."""
        ...

    @property
    def highest(self) -> int:
        """The highest count."""
        ...

    def __contains__(self, word: str) -> bool:
        """Whether there is a word."""
        ...

    def count(self, word: str) -> int:
        """The number of articles with a word."""
        ...

    def sounding_like(self, word: str) -> set[str]:
        """Words that begin or end with the same sounds: with so many that they are few."""
        ...


class Words:
    """Words with their number of articles, which can be asked for those that begin or end with the same sounds."""

    def __init__(self, mapped: Mapped) -> None:
        self._trie = mapped.trie
        self._counts = mapped.numbers("counts")
        self._beginnings = _PrefixBuckets(mapped, "beginnings")
        self._endings = _PrefixBuckets(mapped, "endings")
        self.total = int(mapped.values["total"])  # of all counts
        self.highest = int(mapped.values["highest"])  # count

    @classmethod
    def of(cls, vocabulary: Iterable[tuple[str, int]]) -> Words:
        """Words in memory; those that are not of letters, or too short or long, are left out."""
        return cls(Mapped.of(pack_words(vocabulary)))

    def __len__(self) -> int:
        return len(self._trie)

    def __contains__(self, word: str) -> bool:
        return word in self._trie

    def count(self, word: str) -> int:
        """The number of articles with a word."""
        number = self._trie.get(word)
        return 0 if number is None else self._counts[number]

    def sounding_like(self, word: str) -> set[str]:
        """Words that begin or end with the same sounds: with so many that they are few."""
        key, word_of = phonetic_key(word), self._trie.restore_key
        numbers = {*self._beginnings.near(key), *self._endings.near(key[::-1])}
        return {word_of(number) for number in numbers}


def is_word(word: str) -> bool:
    """Whether a word is one that can be kept."""
    return SHORTEST <= len(word) <= LONGEST and word.isalpha()


def archive_words(engine: Engine) -> bytes:
    """The words of an archive in headlines and text, packed for a file."""
    counts = dict(engine.vocabulary(column("body", "exact"), "", MOST_VOCABULARY))
    for word, count in engine.vocabulary(column("title", "exact"), "", MOST_VOCABULARY):
        counts[word] = max(count, counts.get(word, 0))
    least = 2 if len(counts) > SIFTED_FROM else 1
    return pack_words((word, count) for word, count in counts.items() if count >= least)


def pack_words(vocabulary: Iterable[tuple[str, int]]) -> bytes:
    """Words with their number of articles, packed for a file."""
    counts = {word: min(count, MOST_COUNTED) for word, count in vocabulary if is_word(word)}
    trie = Trie(counts, num_tries=1, order=WEIGHT_ORDER)
    words = list(map(trie.restore_key, range(len(trie))))
    keys = [key for some in _batches(words) for key in phonetic_key("\n".join(some)).split("\n")]
    sections: dict[str, bytes | array[int]] = {"counts": array(NUMBERS, map(counts.__getitem__, words))}
    buckets = {}
    for name, sounds in (("beginnings", keys), ("endings", [key[::-1] for key in keys])):
        order = sorted(range(len(sounds)), key=sounds.__getitem__)
        sections[name] = array(NUMBERS, order)
        buckets[name] = dict(_buckets(list(map(sounds.__getitem__, order))))
    return pack(trie, sections, buckets | {"total": sum(counts.values()), "highest": max(counts.values(), default=0)})


def _batches(words: list[str]) -> Iterator[list[str]]:
    """The words, some at a time: a text of all is looked through more slowly, above all if one letter is Cyrillic."""
    return (words[start : start + BATCH] for start in range(0, len(words), BATCH))


class _PrefixBuckets:
    """Numbered keys in order, in buckets labelled with what all keys in them begin with."""

    def __init__(self, mapped: Mapped, name: str) -> None:
        self._order = mapped.numbers(name)
        self._buckets: dict[str, tuple[int, int]] = mapped.values[name]

    def near(self, key: str) -> Iterator[int]:
        """The numbers of keys that begin as this one does: with so many letters that they are few."""
        for letters in range(len(key) + 1):
            if bucket := self._buckets.get(key[:letters]):
                yield from self._order[slice(*bucket)]


def _buckets(keys: Sequence[str]) -> Iterator[tuple[str, tuple[int, int]]]:
    """The label of each bucket, and where it starts and ends among the sorted keys."""
    crowded = [("", 0, len(keys))]
    while crowded:
        label, start, end = crowded.pop()
        if end - start <= BUCKET_SIZE:
            yield label, (start, end)
            continue
        same = bisect_left(keys, label + "\0", start, end)
        yield label, (start, min(same, start + BUCKET_SIZE))
        while same < end:
            longer = keys[same][: len(label) + 1]
            start, same = same, bisect_left(keys, longer + "\U0010ffff", same, end)
            crowded.append((longer, start, same))
