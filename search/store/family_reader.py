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
        self._held: tuple[tuple[str, ...], Value, dict[str, Mapped | None]] | None = None

    def get(self) -> Value:
        """The value. Raises IndexDamaged if a file is not as it was written."""
        for _ in range(ATTEMPTS):
            manifest = self._commits.manifest()
            files = newest_files(manifest.files)
            kinds = [kind for kind in sorted(files) if kind.rstrip(_DIGITS) == self._kind]
            # By their sums: an index that was removed and built again has files of the same names.
            sums = tuple(manifest.files[files[kind]] for kind in kinds)
            held = self._held
            if held and held[0] == sums:
                return held[1]
            mapped = dict(held[2]) if held else {}
            try:
                for kind, sum in zip(kinds, sums, strict=True):
                    if sum not in mapped:
                        mapped[sum] = _opened(self._place.snapshot(manifest, kind))
            except FileNotFoundError:  # a commit that came in between has newer ones
                continue
            some = {sum: mapped[sum] for sum in sums}
            self._held = held = sums, self._make([one for one in some.values() if one]), some
            return held[1]
        address = self._place.address
        raise IndexDamaged(f"A file of {self._kind} of the index in {address} is missing. {remedy(address)}")


def _opened(path: Path | None) -> Mapped | None:
    """The level in a file, None if it is empty, as there is none any more; FileNotFoundError if it was removed."""
    if path is None:
        raise FileNotFoundError
    return Mapped.open(path) if path.stat().st_size else None
