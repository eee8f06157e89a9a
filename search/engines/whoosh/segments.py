"""What does a segment of the index tell? Its arrays, read from the file when they are first asked for."""

from __future__ import annotations

import zlib
from collections.abc import Callable, Iterable
from dataclasses import replace
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Any

import numpy as np

from search import schema
from search.engines.array_files import ArrayFile
from search.engines.arrays import Array, ranges, smallest, starts_of
from search.engines.base import BEYOND_ALL_DAYS, UNDATED
from search.engines.rewriting import without_scores
from search.engines.scoring import length_norm
from search.engines.strings import StringArray
from search.engines.vocabulary import MOST_TERMS, TermList, near_terms
from search.engines.whoosh.postings import MOST_DOCUMENTS, Postings, read_postings
from search.page import Sort
from search.query import terms

# Kept whole: the keywords, and the id as if it were one.
VALUES = (*schema.KEYWORDS, "id")
MOST_PATTERNS = 100  # whose terms are cached
# Documents that are cached of phrases and the like, each with some four bytes; each phrase counts as a few more.
MOST_PLACED = 1_000_000
PHRASE = 100
Positioned = terms.Phrase | terms.Near


class SegmentFile:
    """The arrays of a file. A segment never changes, except for what is deleted from it."""

    def __init__(self, path: Path) -> None:
        self.file = ArrayFile(path)
        self._postings: dict[str, Postings] = {}
        # Beside the terms: where each ends, with its line break, and how many letters it has.
        self._term_lists: dict[str, tuple[TermList, Array, Array]] = {}
        self.bounded: set[tuple[str, str]] = set()  # columns and patterns that more than MOST_TERMS fit
        self._fitting = lru_cache(MOST_PATTERNS)(self._look_up)
        self._placed: dict[terms.Terms, tuple[Array, Array]] = {}
        self._room = MOST_PLACED
        self.stored = StringArray(self.file["stored/letters"], self.file["stored/ends"])

    @cached_property
    def newest(self) -> Array:
        """The order of documents by day, the newest first, then by id."""
        return -self.file["first"].astype(np.int64) * MOST_DOCUMENTS + self.file["ids"]

    @cached_property
    def oldest(self) -> Array:
        """The order of documents by day, the undated last, then by id."""
        days = self.file["first"].astype(np.int64)
        return np.where(days == UNDATED, BEYOND_ALL_DAYS, days) * MOST_DOCUMENTS + self.file["ids"]

    def postings(self, name: str) -> Postings:
        """The postings of a column or keyword."""
        if name not in self._postings:
            has_positions = name in schema.COLUMNS and schema.has_positions(name)
            self._postings[name] = read_postings(self.file, name, has_positions)
        return self._postings[name]

    def fitting(self, query: terms.Wildcard | terms.Fuzzy) -> Array:
        """The numbers of the terms that fit, ascending; of more than MOST_TERMS the most frequent, where a pattern
        begins with a star. Raises TooExpensive."""
        return self._fitting(replace(query, weight=1.0))

    def placed(self, query: Positioned, look_up: Callable[[], tuple[Array, Array]]) -> tuple[Array, Array]:
        """The documents of a phrase, or of two terms near each other, and how often each has it.

        They are cached: what is found is also counted in other ways, and readers turn pages.
        """
        unweighted = without_scores(query)
        found = self._placed.get(unweighted)
        if found is None:
            found = look_up()
            self._room -= len(found[0]) + PHRASE
            if self._room < 0:
                self._placed.clear()  # maybe while another thread looks, so what is answered is not read from it
                self._room = MOST_PLACED
            self._placed[unweighted] = found
        return found

    def _look_up(self, query: terms.Wildcard | terms.Fuzzy) -> Array:
        if query.column not in self._term_lists:
            known = self.postings(query.column).terms
            ends = known.ends.astype(np.int64) + np.arange(1, len(known) + 1)
            self._term_lists[query.column] = TermList(known), ends, smallest(np.fromiter(map(len, known), np.int64))
        listed, ends, letters = self._term_lists[query.column]
        if isinstance(query, terms.Fuzzy):
            return _near(query, listed, ends, letters.astype(np.int64))
        found = np.searchsorted(ends, [start for start, _ in listed.places(query.pattern)], side="right")
        if len(found) <= MOST_TERMS or not query.pattern.startswith(("*", "?")):
            return found
        self.bounded.add((query.column, query.pattern))
        frequent = np.argsort(-self.postings(query.column).counts()[found].astype(np.int64), kind="stable")[:MOST_TERMS]
        return np.sort(found[frequent])


def _near(query: terms.Fuzzy, listed: TermList, ends: Array, letters: Array) -> Array:
    """The numbers of the terms that are near; each edit makes a term longer or shorter by one letter at most."""
    likely = np.flatnonzero(np.abs(letters - len(query.text)) <= query.distance)
    texts = listed.between(starts_of(ends)[likely].tolist(), (ends[likely] - 1).tolist())
    return likely[near_terms(query, texts)]


class Segment:
    """A segment as of one commit."""

    def __init__(self, name: str, contents: SegmentFile, deleted: Iterable[int]) -> None:
        self.name = name
        self.contents = contents
        self.live = np.ones(len(contents.stored), bool)
        self.live[list(deleted)] = False
        self.has_no_deletions = bool(self.live.all())
        self._norms: dict[str, tuple[float, Array]] = {}

    def __len__(self) -> int:
        return len(self.live)

    def documents(self) -> Array:
        """The documents that are not deleted."""
        return np.flatnonzero(self.live)

    def array(self, name: str) -> Array:
        """An array that has one number for each document."""
        return self.contents.file[name]

    def lengths(self, column: str) -> Array:
        """The number of terms in a column of each document."""
        return self.contents.file[f"{column}/lengths"]

    def norms(self, column: str, mean_length: float) -> Array:
        """What the length of a column takes off the score of each document, if the mean length is this."""
        known, norms = self._norms.get(column, (None, self.live))
        if known != mean_length:
            lengths: Any = self.lengths(column).astype(np.float64)
            norms = np.asarray(length_norm(lengths, mean_length))
            self._norms[column] = mean_length, norms
        return norms

    def postings(self, name: str) -> Postings:
        """The postings of a column or keyword, those of deleted documents among them."""
        return self.contents.postings(name)

    def serials(self, documents: Array, missed: bool = False) -> Array:
        """The serial numbers of these documents, or of all others that are not deleted."""
        if missed:
            others = self.live.copy()
            others[documents] = False
            documents = np.flatnonzero(others)
        return self.array("serials")[documents]

    def stored(self, document: int) -> str:
        """What was stored with a document."""
        return zlib.decompress(self.compressed(document)).decode()

    def compressed(self, document: int) -> bytes:
        """The same, as it lies in the file."""
        return self.contents.stored.bytes(document)

    def id(self, document: int) -> str:
        """The id of a document."""
        return self.postings("id").terms[int(self.array("ids")[document])]

    def day(self, document: int) -> int:
        """The first day of a document, UNDATED if it has none."""
        return int(self.array("first")[document])

    def ranks(self, sort: Sort) -> Array:
        """What ties between documents are broken by: numbers that ascend as sort keys do behind the score."""
        return self.contents.oldest if sort == "oldest" else self.contents.newest

    def document_with_id(self, id: str) -> int | None:
        """The document that has an id, unless it is deleted."""
        postings = self.postings("id")
        for document in postings.documents[postings.of(id)]:
            if self.live[document]:
                return int(document)
        return None

    def having_matching_terms(self, query: terms.Wildcard | terms.Fuzzy) -> Array:
        """The documents that have a term which fits, the deleted among them; in no order."""
        postings = self.postings(query.column)
        beginning = query.pattern[:-1] if isinstance(query, terms.Wildcard) and query.pattern.endswith("*") else ""
        if beginning and not set(beginning) & set("*?"):
            return postings.documents[postings.of_all(postings.terms.beginning(beginning))]
        numbers = self.contents.fitting(query)
        starts = starts_of(postings.ends)[numbers]
        return postings.documents[ranges(starts, postings.ends[numbers] - starts)]
