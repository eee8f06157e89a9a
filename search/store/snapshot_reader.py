"""What did the last commit keep beside its articles? A snapshot, mapped when it is first needed."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Generic, TypeVar

from search.errors import IndexDamaged
from search.mapped import Mapped
from search.store.check_report import remedy
from search.store.place import Place
from search.store.refreshing import RefreshingEngine
from search.store.snapshots import snapshot_name

ATTEMPTS = 5  # as long as commits come in between

Value = TypeVar("Value")


class SnapshotReader(Generic[Value]):
    """A value of one kind as of the last commit that renewed it; threads may share it."""

    def __init__(self, place: Place, commits: RefreshingEngine, kind: str, make: Callable[[Mapped], Value]) -> None:
        self._place = place
        self._commits = commits
        self._kind = kind
        self._make = make
        self._held: tuple[tuple[int, str, str], Value] | None = None

    def get(self) -> Value:
        """The value. Raises IndexDamaged if it is not as it was written."""
        for _ in range(ATTEMPTS):
            manifest = self._commits.manifest()
            name = snapshot_name(manifest.files, self._kind) or ""
            current = manifest.generation, name, manifest.files.get(name, "")
            held = self._held
            if held is None or held[0] != current:
                mapped = opened(self._place.snapshot(manifest, self._kind))
                if mapped is None:  # a commit that came in between has a newer one
                    continue
                self._held = held = current, self._make(mapped)
            return held[1]
        raise IndexDamaged(f"{name} of the index in {self._place.address} is missing. {remedy(self._place.address)}")


def opened(path: Path | None) -> Mapped | None:
    """The values in a file, None if it was removed."""
    with suppress(FileNotFoundError):
        return Mapped.open(path) if path else None
    return None
