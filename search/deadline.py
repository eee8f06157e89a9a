"""How long may an answer take? A deadline for all that a block asks, looked at wherever work can grow.

    with deadline(2.0):
        archive.search(request)  # raises TooExpensive after two seconds

Where no deadline is set, as in the shell and in programs, nothing is ever stopped.
"""

from __future__ import annotations

import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import TypeVar

from search.errors import TooExpensive

# Between two looks at the clock in loops whose steps take some microseconds each.
STEPS = 1_000

LEAST_LEFT = 0.01  # seconds: what has just passed is told by the next look

# What takes the time where a pattern or a misspelling is looked up among all terms.
EXPANDING = "looking for the words that * ? and ~ stand for"

Item = TypeVar("Item")

_deadline: ContextVar[tuple[float, float] | None] = ContextVar("deadline", default=None)  # seconds allowed, end


@contextmanager
def deadline(seconds: float) -> Iterator[None]:
    """What the block asks is stopped after so many seconds by TooExpensive; 0 sets no limit.

    A deadline that is set already stays if it ends sooner. Threads that the block starts must run in a copy of its
    context (contextvars.copy_context) to have the deadline.
    """
    ends = time.monotonic() + seconds
    before = _deadline.get()
    if not seconds or (before and before[1] <= ends):
        yield
        return
    token = _deadline.set((seconds, ends))
    try:
        yield
    finally:
        _deadline.reset(token)


def check_deadline(doing: str) -> None:
    """Raise TooExpensive if the deadline has passed; `doing` is what takes so long, to be told."""
    limit = _deadline.get()
    if limit and time.monotonic() > limit[1]:
        raise TooExpensive(doing, limit[0])


def time_is_short(share: float) -> bool:
    """Whether more than a share of the time until the deadline has passed: what may be cut short then ends here.

    Never, where no deadline is set.
    """
    limit = _deadline.get()
    return limit is not None and time.monotonic() > limit[1] - limit[0] * (1 - share)


def seconds_left() -> float | None:
    """The seconds until the deadline, more than none; None where no deadline is set."""
    limit = _deadline.get()
    return max(LEAST_LEFT, limit[1] - time.monotonic()) if limit else None


def until_deadline(items: Iterable[Item], doing: str, steps: int = STEPS) -> Iterator[Item]:
    """The items, with a look at the deadline before the first and after every so many `steps`."""
    for number, item in enumerate(items):
        if not number % steps:
            check_deadline(doing)
        yield item
