"""What is known of articles for finding copies, in levels: a commit adds a small one, and like sizes are merged.

Of an article the newest level that has it counts (O'Neil and others, *The log-structured merge-tree*, 1996). So a
commit writes as much as is new, and each article is written again only as often as the archive has grown fourfold.
Two kinds of levels are kept: SKETCHES of all articles, which the writer looks up, and MEMBERS of families, for readers.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from marisa_trie import Trie

from search.families.traits import DAY, GONE, key_of
from search.mapped import LARGE_NUMBERS, Buffer, Mapped, MappedTexts, pieces, text_sections

Large = npt.NDArray[np.uint64]
Small = npt.NDArray[np.uint32]
Places = npt.NDArray[np.intp] | Small
Flags = npt.NDArray[np.bool_]

_HALF = np.uint64(32)
_LARGE = ("keys", "moments", "values", "postings", "ordered")
_SMALL = ("owners", "sizes", "together")


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
    owners: Small
    sizes: Small
    together: Small
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
        sizes = np.array(counts, np.uint32)
        together = by_families(sizes, moments, values)
        return cls(
            keys, moments, values, ids, postings[sequence], owners[sequence], sizes, together, values[together]
        )  # fmt: skip

    @classmethod
    def read(cls, mapped: Mapped) -> Level:
        """The level in a file; the pages of it that nobody looks at are not read."""
        large = [np.frombuffer(mapped.numbers(name, LARGE_NUMBERS), np.uint64) for name in _LARGE]
        small = [np.frombuffer(mapped.numbers(name), np.uint32) for name in _SMALL]
        keys, moments, values, postings, ordered = large
        owners, sizes, together = small
        return cls(keys, moments, values, mapped.texts("ids"), postings, owners, sizes, together, ordered)

    def pieces(self) -> Iterator[Buffer]:
        """The content of a file, to be written one after the other."""
        return pieces(Trie(), self._sections(), {})

    def _sections(self) -> Iterator[tuple[str, Iterable[Buffer]]]:
        for name in (*_LARGE, *_SMALL):
            yield name, [getattr(self, name).data]
        yield from text_sections("ids", self.ids)

    def places(self, keys: Large) -> tuple[Places, Flags]:
        """Where each key stands, and whether it stands there at all."""
        found = np.searchsorted(self.keys, keys)
        inside = found < len(self.keys)
        there = np.zeros(len(keys), np.bool_)
        there[inside] = self.keys[found[inside]] == keys[inside]
        return found, there

    def part(self, first: int, end: int) -> Level:
        """Some articles of a level of sketches, one after the other."""
        chosen = (self.owners >= first) & (self.owners < end)
        keys, moments, values = (column[first:end] for column in (self.keys, self.moments, self.values))
        ids = [self.ids[place] for place in range(first, min(end, len(self)))]
        owners = self.owners[chosen] - np.uint32(first)
        return Level(
            keys, moments, values, ids, self.postings[chosen], owners, self.sizes[first:end],
            self.together, self.ordered,
        )  # fmt: skip

    def family(self, number: int) -> Places:
        """The places of the members of a family, the earliest first."""
        first, last = (np.searchsorted(self.ordered, np.uint64(number), side) for side in ("left", "right"))
        return self.together[first:last]


def by_families(sizes: Small, moments: Large, values: Large) -> Small:
    """The places of articles by their families, the earliest of each first; none in a level of sketches."""
    if sizes.any():
        return np.zeros(0, np.uint32)
    # 0, no date, becomes the latest moment.
    return np.lexsort((moments - np.uint64(1), values)).astype(np.uint32)


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
