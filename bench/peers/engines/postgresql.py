"""PostgreSQL full text search: configuration `german`, a generated tsvector column, a GIN index.

As chapter 12 of its manual has it (12.2.2 for the column, 12.3 for ranking and headlines, which
are made for the ten hits only). The server is started for this process alone, listens on a socket
in a directory of its own and runs as another user if we are root, as it refuses to be root.
Memory settings follow chapter 19.4 and 14.4; commits are durable, as they are by default.
"""

from __future__ import annotations

import csv
import io
import os
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import psycopg2

from bench.peers.questions import SIZE, Answer, Peer, Query
from bench.peers.rows import read

USER = "postgres"
PROGRAMS = Path("/usr/lib/postgresql")
SETTINGS = {"shared_buffers": "512MB", "work_mem": "64MB", "maintenance_work_mem": "256MB", "max_wal_size": "4GB",
            "listen_addresses": ""}  # fmt: skip
BATCH = 500
PAUSE = 0.02  # seconds between attempts to connect
TABLE = """
    CREATE TABLE article (
        id text PRIMARY KEY, title text, body text, source text, section text, day date,
        person text[], place text[], organisation text[],
        words tsvector GENERATED ALWAYS AS (
            setweight(to_tsvector('german', coalesce(title, '')), 'A') || setweight(to_tsvector('german', body), 'B')
        ) STORED
    )
"""
INDEXES = ("CREATE INDEX article_words ON article USING gin (words)", "CREATE INDEX article_day ON article (day)",
           "CREATE INDEX article_source ON article (source)", "VACUUM ANALYZE article")  # fmt: skip
COLUMNS = "id, title, body, source, section, day, person, place, organisation"
FOUND = "FROM article WHERE words @@ {query} {filters}"
FILTERS = "AND source = %(source)s AND day BETWEEN %(since)s AND %(until)s"
HITS = """
    SELECT id, {headline} FROM (
        SELECT id, body {found} ORDER BY ts_rank(words, {query}) DESC, id LIMIT %(size)s
    ) AS hit
"""
HEADLINE = "ts_headline('german', body, {query}, 'MaxFragments=1, MaxWords=30, MinWords=15')"
FACETS = """
    WITH found AS MATERIALIZED (SELECT source, extract(year FROM day)::int::text AS year, person {found})
    SELECT 'total', '', count(*) FROM found
    UNION ALL (SELECT 'source', source, count(*) FROM found GROUP BY 2 ORDER BY 3 DESC LIMIT 20)
    UNION ALL (SELECT 'year', year, count(*) FROM found GROUP BY 2 ORDER BY 3 DESC LIMIT 200)
    UNION ALL (SELECT 'person', name, count(*) FROM found, unnest(person) AS name GROUP BY 2 ORDER BY 3 DESC LIMIT 20)
"""


class Postgresql(Peer):
    """A cluster of databases in a directory, with one table."""

    def __init__(self) -> None:
        self._server: subprocess.Popen[bytes] | None = None

    def version(self) -> str:
        answer = subprocess.run([_program("postgres"), "--version"], capture_output=True, text=True, check=True)
        return answer.stdout.replace("postgres (PostgreSQL)", "PostgreSQL").strip()

    def create(self, directory: Path) -> None:
        directory.mkdir(parents=True)
        _own(directory)
        _initialise(directory)
        with (directory / "postgresql.conf").open("a") as file:
            file.writelines(f"{name} = '{value}'\n" for name, value in SETTINGS.items())
        self.open(directory)

    def build(self, directory: Path, articles: Path) -> None:  # noqa: ARG002 - the server knows where
        self._do(TABLE)
        self._copy(articles)
        for sql in INDEXES:
            self._do(sql)

    def add(self, directory: Path, articles: Path) -> None:  # noqa: ARG002 - the server knows where
        self._copy(articles)

    def open(self, directory: Path) -> None:
        _own(directory)
        self._socket = Path(tempfile.mkdtemp(prefix="pg"))
        _own(self._socket)
        self._server = _start(directory, self._socket)
        self._connection = self._connected(self._server)
        self._connection.autocommit = True
        self._cursor = self._connection.cursor()

    def search(self, query: Query, whole: bool) -> Answer:
        asked = _asked(query)
        found = FOUND.format(query=asked, filters=FILTERS if query.source else "")
        values = {"source": query.source, "since": query.since, "until": query.until,
                  "text": _text(query), "size": SIZE}  # fmt: skip
        headline = HEADLINE.format(query=asked) if whole else "''"
        hits = self._all(HITS.format(headline=headline, found=found, query=asked), values)
        ids = [id for id, _ in hits]
        if not whole:
            ((total,),) = self._all(f"SELECT count(*) {found}", values)
            return Answer(total, ids)
        facets: dict[str, dict[str, int]] = {}
        for name, value, count in self._all(FACETS.format(found=found), values):
            facets.setdefault(name, {})[value] = count
        return Answer(facets.pop("total")[""], ids, [text for _, text in hits], facets)

    def close(self) -> None:
        if self._server:
            self._server.send_signal(signal.SIGINT)  # ends without waiting for clients
            self._server.wait()
            shutil.rmtree(self._socket, ignore_errors=True)

    def size(self, _directory: Path) -> int:
        ((size,),) = self._all("SELECT pg_total_relation_size('article')", {})
        return int(size)

    def _connected(self, server: subprocess.Popen[bytes]) -> Any:
        """A connection, as soon as the server accepts one."""
        while server.poll() is None:
            try:
                return psycopg2.connect(host=str(self._socket), user=USER, dbname="postgres")
            except psycopg2.OperationalError:
                time.sleep(PAUSE)
        raise OSError(f"PostgreSQL's server ended with {server.returncode}")

    def _do(self, sql: str) -> None:
        self._cursor.execute(sql)

    def _all(self, sql: str, values: dict[str, Any]) -> list[tuple[Any, ...]]:
        self._cursor.execute(sql, values)
        rows: list[tuple[Any, ...]] = self._cursor.fetchall()
        return rows

    def _copy(self, articles: Path) -> None:
        """All articles in one transaction, by COPY, which the manual recommends for loading."""
        self._connection.autocommit = False
        for batch in _batches(articles):
            self._cursor.copy_expert(f"COPY article ({COLUMNS}) FROM STDIN WITH (FORMAT csv)", batch)
        self._connection.commit()
        self._connection.autocommit = True


def _batches(articles: Path) -> Iterator[io.StringIO]:
    batch = io.StringIO()
    for number, row in enumerate(read(articles), start=1):
        csv.writer(batch).writerow(_fields(row))
        if number % BATCH == 0:
            batch.seek(0)
            yield batch
            batch = io.StringIO()
    batch.seek(0)
    yield batch


def _fields(row: dict[str, Any]) -> list[str]:
    plain = [row.get(name, "") for name in ("id", "title", "body", "source", "section", "date")]
    return [*plain, *(_array(row["entities"][kind]) for kind in ("person", "place", "organisation"))]


def _array(values: Sequence[str]) -> str:
    quoted = (value.replace("\\", "\\\\").replace('"', '\\"') for value in values)
    return "{" + ",".join(f'"{value}"' for value in quoted) + "}"


def _asked(query: Query) -> str:
    """The function that turns the text of a query into a tsquery."""
    kinds = {"phrase": "phraseto_tsquery", "prefix": "to_tsquery"}
    configuration = "simple" if query.kind == "prefix" else "german"
    return f"{kinds.get(query.kind, 'plainto_tsquery')}('{configuration}', %(text)s)"


def _text(query: Query) -> str:
    return f"{query.words[0]}:*" if query.kind == "prefix" else " ".join(query.words)


def _program(name: str) -> str:
    """The newest installed program of this name. Raises FileNotFoundError."""
    for place in sorted(PROGRAMS.glob(f"*/bin/{name}"), key=lambda path: float(path.parts[-3]), reverse=True):
        return str(place)
    raise FileNotFoundError(f"PostgreSQL's {name} is not installed below {PROGRAMS}")


def _start(directory: Path, socket: Path) -> subprocess.Popen[bytes]:
    """A server that is our child, so that its memory is counted and it ends with us."""
    with (directory / "log").open("wb") as log:
        command = [_program("postgres"), "-D", str(directory), "-k", str(socket)]
        return subprocess.Popen(command, stdout=log, stderr=log, cwd="/", **_as_user())


def _initialise(directory: Path) -> None:
    command = [_program("initdb"), f"--pgdata={directory}", "--encoding=UTF8", "--locale=C.UTF-8", "--auth=trust"]
    command.append(f"--username={USER}")
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL, cwd="/", **_as_user())


def _as_user() -> dict[str, Any]:
    """The server refuses to work as root."""
    return {"user": USER, "group": USER, "extra_groups": []} if os.geteuid() == 0 else {}


def _own(directory: Path) -> None:
    """Give a directory, and all in it, to the user that the server runs as."""
    if os.geteuid() == 0:
        for path in (directory, *directory.rglob("*")):
            shutil.chown(path, USER, USER)
    directory.chmod(0o700)


def peer(_variant: str) -> Postgresql:
    """The peer."""
    return Postgresql()
