"""Small archives for the engines: articles as plain rows, made into entries by the real analysis."""

from __future__ import annotations

from pathlib import Path

from search.article import Article, Entities
from search.dates import NewsDate
from search.engines.base import Engine, EngineRequest, Entry, ListPosition, Match
from search.engines.choice import load_engine
from search.query.compile import compile_query
from search.query.optional_words import with_optional_words
from search.query.parser import parse
from search.query.terms import Term, Terms
from search.store.entry import to_entry

ENGINES = ("memory", "whoosh", "tantivy")
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


def create(name: str, directory: Path, entries: list[Entry]) -> Engine:
    """A new engine of this name with these entries."""
    engine = load_engine(name, directory, create=True)
    fill(engine, entries)
    return engine


def asked(text: str) -> Terms:
    """What engines are asked for a query text."""
    return compile_query(with_optional_words(parse(text).query)).terms


def ids(engine: Engine, request: EngineRequest) -> list[str]:
    """The ids of the page that an engine answers with."""
    return [match.id for match in engine.search(request).matches]


def position(match: Match, seen: int) -> ListPosition:
    """Where a page ends whose last hit is this match."""
    return ListPosition(match.score, match.day, match.id, seen)
