"""How is a segment built? Of entries, or of segments that are merged; as named arrays to be written."""

from __future__ import annotations

import zlib
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain

import numpy as np

from search import schema
from search.engines.base import Entry, split_terms
from search.engines.whoosh.arrays import Array, smallest
from search.engines.whoosh.postings import invert, merge_postings
from search.engines.whoosh.segments import VALUES, Segment
from search.engines.whoosh.strings import string_arrays

# Of compressing what is stored: more takes twice the time and saves a tenth.
COMPRESSION = 1

Named = tuple[str, Array]


def segment_arrays(entries: Sequence[Entry]) -> Iterator[Named]:
    """The arrays of a segment with these entries."""
    for name in schema.COLUMNS:
        texts = [entry.columns.get(name, "") for entry in entries]
        lengths = np.array([text.count(" ") + 1 if text else 0 for text in texts])
        postings, _ = invert(chain.from_iterable(map(split_terms, texts)), lengths, schema.has_positions(name))
        yield from postings.arrays(name)
        yield f"{name}/lengths", smallest(lengths)
    for name in VALUES:
        values = [(entry.id,) if name == "id" else entry.keywords.get(name, ()) for entry in entries]
        lengths = np.array(list(map(len, values)))
        postings, numbers = invert(chain.from_iterable(values), lengths, with_positions=False)
        yield from postings.arrays(name)
        yield f"{name}/lengths", smallest(lengths)
        yield f"{name}/values", smallest(numbers)
    yield "first", np.array([entry.first for entry in entries], np.int32)
    yield "last", np.array([entry.last for entry in entries], np.int32)
    yield from _stored(zlib.compress(entry.stored.encode(), COMPRESSION) for entry in entries)


def merged_arrays(segments: Sequence[Segment]) -> Iterator[Named]:
    """The arrays of a segment with all that is not deleted from these."""
    renumbered = list(_renumbered(segments))
    for name in (*schema.COLUMNS, *VALUES):
        postings = merge_postings([segment.postings(name) for segment in segments], renumbered)
        yield from postings.arrays(name)
        yield f"{name}/lengths", smallest(np.concatenate([one.lengths(name)[one.live] for one in segments]))
        if name in VALUES:
            yield f"{name}/values", smallest(np.concatenate([_values(one, name, postings.terms) for one in segments]))
    for name in ("first", "last"):
        yield name, np.concatenate([segment.array(name)[segment.live] for segment in segments])
    yield from _stored(
        segment.compressed(document) for segment in segments for document in segment.documents().tolist()
    )


def _renumbered(segments: Iterable[Segment]) -> Iterator[Array]:
    """The new number of each document, -1 if it is deleted."""
    base = 0
    for segment in segments:
        numbers = np.cumsum(segment.live, dtype=np.int32) + (base - 1)
        numbers[~segment.live] = -1
        yield numbers
        base += int(segment.live.sum())


def _values(segment: Segment, name: str, terms: Sequence[str]) -> Array:
    """The values of a keyword of each document that lives, numbered as these terms."""
    numbers = {term: number for number, term in enumerate(terms)}
    new = np.array([numbers.get(term, 0) for term in segment.postings(name).terms], np.int32)
    return new[segment.values(name, segment.documents())]


def _stored(compressed: Iterable[bytes]) -> Iterator[Named]:
    letters, ends = string_arrays(compressed)
    yield "stored/letters", letters
    yield "stored/ends", ends
