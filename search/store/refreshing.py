"""Which commit is searched? Always the last one: the engine is refreshed, or opened anew after a rebuild."""

from __future__ import annotations

import threading

from search.engines.base import Engine
from search.errors import IndexIncompatible
from search.store.manifest import Manifest
from search.store.place import Place, usable_manifest


class RefreshingEngine:
    """The engine of an archive as of its last commit (Lucene: SearcherManager); threads may share it.

    `stamp` differs after each commit. Raises IndexMissing, IndexIncompatible or EngineUnavailable.
    """

    def __init__(self, place: Place) -> None:
        self._place = place
        self._lock = threading.Lock()
        self._manifest: Manifest | None = None
        self._engine: Engine
        self.stamp = (0, 0)
        self.current()

    def current(self) -> Engine:
        """The engine as of the last commit."""
        stamp = self._place.stamp()
        if stamp != self.stamp:
            with self._lock:
                if stamp != self.stamp:
                    self._refresh()
                    self.stamp = stamp
        return self._engine

    def manifest(self) -> Manifest:
        """The manifest of the last commit."""
        self.current()
        assert self._manifest is not None
        return self._manifest

    def close(self) -> None:
        """Let go of the index."""
        self._engine.close()

    def _refresh(self) -> None:
        manifest = usable_manifest(self._place)
        before = self._manifest
        if before and (before.generation, before.engine) == (manifest.generation, manifest.engine):
            self._engine.refresh()
        else:
            # The engine of the old generation is not closed: other threads may still be searching it.
            self._engine = self._open(manifest)
        self._manifest = manifest

    def _open(self, manifest: Manifest) -> Engine:
        try:
            return self._place.open_engine(manifest)
        except IndexIncompatible:
            newer = usable_manifest(self._place)
            if newer.generation == manifest.generation:
                raise
            return self._open(newer)  # a rebuild ended in between
