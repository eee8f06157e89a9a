"""The archive behind the application, or several as one: opened once, when first needed, and shared by all threads."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Collection, Sequence
from pathlib import Path
from typing import Any, TypeVar

from flask import Flask, current_app, has_app_context, request

from search import open_archive
from search.archive import Archive
from search.federation.addresses import named_addresses
from search.federation.ids import archive_of as name_in

_KEY = "nachlese.archive"
TOLD_FOR = 600  # seconds in which the same trouble is not told again
MOST_TOLD = 100  # troubles that are remembered: a damaged index may have another one with each of its files
Addresses = str | Path | Sequence[str | Path]  # of one archive, or of several
Computed = TypeVar("Computed")


class SharedArchive:
    """One archive for all requests.

    Opening waits for the first request, so that the server can start before the index is built
    and say so, and so that a server which forks its workers shares no open files among them.
    `names` are those of several archives.
    """

    def __init__(self, addresses: Addresses) -> None:
        """Raises SettingUnusable for names that several archives cannot have."""
        self._addresses = (addresses,) if isinstance(addresses, str | Path) else tuple(addresses)
        names = tuple(named_addresses(self._addresses))
        self.names = names if len(names) > 1 else ()
        self._lock = threading.Lock()
        self._archive: Archive | None = None
        self._told: dict[str, float] = {}  # what is wrong, and when that was told
        self._computed: dict[Callable[[Archive], Any], tuple[tuple[int, ...], Any]] = {}

    def get(self) -> Archive:
        """The open archive; raises what `open_archive` raises, and tries anew at the next call."""
        with self._lock:
            if self._archive is None:
                self._archive = open_archive(*self._addresses)
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


def attach(app: Flask, addresses: Addresses) -> None:
    """Tell `app` where its archive is, or its archives."""
    app.extensions[_KEY] = SharedArchive(addresses)
    app.jinja_env.globals.update(archive_of=archive_of)


def shared(app: Flask | None = None) -> SharedArchive:
    """The shared archive of `app`, by default of the application that is answering."""
    found: SharedArchive = (app or current_app).extensions[_KEY]
    return found


def archive() -> Archive:
    """The archive of the application that is answering; raises what `open_archive` raises."""
    return shared().get()


def check_all_there(names: Collection[str] = ()) -> None:
    """Refuse an answer for programs that would lack an archive without a word (ArchivesAbsent, 503).

    `names` are the archives that it is made of; by default those that the request names, or all.
    """
    archive().check_all_there(names or request.args.getlist("archive"))


def archive_names() -> tuple[str, ...]:
    """The names of the archives that the application asks as one; none if there is only one, or no application."""
    return shared().names if has_app_context() else ()


def archive_of(id: str) -> str:
    """The name of the archive that an article is in, "" if there is only one."""
    return name_in(id) if archive_names() else ""
