"""Which families and articles has the last commit? All levels of a kind, mapped when they are first needed."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Generic, TypeVar

from search.errors import IndexDamaged
from search.mapped import Mapped
from search.store.checking import remedy
from search.store.checksums import checksum
from search.store.directory import IndexDirectory
from search.store.manifest import Manifest
from search.store.refreshing import RefreshingEngine
from search.store.rights import reading
from search.store.snapshots import newest_files

_DIGITS = "0123456789"
ATTEMPTS = 5  # as long as commits come in between
# The kinds of files are these and the number of a level.
SKETCHES, MEMBERS = "sketches", "members"

Value = TypeVar("Value")


class LevelReader(Generic[Value]):
    """What `make` makes of all levels of a kind as of the last commit; threads may share it.

    An index of a version that kept none has no levels.
    """

    def __init__(
        self, place: IndexDirectory, commits: RefreshingEngine, kind: str, make: Callable[[Sequence[Mapped]], Value]
    ) -> None:
        self._place = place
        self._commits = commits
        self._kind = kind
        self._make = make
        self._held: tuple[tuple[int, tuple[str, ...]], Value, dict[str, Mapped]] | None = None

    def get(self) -> Value:
        """The value. Raises IndexDamaged if a file is not as it was written."""
        for _ in range(ATTEMPTS):
            manifest = self._commits.manifest()
            files = newest_files(manifest.files)
            names = tuple(files[kind] for kind in sorted(files) if kind.rstrip(_DIGITS) == self._kind)
            held = self._held
            if held and held[0] == (manifest.generation, names):
                return held[1]
            known = held[2] if held and held[0][0] == manifest.generation else {}
            try:
                mapped = {name: known.get(name) or self._read(manifest, name) for name in names}
            except FileNotFoundError:  # a commit that came in between has newer ones
                continue
            some = {name: one for name, one in mapped.items() if one}
            self._held = held = (manifest.generation, names), self._make(list(some.values())), some
            return held[1]
        raise self._damaged(f"A file of {self._kind}")

    def _read(self, manifest: Manifest, name: str) -> Mapped | None:
        """The level in a file, None if it is empty, as there is none any more."""
        path = self._place.generation(manifest.generation) / name
        with reading(self._place.path):
            if checksum(path) != manifest.files[name]:
                raise self._damaged(name)
            return Mapped.open(path) if path.stat().st_size else None

    def _damaged(self, name: str) -> IndexDamaged:
        return IndexDamaged(
            f"{name} of the index in {self._place.path} is damaged or missing. {remedy(self._place.path)}"
        )
