"""SQLite FTS5 with text stemmed by PyStemmer before it is put: ranked by bm25(), snippet(), facets by
GROUP BY.

FTS5 has no German stemmer. The stemmed text is its own column, the article as written stands in
a table beside it; snippet() therefore shows stems. Settings: FTS5's defaults, synchronous=FULL.
"""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import Stemmer

from bench.peers.questions import SIZE, Answer, Peer, Query
from bench.peers.rows import read

FILE = "articles.sqlite"
TABLES = """
    CREATE TABLE article (
        number INTEGER PRIMARY KEY, id TEXT, title TEXT, body TEXT, source TEXT, section TEXT, day TEXT, year INTEGER
    );
    CREATE TABLE name (number INTEGER, kind TEXT, value TEXT);
    CREATE VIRTUAL TABLE words USING fts5(title, body);
"""
INDEXES = "CREATE INDEX IF NOT EXISTS name_number ON name (kind, number, value)"
HITS = """
    SELECT id, {snippet} FROM words JOIN article ON number = words.rowid
    WHERE words MATCH :text {filters} ORDER BY rank LIMIT :size
"""
FOUND = "FROM words JOIN article ON number = words.rowid WHERE words MATCH :text {filters}"
FILTERS = "AND source = :source AND day BETWEEN :since AND :until"
FACETS = {
    "source": "SELECT source, count(*) {found} GROUP BY source ORDER BY 2 DESC LIMIT 20",
    "year": "SELECT year, count(*) {found} GROUP BY year ORDER BY 2 DESC LIMIT 200",
    "person": """
        SELECT value, count(*) FROM name WHERE kind = 'person' AND number IN (SELECT number {found})
        GROUP BY value ORDER BY 2 DESC LIMIT 20
    """,
}

_WORD = re.compile(r"\w+")
_STEMMER = Stemmer.Stemmer("german")


class Sqlite(Peer):
    """One database file in a directory."""

    def version(self) -> str:
        return f"SQLite {sqlite3.sqlite_version}"

    def build(self, directory: Path, articles: Path) -> None:
        database = sqlite3.connect(directory / FILE)
        database.executescript(TABLES)
        self._write(database, articles)

    def add(self, directory: Path, articles: Path) -> None:
        self._write(sqlite3.connect(directory / FILE), articles)

    def open(self, directory: Path) -> None:
        self._database = sqlite3.connect(directory / FILE)

    def search(self, query: Query, whole: bool) -> Answer:
        asked = {"text": _match(query), "source": query.source, "since": query.since, "until": query.until}
        filters = FILTERS if query.source else ""
        snippet = "snippet(words, 1, '<b>', '</b>', ' … ', 32)" if whole else "''"
        hits = self._all(HITS.format(snippet=snippet, filters=filters), {**asked, "size": SIZE})
        found = FOUND.format(filters=filters)
        ((total,),) = self._all(f"SELECT count(*) {found}", asked)
        ids = [id for id, _ in hits]
        if not whole:
            return Answer(total, ids)
        facets = {name: self._all(sql.format(found=found), asked) for name, sql in FACETS.items()}
        return Answer(total, ids, [text for _, text in hits], {name: dict(rows) for name, rows in facets.items()})

    def _all(self, sql: str, values: dict[str, Any]) -> list[tuple[Any, ...]]:
        return self._database.execute(sql, values).fetchall()

    def _write(self, database: sqlite3.Connection, articles: Path) -> None:
        database.execute("PRAGMA synchronous = FULL")
        ((first,),) = database.execute("SELECT coalesce(max(number), 0) + 1 FROM article")
        with database:
            for number, row in enumerate(read(articles), start=first):
                _put(database, number, row)
            database.execute(INDEXES)
        database.close()


def _put(database: sqlite3.Connection, number: int, row: dict[str, Any]) -> None:
    kept = [row.get(name, "") for name in ("id", "title", "body", "source", "section", "date")]
    database.execute("INSERT INTO article VALUES (?, ?, ?, ?, ?, ?, ?, ?)", (number, *kept, int(row["date"][:4])))
    database.executemany("INSERT INTO name VALUES (?, ?, ?)", _names(number, row))
    stemmed = stems(row.get("title", "")), stems(row["body"])
    database.execute("INSERT INTO words (rowid, title, body) VALUES (?, ?, ?)", (number, *stemmed))


def _names(number: int, row: dict[str, Any]) -> Iterator[tuple[int, str, str]]:
    return ((number, kind, value) for kind, values in row["entities"].items() for value in values)


def stems(text: str) -> str:
    """The stems of a text, joined by spaces."""
    return " ".join(_STEMMER.stemWords(_WORD.findall(text.lower())))


def _match(query: Query) -> str:
    """The query in the syntax of FTS5."""
    if query.kind == "prefix":
        return f'"{query.words[0]}"*'
    stemmed = stems(" ".join(query.words)).split()
    return f'"{" ".join(stemmed)}"' if query.kind == "phrase" else " ".join(f'"{word}"' for word in stemmed)


def peer(_variant: str) -> Sqlite:
    """The peer."""
    return Sqlite()
