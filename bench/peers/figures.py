"""Numbers as tables show them: medians, percentiles, ratios, few digits."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence


def percentile(values: Sequence[float], part: float) -> float:
    """The smallest value that `part` percent of the values do not exceed (nearest rank)."""
    ordered = sorted(values)
    return ordered[max(math.ceil(len(ordered) * part / 100) - 1, 0)]


def rounded(value: float) -> str:
    """Two digits that say something, and no more: 0.13, 1.5, 27, 1,234."""
    if value >= 10 or value == 0:
        return f"{value:,.0f}"
    return f"{value:.{1 - math.floor(math.log10(value))}f}"


def ratio(ours: float, theirs: float) -> str:
    """How often theirs goes into ours."""
    return f"{rounded(ours / theirs)}×" if theirs else "–"


def per_tenfold(points: Mapping[int, float]) -> float:
    """By what a value is multiplied when a number is, by ten; between the smallest and the largest number."""
    first, last = min(points), max(points)
    return math.exp(math.log(points[last] / points[first]) / math.log10(last / first))
