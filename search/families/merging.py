"""How do two levels become one? Written block by block: however large they are, little of them is in memory."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import pairwise
from typing import TypeVar

import numpy as np
import numpy.typing as npt
from marisa_trie import Trie

from search.families.levels import Large, Level, Small, by_families
from search.families.traits import GONE
from search.mapped import Buffer, pieces, text_sections

GROWTH = 4  # a level is at least so many times as large as the one after it
BLOCK = 1 << 18  # postings of the older level, or ids, that are read at once

Number = TypeVar("Number", np.uint64, np.uint32)
# Takes what a level of this place is to be, and gives it as it was written.
Keep = Callable[[int, Iterable[Buffer]], Level]


def added(levels: Sequence[Level], level: Level, keep: Keep) -> list[Level]:
    """The levels with a newer one. What is not as it was is written by `keep`, the last of them at last."""
    kept = list(levels)
    if not _are_alike(kept, level):
        return [*kept, keep(len(kept), level.pieces())]
    while _are_alike(kept, level):
        older = kept.pop()
        level = keep(len(kept), merged(older, level, is_oldest=not kept))
    return [*kept, level]


def _are_alike(levels: Sequence[Level], level: Level) -> bool:
    return bool(levels) and len(levels[-1]) < GROWTH * len(level)


def merged(older: Level, newer: Level, is_oldest: bool) -> Iterator[Buffer]:
    """The content of a file of two levels as one; if there is none before it, nothing need be known of what is gone."""
    return pieces(Trie(), _Merge(older, newer, is_oldest).sections(), {})


class _Merge:
    """Which articles of two levels are kept, and where each will stand."""

    def __init__(self, older: Level, newer: Level, is_oldest: bool) -> None:
        self._both = older, newer
        self._kept = ~newer.places(older.keys)[1], np.ones(len(newer), np.bool_)
        if is_oldest:
            for level, kept in zip(self._both, self._kept, strict=True):
                kept &= level.values != np.uint64(GONE)
        self._order = np.argsort(np.concatenate([older.keys[self._kept[0]], newer.keys[self._kept[1]]]), kind="stable")
        self._numbers = self._new_places()

    def _new_places(self) -> tuple[Small, Small]:
        """By the place of an article in each level its place in both."""
        ordered = np.empty(len(self._order), np.uint32)
        ordered[self._order] = np.arange(len(ordered), dtype=np.uint32)
        older, newer = (np.zeros(len(kept), np.uint32) for kept in self._kept)
        first = np.count_nonzero(self._kept[0])
        older[self._kept[0]], newer[self._kept[1]] = ordered[:first], ordered[first:]
        return older, newer

    def sections(self) -> Iterator[tuple[str, Iterable[Buffer]]]:
        """Those of a level, in the order of its files."""
        older, newer = self._both
        sizes = self._of_both(older.sizes, newer.sizes)
        moments, values = self._of_both(older.moments, newer.moments), self._of_both(older.values, newer.values)
        together = by_families(sizes, moments, values)
        yield "keys", [self._of_both(older.keys, newer.keys).data]
        yield "moments", [moments.data]
        yield "values", [values.data]
        yield "postings", (postings.data for postings, _ in self._postings())
        yield "ordered", [values[together].data]
        yield "owners", (owners.data for _, owners in self._postings())
        yield "sizes", [sizes.data]
        yield "together", [together.data]
        yield from text_sections("ids", self._ids())

    def _of_both(self, *columns: npt.NDArray[Number]) -> npt.NDArray[Number]:
        return np.concatenate([of[kept] for of, kept in zip(columns, self._kept, strict=True)])[self._order]

    def _ids(self) -> Iterator[str]:
        older, newer = self._both
        places = np.concatenate([np.flatnonzero(self._kept[0]), np.flatnonzero(self._kept[1]) + len(older)])
        for first in range(0, len(places), BLOCK):
            for place in places[self._order[first : first + BLOCK]].tolist():
                yield older.ids[place] if place < len(older) else newer.ids[place - len(older)]

    def _postings(self) -> Iterator[tuple[Large, Small]]:
        """Those of both levels in order, of the older one first, and where their articles stand.

        Both are in order by themselves, and so need no sorting, which takes several times the memory.
        """
        older, newer = self._both
        firsts = np.arange(BLOCK, len(older.postings), BLOCK)
        ends = [0, *firsts.tolist(), len(older.postings)]
        others = [0, *np.searchsorted(newer.postings, older.postings[firsts]).tolist(), len(newer.postings)]
        for (start, end), (other_start, other_end) in zip(pairwise(ends), pairwise(others), strict=True):
            early, owners = self._part(0, slice(start, end))
            late, other_owners = self._part(1, slice(other_start, other_end))
            places = np.searchsorted(early, late, side="right")
            yield np.insert(early, places, late), np.insert(owners, places, other_owners)

    def _part(self, which: int, part: slice) -> tuple[Large, Small]:
        level = self._both[which]
        owners = level.owners[part]
        kept = self._kept[which][owners]
        return level.postings[part][kept], self._numbers[which][owners[kept]]
