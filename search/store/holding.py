"""What is an archive asked of? One index with all that is kept beside it, or several as one (search/federation)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from search.engines.base import Engine
from search.errors import IndexIncompatible
from search.families.reading import Families, FamilyLookup
from search.mapped import Mapped
from search.store.aliases import AliasReader, KeptAliases
from search.store.family_reader import LevelReader
from search.store.names import NameLookup, Names
from search.store.place import Place, usable_manifest
from search.store.refreshing import RefreshingEngine
from search.store.snapshot_reader import SnapshotReader
from search.store.snapshots import MEMBERS, SKETCHES
from search.store.words import WordLookup, Words


@dataclass(frozen=True, slots=True)
class Status:
    """The state of an archive; `committed` is UTC in ISO 8601.

    `directory` is where it lies, `bytes` the size of all that is kept there.
    """

    directory: str
    engine: str
    articles: int
    generation: int
    committed: str
    bytes: int
    schema: int
    analysis: str


class Holding(Protocol):
    """What an archive has: as of the last commit, whenever it is asked. Threads may share it."""

    @property
    def archives(self) -> tuple[str, ...]:
        """The names of the archives that are asked as one; none if there is only one."""
        ...

    def absent(self) -> tuple[str, ...]:
        """The names of those that cannot be asked just now."""
        ...

    def commit(self) -> tuple[int, ...]:
        """What tells the last commit from all before it."""
        ...

    def engine(self) -> Engine:
        """The articles. Raises IndexMissing, IndexIncompatible, IndexUnreadable or EngineUnavailable."""
        ...

    def words(self) -> WordLookup:
        """The words; the same object as long as they are the same. Raises IndexDamaged."""
        ...

    def names(self) -> NameLookup:
        """The names. Raises IndexDamaged."""
        ...

    def aliases(self) -> KeptAliases:
        """The aliases that its articles were resolved with. Raises IndexDamaged."""
        ...

    def families(self) -> FamilyLookup:
        """Which articles are copies of which. Raises IndexDamaged."""
        ...

    def knows_copies(self) -> bool:
        """Whether it is known which articles are copies."""
        ...

    def sketches(self) -> Sequence[Mapped]:
        """What tells which articles are new. Raises IndexIncompatible where that is not known."""
        ...

    def status(self) -> Status:
        """What there is, and where it lies."""
        ...

    def close(self) -> None:
        """Let go of it."""
        ...


class OneIndex:
    """The index at one place. Raises IndexMissing, IndexIncompatible or EngineUnavailable if it cannot be opened."""

    archives: tuple[str, ...] = ()

    def __init__(self, place: Place) -> None:
        self._place = place
        self._refreshing = RefreshingEngine(place)
        self._words = SnapshotReader(place, self._refreshing, "words", Words)
        self._names = SnapshotReader(place, self._refreshing, "names", Names)
        self._aliases = AliasReader(place, self._refreshing)
        self._families = LevelReader(place, self._refreshing, MEMBERS, Families)
        self._sketches = LevelReader(place, self._refreshing, SKETCHES, tuple)

    def absent(self) -> tuple[str, ...]:
        return ()

    def commit(self) -> tuple[int, ...]:
        self._refreshing.current()
        return self._refreshing.stamp

    def engine(self) -> Engine:
        return self._refreshing.current()

    def words(self) -> Words:
        return self._words.get()

    def names(self) -> Names:
        return self._names.get()

    def aliases(self) -> KeptAliases:
        return self._aliases.get()

    def families(self) -> Families:
        return self._families.get()

    def knows_copies(self) -> bool:
        return bool(self._sketches.get())  # not in a cluster, nor if it was built by an old version

    def sketches(self) -> Sequence[Mapped]:
        levels = self._sketches.get()
        address = self._place.address
        if self._place.is_shared:
            raise IndexIncompatible(
                f"The archive at {address} lies in a cluster, which does not say which articles are new. "
                "Watch a copy of it in a directory: nachlese copy"
            )
        if not levels and self.engine().count():
            raise IndexIncompatible(
                f"The index at {address} does not say which articles are new. Run once: "
                f"nachlese index SOURCE --index {address}"
            )
        return levels

    def status(self) -> Status:
        manifest = usable_manifest(self._place)
        return Status(
            directory=self._place.address,
            engine=manifest.engine,
            articles=self.engine().count(),
            generation=manifest.generation,
            committed=manifest.committed,
            bytes=self._place.bytes(),
            schema=manifest.schema,
            analysis=manifest.analysis,
        )

    def close(self) -> None:
        self._refreshing.close()
