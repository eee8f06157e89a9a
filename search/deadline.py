"""How long may an answer take? A deadline for all that a block asks, looked at wherever work can grow.

    with deadline(2.0, work=1.0):
        archive.search(request)  # raises TooExpensive after a second of a processor, TooLate after two of the clock

Work is the time of a processor that the block's thread takes: a request that asks for much takes much of it, one that
waits for others takes none. Where no deadline is set, as in the shell and in programs, nothing is ever stopped.
"""

from __future__ import annotations

import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field, replace
from math import inf
from typing import TypeVar

from search.errors import TooExpensive, TooLate

# Between two looks at the clock in loops whose steps take some microseconds each.
STEPS = 1_000

LEAST_LEFT = 0.01  # seconds: what has just passed is told by the next look

# An answer that is late though its thread had less than this share of the time waited for others.
OWN_SHARE = 0.5

# Seconds of work from which on a step is dear, that nobody can interrupt.
DEAR = 0.25
LEFT_SHARE = 0.5  # of the dearest step so far that must be left for another one

# What takes the time when an answer is known and the file of it is made.
WRITING = "writing the file"

# What takes the time where a pattern or a misspelling is looked up among all terms.
EXPANDING = "looking for the words that * ? and ~ stand for"

Item = TypeVar("Item")


@dataclass(slots=True)
class _Steps:
    """The work of the dearest step so far that nobody could interrupt."""

    dearest: float = 0.0


@dataclass(frozen=True, slots=True)
class _Limit:
    """Seconds allowed and their end, on the clock of the wall and on that of the thread's work."""

    seconds: float = inf
    ends: float = inf
    work: float = inf
    done: float = inf
    begun: float = 0.0  # the thread's work before
    steps: _Steps = field(default_factory=_Steps)


_limit: ContextVar[_Limit | None] = ContextVar("deadline", default=None)


@contextmanager
def deadline(seconds: float, work: float = 0.0) -> Iterator[None]:
    """Stop what the block asks after so many `seconds`, or so many of a processor (`work`); 0 sets no limit.

    The first ends with TooLate if the block had to wait, else, as the second, with TooExpensive. A deadline that is set
    already stays where it ends sooner. What the block asks must run in its own thread: others have another clock.
    """
    before = _limit.get()
    if not seconds and not work:
        yield
        return
    begun = time.thread_time()
    limit = before or _Limit(begun=begun)
    if seconds and (ends := time.monotonic() + seconds) < limit.ends:
        limit = replace(limit, seconds=seconds, ends=ends, begun=begun)
    if work and begun + work < limit.done:
        limit = replace(limit, work=work, done=begun + work)
    token = _limit.set(limit)
    try:
        yield
    finally:
        _limit.reset(token)


def check_deadline(doing: str, elsewhere: bool = False) -> None:
    """Raise TooExpensive or TooLate if the deadline has passed; `doing` is what takes so long, to be told.

    What was waited for is work, too, if it is done `elsewhere` for this answer alone, as in a cluster.
    """
    limit = _limit.get()
    if limit is None:
        return
    now, worked = time.monotonic(), time.thread_time()
    if worked > limit.done:
        raise TooExpensive(doing, limit.work, work=True)
    if now > limit.ends:
        own = worked - limit.begun >= OWN_SHARE * (now - limit.ends + limit.seconds)
        raise TooExpensive(doing, limit.seconds) if own or elsewhere else TooLate(doing, limit.seconds)


@contextmanager
def uninterrupted(doing: str) -> Iterator[None]:
    """A step that looks at no clock, as a call of an engine.

    After a dear one, another is not begun if less than LEFT_SHARE of its work is left, so that an answer goes over its
    time by half of such a step at most. Raises TooExpensive.
    """
    limit = _limit.get()
    if limit is None:
        yield
        return
    begun = time.thread_time()
    if limit.steps.dearest >= DEAR and begun + limit.steps.dearest * LEFT_SHARE > limit.done:
        raise TooExpensive(doing, limit.work, work=True)
    try:
        yield
    finally:
        limit.steps.dearest = max(limit.steps.dearest, time.thread_time() - begun)


def time_is_short(share: float) -> bool:
    """Whether more than a share of the time until the deadline has passed: what may be cut short then ends here.

    Never, where no deadline is set.
    """
    limit = _limit.get()
    if limit is None:
        return False
    late = limit.seconds < inf and time.monotonic() > limit.ends - limit.seconds * (1 - share)
    return late or (limit.work < inf and time.thread_time() > limit.done - limit.work * (1 - share))


def seconds_left() -> float | None:
    """The seconds until the deadline, more than none; None where no deadline is set."""
    limit = _limit.get()
    return max(LEAST_LEFT, limit.ends - time.monotonic()) if limit and limit.ends < inf else None


def until_deadline(items: Iterable[Item], doing: str, steps: int = STEPS) -> Iterator[Item]:
    """The items, with a look at the deadline before the first and after every so many `steps`."""
    for number, item in enumerate(items):
        if not number % steps:
            check_deadline(doing)
        yield item
