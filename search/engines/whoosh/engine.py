"""Entries in a Whoosh index: always installed, nothing compiled but NumPy.

Whoosh keeps the commits: which segments there are, what is deleted from them, who may write, and
which files nobody needs any more. What a segment holds, and how it is asked, is ours: Whoosh takes
each posting one by one, drops answers with a score of 0, and counts phrases in ways that depend on
the size of the index.
"""

from __future__ import annotations

import os
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from whoosh import fields, index

from search.engines.array_files import write_arrays
from search.engines.base import EngineRequest, EngineResult, Entry, OneByOne
from search.engines.values.files import TableWriter
from search.engines.values.listing import ListedTables, create_tables, read_tables, state_of
from search.engines.whoosh.building import Named, merged_arrays, segment_arrays
from search.engines.whoosh.segments import Segment, SegmentFile
from search.engines.whoosh.storage import SyncedStorage
from search.engines.whoosh.view import View, serial_numbers
from search.query.terms import Terms

EXTENSION = ".arrays"
ATTEMPTS = 20
# Entries that are made a segment together, and segments of a size that are made one. More would
# take more memory, fewer would leave more segments to ask.
MOST_TOGETHER = 10_000
MOST_MERGED = 20_000
MERGED = 4


class WhooshEngine(OneByOne):
    """An index directory of Whoosh."""

    def __init__(self, directory: Path, create: bool) -> None:
        if create:
            directory.mkdir(parents=True, exist_ok=True)
            self._index = index.FileIndex.create(SyncedStorage(directory), fields.Schema())
            create_tables(directory)
        else:
            self._index = _opened(SyncedStorage(directory))
        self._directory = directory
        self._lock = threading.Lock()
        self._view = self._open(View(-1, [], ListedTables({}), (0, 0)))

    def search(self, request: EngineRequest) -> EngineResult:
        return self._view.search(request)

    def ids(self, terms: Terms, most: int) -> list[str]:
        return self._view.ids(terms, most)

    @contextmanager
    def writer(self) -> Iterator[_Writer]:
        changes = _Writer()
        yield changes
        if changes.entries or changes.deleted:
            values = TableWriter(self._directory)
            self._commit(lambda writer: self._changed(writer, changes, values))
            values.tidy()

    def merge_segments(self) -> None:
        """Each commit merges what is small; what readers count with is written at the end of a run."""
        TableWriter(self._directory).write_frequent()

    def purge(self, make_entry: Callable[[str], Entry]) -> None:  # noqa: ARG002 - segments can be written again
        self._commit(self._without_deleted)
        values = TableWriter(self._directory)
        values.keep_only(serial_numbers(self._open(self._view).segments))
        values.remove_replaced()
        values.write_frequent()

    def vocabulary(self, name: str, prefix: str, limit: int) -> list[tuple[str, int]]:
        return self._view.vocabulary(name, prefix, limit)

    def counts(self, name: str) -> dict[str, int]:
        return self._view.counts(name)

    def frequency(self, name: str, text: str) -> int:
        return self._view.frequency(name, text)

    def mean_length(self, name: str, text: str) -> float:  # noqa: ARG002 - known without a term
        return self._view.mean_length(name)

    def get(self, id: str) -> str | None:
        return self._view.get(id)

    def count(self) -> int:
        return self._view.live

    def refresh(self) -> None:
        with self._lock:
            if self._state() != (self._view.generation, self._view.listed):
                self._view = self._open(self._view)

    def close(self) -> None:
        self._view = View(-1, [], ListedTables({}), (0, 0))
        self._index.close()

    def _open(self, before: View) -> View:
        """The last commit; what the view before has of it is not read again."""
        known = {segment.name: segment.contents for segment in before.segments}
        state = generation, listed = self._state()
        try:
            toc = index.TOC.read(self._index.storage, self._index.indexname, generation)
            segments = [self._segment(segment, known) for segment in toc.segments]
            tables = read_tables(self._directory, before.tables.tables)
        except FileNotFoundError:  # another process has committed meanwhile and removed what it replaced
            if self._state() == state:
                raise
            return self._open(before)
        if self._state() != state:  # the values may be those of a newer commit
            return self._open(before)
        return View(generation, segments, tables, listed)

    def _state(self) -> tuple[int, tuple[int, int]]:
        """What differs after each commit, and when the tables of values are others."""
        return self._index.latest_generation(), state_of(self._directory)

    def _segment(self, segment: Any, known: Mapping[str, SegmentFile]) -> Segment:
        """What a segment of Whoosh's list holds."""
        name = segment.segment_id()
        contents = known.get(name) or SegmentFile(self._directory / segment.make_filename(EXTENSION))
        return Segment(name, contents, segment.deleted_docs())

    def _commit(self, change: Callable[[Any], list[Any]]) -> None:
        """Make the segments that `change` returns for a writer of Whoosh the content of the index."""
        writer = self._index.writer()
        try:
            segments = change(writer)
        except BaseException:
            writer.cancel()
            raise
        writer.commit(mergetype=lambda _writer, _segments: segments)

    def _changed(self, writer: Any, changes: _Writer, values: TableWriter) -> list[Any]:
        """The segments of the index, after these changes."""
        segments: list[Any] = writer.segments
        if values.is_wasteful(sum(segment.doc_count() for segment in segments)):
            values.keep_only(serial_numbers(self._open(self._view).segments))
        for segment in segments:
            opened = self._segment(segment, {})
            for id in (*changes.entries, *changes.deleted):
                document = opened.document_with_id(id)
                if document is not None:
                    segment.delete_document(document)
        entries = list(changes.entries.values())
        for first in range(0, len(entries), MOST_TOGETHER):
            some = entries[first : first + MOST_TOGETHER]
            serials = [values.add(entry.keywords) for entry in some]
            segments.append(self._written(writer, segment_arrays(some, serials), len(some)))
        values.write()
        while several := _to_merge(segments):
            segments = [segment for segment in segments if segment not in several]
            segments += self._merged(writer, several)
        return segments

    def _without_deleted(self, writer: Any) -> list[Any]:
        """The segments of the index, those with something deleted written again without it."""
        kept = [segment for segment in writer.segments if not segment.deleted_count()]
        holed = [segment for segment in writer.segments if segment.deleted_count()]
        return kept + [new for segment in holed for new in self._merged(writer, [segment])]

    def _merged(self, writer: Any, several: list[Any]) -> list[Any]:
        """A segment with all that is not deleted from several; none if all is."""
        count = sum(segment.doc_count() for segment in several)
        if not count:
            return []
        opened = [self._segment(segment, {}) for segment in several]
        for segment in opened:
            segment.contents.file.require_sound()
        return [self._written(writer, merged_arrays(opened), count)]

    def _written(self, writer: Any, contents: Iterator[Named], count: int) -> Any:
        """A new segment with so many documents, which Whoosh does not know yet."""
        segment = writer.codec.new_segment(writer.storage, writer.indexname)
        segment.set_doc_count(count)
        with (self._directory / segment.make_filename(EXTENSION)).open("wb") as file:
            write_arrays(file, contents)
            file.flush()
            os.fsync(file.fileno())
        return segment


def _opened(storage: SyncedStorage) -> Any:
    """The index of Whoosh in a folder."""
    for _ in range(ATTEMPTS):
        try:
            return index.FileIndex(storage)
        except FileNotFoundError:  # another process has committed since the folder was read
            continue
    return index.FileIndex(storage)


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


def _to_merge(segments: list[Any]) -> list[Any]:
    """Segments that are better one: enough of about the same size, or one that is mostly deleted; else none.

    A segment is merged only with those of its size, so an article is written again a few times at most.
    """
    sizes: dict[int, list[Any]] = {}
    for segment in sorted(segments, key=lambda segment: int(segment.doc_count())):
        if segment.deleted_count() > segment.doc_count():
            return [segment]
        size = sizes.setdefault(segment.doc_count().bit_length() // 2, [])
        size.append(segment)
        if len(size) == MERGED:
            if sum(segment.doc_count() for segment in size) <= MOST_MERGED:
                return size
            size.clear()
    return []
