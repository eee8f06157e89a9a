"""Which positions lie close to each other? In linear time, for the longest texts too."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence


def within_distance(
    firsts: Sequence[int], seconds: Sequence[int], distance: int
) -> Iterator[tuple[int, Sequence[int]]]:
    """Each of the first positions with those of the second that have at most `distance` others between.

    Both must ascend; a first position without any is left out.
    """
    for at in firsts:
        near = seconds[bisect_left(seconds, at - distance - 1) : bisect_right(seconds, at + distance + 1)]
        if near:
            yield at, near
