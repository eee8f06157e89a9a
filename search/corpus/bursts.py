"""When was there more than usual? Bursts of a curve, by an automaton of two states.

Kleinberg, "Bursty and Hierarchical Structure in Streams" (Data Mining and Knowledge Discovery 7, 2003), section 4: of
the articles of each period some are relevant. In the state of rest that is their share of all periods; in a burst it
is SCALING times as many. Entering a burst costs, so that a period alone must be far above the others, and several in a
row need not. The cheapest way through both states tells the bursts.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from math import inf, log

SCALING = 2.0  # Kleinberg's s: how many times the usual share a burst has
COST = 1.0  # Kleinberg's gamma: how dear it is to enter one
FEWEST = 3  # articles of a burst


@dataclass(frozen=True, slots=True)
class Span:
    """A burst: the places of its first and its last period, and its weight, by how much it is cheaper than rest."""

    first: int
    last: int
    weight: float


def bursts(relevant: Sequence[int], all: Sequence[int]) -> list[Span]:
    """The bursts of a curve in order of time; `relevant` articles of `all` in each period."""
    total, found = sum(all), sum(relevant)
    if not 0 < found < total:
        return []
    rest = found / total
    burst = min(SCALING * rest, (1 + rest) / 2)
    gains = [
        some * log(burst / rest) + (of - some) * log((1 - burst) / (1 - rest))
        for some, of in zip(relevant, all, strict=True)
    ]
    states = _states(gains, COST * log(len(all) + 1))
    runs = (_filled(run, relevant) for run in _runs(states))
    spans = (Span(first, last, sum(gains[first : last + 1])) for first, last in runs)
    return [span for span in spans if sum(relevant[span.first : span.last + 1]) >= FEWEST]


def _states(gains: Sequence[float], entering: float) -> list[bool]:
    """For each period whether it is in a burst, on the cheapest way through all (Viterbi).

    `gains` are what a period is cheaper in a burst than at rest; the way begins at rest, and leaving a burst is free.
    """
    at_rest, in_burst = 0.0, -inf
    ways: list[tuple[bool, bool]] = []  # whether the best way comes out of a burst: to rest, and to a burst
    for gain in gains:
        ways.append((in_burst > at_rest, in_burst >= at_rest - entering))
        at_rest, in_burst = max(at_rest, in_burst), max(in_burst, at_rest - entering) + gain
    state, states = in_burst > at_rest, list[bool]()
    for way in reversed(ways):
        states.append(state)
        state = way[state]
    return states[::-1]


def _filled(run: tuple[int, int], relevant: Sequence[int]) -> tuple[int, int]:
    """A run without periods at its ends in which there is nothing."""
    first, last = run
    while first < last and not relevant[first]:
        first += 1
    while first < last and not relevant[last]:
        last -= 1
    return first, last


def _runs(states: Sequence[bool]) -> Iterator[tuple[int, int]]:
    """The first and the last place of each row of true values."""
    for state, group in groupby(range(len(states)), key=states.__getitem__):
        if state:
            places = list(group)
            yield places[0], places[-1]
