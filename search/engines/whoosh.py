"""Entries in a Whoosh index: pure Python, always installed.

Whoosh keeps the postings, lengths and stored values and commits them safely. Queries are evaluated
by search.engines.evaluation, because Whoosh's own matchers drop answers with a score of 0 and
count phrases in ways that depend on the size of the index.
"""

from __future__ import annotations

import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from whoosh import columns, fields, formats, index, writing
from whoosh.codec import whoosh3

from search import schema
from search.engines.base import Entry, Found, Lookup, top_values
from search.engines.postings import ColumnPool, unpack
from search.engines.segments import SEPARATOR, View

WRITER_MEGABYTES = 64


class WhooshEngine:
    """An index directory of Whoosh."""

    def __init__(self, directory: Path, create: bool) -> None:
        if create:
            directory.mkdir(parents=True, exist_ok=True)
            self._index = index.create_in(str(directory), _schema())
        else:
            self._index = index.open_dir(str(directory))
        # Whoosh's file objects are not safe to share between threads, and pure Python gains
        # nothing from searching twice at once.
        self._lock = threading.Lock()
        self._view = View(self._index.reader())

    def search(self, lookup: Lookup) -> Found:
        with self._lock:
            return self._view.search(lookup)

    @contextmanager
    def writer(self) -> Iterator[_Writer]:
        changes = _Writer()
        yield changes
        if not changes.entries and not changes.deleted:
            return
        writer = self._writer()
        try:
            for id in () if self._index.is_empty() else (*changes.entries, *changes.deleted):
                writer.delete_by_term("id", id)
            for entry in changes.entries.values():
                writer.add_document(**_document(entry))
        except BaseException:
            writer.cancel()
            raise
        writer.commit()

    def _writer(self) -> writing.SegmentWriter:
        codec = whoosh3.W3Codec()
        codec.length_stats = False  # only Whoosh's own scoring would look at them
        writer = self._index.writer(limitmb=WRITER_MEGABYTES, codec=codec)
        writer.pool = ColumnPool(writer.pool, filter(schema.has_positions, schema.COLUMNS))
        return writer

    def vocabulary(self, name: str, prefix: str, limit: int) -> list[tuple[str, int]]:
        with self._lock:
            reader = self._view.reader
            found = {
                text.decode(): int(reader.doc_frequency(name, text)) for text in reader.expand_prefix(name, prefix)
            }
        return list(top_values(found, limit))

    def frequency(self, name: str, text: str) -> int:
        with self._lock:
            return int(self._view.reader.doc_frequency(name, text))

    def get(self, id: str) -> str | None:
        with self._lock:
            return self._view.get(id)

    def count(self) -> int:
        return int(self._view.reader.doc_count())

    def refresh(self) -> None:
        with self._lock:
            if self._index.latest_generation() != self._view.reader.generation():
                old = self._view
                self._view = View(self._index.reader(), old)
                old.reader.close()

    def close(self) -> None:
        with self._lock:
            self._view.reader.close()
            self._index.close()


class _Writer:
    """Keeps the changes until the block has ended well, so that nothing of a failed one is written."""

    def __init__(self) -> None:
        self.entries: dict[str, Entry] = {}
        self.deleted: set[str] = set()

    def put(self, entry: Entry) -> None:
        self.entries[entry.id] = entry

    def delete(self, id: str) -> None:
        self.entries.pop(id, None)
        self.deleted.add(id)


class _Positions(formats.Positions):
    """Positions as search.engines.postings packs them, which is shorter and much faster than Whoosh's way."""

    def decode_positions(self, valuestring: bytes) -> Sequence[int]:
        return unpack(valuestring)


class _Terms(fields.FieldType):
    """A column of ready terms, split at spaces; with positions or only with frequencies."""

    def __init__(self, positions: bool) -> None:
        super().__init__(_Positions() if positions else formats.Existence(), None, scorable=True)

    def index(self, value: str, **_options: Any) -> Iterator[tuple[bytes, int, float, None]]:
        """The whole column, which the pool takes apart, and its length."""
        yield value.encode(), value.count(" ") + 1, 1.0, None

    def to_bytes(self, value: str | bytes) -> bytes:
        return value if isinstance(value, bytes) else value.encode()

    def from_bytes(self, value: bytes) -> str:
        return value.decode()


class _Values(_Terms):
    """Keyword values, each one term."""

    def __init__(self) -> None:
        fields.FieldType.__init__(self, formats.Existence(), None)

    def index(self, value: Any, **_options: Any) -> Iterator[tuple[bytes, int, float, Any]]:
        for text in dict.fromkeys(value):
            yield text.encode(), 1, 1.0, b""


def _schema() -> fields.Schema:
    made = fields.Schema(id=fields.ID(unique=True), stored=fields.STORED)
    for name in schema.COLUMNS:
        made.add(name, _Terms(schema.has_positions(name)))
    for name in schema.KEYWORDS:
        made.add(name, _Values())
        made.add(f"{name}_values", fields.COLUMN(columns.VarBytesColumn()))
    for name in ("key_id", "key_days"):
        made.add(name, fields.COLUMN(columns.VarBytesColumn()))
    return made


def _document(entry: Entry) -> dict[str, Any]:
    """An entry as Whoosh takes it."""
    document: dict[str, Any] = {"id": entry.id, "stored": entry.stored, "key_id": entry.id.encode()}
    document["key_days"] = f"{entry.first} {entry.last}".encode()
    document.update({name: text for name, text in entry.columns.items() if text})
    for name, values in entry.keywords.items():
        if values:
            document[name] = values
            document[f"{name}_values"] = SEPARATOR.join(values).encode()
    return document
