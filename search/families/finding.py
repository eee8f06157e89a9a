"""Which of the articles of a commit are copies, and of which others?

Articles that share sampled shingles are candidates; those that do so most are compared by all shingles of their texts.
A family is what hangs together by that, within a span of days. What one article may cost has a bound: so many others
are looked at for each shingle, and so many compared, whatever the archive holds.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache, partial

import numpy as np

from search.families.levels import Large, Level, Places, days, newest
from search.families.shingles import LEAST, repeats, shingles
from search.families.traits import DAY, GONE, Traits, key_of

MOST_LISTED = 32  # articles that are looked at for one shingle in one level
# A candidate shares so much of the smaller sketch, or anything if that is as small as can be.
SHARED = 4  # one in so many
MOST_COMPARED = 6  # candidates whose texts are compared with an article's
ASKED_TOGETHER = 500  # articles whose candidates are looked for at once

_CACHED = 512  # shingles of texts
_HALF = np.uint64(32)


Changes = Mapping[str, Traits | None]  # by id; None for what was deleted


@dataclass(slots=True)
class _Group:
    """Articles that hang together: ids of those in no family yet, numbers of families, first and last day."""

    alone: list[str]
    families: list[int]
    first: int
    last: int

    @property
    def name(self) -> str | int:
        """One of them; its group is this one, or the larger one that this has become a part of."""
        return self.families[0] if self.families else self.alone[0]


def find(
    sketches: Sequence[Level], members: Sequence[Level], changes: Changes, text_of: Callable[[str], str], span: int
) -> tuple[Level, Level]:
    """The newest levels, of sketches and of members, that the changes of a commit add to these.

    `text_of` gives the text of a committed article, "" if there is none; a family spans at most so many days.
    """
    return _Search(sketches, members, changes, text_of, span).levels()


class _Search:
    def __init__(
        self,
        sketches: Sequence[Level],
        members: Sequence[Level],
        changes: Changes,
        text_of: Callable[[str], str],
        span: int,
    ) -> None:
        self._old = sketches
        self._members = members
        self._span = span
        self._shingles = lru_cache(_CACHED)(lambda name: shingles(text_of(name)))
        ids = list(changes)
        keys = np.array([key_of(id) for id in ids], np.uint64)
        marks, _ = newest(sketches, keys)
        self._changed = {
            id: traits
            for id, before, traits in zip(ids, marks.tolist(), changes.values(), strict=True)
            if before != (traits.mark if traits else GONE)
        }
        self._new = Level.of(
            (id, traits.moment, traits.mark, traits.sketch) if traits else (id, 0, GONE, ())
            for id, traits in self._changed.items()
        )
        # Not a method of this object, which then had itself: what was looked through would wait for the collector.
        self._day = lru_cache(_CACHED)(partial(_day_of, [*sketches, self._new]))
        self._groups: dict[str | int, _Group] = {}  # by the id of an article or the number of a family

    def levels(self) -> tuple[Level, Level]:
        """The level of sketches and that of members."""
        rows: dict[str, tuple[int, int]] = self._left()
        for one, other in self._candidates():
            first, second = self._group(one), self._group(other)
            if first is not second and self._fit(first, second) and self._repeat(one, other):
                self._join(first, second)
        for group in {id(group): group for group in self._groups.values()}.values():
            if len(group.alone) + len(group.families) > 1:
                rows |= self._rows(group)
        return self._new, Level.of((id, moment, family, ()) for id, (moment, family) in rows.items())

    def _left(self) -> dict[str, tuple[int, int]]:
        """The articles that leave their families, as they are no more or have another text."""
        keys = np.array([key_of(id) for id in self._changed], np.uint64)
        before, moments = newest(self._members, keys)
        found = zip(self._changed, before.tolist(), moments.tolist(), strict=True)
        return {id: (moment, GONE) for id, family, moment in found if family != GONE}

    def _candidates(self) -> Iterable[tuple[str, str]]:
        """New articles with others that share most of what is sampled, the most first."""
        levels = [*self._old, self._new]
        starts = np.cumsum([0, *map(len, levels)])
        for first in range(0, len(self._new), ASKED_TOGETHER):
            asked = self._new.part(first, first + ASKED_TOGETHER)
            votes: list[Large] = []
            for place, level in enumerate(levels):
                askers, found = _sharing(asked, level, self._span)
                if place == len(levels) - 1:  # each pair of new articles once
                    once = found.astype(np.int64) < askers.astype(np.int64) + first
                    askers, found = askers[once], found[once]
                pairs, counts = np.unique((askers << _HALF) | found, return_counts=True)
                least = np.minimum(asked.sizes[(pairs >> _HALF).astype(np.intp)], level.sizes[_low(pairs)])
                enough = (counts * SHARED >= least) | (least <= LEAST)
                votes.append(np.stack([pairs[enough] + np.uint64(starts[place]), counts[enough].astype(np.uint64)]))
            pairs, counts = np.concatenate(votes, axis=1)
            yield from self._most(pairs, counts, asked, levels, starts.tolist())

    def _most(
        self, pairs: Large, counts: Large, asked: Level, levels: Sequence[Level], starts: Sequence[int]
    ) -> Iterable[tuple[str, str]]:
        order = np.lexsort((pairs, np.uint64(2**32) - counts, pairs >> _HALF))
        asker, looked_at = -1, 0
        for pair in pairs[order].tolist():
            if pair >> 32 != asker:
                asker, looked_at = pair >> 32, 0
            if looked_at < MOST_COMPARED:
                place = int(np.searchsorted(starts, pair & 0xFFFFFFFF, side="right")) - 1
                at = (pair & 0xFFFFFFFF) - starts[place]
                if self._is_current(levels, place, at):
                    looked_at += 1
                    yield asked.ids[asker], levels[place].ids[at]

    def _is_current(self, levels: Sequence[Level], place: int, at: int) -> bool:
        """Whether no newer level has the article that stands there."""
        key = levels[place].keys[at : at + 1]
        return not any(level.places(key)[1][0] for level in levels[place + 1 :])

    def _group(self, id: str) -> _Group:
        """The group of an article as of now."""
        found = self._groups.get(id)
        if found is None:
            key = np.array([key_of(id)], np.uint64)
            family = GONE if id in self._changed else int(newest(self._members, key)[0][0])
            found = self._groups[id] = self._alone(id) if family == GONE else self._family(family)
        found = self._groups[id] = self._groups[found.name]
        return found

    def _alone(self, id: str) -> _Group:
        return _Group([id], [], self._day(id), self._day(id))

    def _family(self, number: int) -> _Group:
        if number not in self._groups:
            dated = days(np.concatenate([level.moments[level.family(number)] for level in self._members]))
            dated = dated[dated > 0]
            first, last = (int(dated.min()), int(dated.max())) if len(dated) else (0, 0)
            self._groups[number] = _Group([], [number], first, last)
        return self._groups[number]

    def _fit(self, one: _Group, other: _Group) -> bool:
        """Whether both together span no more days than a family may."""
        if not (one.first and other.first):
            return True
        return max(one.last, other.last) - min(one.first, other.first) <= self._span

    def _repeat(self, one: str, other: str) -> bool:
        same_day = 0 < self._day(one) == self._day(other)
        return repeats(self._shingles(one), self._shingles(other), same_day)

    def _join(self, one: _Group, other: _Group) -> None:
        """Put the smaller group into the larger one."""
        small, large = sorted((one, other), key=lambda group: len(group.families) + len(group.alone))
        large.alone += small.alone
        large.families += small.families
        dated = [group for group in (one, other) if group.first]
        large.first, large.last = (
            min((group.first for group in dated), default=0), max((group.last for group in dated), default=0),
        )  # fmt: skip
        self._groups |= dict.fromkeys([*small.alone, *small.families], large)

    def _rows(self, group: _Group) -> dict[str, tuple[int, int]]:
        """What the newest level says of the members of a group: their moments and the number of their family."""
        sizes = {number: sum(len(level.family(number)) for level in self._members) for number in group.families}
        number = max(sizes, key=lambda family: (sizes[family], family)) if sizes else self._fresh(group.alone)
        keys = np.array([key_of(id) for id in group.alone], np.uint64)
        moments = newest([*self._old, self._new], keys)[1].tolist()
        rows = {id: (moment, number) for id, moment in zip(group.alone, moments, strict=True)}
        for family in group.families:
            for level in self._members if family != number else ():
                for place in level.family(family).tolist():
                    id = level.ids[place]
                    if id not in self._changed and newest(self._members, level.keys[place : place + 1])[0][0] == family:
                        rows[id] = int(level.moments[place]), number
        return rows

    def _fresh(self, ids: Sequence[str]) -> int:
        """A number for a new family, which no other one has: an article that begins one again has another text."""
        id = min(ids)
        traits = self._changed.get(id)
        mark = traits.mark if traits else int(newest(self._old, np.array([key_of(id)], np.uint64))[0][0])
        return key_of(f"{id} {mark} {' '.join(sorted(ids)[:2])}")


def _low(pairs: Large) -> Places:
    """What stands in the lower half of each number."""
    return (pairs & np.uint64(2**32 - 1)).astype(np.intp)


def _sharing(asked: Level, level: Level, span: int) -> tuple[Large, Large]:
    """Places of asked articles and of those of a level that share a sampled shingle and may belong together by date."""
    if not len(asked.postings) or not len(level.postings):
        return np.zeros(0, np.uint64), np.zeros(0, np.uint64)
    hashes, dates = asked.postings >> _HALF, asked.postings & np.uint64(0xFFFFFFFF)
    base, width = hashes << _HALF, np.uint64(span)
    dated = dates > 0
    low = np.where(dated, np.maximum(dates, width + np.uint64(1)) - width, np.uint64(0))
    high = np.where(dated, dates + width, np.uint64(0xFFFFFFFF))
    undated = np.zeros_like(low)
    ranges = ((low, high, asked.owners), (undated[dated], undated[dated], asked.owners[dated]))
    askers, found = [], []
    for lowest, highest, owners in ranges:  # around the day of an article, and among those without one
        sought = base if owners is asked.owners else base[dated]
        starts = np.searchsorted(level.postings, sought | lowest)
        counts = np.searchsorted(level.postings, sought | highest, side="right") - starts
        counts = np.minimum(counts, MOST_LISTED)
        within = np.arange(counts.sum()) - np.repeat(np.cumsum(counts) - counts, counts)
        found.append(level.owners[np.repeat(starts, counts) + within])
        askers.append(np.repeat(owners, counts))
    return np.concatenate(askers).astype(np.uint64), np.concatenate(found).astype(np.uint64)


def _day_of(levels: Sequence[Level], id: str) -> int:
    """The day of an article, 0 if it has none."""
    return int(newest(levels, np.array([key_of(id)], np.uint64))[1][0]) // DAY
