"""Entries in a tantivy index: fast, compiled, the default where it is installed (extra `fast`).

tantivy breaks ties of the score by the place of an entry in its files; search.engines.tantivy.paging puts them
in our order.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import tantivy
from tantivy import Occur, Query

from search.engines.array_files import ArrayFile
from search.engines.base import (
    SCORE_DIGITS,
    UNDATED,
    EngineRequest,
    EngineResult,
    Entry,
    ListPosition,
    OneByOne,
)
from search.engines.tantivy.columns import document, made_schema
from search.engines.tantivy.hits import Hits, stored
from search.engines.tantivy.leftovers import remove_unpublished_deletions
from search.engines.tantivy.merging import RecentWrites, living, segments, worth_merging
from search.engines.tantivy.paging import page
from search.engines.tantivy.purging import beside_deleted
from search.engines.tantivy.queries import View
from search.engines.tantivy.read_only import open_commit, share_meta
from search.engines.tantivy.term_lists import TermLists, write_term_lists
from search.engines.values.listing import create_tables
from search.heap import give_back
from search.query.terms import Terms

if TYPE_CHECKING:
    from search.engines.values.files import TableWriter

WRITER_BYTES = 256_000_000
# Terms that tantivy may be asked for as the most frequent ones: it reserves memory for them, however few there are.
MOST_RESERVED = 1_000_000
WRITER_THREADS = 1  # keeps up with several processes that analyse; more would leave more segments to search


class TantivyEngine(OneByOne):
    """An index directory of tantivy."""

    def __init__(self, directory: Path, create: bool) -> None:
        if create:
            directory.mkdir(parents=True, exist_ok=True)
            tantivy.Index(made_schema(), str(directory))
            share_meta(directory)
            create_tables(directory)
        self._directory = directory
        self._term_lists = TermLists(directory)
        self._recent_writes = RecentWrites()
        self._tables: Mapping[str, ArrayFile] = {}
        self.refresh()

    def search(self, request: EngineRequest) -> EngineResult:
        hits = Hits(self._view, self._schema, request.terms)
        if request.after:
            request = replace(request, after=self._as_of_now(request.after, hits.query))
        matches = tuple(hits.match(row) for row in page(hits, request))
        counted = hits.facets(request.facets) if request.facets else {}
        return EngineResult(hits.total(), matches, counted, self._view.bounded(request.terms))

    def ids(self, terms: Terms, most: int) -> list[str]:
        return [id for _, id in Hits(self._view, self._schema, terms).newest(most)]

    def _as_of_now(self, after: ListPosition, query: Query) -> ListPosition:
        """A position with the score and day that its hit has now."""
        itself = Query.const_score_query(Query.term_query(self._schema, "id", after.id), 0.0)
        found = self._view.searcher.search(Query.boolean_query([(Occur.Must, query), (Occur.Must, itself)]), 1).hits
        if not found:
            return after
        score, address = found[0]
        (day,) = self._view.searcher.fast_field_values("first", [address])
        return replace(after, score=round(score, SCORE_DIGITS), day=int(day or UNDATED))

    @contextmanager
    def writer(self) -> Iterator[_Writer]:
        remove_unpublished_deletions(self._directory)
        values = self._values()
        index = tantivy.Index.open(str(self._directory))
        index.register_tokenizer("words", tantivy.TextAnalyzerBuilder(tantivy.Tokenizer.whitespace()).build())
        writer = index.writer(WRITER_BYTES, WRITER_THREADS)
        try:
            changes = _Writer(writer, self._schema, self._recent_writes, values)
            yield changes
            if changes.are_any:  # a commit of nothing would write files anew
                values.write()
                writer.commit()
                share_meta(self._directory)
        except BaseException:
            writer.rollback()
            self._recent_writes = RecentWrites()
            raise
        finally:
            writer.wait_merging_threads()
            share_meta(self._directory)
        give_back()  # what the threads had, of which those that follow could use little
        values.tidy()

    def _values(self) -> TableWriter:
        """What takes the values of a block; if most of what is kept is of entries that are no more, that is dropped."""
        values = self._table_writer()
        if values.is_wasteful(sum(map(living, segments(self._directory)))):
            self._drop_values(values)
        return values

    def _table_writer(self) -> TableWriter:
        from search.engines.values.files import TableWriter  # NumPy: who only reads need not wait for it

        return TableWriter(self._directory)

    def _drop_values(self, values: TableWriter) -> None:
        """Drop the values of entries that are no more."""
        last = View(open_commit(self._directory), self._term_lists)
        values.keep_only(last.serials(Query.all_query(), last.number()))
        values.remove_replaced()

    def merge_segments(self) -> None:
        for entry in self._recent_writes.last():
            if not worth_merging(self._directory):
                break
            with self.writer() as writer:
                writer.put(entry)
        self._write_for_readers()

    def _write_for_readers(self) -> None:
        """Write beside the commit what each process that reads it would otherwise have to make."""
        write_term_lists(self._directory)
        self._table_writer().write_frequent()

    def purge(self, make_entry: Callable[[str], Entry]) -> None:
        with self.writer() as writer:
            for text in beside_deleted(self._directory, self._view.searcher):
                writer.put(make_entry(text))
        self._drop_values(self._table_writer())
        self._write_for_readers()

    def vocabulary(self, name: str, prefix: str, limit: int) -> list[tuple[str, int]]:
        most = limit if limit <= MOST_RESERVED else None
        return self._view.searcher.terms_with_prefix(name, prefix, limit=most)[:limit]

    def counts(self, name: str) -> dict[str, int]:
        return self._view.values.counts(name)

    def frequency(self, name: str, text: str) -> int:
        return int(self._view.searcher.doc_freq(name, text))

    def mean_length(self, name: str, text: str) -> float:
        return self._view.mean_length(name, text)

    def get(self, id: str) -> str | None:
        found = self._view.searcher.search(Query.term_query(self._schema, "id", id), limit=1, count=False).hits
        return stored(self._view.searcher.doc(found[0][1])) if found else None

    def count(self) -> int:
        return self._view.number()

    def refresh(self) -> None:
        commit = open_commit(self._directory, self._tables)
        self._schema = commit.schema
        self._tables = commit.values.tables
        self._view = View(commit, self._term_lists)

    def close(self) -> None:
        """tantivy lets go of its files when the last searcher is collected."""


class _Writer:
    def __init__(
        self, writer: tantivy.IndexWriter, made: tantivy.Schema, run: RecentWrites, values: TableWriter
    ) -> None:
        self._writer = writer
        self._schema = made
        self._recent_writes = run
        self._values = values
        self.are_any = False

    def put(self, entry: Entry) -> None:
        self.are_any = True
        self._recent_writes.put(entry)
        self._writer.delete_documents_by_term("id", entry.id)
        fields = document(entry, self._values.add(entry.keywords))
        self._writer.add_document(tantivy.Document.from_dict(fields, self._schema))

    def delete(self, id: str) -> None:
        self.are_any = True
        self._recent_writes.delete(id)
        self._writer.delete_documents_by_term("id", id)
