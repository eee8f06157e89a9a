"""Which documents have a term, how often and where? All the terms of a column, as arrays.

The postings of a column stand one behind the other, term by term and, within a term, document by
document; their positions likewise. So the postings of successive terms are one slice.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import count

import numpy as np

from search.engines.array_files import ArrayFile
from search.engines.arrays import (
    Array,
    grouped,
    lengths_to_ends,
    ranges,
    smallest,
    starts_of,
)
from search.engines.strings import TermDictionary, string_arrays

# Documents of a segment are numbered in two bytes.
DOCUMENT = np.uint16
MOST_DOCUMENTS = 1 << 16
# Postings whose positions are moved together when segments are merged.
GATHERED = 1 << 19


@dataclass(frozen=True, slots=True)
class Postings:
    """The postings of a column: `ends` says where those of each term end, `places` where their positions do."""

    terms: TermDictionary
    ends: Array
    documents: Array
    frequencies: Array
    places: Array | None = None
    positions: Array | None = None

    def of(self, text: str) -> slice:
        """Where the postings of a term stand; an empty slice if there are none."""
        number = self.terms.find(text)
        return slice(0, 0) if number is None else self.of_all(range(number, number + 1))

    def of_all(self, terms: range) -> slice:
        """Where the postings of successive terms stand."""
        if not terms:
            return slice(0, 0)
        return slice(int(self.ends[terms.start - 1]) if terms.start else 0, int(self.ends[terms.stop - 1]))

    def occurrences(self, text: str) -> Array:
        """The positions of a term in all documents, one document after the other."""
        assert self.places is not None
        assert self.positions is not None
        number = self.terms.find(text)
        if number is None:
            return self.positions[:0]
        return self.positions[int(self.places[number - 1]) if number else 0 : int(self.places[number])]

    def counts(self) -> Array:
        """The number of documents of each term."""
        return np.diff(self.ends, prepend=self.ends.dtype.type(0))

    def arrays(self, name: str) -> Iterator[tuple[str, Array]]:
        """What `read` reads, under the name of the column."""
        yield f"{name}/letters", self.terms.letters
        yield f"{name}/terms", self.terms.ends
        yield f"{name}/ends", smallest(self.ends)
        yield f"{name}/documents", self.documents
        yield f"{name}/frequencies", smallest(self.frequencies)
        if self.places is not None and self.positions is not None:
            yield f"{name}/places", smallest(self.places)
            yield f"{name}/positions", smallest(self.positions)


def read_postings(file: ArrayFile, name: str, with_positions: bool) -> Postings:
    """The postings of a column from a file."""
    return Postings(
        TermDictionary(file[f"{name}/letters"], file[f"{name}/terms"]),
        file[f"{name}/ends"],
        file[f"{name}/documents"],
        file[f"{name}/frequencies"],
        file[f"{name}/places"] if with_positions else None,
        file[f"{name}/positions"] if with_positions else None,
    )


def invert(terms_in_order: Iterable[str], lengths: Array, with_positions: bool) -> tuple[Postings, Array]:
    """The postings of a column that has so many of these terms in each document, and the number of each in turn."""
    known: defaultdict[str, int] = defaultdict(count().__next__)
    total = int(lengths.sum())
    numbers = np.fromiter(map(known.__getitem__, terms_in_order), np.int32, total)
    terms = sorted(known)
    ranks = np.empty(len(terms), np.int32)
    ranks[np.fromiter(map(known.__getitem__, terms), np.int32, len(terms))] = np.arange(len(terms))
    numbers = ranks[numbers]
    order = grouped(numbers)
    in_order, documents = numbers[order], np.repeat(np.arange(len(lengths), dtype=DOCUMENT), lengths)[order]
    firsts = _firsts(in_order, documents)
    frequencies = np.diff(firsts, append=total)
    positions = ranges(np.zeros(len(lengths), np.int64), lengths)[order] if with_positions else None
    counts = np.bincount(in_order[firsts], minlength=len(terms))
    return _postings(terms, counts, documents[firsts], frequencies, positions), numbers


def _firsts(terms: Array, documents: Array) -> Array:
    """Where a new term or document begins."""
    begins = np.ones(len(terms), bool)
    begins[1:] = (terms[1:] != terms[:-1]) | (documents[1:] != documents[:-1])
    return np.flatnonzero(begins)


def _postings(
    terms: Iterable[str], counts: Array, documents: Array, frequencies: Array, positions: Array | None
) -> Postings:
    """Postings of these terms, each in so many documents."""
    ends = lengths_to_ends(counts)
    places = None if positions is None else lengths_to_ends(frequencies)[ends - 1]
    return Postings(
        TermDictionary(*string_arrays(map(str.encode, terms))), ends, documents, frequencies, places, positions
    )


def merge_postings(several: Sequence[Postings], renumbered: Sequence[Array]) -> Postings:
    """The postings of several segments as one; `renumbered` has the new number of each document, -1 if it is gone."""
    terms = sorted(set().union(*(postings.terms for postings in several)))
    known = {term: number for number, term in enumerate(terms)}
    moved = [_moved(postings, documents, known) for postings, documents in zip(several, renumbered, strict=True)]
    numbers, documents, frequencies = (np.concatenate(parts) for parts in zip(*moved, strict=True))
    order = grouped(numbers)
    counts = np.bincount(numbers, minlength=len(terms))
    found = [term for term, number in zip(terms, counts, strict=True) if number]
    positions = _moved_positions(several, renumbered, order)
    return _postings(found, counts[counts > 0], documents[order], frequencies[order], positions)


def _moved(postings: Postings, renumbered: Array, known: Mapping[str, int]) -> tuple[Array, Array, Array]:
    """The new numbers of term and document, and the frequency, of each posting that stays."""
    number_of = np.fromiter(map(known.__getitem__, postings.terms), np.int32, len(postings.terms))
    documents = renumbered[postings.documents]
    stay = documents >= 0
    return np.repeat(number_of, postings.counts())[stay], documents[stay].astype(DOCUMENT), postings.frequencies[stay]


def _moved_positions(several: Sequence[Postings], renumbered: Sequence[Array], order: Array) -> Array | None:
    """The positions of the postings that stay, in the order of these."""
    starts, frequencies, positions, base = [], [], [], 0
    for postings, documents in zip(several, renumbered, strict=True):
        if postings.positions is None:
            return None
        stay = documents[postings.documents] >= 0
        starts.append(base + starts_of(lengths_to_ends(postings.frequencies))[stay])
        frequencies.append(postings.frequencies[stay])
        positions.append(postings.positions)
        base += len(postings.positions)
    return _gathered(np.concatenate(positions), np.concatenate(starts)[order], np.concatenate(frequencies)[order])


def _gathered(positions: Array, starts: Array, lengths: Array) -> Array:
    """The pieces of these positions with these starts and lengths; some at a time, as their places take much memory."""
    pieces = [positions[:0]]
    for first in range(0, len(starts), GATHERED):
        some = slice(first, first + GATHERED)
        pieces.append(positions[ranges(starts[some], lengths[some])])
    return np.concatenate(pieces)
