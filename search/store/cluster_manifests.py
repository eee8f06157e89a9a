"""Which generation of an archive in a cluster is in use, and which is being built? Two manifests, compared and set.

manifest    of the generation that readers use
rebuild     of the generation in which several build the archive anew, if they do
"""

from __future__ import annotations

import json
import math
import threading
import time
from collections.abc import Callable
from dataclasses import asdict

from search.engines.opensearch.state import State, Version
from search.errors import IndexIncompatible, IndexMissing
from search.store.manifest import Manifest

MANIFEST = "manifest"
REBUILD = "rebuild"
LOOK_AGAIN = 1.0  # seconds: readers see a commit after so long at most
_NEVER: tuple[float, Version] = (-math.inf, (0, 0))

Change = Callable[[Manifest | None], Manifest]


class Manifests:
    """The manifests of one archive; threads may share them. `address` is what errors call it."""

    def __init__(self, state: State, address: str) -> None:
        self._state = state
        self._address = address
        self._lock = threading.Lock()
        self._looked = _NEVER

    def stamp(self) -> Version | None:
        """The version of the manifest in use, None if there is none; what is told may be a second old."""
        with self._lock:
            looked, version = self._looked
            if time.monotonic() - looked > LOOK_AGAIN:
                found = self._state.document(MANIFEST)
                if found is None:
                    return None
                version = found[1]
                self._looked = time.monotonic(), version
        return version

    def in_use(self) -> Manifest | None:
        """The manifest in use, None if there is none. Raises IndexIncompatible if it makes no sense."""
        found = self._state.document(MANIFEST)
        try:
            return Manifest.parse(found[0]) if found else None
        except (ValueError, TypeError) as error:
            raise IndexIncompatible(
                f"The manifest of the archive at {self._address} cannot be read ({error}). {self.rebuild_advice()}"
            ) from error

    def exists(self) -> bool:
        """Whether there is a manifest, however unreadable."""
        return self._state.document(MANIFEST) is not None

    def readable(self, name: str) -> Manifest | None:
        """One of the two, None if there is none or if it makes no sense: a rebuild mends that."""
        found = self._state.document(name)
        return _readable(found[0]) if found else None

    def files(self, generation: int) -> dict[str, str]:
        """The blobs of a generation, be it in use or in the making, by their names."""
        for name in (MANIFEST, REBUILD):
            manifest = self.readable(name)
            if manifest and manifest.generation == generation:
                return dict(manifest.files)
        return {}

    def put(self, name: str, change: Change) -> None:
        """Replace one by what `change` makes of it; it is called again if somebody else has changed it meanwhile."""

        def changed(text: str | None) -> str:
            manifest = change(_readable(text))
            return json.dumps(asdict(manifest.sealed()))

        self._state.change(name, changed)

    def use(self, generation: int, change: Change) -> bool:
        """Have readers use a generation; whether they used another one. Raises IndexMissing if they use a newer one."""
        switched = False

        def newer(before: Manifest | None) -> Manifest:
            nonlocal switched
            switched = before is None or before.generation != generation
            if before and before.generation > generation:
                raise self.gone(generation)
            return change(before)

        self.put(MANIFEST, newer)
        self._looked = _NEVER
        return switched

    def end_rebuild(self, known: Manifest) -> Manifest | None:
        """Have nobody build the archive anew, unless what is built is no longer as `known`: then what it is now.

        A rebuild that was begun after it goes on, and is not told.
        """
        left: Manifest | None = None

        def ended(text: str | None) -> str | None:
            nonlocal left
            now = _readable(text)
            left = now if now and now != known and now.generation == known.generation else None
            return text if now and now != known else None

        self._state.change(REBUILD, ended)
        return left

    def gone(self, generation: int) -> IndexMissing:
        """The error for a run whose generation nobody will see."""
        return IndexMissing(
            f"Generation {generation} of the archive at {self._address} was given up, or another has taken its place "
            "meanwhile. Run the command again: it will go into the new one."
        )

    def rebuild_advice(self) -> str:
        """What mends an archive that cannot be used."""
        return f"Build it anew with: nachlese index SOURCE --index '{self._address}' --rebuild"


def _readable(text: str | None) -> Manifest | None:
    try:
        return Manifest.parse(text) if text else None
    except (ValueError, TypeError):
        return None
