"""Which families and articles has the last commit? All levels of a kind, mapped when they are first needed."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Generic, TypeVar

from search.errors import IndexDamaged
from search.mapped import Mapped
from search.store.check_report import remedy
from search.store.place import Place
from search.store.refreshing import RefreshingEngine
from search.store.snapshots import newest_files

_DIGITS = "0123456789"
ATTEMPTS = 5  # as long as commits come in between
Value = TypeVar("Value")


class LevelReader(Generic[Value]):
    """What `make` makes of all levels of a kind as of the last commit; threads may share it.

    An index of a version that kept none has no levels.
    """

    def __init__(
        self, place: Place, commits: RefreshingEngine, kind: str, make: Callable[[Sequence[Mapped]], Value]
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
            kinds = [kind for kind in sorted(files) if kind.rstrip(_DIGITS) == self._kind]
            names = tuple(files[kind] for kind in kinds)
            held = self._held
            if held and held[0] == (manifest.generation, names):
                return held[1]
            known: dict[str, Mapped] = held[2] if held and held[0][0] == manifest.generation else {}
            mapped: dict[str, Mapped | None] = {}
            for kind, name in zip(kinds, names, strict=True):
                path = self._place.snapshot(manifest, kind) if name not in known else None
                if path is None and name not in known:  # a commit that came in between has newer ones
                    break
                mapped[name] = known.get(name) or _opened(path)
            if len(mapped) < len(names):
                continue
            some = {name: one for name, one in mapped.items() if one}
            self._held = held = (manifest.generation, names), self._make(list(some.values())), some
            return held[1]
        address = self._place.address
        raise IndexDamaged(f"A file of {self._kind} of the index in {address} is missing. {remedy(address)}")


def _opened(path: Path | None) -> Mapped | None:
    """The level in a file, None if it is empty, as there is none any more."""
    return Mapped.open(path) if path and path.stat().st_size else None
