"""A unit of work that kills its process, one that hangs and one that does not; for the test of the crew."""

from __future__ import annotations

import os
import time

from tests.torture.result import Tally

KILLS, HANGS = 13, 7
HANG = 60.0  # seconds


def attempt(unit: int, note: object) -> Tally:
    """Die or hang if the unit says so."""
    assert callable(note)
    note(f"unit {unit}")
    if unit == KILLS:
        os._exit(5)
    if unit == HANGS:
        time.sleep(HANG)
    tally = Tally()
    tally.counts["tried"] += 1
    return tally
