"""How is a segment built? Of entries, or of segments that are merged; as named arrays to be written."""

from __future__ import annotations

import zlib
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain

import numpy as np

from search import schema
from search.engines.arrays import Array, smallest
from search.engines.base import Entry, split_terms
from search.engines.strings import string_arrays
from search.engines.whoosh.postings import invert, merge_postings
from search.engines.whoosh.segments import VALUES, Segment

# Of compressing what is stored: more takes twice the time and saves a tenth.
COMPRESSION = 1

Named = tuple[str, Array]


def segment_arrays(entries: Sequence[Entry], serials: Sequence[int]) -> Iterator[Named]:
    """The arrays of a segment with these entries, by the serial numbers of which their values are found."""
    for name in schema.COLUMNS:
        texts = [entry.columns.get(name, "") for entry in entries]
        lengths = np.array([text.count(" ") + 1 if text else 0 for text in texts])
        postings, _ = invert(chain.from_iterable(map(split_terms, texts)), lengths, schema.has_positions(name))
        yield from postings.arrays(name)
        yield f"{name}/lengths", smallest(lengths)
    for name in VALUES:
        values = [(entry.id,) if name == "id" else entry.keywords.get(name, ()) for entry in entries]
        postings, numbers = invert(chain.from_iterable(values), np.array(list(map(len, values))), with_positions=False)
        yield from postings.arrays(name)
        if name == "id":
            yield "ids", smallest(numbers)
    yield "serials", np.array(serials, np.int64)
    yield "first", np.array([entry.first for entry in entries], np.int32)
    yield "last", np.array([entry.last for entry in entries], np.int32)
    yield from _stored(zlib.compress(entry.stored.encode(), COMPRESSION) for entry in entries)


def merged_arrays(segments: Sequence[Segment]) -> Iterator[Named]:
    """The arrays of a segment with all that is not deleted from these."""
    renumbered = list(_renumbered(segments))
    for name in (*schema.COLUMNS, *VALUES):
        postings = merge_postings([segment.postings(name) for segment in segments], renumbered)
        yield from postings.arrays(name)
        if name in schema.COLUMNS:
            yield f"{name}/lengths", smallest(np.concatenate([one.lengths(name)[one.live] for one in segments]))
        if name == "id":
            yield "ids", smallest(np.concatenate([_ids(one, postings.terms) for one in segments]))
    for name in ("first", "last", "serials"):
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


def _ids(segment: Segment, terms: Sequence[str]) -> Array:
    """The id of each document that lives, numbered as these terms."""
    numbers = {term: number for number, term in enumerate(terms)}
    new = np.array([numbers.get(term, 0) for term in segment.postings("id").terms], np.int32)
    return new[segment.array("ids")[segment.live]]


def _stored(compressed: Iterable[bytes]) -> Iterator[Named]:
    letters, ends = string_arrays(compressed)
    yield "stored/letters", letters
    yield "stored/ends", ends
