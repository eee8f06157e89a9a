"""Which names of an archive are left after some rules, and which of them have something in common?

An archive has millions, of which a rule concerns few. So what names may have in common is kept as *marks*, the hashes
of it in arrays, and names are read, to be compared letter by letter, only where several marks are the same.
"""

from __future__ import annotations

from array import array
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import TypeVar

import numpy as np

from indexer.authority.counted_names import CountedNames, GrowingStrings
from indexer.resolution.aliases import spelling_key
from search.article import EntityName, Renamings
from search.engines.arrays import Array
from search.german.romanisation import romanised

Counts = Mapping[EntityName, int]
Renamed = Iterable[tuple[EntityName, EntityName | None]]
Key = TypeVar("Key")

NO_MARK = 0


@dataclass(frozen=True, slots=True)
class Evidence:
    """What the articles of an archive say of names, with their numbers of articles.

    `found` has names as found in articles, `explained` abbreviations with what an article says that they stand for.
    `fixed` are names that somebody decided on, by an alias or by declaring them: they stand for themselves. `called`
    tells what an alias says that a name is called, also one that others are listed as. `refused`
    tells what somebody said to be no name, `refused_as` also in place of which name. `is_no_name` tells what the
    archive shows to be a common word.
    """

    found: CountedNames
    explained: Mapping[tuple[EntityName, EntityName], int] = field(default_factory=dict)
    fixed: Collection[EntityName] = frozenset()
    refused: Callable[[EntityName], bool] = lambda _: False
    refused_as: Callable[[EntityName, EntityName], bool] = lambda _found, _listed: False
    is_no_name: Callable[[EntityName], bool] = lambda _: False
    called: Callable[[EntityName], EntityName | None] = lambda _: None


class NamesLeft:
    """The names that are left, with their numbers of articles, and what those that are gone stand for.

    Names are numbered: those found first, then those that others stand for although no article has them.
    """

    def __init__(self, evidence: Evidence) -> None:
        self.evidence = evidence
        self._found = evidence.found
        self._new: list[EntityName] = []
        self._counts: dict[EntityName, int | None] = {}  # that are others than found, None of names that are gone
        self._gone: dict[EntityName, EntityName | None] = {}
        self._marks = _Marks(self._found)
        self._new_marks = _Marks(())

    def __contains__(self, name: EntityName) -> bool:
        return self.count(name) > 0

    def __iter__(self) -> Iterator[EntityName]:
        changed = self._counts
        yield from (name for name in self._found if changed.get(name, 1) is not None)
        yield from (name for name in self._new if changed[name] is not None)

    def count(self, name: EntityName) -> int:
        """In how many articles a name is by the rules so far; 0 if it is not left."""
        count = self._counts[name] if name in self._counts else self._found.get(name)
        return count or 0

    def name(self, number: int) -> EntityName:
        """The name of a number, whether it is left or not."""
        found = self._found
        return found.name(number) if number < len(found) else self._new[number - len(found)]

    def spelling(self, number: int) -> str:
        """How the name of a number is written, so that other ways to write it are the same."""
        found = len(self._found)
        return self._marks.texts[number] if number < found else self._new_marks.texts[number - found]

    def marks(self, numbers: Array, mark: Callable[[EntityName], int]) -> Array:
        """The marks of the names of these numbers."""
        return np.fromiter((mark(self.name(number)) for number in numbers.tolist()), np.int64, len(numbers))

    def read(self, numbers: Array) -> Iterator[tuple[EntityName, int]]:
        """The names of these numbers, as far as they are left, with their numbers of articles."""
        found, changed = self._found, self._counts
        for number in numbers.tolist():
            name = self.name(number)
            count = changed[name] if name in changed else found.count(number)
            if count is not None:
                yield name, count

    @property
    def keys(self) -> Array:
        """The marks of the keys of all numbers."""
        return np.append(self._marks.keys, self._new_marks.keys)

    @property
    def spellings(self) -> Array:
        """The marks of types and spellings of all numbers."""
        return np.append(self._marks.spellings, self._new_marks.spellings)

    @property
    def last_words(self) -> Array:
        """The marks of the last words of full names of persons, none for other names."""
        return np.append(self._marks.last_words, self._new_marks.last_words)

    def are_persons(self) -> Array:
        """Of which numbers the names are persons."""
        return np.append(self._found.are("person"), [name.type == "person" for name in self._new]).astype(bool)

    def end_in_s(self) -> Array:
        """Of which numbers the names end in an s."""
        return np.append(self._found.end_in("s"), [name.name.endswith("s") for name in self._new]).astype(bool)

    def groups(
        self, numbers: Array, marks: Array, key: Callable[[EntityName], Key], alone: Array | None = None
    ) -> Iterator[tuple[Key, dict[EntityName, int]]]:
        """Several names of these numbers that have a key in common, of which `marks` are the hashes.

        A name that has a mark among those of `alone` is a group by itself.
        """
        for _, several in same_marks(numbers, marks, alone):
            by_key: dict[Key, dict[EntityName, int]] = {}
            for name, count in self.read(several):
                by_key.setdefault(key(name), {})[name] = count
            least = 2 if alone is None else 1
            yield from ((own, names) for own, names in by_key.items() if len(names) >= least)

    def rename(self, renamed: Renamed) -> None:
        """Have names stand for others, but for those that are fixed or that somebody refused as the other.

        For one that is gone stands what it stands for: *Weiß* may have gone to *Weißs*, which shall go to *Weiß*.
        """
        evidence = self.evidence
        ends = ((name, self.now(other) if other else None) for name, other in renamed)
        new = {
            name: other
            for name, other in ends
            if name != other and (other is None or not (name in evidence.fixed or evidence.refused_as(name, other)))
        }
        added: list[EntityName] = []
        for name, other in new.items():
            if other in new:  # the other one goes itself: what is left stands for nothing that is not there
                continue
            self._gone[name] = other
            count = self.count(name)
            self._counts[name] = None
            if other:
                if other not in self._counts and other not in self._found:
                    added.append(other)
                self._counts[other] = self.count(other) + count
        self._new += added
        self._new_marks = _Marks(self._new)

    def now(self, name: EntityName) -> EntityName | None:
        """What a name stands for by the rules so far."""
        current: EntityName | None = name
        while current in self._gone:
            current = self._gone[current]
        return current

    def renamings(self) -> Renamings:
        """What is listed in place of each name found, but for those that stay."""
        refused_as = self.evidence.refused_as
        ends = {name: end for name in self._found if (end := self._end(name)) != name}
        kept = {name: end for name, end in ends.items() if end is None or not refused_as(name, end)}
        return {name: None if end and self.evidence.refused(end) else end for name, end in kept.items()}

    def _end(self, name: EntityName) -> EntityName | None:
        end = self.now(name)
        return (self.evidence.called(end) or end) if end else None

    def best(self, names: Counts) -> EntityName:
        """The name to keep of several spellings: a fixed one, else the most frequent, else the first by letters.

        One that a line end broke (*Saint- Saëns*) is kept only if there is no other; of equally frequent ones, one
        with umlauts and accents is.
        """

        def rank(name: EntityName) -> tuple[bool, bool, int, bool, EntityName]:
            fixed = name in self.evidence.fixed
            return not fixed, "- " in name.name, -names[name], name.name.isascii(), name

        return min(names, key=rank)


class _Marks:
    """The marks of names, by number, and how they are spelled, which takes as long to find as all rules."""

    def __init__(self, names: Iterable[EntityName]) -> None:
        keys, spellings, last_words, texts = array("q"), array("q"), array("q"), GrowingStrings()
        for name in names:
            key = spelling_key(name.name)
            keys.append(hash(key))
            text = spelled(name.type, key)
            texts.append(text)
            spellings.append(mark_of_spelling(name.type, text))
            several = name.type == "person" and " " in key
            last_words.append(hash(key.rpartition(" ")[2]) if several else NO_MARK)
        self.keys, self.spellings, self.last_words = (
            np.frombuffer(marks, np.int64) for marks in (keys, spellings, last_words)
        )
        self.texts = texts.strings()


def spelled(type: str, key: str) -> str:
    """What a key of a name of this type is in one way to write Slavic letters."""
    return " ".join(map(romanised, key.split())) if type == "person" else key


def mark_of_spelling(type: str, text: str) -> int:
    """The mark of a type and a spelling."""
    return hash((type, text))


def are_among(marks: Array, wanted: Array) -> Array:
    """Which marks are among those that are wanted; NumPy's own function takes ten times as long for millions."""
    ordered = np.sort(wanted)
    places = np.minimum(np.searchsorted(ordered, marks), max(len(ordered) - 1, 0))
    there: Array = ordered[places] == marks if len(ordered) else np.zeros(len(marks), bool)
    return there


def same_marks(numbers: Array, marks: Array, alone: Array | None = None) -> Iterator[tuple[int, Array]]:
    """The numbers that have a mark in common, with the mark; also those by themselves that have one of `alone`."""
    marked = np.flatnonzero(marks != NO_MARK)
    numbers, marks = numbers[marked], marks[marked]
    order = np.argsort(marks)
    numbers, marks = numbers[order], marks[order]
    starts = np.flatnonzero(np.append(True, marks[1:] != marks[:-1])) if len(marks) else order
    ends = np.append(starts[1:], len(marks))
    wanted = ends - starts > 1
    if alone is not None:
        wanted |= are_among(marks[starts], alone)
    for start, end in zip(starts[wanted].tolist(), ends[wanted].tolist(), strict=True):
        yield int(marks[start]), numbers[start:end]
