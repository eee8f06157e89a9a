"""A table of cached results gives what its function gives and keeps no more than it promises."""

from collections import Counter

from hypothesis import given
from hypothesis import strategies as st

from search.german.cache import TwoGenerationCache


@given(st.lists(st.integers(0, 9)), st.integers(1, 5))
def test_cached_results_are_those_of_the_function(arguments: list[int], most: int) -> None:
    """Whatever is asked in whatever order, the answer is right and the table within its bound."""
    table: TwoGenerationCache[int, str] = TwoGenerationCache(str, most)
    for argument in arguments:
        assert table[argument] == str(argument)
        assert len(table) <= most


def test_what_was_asked_for_last_is_not_computed_again() -> None:
    """As many results as the table keeps are known, the ones asked for last, although others came before."""
    calls: Counter[int] = Counter()

    def function(argument: int) -> int:
        calls[argument] += 1
        return argument

    table: TwoGenerationCache[int, int] = TwoGenerationCache(function, 3)
    for argument in (1, 2, 3, 4, 5, 3, 4, 5):
        table[argument]
    assert calls == Counter({1: 1, 2: 1, 3: 1, 4: 1, 5: 1})
