"""Names as numbers: there are many of them, and to read their spelling takes longer than to count them."""

from __future__ import annotations

from collections.abc import Iterable
from hashlib import blake2b

# Of a million names, two share a number of so many bytes with a probability of 1 in 140,000.
_BYTES = 7
# Spellings that are remembered, each with about 200 bytes; then they are forgotten and learnt anew.
MOST_SPELLED = 250_000


def number(name: str) -> int:
    """The number of a name, the same in every index."""
    return int.from_bytes(blake2b(name.encode(), digest_size=_BYTES).digest(), "big")


class Spellings:
    """The names that belong to numbers, as far as they were seen. No commit outdates them."""

    def __init__(self) -> None:
        self._known: dict[int, str] = {}

    def learn(self, names: Iterable[str]) -> None:
        """Remember names for their numbers."""
        learnt = {number(name): name for name in names}
        if len(self._known) + len(learnt) > MOST_SPELLED:
            self._known = {}
        self._known |= learnt

    def spelled(self, counts: dict[int, int]) -> dict[str, int] | None:
        """Counts of numbers as those of names; None if one of them was never seen."""
        known = self._known
        found = {known[number]: count for number, count in counts.items() if number in known}
        return found if len(found) == len(counts) else None
