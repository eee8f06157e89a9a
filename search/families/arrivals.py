"""Which articles of an archive were not known before? Keys are compared, whatever became of the rest."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from search.families.levels import Large, Level, newest
from search.families.traits import GONE, key_of
from search.mapped import Mapped

_KEYS = np.dtype("<u8")


@dataclass(frozen=True, slots=True)
class Arrivals:
    """The ids of new articles, in no order, and `known` for the next time: eight bytes for each article ever known.

    `before` are the keys that were known before, in order. If there are such, but the archive has none of them, though
    it has others, it `is_another_archive`.
    """

    ids: tuple[str, ...]
    known: bytes
    before: Large
    is_another_archive: bool

    def was_known(self, id: str) -> bool:
        """Whether an article was known before."""
        key = np.uint64(key_of(id))  # np.isin would sort all that is known
        place = int(np.searchsorted(self.before, key))
        return place < len(self.before) and bool(self.before[place] == key)


def arrivals(levels: Sequence[Mapped], known: bytes) -> Arrivals:
    """What the levels of sketches have that is not in `known`."""
    read = [Level.read(mapped) for mapped in levels]
    before = np.frombuffer(known, _KEYS).astype(np.uint64)
    new: dict[int, str] = {}
    kept = False
    for level in read:
        values, _ = newest(read, level.keys)
        was_known = np.isin(level.keys, before)
        places = np.flatnonzero((values != np.uint64(GONE)) & ~was_known)
        kept |= bool(was_known.any())
        new |= {int(level.keys[place]): level.ids[place] for place in places.tolist()}
    keys = np.union1d(before, np.array(list(new), np.uint64))
    return Arrivals(tuple(new.values()), keys.astype(_KEYS).tobytes(), before, bool(len(before) and new and not kept))
