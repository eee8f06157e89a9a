"""The two measures: log-likelihood, and the automaton of bursts."""

from __future__ import annotations

from itertools import pairwise, product
from math import inf, log

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.corpus.association import log_likelihood
from search.corpus.bursts import COST, FEWEST, _states, bursts


@pytest.mark.parametrize(
    ("table", "score"),
    [
        ((110, 2552, 111, 29225), 270.72),  # "the swiss" in Dunning's paper
        ((29, 42, 123, 31735), 263.90),  # "can be"
        ((10, 100, 100, 1000), 0.0),
        ((0, 10, 50, 100), -12.953),
        ((0, 10, 0, 100), 0.0),
        ((0, 0, 0, 0), 0.0),
    ],
)
def test_the_ratio_is_that_of_the_paper(table: tuple[int, int, int, int], score: float) -> None:
    """Known tables have their known ratio; what is as frequent in both has none; what is rarer here is negative."""
    assert log_likelihood(*table) == pytest.approx(score, abs=0.01)


COUNTS = st.integers(0, 50)


@given(COUNTS, COUNTS, COUNTS, COUNTS)
def test_the_ratio_turns_with_the_samples(here: int, rest: int, there: int, others: int) -> None:
    """The other way round it is as large, with the other sign."""
    one = log_likelihood(here, here + rest, there, there + others)
    other = log_likelihood(there, there + others, here, here + rest)
    assert abs(one) == pytest.approx(abs(other))
    assert one * other <= 1e-9


@pytest.mark.parametrize(
    ("relevant", "all", "spans"),
    [
        ([1, 1, 1, 9, 8, 1, 1, 0, 1, 1], [100] * 10, [(3, 4)]),
        ([10] * 10, [100] * 10, []),
        ([10, 10, 10, 40, 10, 10], [100, 100, 100, 400, 100, 100], []),  # more articles, but no larger share
        ([0] * 5 + [20, 2, 20] + [0] * 5, [100] * 13, [(5, 7)]),  # what lies between belongs to it
        ([0, 0, 12, 9, 0, 0], [30, 0, 30, 30, 0, 30], [(2, 3)]),  # it does not begin where nothing is
        ([0, 0, 0, 0, 0, 0, 2], [50] * 7, []),  # too few
        ([], [], []),
        ([5, 5], [5, 5], []),  # everything
    ],
)
def test_bursts_are_where_the_share_is_high(relevant: list[int], all: list[int], spans: list[tuple[int, int]]) -> None:
    """A burst is where a far larger share of all articles is relevant than usual."""
    assert [(span.first, span.last) for span in bursts(relevant, all)] == spans


@given(st.lists(st.floats(-5, 5), min_size=1, max_size=8), st.floats(0.1, 3))
def test_no_way_is_cheaper(gains: list[float], entering: float) -> None:
    """The way through the states gains as much as the best of all ways."""

    def gained(states: tuple[bool, ...]) -> float:
        entries = sum(now and not before for before, now in zip((False, *states), states, strict=False))
        return sum(gain for gain, state in zip(gains, states, strict=True) if state) - entries * entering

    best = max(map(gained, product((False, True), repeat=len(gains))), default=-inf)
    assert gained(tuple(_states(gains, entering))) == pytest.approx(best)


@given(st.lists(st.tuples(st.integers(0, 30), st.integers(0, 30)), max_size=40))
def test_bursts_stand_apart_and_weigh(rows: list[tuple[int, int]]) -> None:
    """Whatever the counts: bursts come in order, none touches the next, and each is worth what entering costs."""
    relevant, all = [some for some, _ in rows], [some + others for some, others in rows]
    found = bursts(relevant, all)
    assert all_apart([(span.first, span.last) for span in found])
    for span in found:
        share = sum(relevant[span.first : span.last + 1]) / sum(all[span.first : span.last + 1])
        assert sum(relevant[span.first : span.last + 1]) >= FEWEST
        assert share > sum(relevant) / sum(all)
        assert span.weight >= COST * log(len(all) + 1) - 1e-9


def all_apart(spans: list[tuple[int, int]]) -> bool:
    return all(first[1] < second[0] - 1 for first, second in pairwise(spans))
