"""The first values of a facet are those of the whole list in order."""

from hypothesis import given
from hypothesis import strategies as st

from search.engines.base import top_values


@given(st.dictionaries(st.text("abc", max_size=3), st.integers(1, 4), max_size=30), st.integers(0, 12))
def test_top_values_are_the_first_in_order(counts: dict[str, int], limit: int) -> None:
    """They go by count, the highest first, and then by value."""
    ordered = sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))
    assert top_values(counts, limit) == tuple(ordered[:limit])
