"""What did the last commit keep beside its articles? A snapshot, mapped when it is first needed."""

from __future__ import annotations

from collections.abc import Callable
from typing import Generic, TypeVar

from search.errors import IndexDamaged
from search.mapped import Mapped
from search.store.checking import remedy
from search.store.checksums import checksum
from search.store.directory import IndexDirectory
from search.store.manifest import Manifest
from search.store.refreshing import RefreshingEngine
from search.store.rights import reading
from search.store.snapshots import snapshot_name

ATTEMPTS = 5  # as long as commits come in between

Value = TypeVar("Value")


class SnapshotReader(Generic[Value]):
    """A value of one kind as of the last commit that renewed it; threads may share it."""

    def __init__(
        self, place: IndexDirectory, commits: RefreshingEngine, kind: str, make: Callable[[Mapped], Value]
    ) -> None:
        self._place = place
        self._commits = commits
        self._kind = kind
        self._make = make
        self._held: tuple[tuple[int, str], Value] | None = None

    def get(self) -> Value:
        """The value. Raises IndexDamaged if its file is not as it was written."""
        for _ in range(ATTEMPTS):
            manifest = self._commits.manifest()
            name = snapshot_name(manifest.files, self._kind) or ""
            held = self._held
            if held is None or held[0] != (manifest.generation, name):
                mapped = self._read(manifest, name)
                if mapped is None:  # a commit that came in between has a newer one
                    continue
                self._held = held = (manifest.generation, name), self._make(mapped)
            return held[1]
        raise self._damaged(name)

    def _read(self, manifest: Manifest, name: str) -> Mapped | None:
        """The content of a file, None if it is not there. A flipped bit would have the trie read beyond its end."""
        path = self._place.generation(manifest.generation) / name
        with reading(self._place.path):
            try:
                if not name or checksum(path) != manifest.files[name]:
                    raise self._damaged(name)
                return Mapped.open(path)
            except FileNotFoundError:
                return None

    def _damaged(self, name: str) -> IndexDamaged:
        missing = name or f"The file of {self._kind}"
        return IndexDamaged(
            f"{missing} of the index in {self._place.path} is damaged or missing. {remedy(self._place.path)}"
        )
