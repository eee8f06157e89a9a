"""Entries in a tantivy index: fast, compiled, the default where it is installed (extra `fast`).

tantivy breaks ties of the score by the place of an entry in its files; search.engines.listing puts
them in our order.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from functools import cached_property
from pathlib import Path
from typing import Any

import tantivy
from tantivy import Occur, Query

from search import schema
from search.engines.answering import answers
from search.engines.base import SCORE_DIGITS, UNDATED, Entry, Found, Lookup, Match, Position, top_values
from search.engines.listing import Row, page
from search.engines.scoring import idf
from search.engines.vocabulary import TermList, pattern_regex
from search.page import Sort
from search.query import terms

WRITER_BYTES = 384_000_000
WRITER_THREADS = 2  # analysis in Python takes about as long as one of them, so two cores are busy
# Facet values are counted in full up to this number of different ones; beyond it, ties at the
# end of the list may be missed.
MOST_FACET_VALUES = 10_000
# Of so many answers all facet values are read at once; of more, first those to be shown and some
# more, as most ties end there: reading a value takes longer than counting it.
FEW_ANSWERS = 2_000
FACET_MARGIN = 80
LAST_DAY = 99999999
# Patterns that more terms fit are left to tantivy's automaton.
MOST_TERMS = 5_000
# The terms of larger indexes are never listed: the query that has to wait for it would wait too long.
MOST_LISTED = 100_000


class TantivyEngine:
    """An index directory of tantivy."""

    def __init__(self, directory: Path, create: bool) -> None:
        if create:
            directory.mkdir(parents=True, exist_ok=True)
        self._index = tantivy.Index(_schema(), str(directory)) if create else tantivy.Index.open(str(directory))
        words = tantivy.TextAnalyzerBuilder(tantivy.Tokenizer.whitespace()).build()
        self._index.register_tokenizer("words", words)
        # We look for new commits ourselves, so no thread has to watch the files.
        self._index.config_reader(reload_policy="manual")
        self._schema = self._index.schema
        self.refresh()

    def search(self, lookup: Lookup) -> Found:
        hits = _Hits(self._view, self._schema, lookup.terms)
        if lookup.after:
            lookup = replace(lookup, after=self._as_of_now(lookup.after, hits.query))
        matches = tuple(hits.match(row) for row in page(hits, lookup))
        return Found(hits.total(), matches, _facets(hits, lookup.facets))

    def _as_of_now(self, after: Position, query: Query) -> Position:
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
        writer = self._index.writer(WRITER_BYTES, WRITER_THREADS)
        try:
            yield _Writer(writer, self._schema)
            writer.commit()
        except BaseException:
            writer.rollback()
            raise
        finally:
            writer.wait_merging_threads()

    def vocabulary(self, name: str, prefix: str, limit: int) -> list[tuple[str, int]]:
        return list(top_values(dict(self._view.searcher.terms_with_prefix(name, prefix)), limit))

    def frequency(self, name: str, text: str) -> int:
        return int(self._view.searcher.doc_freq(name, text))

    def get(self, id: str) -> str | None:
        found = self._view.searcher.search(Query.term_query(self._schema, "id", id), limit=1, count=False).hits
        return _stored(self._view.searcher.doc(found[0][1])) if found else None

    def count(self) -> int:
        return int(self._view.searcher.num_docs)

    def refresh(self) -> None:
        self._index.reload()
        self._view = _View(self._index.searcher())

    def close(self) -> None:
        """tantivy lets go of its files when the last searcher is collected."""


class _View:
    """The index as of one commit."""

    def __init__(self, searcher: tantivy.Searcher) -> None:
        self.searcher = searcher
        self._first_patterns: dict[str, str] = {}
        self._terms: dict[str, TermList] = {}

    def terms(self, column: str, pattern: str) -> TermList | None:
        """The terms of a column, if reading them pays for a pattern: not for the first one since the last commit."""
        first = self._first_patterns.setdefault(column, pattern)
        if column not in self._terms and pattern != first and self.searcher.num_docs <= MOST_LISTED:
            self._terms[column] = TermList(text for text, _ in self.searcher.terms_with_prefix(column, ""))
        return self._terms.get(column)


class _Writer:
    def __init__(self, writer: tantivy.IndexWriter, made: tantivy.Schema) -> None:
        self._writer = writer
        self._schema = made

    def put(self, entry: Entry) -> None:
        self._writer.delete_documents_by_term("id", entry.id)
        self._writer.add_document(tantivy.Document.from_dict(_document(entry), self._schema))

    def delete(self, id: str) -> None:
        self._writer.delete_documents_by_term("id", id)


def _schema() -> tantivy.Schema:
    builder = tantivy.SchemaBuilder()
    builder.add_text_field("id", stored=True, tokenizer_name="raw", index_option="basic")
    for name in schema.COLUMNS:
        option = "position" if schema.has_positions(name) else "freq"
        builder.add_text_field(name, tokenizer_name="words", index_option=option)
    for name in schema.KEYWORDS:
        builder.add_text_field(name, tokenizer_name="raw", index_option="basic", fast=True)
    builder.add_unsigned_field("first", indexed=True, fast=True)
    builder.add_unsigned_field("last", indexed=True, fast=True)
    for sort in ("newest", "oldest"):
        builder.add_text_field(sort, tokenizer_name="raw", index_option="basic", fast=True)
    builder.add_bytes_field("stored", stored=True)
    return builder.build()


def _document(entry: Entry) -> dict[str, Any]:
    """An entry as tantivy takes it; `newest` and `oldest` sort as the orders of these names do."""
    return {
        "id": entry.id,
        **entry.columns,
        **{name: list(values) for name, values in entry.keywords.items() if values},
        "first": entry.first,
        "last": entry.last,
        "newest": f"{LAST_DAY - entry.first:08} {entry.id}",
        "oldest": f"{entry.first or LAST_DAY:08} {entry.id}",
        "stored": entry.stored.encode(),
    }


def _stored(document: tantivy.Document) -> str:
    stored: bytes = document.get_first("stored") or b""
    return bytes(stored).decode()


def _count(result: tantivy.SearchResult) -> int:
    """The number of answers."""
    count: int = getattr(result, "count")  # noqa: B009 - the stubs of tantivy-py do not know this attribute
    return count


def _compile(query: terms.Terms, made: tantivy.Schema, view: _View) -> Query:
    """Our terms as a query of tantivy; the view knows how frequent they are."""

    def compiled(inner: terms.Terms) -> Query:
        return _compile(inner, made, view)

    match query:
        case terms.Everything():
            return Query.const_score_query(Query.all_query(), 0.0)
        case terms.Nothing():
            return Query.empty_query()
        case terms.Keyword(name, value):
            return Query.const_score_query(Query.term_query(made, name, value), 0.0)
        case terms.Days(first, last):
            return _days(first, last, made)
        case terms.AllOf(parts):
            return Query.boolean_query([(Occur.Must, compiled(part)) for part in parts])
        case terms.AnyOf(parts):
            return Query.boolean_query([(Occur.Should, compiled(part)) for part in parts])
        case terms.Rather(base, bonus):
            return Query.boolean_query([(Occur.Must, compiled(base)), (Occur.Should, compiled(bonus))])
        case terms.Without(base, excluded):
            return Query.boolean_query([(Occur.Must, compiled(base)), (Occur.MustNot, compiled(excluded))])
        case terms.Present(column, text, weight):
            rarity = idf(int(view.searcher.doc_freq(column, text)), int(view.searcher.num_docs))
            return Query.const_score_query(Query.term_query(made, column, text, "basic"), weight * rarity)
        case terms.Pattern(column, pattern, weight):
            return Query.const_score_query(_fitting(column, pattern, made, view), weight)
        case terms.Fuzzy(column, text, distance, weight):
            return Query.const_score_query(Query.fuzzy_term_query(made, column, text, distance), weight)
        case terms.Term() | terms.Sequence() | terms.Near():
            return Query.boost_query(_words(query, made), query.weight)


def _words(query: terms.Term | terms.Sequence | terms.Near, made: tantivy.Schema) -> Query:
    match query:
        case terms.Term(column, text):
            return Query.term_query(made, column, text, "freq")
        case terms.Sequence(column, texts):
            return Query.phrase_query(made, column, list(texts))
        case terms.Near(column, first, second, distance):
            # Both at offset 0: tantivy then accepts each distance up to the slop, in both orders.
            return Query.phrase_query(made, column, [(0, first), (0, second)], slop=distance + 1)


def _fitting(column: str, pattern: str, made: tantivy.Schema, view: _View) -> Query:
    beginning = pattern[:-1]
    if beginning and not set(beginning) & set("*?") and pattern.endswith("*"):
        # The same automaton as that of the expression, but made in no time.
        return Query.fuzzy_term_query(made, column, beginning, distance=0, prefix=True)
    listed = view.terms(column, pattern) if pattern.startswith(("*", "?")) else None
    found = listed.fitting(pattern, MOST_TERMS) if listed else None
    if found is not None:
        return Query.term_set_query(made, column, found)
    return Query.regex_query(made, column, pattern_regex(pattern))


def _days(first: int | None, last: int | None, made: tantivy.Schema) -> Query:
    unsigned = tantivy.FieldType.Unsigned
    starts = Query.range_query(made, "first", unsigned, UNDATED + 1, last or LAST_DAY)
    ends = Query.range_query(made, "last", unsigned, first or UNDATED + 1, LAST_DAY)
    return Query.const_score_query(Query.boolean_query([(Occur.Must, starts), (Occur.Must, ends)]), 0.0)


def _facets(hits: _Hits, limits: Mapping[str, int]) -> dict[str, tuple[tuple[str, int], ...]]:
    if not limits:
        return {}
    few = MOST_FACET_VALUES if hits.total() <= FEW_ANSWERS else max(limits.values()) + FACET_MARGIN
    counts = hits.counts(limits, few)
    tied = [name for name, limit in limits.items() if len(counts[name]) == few and _ends_in_tie(counts[name], limit)]
    if tied and few < MOST_FACET_VALUES:
        counts |= hits.counts(tied, MOST_FACET_VALUES)
    return {name: top_values(counts[name], limit) for name, limit in limits.items()}


def _ends_in_tie(counts: Mapping[str, int], limit: int) -> bool:
    """Whether values that were not read may be as frequent as the last one to be shown."""
    ordered = list(counts.values())
    return ordered[limit - 1] == ordered[-1]


class _Hits:
    """The answers to one query."""

    def __init__(self, view: _View, made: tantivy.Schema, asked: terms.Terms) -> None:
        self._view = view
        self._searcher = view.searcher
        self._schema = made
        self._asked = asked
        self._total: int | None = None

    @cached_property
    def query(self) -> Query:
        """The query itself."""
        return _compile(self._asked, self._schema, self._view)

    @cached_property
    def plain(self) -> Query:
        """A query that finds the same and is cheaper where no score is needed."""
        return _compile(answers(self._asked), self._schema, self._view)

    def counts(self, names: Iterable[str], number: int) -> dict[str, dict[str, int]]:
        """The values of keywords with the highest counts, these first."""
        counted = {"size": number, "segment_size": MOST_FACET_VALUES}
        asked = {name: {"terms": {"field": name, **counted}} for name in names}
        answer = self._searcher.aggregate(self.plain, asked)
        return {name: {row["key"]: int(row["doc_count"]) for row in answer[name]["buckets"]} for name in asked}

    def total(self) -> int:
        if self._total is None:
            self._total = _count(self._searcher.search(self.plain, 1, count=True))
        return self._total

    def best(self, number: int) -> list[tuple[float, tantivy.DocAddress]]:
        result = self._searcher.search(self.query, number, count=True)
        self._total = _count(result)
        return [(round(score, SCORE_DIGITS), address) for score, address in result.hits]

    def by_day(self, sort: Sort, number: int) -> list[Row]:
        ascending = tantivy.Order.Asc
        result = self._searcher.search(self.plain, number, count=True, order_by_field=sort, order=ascending)
        self._total = _count(result)
        return [Row(0.0, _day(sort, key), key[9:], address) for key, address in result.hits]

    def days(self, places: list[tantivy.DocAddress]) -> list[int]:
        return [int(day or UNDATED) for day in self._searcher.fast_field_values("first", places)]

    def match(self, row: Row) -> Match:
        """What is answered for a row."""
        return Match(row.id, row.score, row.day, _stored(self._searcher.doc(row.place)))

    def id(self, place: tantivy.DocAddress) -> str:
        return str(self._searcher.doc(place).get_first("id"))

    def having(self, score: float, rows: list[Row]) -> list[Row]:
        if not rows:
            return []
        among = Query.const_score_query(Query.term_set_query(self._schema, "id", [row.id for row in rows]), 0.0)
        both = Query.boolean_query([(Occur.Must, self.query), (Occur.Must, among)])
        found = self._searcher.search(both, len(rows), count=False).hits
        tied = {_place(address) for at, address in found if round(at, SCORE_DIGITS) == score}
        return [row for row in rows if _place(row.place) in tied]


def _place(address: tantivy.DocAddress) -> tuple[int, int]:
    return address.segment_ord, address.doc


def _day(sort: Sort, key: str) -> int:
    """The first day of an entry, from its value in the column `newest` or `oldest`."""
    day = int(key[:8])
    return LAST_DAY - day if sort == "newest" else UNDATED if day == LAST_DAY else day
