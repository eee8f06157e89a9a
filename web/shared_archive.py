"""The archive behind the application: opened once, when first needed, and then shared by all threads."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

from flask import Flask, current_app

from search import open_archive
from search.archive import Archive

_KEY = "nachlese.archive"
TOLD_FOR = 600  # seconds in which the same trouble is not told again
MOST_TOLD = 100  # troubles that are remembered: a damaged index may have another one with each of its files
Computed = TypeVar("Computed")


class SharedArchive:
    """One archive for all requests.

    Opening waits for the first request, so that the server can start before the index is built
    and say so, and so that a server which forks its workers shares no open files among them.
    """

    def __init__(self, address: str | Path) -> None:
        self._address = address
        self._lock = threading.Lock()
        self._archive: Archive | None = None
        self._told: dict[str, float] = {}  # what is wrong, and when that was told
        self._computed: dict[Callable[[Archive], Any], tuple[tuple[int, int], Any]] = {}

    def get(self) -> Archive:
        """The open archive; raises what `open_archive` raises, and tries anew at the next call."""
        with self._lock:
            if self._archive is None:
                self._archive = open_archive(self._address)
            return self._archive

    def of_commit(self, compute: Callable[[Archive], Computed]) -> Computed:
        """What `compute` makes of the archive's last commit; computed once for each, perhaps by several threads."""
        archive = self.get()
        commit = archive.commit
        if compute not in self._computed or self._computed[compute][0] != commit:
            self._computed[compute] = commit, compute(archive)
        computed: Computed = self._computed[compute][1]
        return computed

    def is_news(self, trouble: str) -> bool:
        """Whether nobody was told lately that this is wrong: each request may find it so again."""
        now = time.monotonic()
        if now - self._told.get(trouble, -TOLD_FOR) < TOLD_FOR:
            return False
        if len(self._told) >= MOST_TOLD:
            self._told.clear()
        self._told[trouble] = now
        return True

    def forget(self) -> None:
        """Open anew next time. What other threads still read stays open until they are done."""
        with self._lock:
            self._archive = None

    def close(self) -> None:
        """Close the archive if it was opened; for the end of the process."""
        with self._lock:
            archive, self._archive = self._archive, None
        if archive is not None:
            archive.close()


def attach(app: Flask, address: str | Path) -> None:
    """Tell `app` where its archive is."""
    app.extensions[_KEY] = SharedArchive(address)


def shared(app: Flask | None = None) -> SharedArchive:
    """The shared archive of `app`, by default of the application that is answering."""
    found: SharedArchive = (app or current_app).extensions[_KEY]
    return found


def archive() -> Archive:
    """The archive of the application that is answering; raises what `open_archive` raises."""
    return shared().get()
