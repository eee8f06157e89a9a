"""Which families has the last commit? All levels of members, mapped when they are first needed."""

from __future__ import annotations

from search.errors import IndexDamaged
from search.families.reading import Families
from search.mapped import Mapped
from search.store.checking import remedy
from search.store.checksums import checksum
from search.store.directory import IndexDirectory
from search.store.manifest import Manifest
from search.store.refreshing import RefreshingEngine
from search.store.rights import reading
from search.store.snapshots import newest_files

ATTEMPTS = 5  # as long as commits come in between
MEMBERS = "members"  # the kinds of files are this and the number of a level


class FamilyReader:
    """The families as of the last commit; threads may share it. An index that has no file of them has no families."""

    def __init__(self, place: IndexDirectory, commits: RefreshingEngine) -> None:
        self._place = place
        self._commits = commits
        self._held: tuple[tuple[int, tuple[str, ...]], Families, dict[str, Mapped]] | None = None

    def get(self) -> Families:
        """The families. Raises IndexDamaged if a file is not as it was written."""
        for _ in range(ATTEMPTS):
            manifest = self._commits.manifest()
            files = newest_files(manifest.files)
            names = tuple(files[kind] for kind in sorted(files) if kind.startswith(MEMBERS))
            held = self._held
            if held and held[0] == (manifest.generation, names):
                return held[1]
            known = held[2] if held and held[0][0] == manifest.generation else {}
            try:
                mapped = {name: known.get(name) or self._read(manifest, name) for name in names}
            except FileNotFoundError:  # a commit that came in between has newer ones
                continue
            some = {name: one for name, one in mapped.items() if one}
            self._held = held = (manifest.generation, names), Families(list(some.values())), some
            return held[1]
        raise self._damaged("A file of families")

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
