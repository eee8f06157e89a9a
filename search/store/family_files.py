"""The levels of families in a generation: a file for each, which a commit keeps or replaces as it does snapshots.

`sketches0-000003.snapshot` is the largest level of sketches, `members1-000007.snapshot` the second of members. Where
there is no level any more, the file is empty.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import partial

from search.families.finding import Changes, find
from search.families.levels import Level
from search.families.merging import added, merged
from search.families.traits import GONE
from search.mapped import Buffer, Mapped
from search.store.directory import IndexDirectory
from search.store.snapshots import MEMBERS, SKETCHES


class FamilyFiles:
    """The families of the generation that is written to, as of its last commit and what was added since."""

    def __init__(self, place: IndexDirectory, generation: int) -> None:
        self._place = place
        self._generation = generation
        self._levels = {kind: self._read(kind) for kind in (SKETCHES, MEMBERS)}

    def change(self, changes: Changes, text_of: Callable[[str], str], span: int) -> None:
        """Take over what a commit has put and deleted; `text_of` gives the texts of the articles that it has."""
        new = find(self._levels[SKETCHES], self._levels[MEMBERS], changes, text_of, span)
        for kind, level in zip((SKETCHES, MEMBERS), new, strict=True):
            if len(level):
                self._replace(kind, added(self._levels[kind], level, partial(self._write, kind)))

    def forget(self) -> None:
        """Write all levels as one, in which nothing is left of what is gone."""
        for kind, (first, *others) in ((kind, levels) for kind, levels in self._levels.items() if levels):
            one = self._write(kind, 0, merged(first, Level.of(()), is_oldest=True))
            for level in others:
                one = self._write(kind, 0, merged(one, level, is_oldest=True))
            self._replace(kind, [one] if len(one) else [])

    def ids(self) -> set[str]:
        """The ids of all articles that are known."""
        found: set[str] = set()
        for level in self._levels[SKETCHES]:
            for place, mark in enumerate(level.values.tolist()):
                (found.discard if mark == GONE else found.add)(level.ids[place])
        return found

    def _read(self, kind: str) -> list[Level]:
        levels: list[Level] = []
        while (path := self._place.kept_file(self._generation, f"{kind}{len(levels)}")) and path.stat().st_size:
            levels.append(Level.read(Mapped.open(path)))
        return levels

    def _write(self, kind: str, number: int, content: Iterable[Buffer]) -> Level:
        """A level in a file: what need not be in memory is not."""
        return Level.read(Mapped.open(self._place.keep_file(self._generation, f"{kind}{number}", content)))

    def _replace(self, kind: str, levels: list[Level]) -> None:
        """Have these levels, which are written, instead of those that were."""
        for number in range(len(levels), len(self._levels[kind])):
            self._place.keep_file(self._generation, f"{kind}{number}", ())
        self._levels[kind] = levels
