"""Which values are the most frequent ones among the answers? tantivy takes long to read values.

Where a query finds most entries, the few that it does not find are counted and taken off what is
known of all. A library may count by keys that stand for values, and tell in the end which are meant.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from heapq import nlargest
from typing import Any, NamedTuple, Protocol

from search.engines.base import top_values

# Facet values are counted in full up to this number of different ones; beyond it, ties at the
# end of the list may be missed.
MOST_FACET_VALUES = 10_000
# Of so many answers all facet values are read at once; of more, first those to be shown and some
# more, as most ties end there: reading a value takes longer than counting it.
FEW_ANSWERS = 500
FACET_MARGIN = 80

Keys = dict[Any, int]  # counts of what stands for values: themselves, or numbers
Values = tuple[tuple[str, int], ...]
Facets = dict[str, Values]


class Known(NamedTuple):
    """Values of all entries: key, value and count, the highest first; no other value has a count above `others`."""

    counts: list[tuple[int | str, str, int]]
    others: int = 0


class Counted(Protocol):
    """All answers to one query."""

    @property
    def expected(self) -> int:
        """Their number or, of many, about their number."""
        ...

    def counts(self, sizes: Mapping[str, int]) -> dict[str, Keys]:
        """For each keyword the keys of so many values with the highest counts, these first."""
        ...

    def values(self, name: str, counts: Keys, limit: int) -> Values:
        """The most frequent values of a keyword by the counts of their keys."""
        ...

    def missed(self, names: Iterable[str]) -> dict[str, Keys] | None:
        """The keys of all entries that are no answer; None if these are too many."""
        ...


def facets(hits: Counted, limits: Mapping[str, int]) -> Facets:
    """The most frequent values of each keyword, at most as many as its limit says."""
    if not hits.expected:
        return dict.fromkeys(limits, ())
    many = hits.expected > FEW_ANSWERS
    counts = hits.counts({name: limit + FACET_MARGIN if many else MOST_FACET_VALUES for name, limit in limits.items()})
    tied = [name for name, limit in limits.items() if many and _ends_in_tie(counts[name], limit)]
    if tied:
        counts |= hits.counts(dict.fromkeys(tied, MOST_FACET_VALUES))
    return {name: hits.values(name, counts[name], limit) for name, limit in limits.items()}


def facets_by_others(hits: Counted, known: Mapping[str, Known], limits: Mapping[str, int]) -> Facets | None:
    """The same from what is known of all entries, without a look at the answers; None if that tells nothing certain."""
    missed = hits.missed(limits)
    if missed is None:
        return None
    found: Facets = {}
    for name, limit in limits.items():
        first = _first_left(known[name], missed[name], limit)
        if first is None:
            return None
        found[name] = first
    return found


def shown(counts: Keys, limit: int) -> Keys:
    """The keys that may be among so many: those whose count the last one of them has, or a higher one."""
    if len(counts) <= limit:
        return counts
    least = nlargest(limit, counts.values())[-1] if limit else 0
    return {key: count for key, count in counts.items() if limit and count >= least}


def _first_left(known: Known, missed: Keys, limit: int) -> Values | None:
    """The most frequent values without what is missed; None if it may be others than those known."""
    number = limit + FACET_MARGIN
    while True:
        left = {value: count - missed.get(key, 0) for key, value, count in known.counts[:number]}
        first = top_values({value: count for value, count in left.items() if count}, limit)
        following = known.counts[number][2] if number < len(known.counts) else known.others
        if not following or (len(first) == limit and (not limit or first[-1][1] > following)):
            return first
        if number >= len(known.counts):
            return None
        number *= 4


def _ends_in_tie(counts: Keys, limit: int) -> bool:
    """Whether values that were not read may be as frequent as the last one to be shown."""
    ordered = list(counts.values())
    return len(ordered) == limit + FACET_MARGIN and ordered[max(0, limit - 1)] == ordered[-1]
