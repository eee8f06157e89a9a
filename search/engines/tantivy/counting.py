"""How many entries have each value of a keyword? tantivy counts no more than so many values at once.

Its vocabulary knows all values, but also counts entries that were replaced. So values are counted a part at a time,
those that begin alike.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

import tantivy

MOST_AT_ONCE = 50_000  # tantivy refuses an answer with more than 65,000
_ANYTHING = "(.|\n)*"


def value_counts(searcher: tantivy.Searcher, name: str) -> dict[str, int]:
    """The number of entries with each value of a keyword."""
    values = sorted(value for value, _ in searcher.terms_with_prefix(name, ""))
    counts: dict[str, int] = {}
    for pattern in _patterns(values, 0):
        terms = {"field": name, "size": MOST_AT_ONCE, "segment_size": MOST_AT_ONCE, "include": pattern}
        buckets = searcher.aggregate(tantivy.Query.all_query(), {name: {"terms": terms}})[name]["buckets"]
        counts |= {bucket["key"]: int(bucket["doc_count"]) for bucket in buckets}
    return counts


def _patterns(values: Sequence[str], same: int) -> Iterator[str]:
    """Patterns that fit all values in order between them, few enough each; all begin with `same` equal letters."""
    if not values:
        return
    beginning = values[0][:same]
    if len(values) <= MOST_AT_ONCE:
        yield _escaped(beginning) + _ANYTHING
        return
    if values[0] == beginning:
        yield _escaped(beginning)
        values = values[1:]
    start = 0
    for place in range(1, len(values) + 1):
        if place == len(values) or values[place][same] != values[start][same]:
            yield from _patterns(values[start:place], same + 1)
            start = place


def _escaped(text: str) -> str:
    """A text as a regular expression; only punctuation of ASCII is escaped, as Rust refuses a backslash elsewhere."""
    return re.sub(r"[!-/:;=?@\[-^`{-~]", r"\\\g<0>", text)
