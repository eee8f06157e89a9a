"""Small archives for the engines: articles as plain rows, made into entries by the real analysis."""

from __future__ import annotations

import os
from functools import cache
from hashlib import blake2b
from pathlib import Path

import pytest

from search.article import Article, Entities
from search.dates import NewsDate
from search.engines.base import Engine, EngineRequest, Entry, ListPosition, Match
from search.engines.choice import load_engine
from search.engines.guard import GuardedEngine
from search.engines.opensearch.connection import Connection, Login
from search.engines.opensearch.engine import OpenSearchEngine
from search.engines.opensearch.failures import cluster_error
from search.query.compile import compile_query
from search.query.optional_words import with_optional_words
from search.query.parser import parse
from search.query.terms import Term, Terms
from search.store.cluster_address import ClusterAddress
from search.store.entry import to_entry
from tests.cluster.shared import cluster_of

EMBEDDED = ("memory", "whoosh", "tantivy")
ENGINES = (*EMBEDDED, pytest.param("opensearch", marks=pytest.mark.cluster))
WORD = Term("body_form", "wort")


def entry(
    id: str,
    body: str,
    title: str = "",
    date: str | None = None,
    source: str | None = None,
    section: str | None = None,
    person: tuple[str, ...] = (),
    place: tuple[str, ...] = (),
    organisation: tuple[str, ...] = (),
) -> Entry:
    """An entry as the indexer would make it."""
    article = Article(
        id=id, body=body, title=title, date=NewsDate(date) if date else None, source=source, section=section,
        entities=Entities(person, place, organisation),
    )  # fmt: skip
    return to_entry(article, article.fingerprint())


def fill(engine: Engine, entries: list[Entry]) -> None:
    """Put entries in one block and look at them."""
    with engine.writer() as writer:
        for one in entries:
            writer.put(one)
    engine.refresh()
    engine.update_vocabulary()


def create(name: str, directory: Path, entries: list[Entry]) -> Engine:
    """A new engine of this name with these entries."""
    engine = opened(name, directory, create=True)
    fill(engine, entries)
    return engine


def opened(name: str, directory: Path, create: bool = False) -> Engine:
    """An engine in a directory, or in the cluster under a name that is made of it."""
    if name != "opensearch":
        return load_engine(name, directory, create)
    connection, address = _cluster()
    spread = (address.shards, address.replicas) if create else None
    return GuardedEngine(
        lambda created: OpenSearchEngine(connection, _index(directory), spread if created else None),
        create,
        lambda error, _: cluster_error(address.text, error if isinstance(error, Exception) else Exception(error)),
    )


def remove(name: str, directory: Path) -> None:
    """Remove an engine from the cluster, which has room for some hundreds only."""
    if name == "opensearch":
        _cluster()[0].ask("DELETE", f"/{_index(directory)},{_index(directory)}.words")


def cluster_address(name: str) -> str:
    """The address of an archive of this name in one node, or in the cluster that NACHLESE_TEST_OPENSEARCH names.

    That may be HOST:9200,HOST2:9200?shards=3&replicas=1, to see the same promises kept by several nodes.
    """
    hosts, _, options = (os.environ.get("NACHLESE_TEST_OPENSEARCH") or cluster_of(1).hosts).partition("?")
    return f"opensearch://{hosts}/{name}?{options}"


def remove_archive(name: str) -> None:
    """Remove the archive of this name from the cluster."""
    _cluster()[0].ask("DELETE", f"/{name}.*", params={"expand_wildcards": "all"})


@cache
def _cluster() -> tuple[Connection, ClusterAddress]:
    address = ClusterAddress.parse(cluster_address("tests"))
    return Connection(address.hosts, address.text, Login()), address


def _index(directory: Path) -> str:
    return f"test-{blake2b(str(directory).encode(), digest_size=8).hexdigest()}"


def asked(text: str) -> Terms:
    """What engines are asked for a query text."""
    return compile_query(with_optional_words(parse(text).query)).terms


def ids(engine: Engine, request: EngineRequest) -> list[str]:
    """The ids of the page that an engine answers with."""
    return [match.id for match in engine.search(request).matches]


def position(match: Match, seen: int) -> ListPosition:
    """Where a page ends whose last hit is this match."""
    return ListPosition(match.score, match.day, match.id, seen)
