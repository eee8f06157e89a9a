"""Which documents are as they were when they were read last? Then what they hold is known, and they are not parsed.

The ledger is a memory of parsing and of nothing else: which ids and fingerprints came of these bytes. Whether the
archive still has those articles is asked of the archive. So a ledger that is lost, or that a killed run left, costs
time and no article.
"""

from __future__ import annotations

import hashlib
import json
import sqlite3
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from indexer.addresses import meaningless_differences
from indexer.document import Document
from indexer.errors import Problem
from indexer.items import PassedOver, Withdrawn
from search import dates
from search.files import share
from search.german import authors
from search.store.ledger_file import LEDGER

MOST_ARTICLES = 10_000  # of a document; reading records takes little more than looking up so many
_TOGETHER = 1000  # documents that are written together
_PIECE = 1024 * 1024
_LIBRARIES = (
    "beautifulsoup4", "lxml", "trafilatura", "htmldate", "feedparser", "warcio", "mammoth", "pypdfium2",
    "mwparserfromhell", "babel", "faker",
)  # fmt: skip
_TABLE = "CREATE TABLE IF NOT EXISTS documents (location TEXT PRIMARY KEY, key BLOB, withdrawn INT, contents TEXT)"


@dataclass(frozen=True, slots=True)
class Contents:
    """What a document held: ids and fingerprints of its articles, withdrawn ids, and what was passed over."""

    articles: tuple[tuple[str, str], ...] = ()
    withdrawn: tuple[str, ...] = ()
    passed_over: tuple[tuple[str, str, int], ...] = ()  # kind, extra, number


@dataclass(slots=True)
class Reading:
    """What a document that is being read has held so far; nothing is known of one with a problem."""

    articles: list[tuple[str, str]] = field(default_factory=list)
    withdrawn: list[str] = field(default_factory=list)
    passed_over: dict[tuple[str, str], int] = field(default_factory=dict)
    is_clean: bool = True
    is_alone: bool = True  # or it depends on documents beside it, and is read each time

    def add(self, id: str, fingerprint: str) -> None:
        """Note one article of it."""
        if len(self.articles) < MOST_ARTICLES:
            self.articles.append((id, fingerprint))
        else:
            self.is_clean = False

    def note(self, item: Problem | PassedOver | Withdrawn) -> None:
        """Note what came of it that is no article."""
        if isinstance(item, Withdrawn):
            self.withdrawn.append(item.id)
            self.is_alone = self.is_alone and not item.is_part
        elif isinstance(item, PassedOver):
            key = item.kind, item.extra
            self.passed_over[key] = self.passed_over.get(key, 0) + 1
        else:
            self.is_clean = False

    def contents(self) -> Contents | None:
        """All that it held, None if that is not worth to be known."""
        if not self.is_clean:
            return None
        passed_over = tuple((kind, extra, number) for (kind, extra), number in self.passed_over.items())
        last = tuple(dict(self.articles).items())  # of several with one id
        return Contents(last, tuple(self.withdrawn), passed_over)


class Ledger:
    """What documents held, by their location, for those who write to one index from this machine.

    `trouble` is a warning if it could not be read or written; then nothing is known of any document.
    """

    def __init__(self, folder: Path, anew: bool) -> None:
        self._path = folder / LEDGER
        self._reader = _reader()
        self._keys: dict[str, bytes] = {}  # of the documents that are being read
        self._unsaved = 0
        self._connection: sqlite3.Connection | None = None
        self.trouble: Problem | None = None
        with self._bearing():
            if anew:
                self._path.unlink(missing_ok=True)
            self._connection = sqlite3.connect(self._path)
            self._connection.execute(_TABLE)
            share(self._path)

    def contents(self, document: Document) -> Contents | None:
        """What a document holds if its bytes, and what reads them, are as they were; None if it has to be read."""
        if document.path is None:
            return None
        try:
            key = self._key(document, Path(document.path))
        except OSError:  # reading it will tell
            return None
        row = self._ask("SELECT contents FROM documents WHERE location = ? AND key = ?", document.location, key)
        contents = _parsed(row[0]) if row else None
        if contents is None:
            self._keys[document.location] = key
        return contents

    def ids(self, documents: Iterable[Document]) -> Iterator[str]:
        """The ids of articles that these documents held when they were read last; they may hold others now."""
        for document in documents:
            row = self._ask("SELECT contents FROM documents WHERE location = ?", document.location)
            contents = _parsed(row[0]) if row else None
            yield from (id for id, _ in (contents.articles if contents else ()))

    def withdrawn(self) -> set[str]:
        """The ids that documents withdraw which are still there, as far as is known before they are read."""
        with self._bearing():
            if self._connection:
                rows = self._connection.execute("SELECT location, contents FROM documents WHERE withdrawn > 0")
                there = [_parsed(told) for location, told in rows if Path(location).exists()]
                return {id for contents in there if contents for id in contents.withdrawn}
        return set()

    def note(self, document: Document, reading: Reading) -> None:
        """Keep what a document held for which there was nothing, if that is worth to be known."""
        key, contents = self._keys.pop(document.location, None), reading.contents()
        if key is None or contents is None:
            return
        key = key if reading.is_alone else b""
        told = json.dumps([contents.articles, contents.withdrawn, contents.passed_over])
        withdrawn = len(contents.withdrawn)
        self._ask("INSERT OR REPLACE INTO documents VALUES (?, ?, ?, ?)", document.location, key, withdrawn, told)
        self._unsaved += 1
        if self._unsaved >= _TOGETHER:
            self.save()

    def drop(self, location: str) -> None:
        """Keep nothing of a document that is gone."""
        self._ask("DELETE FROM documents WHERE location = ?", location)

    def save(self) -> None:
        """Write what was noted."""
        self._unsaved = 0
        with self._bearing():
            if self._connection:
                self._connection.commit()

    def close(self) -> None:
        """Write what was noted, and end."""
        self.save()
        if self._connection:
            self._connection.close()

    def _ask(self, statement: str, *values: str | bytes | int) -> tuple[str, ...] | None:
        with self._bearing():
            if self._connection:
                row: tuple[str, ...] | None = self._connection.execute(statement, values).fetchone()
                return row
        return None

    @contextmanager
    def _bearing(self) -> Iterator[None]:
        """Go on without a ledger if it cannot be read or written; a damaged one is removed, for the next run."""
        try:
            yield
        except (sqlite3.Error, OSError) as error:
            if self._connection:
                self._connection.close()
            self._connection = None
            is_damaged = not isinstance(error, (sqlite3.OperationalError, OSError))
            if is_damaged:
                with suppress(OSError):
                    self._path.unlink(missing_ok=True)
            remedy = "it is made anew" if is_damaged else "let this user write it, or remove it"
            message = f"cannot be used ({error}), so all documents are parsed again; {remedy}"
            self.trouble = Problem(str(self._path), None, message, fatal=False)

    def _key(self, document: Document, path: Path) -> bytes:
        """A hash of all that reading a document depends on. Raises OSError."""
        found = hashlib.blake2b(self._reader, digest_size=16)
        found.update(json.dumps([document.relative_path, document.mapping]).encode())
        with path.open("rb") as file:
            while piece := file.read(_PIECE):
                found.update(piece)
        return found.digest()


def _parsed(text: str) -> Contents | None:
    """What a row says, None if it is damaged: the document is read again, then."""
    try:
        articles, withdrawn, passed_over = json.loads(text)
        return Contents(
            tuple((str(id), str(fingerprint)) for id, fingerprint in articles),
            tuple(map(str, withdrawn)),
            tuple((str(kind), str(extra), int(number)) for kind, extra, number in passed_over),
        )
    except (ValueError, TypeError, RecursionError):
        return None


def _reader() -> bytes:
    """A hash of what reads documents: our code, the libraries it may use, Python's own, and the settings."""
    found = hashlib.blake2b(sys.version.encode(), digest_size=16)
    ours = [*Path(__file__).parent.rglob("*.py"), *Path(authors.__file__).parent.rglob("*.py"), Path(dates.__file__)]
    for path in sorted(ours):
        found.update(path.read_bytes())
    for name in _LIBRARIES:
        with suppress(PackageNotFoundError):
            found.update(f"{name} {version(name)};".encode())
    found.update(" ".join(sorted(meaningless_differences())).encode())
    return found.digest()
