"""What is known, what is to be sent, and what was: one SQLite file beside that of the searches.

A run notes in one transaction which articles are known now and which messages they make. Each message is then sent by
each of its channels, and noted as sent. So a process that is killed at any moment loses nothing: what was not noted as
sent is sent by the next run, as the same message with the same id, by which receivers know it.
"""

from __future__ import annotations

import hashlib
import json
import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from search.errors import NachleseError
from web.alerts.news import Story
from web.saved_search import SavedSearch

MOST_STORIES = 100  # of one message
_VERSION = 1
_TABLES = """
create table known (keys blob not null);
create table sent_article (search text, id text, primary key (search, id)) without rowid;
create table message (number integer primary key, id text not null, search text not null, stories text not null);
create table delivery (message integer, channel text, primary key (message, channel)) without rowid;
create table story (number integer primary key, search text not null, id text not null);
create index stories on story (search, number);
"""


class OutboxUnusable(NachleseError):
    """The file of what was sent cannot be used, or another process uses it."""


@dataclass(frozen=True, slots=True)
class Message:
    """New stories of a search; the id is the same whenever it is sent."""

    number: int
    id: str
    search: str
    stories: tuple[Story, ...]

    def as_json(self) -> dict[str, Any]:
        """The message as webhooks get it."""
        return {"message": self.id, "search": self.search, "stories": list(self.stories)}


class Outbox:
    """An open outbox."""

    def __init__(self, path: Path, connection: sqlite3.Connection) -> None:
        self.path = path
        self._connection = connection

    def known(self) -> bytes | None:
        """The articles that are known, as `Archive.arrivals` has them; None before the first run."""
        row = self._connection.execute("select keys from known").fetchone()
        return row[0] if row else None

    def was_sent(self, search: str, id: str) -> bool:
        """Whether an article is or was in a message of a search."""
        query = "select 1 from sent_article where search = ? and id = ?"
        return self._connection.execute(query, (search, id)).fetchone() is not None

    def add(self, known: bytes, found: Mapping[SavedSearch, Sequence[Story]]) -> None:
        """Note what is known now and what is to be sent; all of it or nothing."""
        with self._connection as connection:
            connection.execute("delete from known")
            connection.execute("insert into known values (?)", (known,))
            for search, stories in found.items():
                for first in range(0, len(stories), MOST_STORIES):
                    self._add_message(search, stories[first : first + MOST_STORIES])

    def _add_message(self, search: SavedSearch, stories: Sequence[Story]) -> None:
        content = json.dumps(stories, ensure_ascii=False)
        ids = [story["id"] for story in stories]
        id = hashlib.blake2b(json.dumps([search.name, ids]).encode(), digest_size=16).hexdigest()
        run = self._connection.execute
        number = run("insert into message (id, search, stories) values (?, ?, ?)", (id, search.name, content)).lastrowid
        many = self._connection.executemany
        many("insert into delivery values (?, ?)", [(number, channel) for channel in search.channels])
        many("insert into sent_article values (?, ?)", [(search.name, id) for id in ids])
        many("insert into story (search, id) values (?, ?)", [(search.name, id) for id in ids])

    def open_deliveries(self) -> list[tuple[Message, str]]:
        """What is still to be sent, and by which channel, in the order in which it was found."""
        rows = self._connection.execute(
            "select number, id, search, stories, channel from message join delivery on message = number"
            " order by number, channel"
        )
        return [(Message(number, id, search, tuple(json.loads(stories))), channel)
                for number, id, search, stories, channel in rows.fetchall()]  # fmt: skip

    def note_sent(self, message: Message, channel: str) -> None:
        """Note that a message has gone by a channel; if by all, it is forgotten, but its articles are not."""
        with self._connection as connection:
            connection.execute("delete from delivery where message = ? and channel = ?", (message.number, channel))
            connection.execute("delete from message where number not in (select message from delivery)")

    def last_ids(self, search: str, number: int) -> list[str]:
        """The articles that a search was sent last, the newest first."""
        query = "select id from story where search = ? order by number desc limit ?"
        return [id for (id,) in self._connection.execute(query, (search, number))]


@contextmanager
def open_outbox(path: Path) -> Iterator[Outbox]:
    """The outbox in a file, which is made if need be, for this process alone. Raises OutboxUnusable."""
    from filelock import FileLock, Timeout

    if not path.parent.is_dir():  # FileLock would make it, and a name that is mistyped begins anew
        raise OutboxUnusable(f"There is no folder {path.parent} for {path.name}. Make it, or give another --state.")
    try:
        with FileLock(f"{path}.lock", blocking=False), closing(sqlite3.connect(path)) as connection:
            (version,) = connection.execute("pragma user_version").fetchone()
            if version not in (0, _VERSION):
                raise OutboxUnusable(f"{path} was written by another version. Move it away to begin anew.")
            connection.execute("pragma synchronous = full")
            if version == 0:
                connection.executescript(f"begin; {_TABLES} pragma user_version = {_VERSION}; commit;")
            yield Outbox(path, connection)
    except Timeout:
        raise OutboxUnusable(f"Another process watches with {path}. Wait until it has ended.") from None
    except (sqlite3.DatabaseError, OSError) as error:
        raise OutboxUnusable(
            f"{path} cannot be used ({error}). Move it away to begin anew, or give --state."
        ) from error
