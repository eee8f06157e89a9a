"""Where can an archive lie? What a place must be able to do, whatever keeps the articles.

A place holds generations. One of them is in use, and the manifest says which; a rebuild fills another one, and the
manifest switches. Beside the articles a generation keeps snapshots and other values, each of which the manifest names
with its check sum.
"""

from __future__ import annotations

from contextlib import AbstractContextManager
from pathlib import Path
from typing import Protocol

from search.engines.base import Engine
from search.errors import IndexMissing
from search.store.check_report import CheckReport
from search.store.manifest import Manifest


class Place(Protocol):
    """A place that an archive lies at, or will."""

    @property
    def address(self) -> str:
        """What --index calls it."""
        ...

    @property
    def is_shared(self) -> bool:
        """Whether several may write at once; what one of them has not put may be there all the same, then."""
        ...

    @property
    def local(self) -> Path:
        """The folder on this machine for what is no part of the index: what is known of documents, copies of blobs."""
        ...

    @property
    def aliases(self) -> Path | None:
        """The file with the newsroom's names unless another is named, which need not exist; None if there is none."""
        ...

    def stamp(self) -> tuple[int, int]:
        """Changes with every commit. Raises IndexMissing."""
        ...

    def manifest(self) -> Manifest | None:
        """What the place holds, None if there is no index. Raises IndexIncompatible if it makes no sense."""
        ...

    def check(self, manifest: Manifest, engine: str | None = None) -> None:
        """Raise IndexIncompatible unless this code, with this engine if one is named, can use the index."""
        ...

    def open_engine(self, manifest: Manifest) -> Engine:
        """The engine of the generation in use. Raises IndexDamaged if what it keeps is damaged or gone."""
        ...

    def create_engine(self, generation: int, engine: str | None, before: Manifest | None) -> tuple[str, Engine]:
        """The name and the engine of a new, empty generation.

        It is the engine asked for, or else that of the index `before`, or else the best one for the place.
        """
        ...

    def publish(self, engine: str, generation: int, articles: int, changes: int = 0) -> None:
        """Make this generation, as it is now, the one that readers use.

        `changes` is how many articles have changed since the snapshots were computed.
        """
        ...

    def snapshot(self, manifest: Manifest, kind: str) -> Path | None:
        """The file of a snapshot, None if a newer commit has removed it. Raises IndexDamaged."""
        ...

    def snapshots_age(self, generation: int) -> float:
        """How many seconds ago the snapshots of a generation were computed; endless if one is wanting."""
        ...

    def write_snapshots(self, generation: int, engine: Engine) -> None:
        """Compute snapshots from what the engine looks at; `publish` makes them those that readers use."""
        ...

    def keep(self, generation: int, kind: str, content: bytes) -> None:
        """Keep a value of another kind; `publish` makes it the one in use."""
        ...

    def kept(self, generation: int, kind: str) -> bytes | None:
        """The value in use, None if there is none. Raises IndexDamaged if it is not as it was written."""
        ...

    def kept_age(self, generation: int, kind: str) -> float:
        """How many seconds ago a value of this kind was kept; endless if there is none."""
        ...

    def next_generation(self, current: Manifest | None) -> int:
        """The number of a generation that nobody uses."""
        ...

    def being_rebuilt(self) -> Manifest | None:
        """The manifest of the generation in which several build the archive anew, None if none is begun."""
        ...

    def sweep(self, keep: int | None) -> None:
        """Remove what is not in use: other generations, and what killed runs left."""
        ...

    def discard(self, generation: int) -> None:
        """Remove a generation that was not published."""
        ...

    def forget_documents(self) -> None:
        """Remove what is known of documents; the next run reads all of them."""
        ...

    def purge(self) -> None:
        """Leave nothing of snapshots and values that are not in use any more."""
        ...

    def unfinished(self, generation: int) -> AbstractContextManager[None]:
        """Note that somebody writes to a generation; a block that is killed or raises leaves the note."""
        ...

    def locked(self) -> AbstractContextManager[None]:
        """Be one that writes; the only one, unless the place is shared. Raises IndexLocked if another is."""
        ...

    def verify(self) -> CheckReport:
        """Compare all that is kept with its check sums. Raises IndexMissing, IndexIncompatible, IndexUnreadable."""
        ...

    def bytes(self) -> int:
        """The size of all that is kept."""
        ...

    def missing(self) -> IndexMissing:
        """The error for a place without an index."""
        ...


def usable_manifest(place: Place) -> Manifest:
    """The manifest of an index that this code can read. Raises IndexMissing or IndexIncompatible."""
    manifest = place.manifest()
    if manifest is None:
        raise place.missing()
    place.check(manifest)
    return manifest
