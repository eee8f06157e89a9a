"""Which entries answer, and in which order? An index of Whoosh as of one commit, segment by segment.

Whoosh keeps the postings, lengths and stored values; what is needed again and again stays in memory.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from heapq import nlargest, nsmallest
from typing import Any

from search.engines.answering import answers
from search.engines.base import SCORE_DIGITS, Found, Lookup, Match, order_key, position_key, top_values
from search.engines.evaluation import Among, Evaluation, Scores
from search.engines.scoring import Norms, idf
from search.engines.vocabulary import fitting
from search.query import terms

# Reading on to the next posting is about this many times cheaper than skipping to a wanted one.
SKIPPING_PAYS = 8
# Postings of words in more than a third of the documents are kept in memory, at most so many
# (100 bytes each) and the list that goes beyond.
RARER = 3
MOST_KEPT = 200_000
# Stands between the keyword values of an entry in their column.
SEPARATOR = "\x1f"


class View:
    """The index as of one commit."""

    def __init__(self, reader: Any, before: View | None = None) -> None:
        self.reader = reader
        known = {segment.id: segment for segment in before.segments} if before else {}
        self.segments: list[Segment] = [Segment(leaf, known) for leaf, _ in reader.leaf_readers()]
        self._norms: dict[str, Norms] = {}

    def idf(self, column: str, text: str) -> float:
        return idf(self.reader.doc_frequency(column, text), self.reader.doc_count_all())

    def norms(self, column: str) -> Norms:
        if column not in self._norms:
            mean = self.reader.field_length(column) / (self.reader.doc_count_all() or 1)
            self._norms[column] = Norms(mean)
        return self._norms[column]

    def get(self, id: str) -> str | None:
        for segment in self.segments:
            for document in segment.having("id", id):
                return segment.stored(document)
        return None

    def search(self, lookup: Lookup) -> Found:
        asked = lookup.terms if lookup.size else answers(lookup.terms)
        scored = [(segment, Evaluation(segment, self).scores(asked)) for segment in self.segments]
        found = [
            (segment, document, round(score, SCORE_DIGITS))
            for segment, scores in scored
            for document, score in scores.items()
        ]
        matches = tuple(
            Match(segment.key(document)[1], score, segment.key(document)[0], segment.stored(document))
            for segment, document, score in _ordered(found, lookup)
        )
        facets = {name: top_values(_counts(name, scored), limit) for name, limit in lookup.facets.items()}
        return Found(len(found), matches, facets)


class Segment:
    """One segment of the index, with what searches need again and again kept in memory."""

    def __init__(self, reader: Any, known: Mapping[str, Segment]) -> None:
        segment = reader.segment()
        self.reader = reader
        self.id = segment.segment_id() if segment else ""
        same = known.get(self.id)  # a segment never changes, except for what is deleted from it
        self._lengths: dict[str, list[int]] = same._lengths if same else {}
        self._vocabulary: dict[str, list[str]] = same._vocabulary if same else {}
        self._columns: dict[str, list[bytes]] = same._columns if same else {}
        self._frequencies: dict[tuple[str, str], dict[int, float]] = same._frequencies if same else {}
        self._keys: list[tuple[int, str]] = same._keys if same else []
        self._days: list[tuple[int, int]] = same._days if same else []
        self._documents = range(reader.doc_count_all())
        self._deleted = {number for number in self._documents if reader.is_deleted(number)}

    def documents(self) -> Collection[int]:
        if not self._deleted:
            return self._documents
        return [number for number in self._documents if number not in self._deleted]

    def frequencies(self, column: str, text: str, among: Among) -> dict[int, float]:
        if self._may_skip(column, text, among):
            return {matcher.id(): matcher.weight() for matcher in self._wanted(column, text, among)}
        found = self._frequencies.get((column, text)) or self._read_frequencies(column, text)
        if among is None and not self._deleted:
            return found
        return {document: found[document] for document in self._left(found, among)}

    def _read_frequencies(self, column: str, text: str) -> dict[int, float]:
        """Those of all documents; of words that are nearly everywhere they are kept, as they are asked for often."""
        found: dict[int, float] = {}
        for matcher in self._blocks(column, text):
            matcher.weight()
            found.update(zip(matcher._ids, matcher._weights, strict=True))
        if len(found) * RARER > len(self._documents) and sum(map(len, self._frequencies.values())) < MOST_KEPT:
            self._frequencies[column, text] = found
        return found

    def positions(self, column: str, text: str, among: Among) -> dict[int, Sequence[int]]:
        if self._may_skip(column, text, among):
            return {matcher.id(): matcher.value_as("positions") for matcher in self._wanted(column, text, among)}
        found: dict[int, bytes] = {}
        for matcher in self._blocks(column, text):
            matcher.value()
            found.update(zip(matcher._ids, matcher._values, strict=True))
        decode = self.reader.schema[column].format.decode_positions
        return {document: decode(found[document]) for document in self._left(found, among)}

    def having(self, name: str, value: str) -> Collection[int]:
        found = [document for matcher in self._blocks(name, value) for document in matcher._ids]
        return self._left(dict.fromkeys(found), None)

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

    def joined(self, name: str) -> Sequence[bytes]:
        """The values of a keyword of each document, SEPARATOR between them."""
        return self._column(f"{name}_values")

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

    def _left(self, found: Mapping[int, Any], among: Among) -> Collection[int]:
        """The documents of these that matter and are not deleted."""
        if among is not None:
            found = dict.fromkeys(document for document in among if document in found)
        return [document for document in found if document not in self._deleted] if self._deleted else found

    def _may_skip(self, column: str, text: str, among: Among) -> bool:
        """Whether few documents matter, so that skipping to them pays."""
        return among is not None and len(among) < self.reader.doc_frequency(column, text) // SKIPPING_PAYS

    def _blocks(self, column: str, text: str) -> Iterator[Any]:
        """A matcher standing at each block of the postings of a term, its documents loaded.

        Whoosh gives one posting at a time; its matchers hold a block in lists, which are read at
        once instead, several times faster.
        """
        if (column, text.encode()) not in self.reader:
            return
        matcher = self.reader.postings(column, text)
        matcher = getattr(matcher, "child", matcher)  # what leaves out deleted documents goes one by one, too
        while matcher.is_active():
            matcher.id()
            yield matcher
            matcher.skip_to(matcher.block_max_id() + 1)

    def _wanted(self, column: str, text: str, among: Collection[int] | None) -> Iterator[Any]:
        """A matcher standing at each wanted posting of a term, in order, without deleted documents."""
        matcher = self.reader.postings(column, text)
        for wanted in sorted(among or ()):
            if matcher.is_active() and matcher.id() < wanted:
                matcher.skip_to(wanted)
            if not matcher.is_active():
                return
            if matcher.id() == wanted:
                yield matcher


Scored = tuple[Segment, int, float]


def _ordered(found: list[Scored], lookup: Lookup) -> list[Scored]:
    """The rows of the page that is asked for."""

    def key(row: Scored) -> tuple[float, int, str]:
        return order_key(lookup.sort, row[2], *row[0].key(row[1]))

    if lookup.after is None:
        return nsmallest(lookup.size, _best(found, lookup), key=key)
    same = next((row for row in found if row[0].key(row[1])[1] == lookup.after.id), None)
    start = key(same) if same else position_key(lookup.sort, lookup.after)
    if lookup.back:
        return nlargest(lookup.size, (row for row in found if key(row) < start), key=key)[::-1]
    return nsmallest(lookup.size, (row for row in found if key(row) > start), key=key)


def _best(found: list[Scored], lookup: Lookup) -> list[Scored]:
    """The rows that can stand on the first page: those that score as much as its last one."""
    if lookup.sort != "relevance" or not 0 < lookup.size < len(found):
        return found
    least = nlargest(lookup.size, [score for _, _, score in found])[-1]
    return [row for row in found if row[2] >= least]


def _counts(name: str, scored: list[tuple[Segment, Scores]]) -> Counter[str]:
    """In how many answers each value of a keyword is; many articles have the same ones, which are looked at once."""
    joined: Counter[bytes] = Counter()
    for segment, scores in scored:
        joined.update(map(segment.joined(name).__getitem__, scores))
    counts: Counter[str] = Counter()
    for values, number in joined.items():
        for value in values.decode().split(SEPARATOR) if values else ():
            counts[value] += number
    return counts
