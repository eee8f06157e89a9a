"""What is known of articles for finding copies, in levels: a commit adds a small one, and like sizes are merged.

Of an article the newest level that has it counts (O'Neil and others, *The log-structured merge-tree*, 1996). So a
commit writes as much as is new, and each article is written again only as often as the archive has grown fourfold.
Two kinds of levels are kept: SKETCHES of all articles, which the writer looks up, and MEMBERS of families, for readers.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import compress

import numpy as np
import numpy.typing as npt
from marisa_trie import Trie

from search.families.traits import DAY, GONE, key_of
from search.mapped import LARGE_NUMBERS, Mapped, MappedTexts, packed_texts, pieces

GROWTH = 4  # a level is at least so many times as large as the one after it

Large = npt.NDArray[np.uint64]
Places = npt.NDArray[np.intp] | npt.NDArray[np.uint32]
Flags = npt.NDArray[np.bool_]

_HALF = np.uint64(32)
_LARGE = ("keys", "moments", "values", "postings", "ordered")
_SMALL = ("owners", "sizes", "together")
_OF_EACH = ("keys", "moments", "values")


@dataclass(frozen=True, slots=True)
class Level:
    """Articles in the order of their keys: ids, moments, a `value` of each, GONE for what is no more.

    In a level of sketches, the value tells whether an article has changed; `postings` are the sampled hashes with the
    days of their articles, in order, `owners` their articles by place, `sizes` their number by article. In one of
    members, the value is the number of a family; `together` are the places of articles by their families, the earliest
    of each first, `ordered` these families.
    """

    keys: Large
    moments: Large
    values: Large
    ids: Sequence[str] | MappedTexts
    postings: Large
    owners: Places
    sizes: Places
    together: Places
    ordered: Large

    def __len__(self) -> int:
        return len(self.keys)

    @classmethod
    def of(cls, rows: Iterable[tuple[str, int, int, Sequence[int]]]) -> Level:
        """A level of articles: the id, the moment, the value and the sketch of each, no id twice."""
        ordered = sorted((key_of(id), id, moment, value, hashes) for id, moment, value, hashes in rows)
        keys, moments, values = (np.array([row[at] for row in ordered], np.uint64) for at in (0, 2, 3))
        counts = [len(row[4]) for row in ordered]
        hashes = np.fromiter((number for row in ordered for number in row[4]), np.uint64, sum(counts))
        owners = np.repeat(np.arange(len(ordered), dtype=np.uint32), counts)
        postings = hashes << _HALF | days(moments)[owners]
        sequence = np.argsort(postings, kind="stable")
        ids = [row[1] for row in ordered]
        return cls.made(keys, moments, values, ids, postings[sequence], owners[sequence])

    @classmethod
    def made(
        cls, keys: Large, moments: Large, values: Large, ids: Sequence[str], postings: Large, owners: Places
    ) -> Level:
        """A level of articles in the order of their keys, with postings in order."""
        order = np.zeros(0, np.intp)
        if not len(postings):
            order = np.lexsort((moments - np.uint64(1), values))  # 0, no date, becomes the latest moment
        sizes = np.bincount(owners, minlength=len(keys))
        return cls(keys, moments, values, ids, postings, owners, sizes, order, values[order])

    @classmethod
    def read(cls, mapped: Mapped) -> Level:
        """The level in a file; the pages of it that nobody looks at are not read."""
        large = [np.frombuffer(mapped.numbers(name, LARGE_NUMBERS), np.uint64) for name in _LARGE]
        small = [np.frombuffer(mapped.numbers(name), np.uint32) for name in _SMALL]
        keys, moments, values, postings, ordered = large
        owners, sizes, together = small
        return cls(keys, moments, values, mapped.texts("ids"), postings, owners, sizes, together, ordered)

    def pieces(self) -> list[memoryview | bytes]:
        """The content of a file, to be written one after the other."""
        sections = {name: getattr(self, name) for name in _LARGE}
        sections |= {name: getattr(self, name).astype(np.uint32, copy=False) for name in _SMALL}
        return pieces(Trie(), {**sections, **packed_texts("ids", _listed(self.ids))}, {})

    def places(self, keys: Large) -> tuple[Places, Flags]:
        """Where each key stands, and whether it stands there at all."""
        found = np.searchsorted(self.keys, keys)
        inside = found < len(self.keys)
        there = np.zeros(len(keys), np.bool_)
        there[inside] = self.keys[found[inside]] == keys[inside]
        return found, there

    def those(self, chosen: Flags) -> Level:
        """The level of some of its articles."""
        if chosen.all():
            return self
        numbers = np.cumsum(chosen, dtype=np.uint32) - np.uint32(1)
        kept = chosen[self.owners]
        ids = list(compress(_listed(self.ids), chosen.tolist()))
        return Level.made(
            self.keys[chosen], self.moments[chosen], self.values[chosen], ids,
            self.postings[kept], numbers[self.owners[kept]],
        )  # fmt: skip

    def family(self, number: int) -> Places:
        """The places of the members of a family, the earliest first."""
        first, last = (np.searchsorted(self.ordered, np.uint64(number), side) for side in ("left", "right"))
        return self.together[first:last]


def _listed(ids: Sequence[str] | MappedTexts) -> Iterable[str]:
    return (ids[place] for place in range(len(ids)))


def days(moments: Large) -> Large:
    """The day of each moment, 0 if it has none."""
    return moments // np.uint64(DAY)


def newest(levels: Sequence[Level], keys: Large) -> tuple[Large, Large]:
    """The value and the moment of each key in the newest level that has it; GONE and 0 if none has."""
    values, moments = np.full(len(keys), GONE, np.uint64), np.zeros(len(keys), np.uint64)
    for level in levels:
        places, there = level.places(keys)
        values[there], moments[there] = level.values[places[there]], level.moments[places[there]]
    return values, moments


def merged(older: Level, newer: Level, is_oldest: bool) -> Level:
    """Two levels as one; if there is none before it, nothing need be known of what is gone."""
    _, again = newer.places(older.keys)
    older = older.those(~again)
    both = (older, newer)
    keys, moments, values = (np.concatenate([getattr(level, name) for level in both]) for name in _OF_EACH)
    order = np.argsort(keys, kind="stable")
    numbers = np.empty(len(keys), np.uint32)
    numbers[order] = np.arange(len(keys), dtype=np.uint32)
    ids = [*_listed(older.ids), *_listed(newer.ids)]
    postings, owners = _postings(older, newer, numbers)
    level = Level.made(
        keys[order], moments[order], values[order], [ids[place] for place in order.tolist()], postings, owners
    )
    return level.those(level.values != np.uint64(GONE)) if is_oldest else level


def _postings(older: Level, newer: Level, numbers: Places) -> tuple[Large, Places]:
    """The postings of two levels in order, and the articles they are of, which have these `numbers` now, those of the
    older level first. Both are in order by themselves, and so need no sorting, which takes several times the memory."""
    places = np.searchsorted(older.postings, newer.postings, side="right") + np.arange(len(newer.postings))
    is_older = np.ones(len(older.postings) + len(newer.postings), np.bool_)
    is_older[places] = False
    postings, owners = np.empty(len(is_older), np.uint64), np.empty(len(is_older), np.uint32)
    postings[is_older], postings[places] = older.postings, newer.postings
    owners[is_older], owners[places] = numbers[older.owners], numbers[len(older) :][newer.owners]
    return postings, owners


def added(levels: Sequence[Level], level: Level) -> tuple[list[Level], int]:
    """The levels with a newer one, and the place of the first of them that is not as it was."""
    kept = list(levels)
    while kept and len(kept[-1]) < GROWTH * len(level):
        level = merged(kept.pop(), level, is_oldest=not kept)
    return [*kept, level], len(kept)
