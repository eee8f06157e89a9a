"""How many articles of all archives have a value? Each archive gives its most frequent ones, which are added up.

A value may be frequent in one archive and beyond the end of the list of another. So each is asked for more than are
wanted, and what a list does not have that was cut off is counted there.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from typing import Any, TypeVar

Value = TypeVar("Value", bound=Any)  # one that can be sorted
MOST_COUNTED = 20  # values that are counted in an archive beside those that it gave: as many as a page shows


def margin(limit: int) -> int:
    """How many values an archive is asked for if so many are wanted."""
    return 2 * limit + 50 if limit > 0 else 0


def added_up(
    answers: Sequence[Mapping[Value, int]],
    limit: int,
    count: Callable[[int, list[Value]], Sequence[int]],
) -> list[tuple[Value, int]]:
    """The most frequent values of all answers, ties in order of the value.

    Each answer was asked for `margin(limit)`. `count` says how many articles of the archive whose answer has this place
    have each of some values.
    """
    sums: Counter[Value] = Counter()
    for counts in answers:
        sums.update(counts)
    best = _ranked(sums)[:limit]
    for place, counts in enumerate(answers):
        if len(counts) < margin(limit):
            continue  # these are all it has
        least = min(counts.values())
        missing = [value for value, _ in best if value not in counts][:MOST_COUNTED]
        for value, number in zip(missing, count(place, missing) if missing else (), strict=True):
            sums[value] += min(number, least)
    return _ranked({value: sums[value] for value, _ in best})


def _ranked(counts: Mapping[Value, int]) -> list[tuple[Value, int]]:
    return sorted(counts.items(), key=lambda counted: (-counted[1], counted[0]))
