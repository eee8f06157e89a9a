"""Entries in a tantivy index: fast, compiled, the default where it is installed (extra `fast`).

tantivy breaks ties of the score by the place of an entry in its files. To keep our order, hits are
collected until the ties at the end of a page are complete, and only these are put in order.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from itertools import groupby
from pathlib import Path
from typing import Any, NamedTuple

import tantivy
from tantivy import Occur, Query

from search import schema
from search.engines.base import (
    SCORE_DIGITS,
    UNDATED,
    Entry,
    Found,
    Lookup,
    Match,
    Position,
    order_key,
    position_key,
    top_values,
)
from search.engines.scoring import idf
from search.engines.vocabulary import pattern_regex
from search.query import terms

WRITER_BYTES = 256_000_000
WRITER_THREADS = 1
# Facet values are counted in full up to this number of different ones; beyond it, ties at the
# end of the list may be missed.
MOST_FACET_VALUES = 10_000
# Ties of more hits than this are put in order by tantivy's columns instead of one by one.
FEW = 32
LAST_DAY = 99999999
READ_AHEAD = 32


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
        searcher = self._searcher
        query = _compile(lookup.terms, self._schema, searcher)
        if lookup.after:
            lookup = replace(lookup, after=self._as_of_now(lookup.after, query))
        listed = _List(searcher, query, lookup)
        matches = tuple(_match(searcher, row) for row in listed.page())
        return Found(listed.total, matches, _facets(searcher, query, lookup.facets))

    def _as_of_now(self, after: Position, query: Query) -> Position:
        """A position with the score and day that its hit has now."""
        itself = Query.const_score_query(Query.term_query(self._schema, "id", after.id), 0.0)
        found = self._searcher.search(Query.boolean_query([(Occur.Must, query), (Occur.Must, itself)]), 1).hits
        if not found:
            return after
        score, address = found[0]
        (day,) = self._searcher.fast_field_values("first", [address])
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
        return list(top_values(dict(self._searcher.terms_with_prefix(name, prefix)), limit))

    def frequency(self, name: str, text: str) -> int:
        return int(self._searcher.doc_freq(name, text))

    def get(self, id: str) -> str | None:
        found = self._searcher.search(Query.term_query(self._schema, "id", id), limit=1, count=False).hits
        return _stored(self._searcher.doc(found[0][1])) if found else None

    def count(self) -> int:
        return int(self._searcher.num_docs)

    def refresh(self) -> None:
        self._index.reload()
        self._searcher = self._index.searcher()

    def close(self) -> None:
        """tantivy lets go of its files when the last searcher is collected."""


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
        **{name: list(values) for name, values in entry.keywords.items()},
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


def _compile(query: terms.Terms, made: tantivy.Schema, searcher: tantivy.Searcher) -> Query:
    """Our terms as a query of tantivy; `searcher` knows how frequent they are."""

    def compiled(inner: terms.Terms) -> Query:
        return _compile(inner, made, searcher)

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
            rarity = idf(int(searcher.doc_freq(column, text)), int(searcher.num_docs))
            return Query.const_score_query(Query.term_query(made, column, text, "basic"), weight * rarity)
        case terms.Pattern(column, pattern, weight):
            return Query.const_score_query(Query.regex_query(made, column, pattern_regex(pattern)), weight)
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


def _days(first: int | None, last: int | None, made: tantivy.Schema) -> Query:
    unsigned = tantivy.FieldType.Unsigned
    starts = Query.range_query(made, "first", unsigned, UNDATED + 1, last or LAST_DAY)
    ends = Query.range_query(made, "last", unsigned, first or UNDATED + 1, LAST_DAY)
    return Query.const_score_query(Query.boolean_query([(Occur.Must, starts), (Occur.Must, ends)]), 0.0)


def _facets(
    searcher: tantivy.Searcher, query: Query, limits: Mapping[str, int]
) -> dict[str, tuple[tuple[str, int], ...]]:
    if not limits:
        return {}
    counted = {"size": MOST_FACET_VALUES, "segment_size": MOST_FACET_VALUES}
    asked = {name: {"terms": {"field": name, **counted}} for name in limits}
    answer = searcher.aggregate(query, asked)
    return {
        name: top_values({bucket["key"]: int(bucket["doc_count"]) for bucket in answer[name]["buckets"]}, limit)
        for name, limit in limits.items()
    }


class _Row(NamedTuple):
    """A hit on its way: its place in the order is complete when day and id are known."""

    score: float
    day: int
    id: str
    address: tantivy.DocAddress


def _match(searcher: tantivy.Searcher, row: _Row) -> Match:
    return Match(row.id, row.score, row.day, _stored(searcher.doc(row.address)))


class _List:
    """The ordered hits of a query, read only as far as the page needs."""

    def __init__(self, searcher: tantivy.Searcher, query: Query, lookup: Lookup) -> None:
        self.searcher = searcher
        self.query = query
        self.lookup = lookup
        self.total = 0

    def page(self) -> list[_Row]:
        """The hits of the page; `total` is known afterwards."""
        back, size = self.lookup.back, self.lookup.size
        number = size + 1 + (self.lookup.after.seen if self.lookup.after else 0)
        read = self._reader()
        while True:
            rows, complete = read(number)
            if complete or (not back and len(rows) >= size):
                return rows[max(0, len(rows) - size) :] if back else rows[:size]
            # Long ties are the rule for patterns; reading far ahead is cheaper than asking again.
            number = min(number * READ_AHEAD, self.total)

    def _reader(self) -> Callable[[int], tuple[list[_Row], bool]]:
        """How to read the rows of the page among the first hits, and whether more hits would add none."""
        if self.lookup.sort != "relevance" or not terms.scores(self.lookup.terms):
            return self._read_by_day
        return self._read_back_by_score if self.lookup.back else self._read_by_score

    def _follows(self, row: _Row) -> bool:
        """Whether the row lies on the side of the position that the page is on."""
        after, sort = self.lookup.after, self.lookup.sort
        if after is None:
            return True
        key, start = order_key(sort, row.score, row.day, row.id), position_key(sort, after)
        return key < start if self.lookup.back else key > start

    def _read_by_day(self, number: int) -> tuple[list[_Row], bool]:
        """Those of the first `number` hits that follow the position, and whether there are no more."""
        rows = self._by_key("oldest" if self.lookup.sort == "oldest" else "newest", number, count=True)
        wanted = [row for row in rows if self._follows(row)]
        passed = self.lookup.back and len(wanted) < len(rows)
        return wanted, passed or len(rows) >= self.total

    def _scored(self, number: int) -> list[tuple[float, tantivy.DocAddress]]:
        result = self.searcher.search(self.query, number, count=True)
        self.total = _count(result)
        return [(round(score, SCORE_DIGITS), address) for score, address in result.hits]

    def _read_back_by_score(self, number: int) -> tuple[list[_Row], bool]:
        scored = self._scored(number)
        start = self.lookup.after.score if self.lookup.after else 0.0
        if len(scored) < self.total and scored[-1][0] >= start:
            return [], False  # the ties of the position itself may go on behind the end
        rows = list[_Row]()
        for score, group in groupby(reversed([pair for pair in scored if pair[0] >= start]), key=lambda pair: pair[0]):
            rows = [row for row in self._tied(score, [address for _, address in group]) if self._follows(row)] + rows
            if len(rows) >= self.lookup.size:
                break
        return rows, True

    def _read_by_score(self, number: int) -> tuple[list[_Row], bool]:
        scored = self._scored(number)
        complete = len(scored) >= self.total
        after, rows = self.lookup.after, list[_Row]()
        for score, group in groupby(scored, key=lambda pair: pair[0]):
            if after and score > after.score:
                continue
            if not complete and score == scored[-1][0]:
                break  # these ties may go on behind the end
            rows += [row for row in self._tied(score, [address for _, address in group]) if self._follows(row)]
            if len(rows) >= self.lookup.size:
                break
        return rows, complete

    def _tied(self, score: float, addresses: list[tantivy.DocAddress]) -> list[_Row]:
        """The hits of one score in their order."""
        if len(addresses) > FEW:
            wanted = {(address.segment_ord, address.doc) for address in addresses}
            rows = self._by_key("newest", self.total, count=False)
            return [row._replace(score=score) for row in rows if (row.address.segment_ord, row.address.doc) in wanted]
        days = self.searcher.fast_field_values("first", addresses)
        known = [_Row(score, int(day or UNDATED), self._id(at), at) for day, at in zip(days, addresses, strict=True)]
        return sorted(known, key=lambda row: order_key("newest", 0.0, row.day, row.id))

    def _by_key(self, name: str, number: int, count: bool) -> list[_Row]:
        """The first hits in the order of one of the columns `newest` and `oldest`."""
        ascending = tantivy.Order.Asc
        result = self.searcher.search(self.query, number, count=count, order_by_field=name, order=ascending)
        if count:
            self.total = _count(result)
        rows = []
        for key, address in result.hits:
            day = int(key[:8])
            day = (UNDATED if day == LAST_DAY else day) if name == "oldest" else LAST_DAY - day
            rows.append(_Row(0.0, day, key[9:], address))
        return rows

    def _id(self, address: tantivy.DocAddress) -> str:
        return str(self.searcher.doc(address).get_first("id"))
