"""Which entries answer, be they hundreds of thousands? Their days and ids in the order of time.

To sort answers by a column of texts, tantivy looks up the text of each by itself. As the values of that column they are
looked up in order, which takes a fifteenth of the time. It counts no more than so many values at once.
"""

from __future__ import annotations

import tantivy
from tantivy import Occur, Query

from search.deadline import check_deadline
from search.engines.base import UNDATED
from search.engines.tantivy.columns import LAST_DAY

COLUMN = "newest"
MOST_AT_ONCE = 50_000  # tantivy refuses an answer with more than 65,000
_DAY_DIGITS = 8  # of a value of the column; then a blank and the id


def newest(searcher: tantivy.Searcher, made: tantivy.Schema, query: Query, most: int) -> list[tuple[int, str]] | None:
    """The days and ids of the entries that answer a query, the newest first, no more than `most`. Raises TooExpensive.

    None if there are too many of one day.
    """
    keys: list[str] = []
    asked = query
    while len(keys) < most:
        check_deadline("listing the hits")
        size = MOST_AT_ONCE if keys else min(most, MOST_AT_ONCE)
        some = _keys(searcher, asked, size)
        last = keys[-1] if keys else ""
        keys += [key for key in some if key > last]
        if len(some) < size:
            break
        if last[:_DAY_DIGITS] == keys[-1][:_DAY_DIGITS]:
            return None
        asked = Query.boolean_query([(Occur.Must, query), (Occur.Must, _until(keys[-1], made))])
    return [(_day(key), key[_DAY_DIGITS + 1 :]) for key in keys[:most]]


def _keys(searcher: tantivy.Searcher, query: Query, size: int) -> list[str]:
    """The first values of the column among the answers, in order."""
    terms = {"field": COLUMN, "size": size, "segment_size": size, "order": {"_key": "asc"}}
    return [bucket["key"] for bucket in searcher.aggregate(query, {COLUMN: {"terms": terms}})[COLUMN]["buckets"]]


def _until(key: str, made: tantivy.Schema) -> Query:
    """The entries of the day of this value, and of all before."""
    days = Query.range_query(made, "first", tantivy.FieldType.Unsigned, UNDATED, _day(key))
    return Query.const_score_query(days, 0.0)


def _day(key: str) -> int:
    """The day of a value of the column."""
    return LAST_DAY - int(key[:_DAY_DIGITS])
