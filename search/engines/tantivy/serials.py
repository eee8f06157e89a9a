"""Which entries answer, be they hundreds of thousands? Their serial numbers, which tantivy hands over.

A hit is an object of 140 bytes before its number is read, so that only so many are handed over at once.
"""

from __future__ import annotations

import numpy as np
import tantivy
from tantivy import Occur, Query

from search.deadline import check_deadline
from search.engines.arrays import Array
from search.engines.tantivy.columns import SERIAL

AT_ONCE = 250_000


def serial_numbers(
    searcher: tantivy.Searcher, made: tantivy.Schema, query: Query, number: int, following: int
) -> Array:
    """The serial numbers of the entries that answer a query; so many do, and all are below `following`.

    Raises TooExpensive.
    """
    if number <= AT_ONCE:
        return first_serial_numbers(searcher, query, number)
    pieces = []
    for first in range(0, following, AT_ONCE):
        some = Query.range_query(made, SERIAL, tantivy.FieldType.Unsigned, first, first + AT_ONCE - 1)
        both = Query.boolean_query([(Occur.Must, query), (Occur.Must, some)])
        pieces.append(first_serial_numbers(searcher, both, AT_ONCE))
    return np.concatenate(pieces)


def first_serial_numbers(searcher: tantivy.Searcher, query: Query, most: int) -> Array:
    """The same of no more than so many of them."""
    check_deadline("counting the values of facets")
    if not most:
        return np.zeros(0, np.int64)
    hits = searcher.search(Query.const_score_query(query, 0.0), most, count=False).hits
    return serial_numbers_at(searcher, [place for _, place in hits])


def serial_numbers_at(searcher: tantivy.Searcher, places: list[tantivy.DocAddress]) -> Array:
    """The serial numbers of the entries at these places."""
    return np.array(searcher.fast_field_values(SERIAL, places), np.int64)
