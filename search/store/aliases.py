"""What do the aliases say that the articles of an archive were resolved with? They are kept with its commit.

Who looks for a name is led by them: an article has no trace of a variant that stands for another name in it.
"""

from __future__ import annotations

import json
from collections.abc import Mapping

from search.article import EntityName
from search.errors import IndexDamaged
from search.store.check_report import remedy
from search.store.place import Place
from search.store.refreshing import RefreshingEngine
from search.store.snapshots import snapshot_name

KEPT = "aliases"  # the kind under which they are kept (indexer/authority/fixing.py)
ATTEMPTS = 5  # as long as commits come in between

Called = Mapping[str, EntityName]  # what a name is called that is written so


def called_by(kept: bytes) -> Called:
    """What names are called by aliases that are kept so."""
    names = json.loads(kept)["names"]
    return {written: EntityName(type, name) for written, (name, type) in names.items()}


class AliasReader:
    """The aliases as of the last commit; threads may share it."""

    def __init__(self, place: Place, commits: RefreshingEngine) -> None:
        self._place = place
        self._commits = commits
        self._held: tuple[str, Called] | None = None

    def get(self) -> Called:
        """What names are called; nothing if none were kept. Raises IndexDamaged if they are not as written."""
        for _ in range(ATTEMPTS):
            manifest = self._commits.manifest()
            name = snapshot_name(manifest.files, KEPT)
            if name is None:
                return {}
            held, sum = self._held, manifest.files[name]
            if held and held[0] == sum:
                return held[1]
            path = self._place.snapshot(manifest, KEPT)
            try:
                content = path.read_bytes() if path else None
            except FileNotFoundError:
                content = None
            if content is not None:
                self._held = held = sum, called_by(content)
                return held[1]
            # A commit that came in between has newer ones.
        raise IndexDamaged(f"{name} of the index in {self._place.address} is missing. {remedy(self._place.address)}")
