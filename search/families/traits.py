"""What is known of an article for finding its copies, and by which number it is looked up."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from search.dates import NewsDate

GONE = 2**64 - 1  # in place of a value of an article that is no more
DAY = 86400  # seconds


@dataclass(frozen=True, slots=True)
class Traits:
    """When an article appeared, its sketch, and the mark by which it is known to be unchanged."""

    moment: int
    sketch: Sequence[int]
    mark: int


def key_of(text: str) -> int:
    """The number that stands for an id: of a million, two are the same with a probability of 1 in 37 million."""
    return int.from_bytes(hashlib.blake2b(text.encode(errors="replace"), digest_size=8).digest(), "big")


def moment_of(date: NewsDate | None) -> int:
    """When an article appeared: seconds since the year 1, of its day and its time of day; 0 without a date.

    One of which the day alone is known appeared at the end of it: another one of that day may have been first.
    """
    if date is None:
        return 0
    start = date.first.toordinal() * DAY
    return start + min(max(_seconds(date.instant) - start, 0) if date.instant else DAY - 1, DAY - 1)


def _seconds(instant: str) -> int:
    moment = datetime.fromisoformat(instant).astimezone(UTC)
    return moment.toordinal() * DAY + moment.hour * 3600 + moment.minute * 60 + moment.second
