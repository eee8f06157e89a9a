"""Numbers as tables show them: medians, percentiles, ratios, few digits."""

from __future__ import annotations

import math
from collections.abc import Sequence


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
