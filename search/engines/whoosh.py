"""Entries in a Whoosh index: pure Python, always installed.

Whoosh keeps the postings, lengths and stored values and commits them safely. Queries are evaluated
by search.engines.evaluation, because Whoosh's own matchers drop answers with a score of 0 and
count phrases in ways that depend on the size of the index.
"""

from __future__ import annotations

import threading
from collections import Counter, defaultdict
from collections.abc import Collection, Iterator, Mapping
from contextlib import contextmanager
from heapq import nlargest, nsmallest
from pathlib import Path
from typing import Any

from whoosh import columns, fields, formats, index, matching, reading

from search import schema
from search.engines.base import (
    SCORE_DIGITS,
    Entry,
    Found,
    Lookup,
    Match,
    order_key,
    position_key,
    split,
    top_values,
)
from search.engines.evaluation import Among, Evaluation
from search.engines.scoring import idf
from search.engines.vocabulary import fitting
from search.query import terms

WRITER_MEGABYTES = 64
# Reading on to the next posting is about this many times cheaper than skipping to a wanted one.
SKIPPING_PAYS = 8
# Stands between the keyword values of an entry in their column.
SEPARATOR = "\x1f"


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
        self._view = _View(self._index.reader())

    def search(self, lookup: Lookup) -> Found:
        with self._lock:
            return self._view.search(lookup)

    @contextmanager
    def writer(self) -> Iterator[_Writer]:
        changes = _Writer()
        yield changes
        if not changes.entries and not changes.deleted:
            return
        writer = self._index.writer(limitmb=WRITER_MEGABYTES)
        try:
            for id in (*changes.entries, *changes.deleted):
                writer.delete_by_term("id", id)
            for entry in changes.entries.values():
                writer.add_document(**_document(entry))
        except BaseException:
            writer.cancel()
            raise
        writer.commit()

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
                self._view = _View(self._index.reader(), old)
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


class _Terms(fields.FieldType):
    """A column of ready terms, split at spaces; with positions or only with frequencies."""

    def __init__(self, positions: bool) -> None:
        super().__init__(formats.Positions() if positions else formats.Frequency(), None, scorable=True)

    def index(self, value: Any, **_options: Any) -> Iterator[tuple[bytes, int, float, bytes]]:
        places: defaultdict[str, list[int]] = defaultdict(list)
        for place, text in enumerate(split(value)):
            places[text].append(place)
        encode = self.format.encode if isinstance(self.format, formats.Positions) else _count
        for text, found in places.items():
            yield text.encode(), len(found), float(len(found)), encode(found)

    def to_bytes(self, value: str | bytes) -> bytes:
        return value if isinstance(value, bytes) else value.encode()

    def from_bytes(self, value: bytes) -> str:
        return value.decode()


def _count(places: list[int]) -> bytes:
    return bytes(formats.pack_uint(len(places)))


class _Values(_Terms):
    """Keyword values, each one term."""

    def __init__(self) -> None:
        fields.FieldType.__init__(self, formats.Existence(), None)

    def index(self, value: Any, **_options: Any) -> Iterator[tuple[bytes, int, float, bytes]]:
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


class _View:
    """The index as of one commit."""

    def __init__(self, reader: reading.IndexReader, before: _View | None = None) -> None:
        self.reader = reader
        known = {segment.id: segment for segment in before.segments} if before else {}
        self.segments: list[_Segment] = [_Segment(leaf, known) for leaf, _ in reader.leaf_readers()]
        self._mean_lengths: dict[str, float] = {}

    def idf(self, column: str, text: str) -> float:
        return idf(self.reader.doc_frequency(column, text), self.reader.doc_count_all())

    def mean_length(self, column: str) -> float:
        if column not in self._mean_lengths:
            self._mean_lengths[column] = self.reader.field_length(column) / (self.reader.doc_count_all() or 1)
        return self._mean_lengths[column]

    def get(self, id: str) -> str | None:
        for segment in self.segments:
            for document in segment.having("id", id):
                return segment.stored(document)
        return None

    def search(self, lookup: Lookup) -> Found:
        found = [
            (segment, document, round(score, SCORE_DIGITS))
            for segment in self.segments
            for document, score in Evaluation(segment, self).scores(lookup.terms).items()
        ]
        ordered = self._ordered(found, lookup)
        matches = tuple(
            Match(segment.key(document)[1], score, segment.key(document)[0], segment.stored(document))
            for segment, document, score in ordered
        )
        return Found(len(found), matches, _facets(found, lookup.facets))

    @staticmethod
    def _ordered(found: list[Scored], lookup: Lookup) -> list[Scored]:
        def key(row: Scored) -> tuple[float, int, str]:
            return order_key(lookup.sort, row[2], *row[0].key(row[1]))

        if lookup.after is None:
            return nsmallest(lookup.size, found, key=key)
        same = next((row for row in found if row[0].key(row[1])[1] == lookup.after.id), None)
        start = key(same) if same else position_key(lookup.sort, lookup.after)
        if lookup.back:
            return nlargest(lookup.size, (row for row in found if key(row) < start), key=key)[::-1]
        return nsmallest(lookup.size, (row for row in found if key(row) > start), key=key)


class _Segment:
    """One segment of the index, with what searches need again and again kept in memory."""

    def __init__(self, reader: reading.IndexReader, known: Mapping[str, _Segment]) -> None:
        segment = reader.segment()
        self.reader = reader
        self.id = segment.segment_id() if segment else ""
        same = known.get(self.id)  # a segment never changes, except for what is deleted from it
        self._lengths: dict[str, list[int]] = same._lengths if same else {}
        self._vocabulary: dict[str, list[str]] = same._vocabulary if same else {}
        self._columns: dict[str, list[bytes]] = same._columns if same else {}
        self._keys: list[tuple[int, str]] = same._keys if same else []
        self._days: list[tuple[int, int]] = same._days if same else []
        self._documents = range(reader.doc_count_all())
        self._deleted = {number for number in self._documents if reader.is_deleted(number)}

    def documents(self) -> Collection[int]:
        if not self._deleted:
            return self._documents
        return [number for number in self._documents if number not in self._deleted]

    def frequencies(self, column: str, text: str, among: Among) -> dict[int, float]:
        return {matcher.id(): matcher.weight() for matcher in self._postings(column, text, among)}

    def positions(self, column: str, text: str, among: Among) -> dict[int, list[int]]:
        return {matcher.id(): matcher.value_as("positions") for matcher in self._postings(column, text, among)}

    def having(self, name: str, value: str) -> Collection[int]:
        return [matcher.id() for matcher in self._postings(name, value, None)]

    def lengths(self, column: str) -> list[int]:
        if column not in self._lengths:
            length = self.reader.doc_field_length
            self._lengths[column] = [length(number, column, 0) for number in self._documents]
        return self._lengths[column]

    def days(self) -> list[tuple[int, int]]:
        if not self._days:
            pairs = (value.split() for value in self._column("key_days"))
            self._days = [(int(first), int(last)) for first, last in pairs]
        return self._days

    def key(self, document: int) -> tuple[int, str]:
        """The first day and the id of a document, what ties are broken by."""
        if not self._keys:
            ids = self._column("key_id")
            self._keys = [(first, id.decode()) for (first, _), id in zip(self.days(), ids, strict=True)]
        return self._keys[document]

    def values(self, name: str, document: int) -> list[str]:
        """The values of a keyword of a document."""
        joined = self._column(f"{name}_values")[document]
        return joined.decode().split(SEPARATOR) if joined else []

    def fitting(self, query: terms.Pattern | terms.Fuzzy) -> list[str]:
        if query.column not in self._vocabulary:
            self._vocabulary[query.column] = [text.decode() for text in self.reader.lexicon(query.column)]
        return fitting(query, self._vocabulary[query.column])

    def stored(self, document: int) -> str:
        return str(self.reader.stored_fields(document)["stored"])

    def _column(self, name: str) -> list[bytes]:
        if name not in self._columns:
            if self.reader.has_column(name):
                column = self.reader.column_reader(name)
                self._columns[name] = [column[number] for number in self._documents]
            else:
                self._columns[name] = [b""] * len(self._documents)
        return self._columns[name]

    def _postings(self, column: str, text: str, among: Among) -> Iterator[matching.Matcher]:
        """A matcher standing at each posting of a term, in order, without deleted documents."""
        if (column, text.encode()) not in self.reader:
            return
        matcher = self.reader.postings(column, text)
        if among is None or len(among) > self.reader.doc_frequency(column, text) // SKIPPING_PAYS:
            while matcher.is_active():
                if among is None or matcher.id() in among:
                    yield matcher
                matcher.next()
            return
        for wanted in sorted(among):
            if matcher.is_active() and matcher.id() < wanted:
                matcher.skip_to(wanted)
            if not matcher.is_active():
                return
            if matcher.id() == wanted:
                yield matcher


Scored = tuple[_Segment, int, float]


def _facets(found: list[Scored], limits: Mapping[str, int]) -> dict[str, tuple[tuple[str, int], ...]]:
    counts = {name: Counter[str]() for name in limits}
    for name, counter in counts.items():
        for segment, document, _ in found:
            counter.update(segment.values(name, document))
    return {name: top_values(counts[name], limit) for name, limit in limits.items()}
