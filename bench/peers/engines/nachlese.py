"""Nachlese itself, through its indexer and its library.

The variant is the engine, and `+names` behind it if the recogniser of names shall work, as it does
for a user of `nachlese index`; without it, only names that articles declare are indexed, as in the
other engines.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from importlib.metadata import version
from pathlib import Path

from bench.peers.questions import SIZE, Answer, Peer, Query
from indexer.pipeline import Job
from indexer.pipeline import index as run
from search import Archive, Request, open_archive


class Nachlese(Peer):
    """An archive of Nachlese with one of its engines."""

    def __init__(self, engine: str, names: bool) -> None:
        self._engine = engine
        self._names = names

    def version(self) -> str:
        return f"Nachlese {version('nachlese')}"

    def create(self, directory: Path) -> None:
        """Nothing: the indexer makes it."""

    def build(self, directory: Path, articles: Path) -> None:
        self.add(directory, articles)

    def add(self, directory: Path, articles: Path) -> None:
        run(self._job(directory, articles))

    def rebuild(self, directory: Path, articles: Path) -> None:
        run(replace(self._job(directory, articles), rebuild=True))

    def open(self, directory: Path) -> None:
        """Open the archive and learn its words, as the server does before readers come."""
        self._archive: Archive = open_archive(directory)
        self._archive.prepare()

    def _job(self, directory: Path, articles: Path) -> Job:
        return Job((str(articles),), directory, self._engine, entities=self._names)

    def search(self, query: Query, whole: bool) -> Answer:
        request = request_of(query)
        if not whole:
            return Answer(0, self._archive.ranking(request))
        page = self._archive.search(request)
        facets = {name: {found.value: found.count for found in values} for name, values in page.facets.items()}
        return Answer(page.total, [hit.id for hit in page.hits], [hit.snippet.text for hit in page.hits], facets)


def request_of(query: Query) -> Request:
    """The query as Nachlese is asked it."""
    return Request(
        text=query.text,
        source=(query.source,) if query.source else (),
        since=date.fromisoformat(query.since) if query.since else None,
        until=date.fromisoformat(query.until) if query.until else None,
        relax=False,  # all words are required of every engine
        size=SIZE,
    )


def peer(variant: str) -> Nachlese:
    """The peer: an engine, with `+names` behind it or not."""
    engine, _, names = variant.partition("+")
    return Nachlese(engine, names == "names")
