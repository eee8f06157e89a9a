"""What do the aliases say that the articles of an archive were resolved with? They are kept with its commit.

Who looks for a name is led by them: an article has no trace of a variant that stands for another name in it.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field

from search.article import EntityName
from search.errors import IndexDamaged
from search.store.check_report import remedy
from search.store.place import Place
from search.store.refreshing import RefreshingEngine
from search.store.snapshots import snapshot_name

KEPT = "aliases"  # the kind under which they are kept (indexer/authority/fixing.py)
ATTEMPTS = 5  # as long as commits come in between


@dataclass(frozen=True, slots=True)
class KeptAliases:
    """What names are called that are written so; types and spellings (spelling_key) of what is no name; spellings and
    the names that they do not stand for."""

    called: Mapping[str, EntityName] = field(default_factory=dict)
    no_names: AbstractSet[tuple[str, str]] = frozenset()
    apart: AbstractSet[tuple[str, EntityName]] = frozenset()

    @classmethod
    def read(cls, content: bytes | None) -> KeptAliases:
        """Those that are kept so; none if nothing is kept."""
        if content is None:
            return cls()
        kept = json.loads(content)
        return cls(
            {written: EntityName(type, name) for written, (name, type) in kept["names"].items()},
            frozenset((type, key) for type, key in kept["no_names"]),
            frozenset((key, EntityName(type, name)) for key, name, type in kept["apart"]),
        )


class AliasReader:
    """The aliases as of the last commit; threads may share it."""

    def __init__(self, place: Place, commits: RefreshingEngine) -> None:
        self._place = place
        self._commits = commits
        self._held: tuple[str, KeptAliases] | None = None

    def get(self) -> KeptAliases:
        """The aliases; none if none were kept. Raises IndexDamaged if they are not as written."""
        for _ in range(ATTEMPTS):
            manifest = self._commits.manifest()
            name = snapshot_name(manifest.files, KEPT)
            if name is None:
                return KeptAliases()
            held, sum = self._held, manifest.files[name]
            if held and held[0] == sum:
                return held[1]
            path = self._place.snapshot(manifest, KEPT)
            try:
                content = path.read_bytes() if path else None
            except FileNotFoundError:
                content = None
            if content is not None:
                self._held = held = sum, KeptAliases.read(content)
                return held[1]
            # A commit that came in between has newer ones.
        raise IndexDamaged(f"{name} of the index in {self._place.address} is missing. {remedy(self._place.address)}")
