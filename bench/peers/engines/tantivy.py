"""Plain tantivy-py: its own German stemmer, two threads, facets by aggregation, snippets by its generator.

The analyzer is that of tantivy's documentation for a language: simple tokenizer, long words
removed, lower case, stemmer.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path
from typing import Any

import tantivy
from tantivy import Occur

from bench.peers.questions import FACET_VALUES, SIZE, SNIPPET, YEARS, Answer, Peer, Query
from bench.peers.rows import read

THREADS = 2
WRITER_BYTES = 256_000_000
FIELDS = ["title", "body"]
AGGREGATIONS = {
    "source": {"terms": {"field": "source", "size": FACET_VALUES}},
    "year": {"terms": {"field": "year", "size": YEARS}},
    "person": {"terms": {"field": "person", "size": FACET_VALUES}},
}


class Tantivy(Peer):
    """An index directory of tantivy."""

    def version(self) -> str:
        return f"tantivy-py {version('tantivy')}"

    def named(self, articles: Iterable[dict[str, Any]]) -> Iterator[dict[str, Any]]:
        """The articles with the names that are to be indexed: those that they declare."""
        yield from articles

    def build(self, directory: Path, articles: Path) -> None:
        self._write(tantivy.Index(_schema(), str(directory)), articles)

    def add(self, directory: Path, articles: Path) -> None:
        self._write(tantivy.Index.open(str(directory)), articles)

    def open(self, directory: Path) -> None:
        self._index = tantivy.Index.open(str(directory))
        _register(self._index)
        self._index.reload()
        self._searcher = self._index.searcher()

    def search(self, query: Query, whole: bool) -> Answer:
        asked = self._query(query)
        found = self._searcher.search(asked, SIZE)
        documents = [self._searcher.doc(address) for _, address in found.hits]
        total = getattr(found, "count")  # noqa: B009 - missing in the stubs
        ids = [str(document.get_first("id")) for document in documents]
        if not whole:
            return Answer(total, ids)
        return Answer(total, ids, self._snippets(asked, documents), self._facets(asked))

    def _write(self, index: tantivy.Index, articles: Path) -> None:
        _register(index)
        writer = index.writer(WRITER_BYTES, THREADS)
        for row in self.named(read(articles)):
            writer.add_document(tantivy.Document.from_dict(_document(row), index.schema))
        writer.commit()
        writer.wait_merging_threads()

    def _query(self, query: Query) -> tantivy.Query:
        schema, pattern = self._index.schema, query.words[0] + ".*"
        if query.kind == "prefix":
            beginnings = (tantivy.Query.regex_query(schema, field, pattern) for field in FIELDS)
            return tantivy.Query.boolean_query([(Occur.Should, beginning) for beginning in beginnings])
        words = self._index.parse_query(query.text, FIELDS, conjunction_by_default=True)
        return _filtered(words, query, schema) if query.source else words

    def _snippets(self, asked: tantivy.Query, documents: list[tantivy.Document]) -> list[str]:
        generator = tantivy.SnippetGenerator.create(self._searcher, asked, self._index.schema, "body")
        generator.set_max_num_chars(SNIPPET)
        return [generator.snippet_from_doc(document).to_html() for document in documents]

    def _facets(self, asked: tantivy.Query) -> dict[str, dict[str, int]]:
        counted = self._searcher.aggregate(asked, AGGREGATIONS)
        return {
            name: {str(bucket["key"]): int(bucket["doc_count"]) for bucket in counted[name]["buckets"]}
            for name in AGGREGATIONS
        }


def _schema() -> tantivy.Schema:
    builder = tantivy.SchemaBuilder()
    for name in FIELDS:
        builder.add_text_field(name, stored=True, tokenizer_name="german")
    for name in ("id", "source", "section", "person", "place", "organisation"):
        builder.add_text_field(name, stored=True, fast=name != "id", tokenizer_name="raw", index_option="basic")
    builder.add_date_field("date", stored=True, indexed=True, fast=True)
    builder.add_unsigned_field("year", fast=True)
    return builder.build()


def _register(index: tantivy.Index) -> None:
    builder = tantivy.TextAnalyzerBuilder(tantivy.Tokenizer.simple())
    for step in (tantivy.Filter.remove_long(40), tantivy.Filter.lowercase(), tantivy.Filter.stemmer("german")):
        builder = builder.filter(step)
    index.register_tokenizer("german", builder.build())


def _document(row: dict[str, Any]) -> dict[str, Any]:
    plain = {name: row[name] for name in ("id", "title", "body", "source", "section") if name in row}
    return {**plain, **row["entities"], "date": _instant(row["date"]), "year": int(row["date"][:4])}


def _instant(day: str) -> datetime:
    return datetime.fromisoformat(day).replace(tzinfo=UTC)


def _filtered(words: tantivy.Query, query: Query, schema: tantivy.Schema) -> tantivy.Query:
    source = tantivy.Query.const_score_query(tantivy.Query.term_query(schema, "source", query.source), 0.0)
    days = tantivy.Query.range_query(
        schema, "date", tantivy.FieldType.Date, _instant(query.since or ""), _instant(query.until or "")
    )
    return tantivy.Query.boolean_query(
        [(Occur.Must, words), (Occur.Must, source), (Occur.Must, tantivy.Query.const_score_query(days, 0.0))]
    )


def peer(_variant: str) -> Tantivy:
    """The peer."""
    return Tantivy()
