"""Names as hashes: an archive has many names, and to read their spellings takes longer than to count them."""

from __future__ import annotations

from collections.abc import Iterable
from hashlib import blake2b

# Two of a million names share a hash of so many bytes with a probability of 1 in 140,000.
_BYTES = 7
# Names that are kept, each with about 200 bytes; beyond that all are dropped and collected anew.
MOST_NAMES = 100_000


def name_hash(name: str) -> int:
    """The hash of a name, the same in every index."""
    return int.from_bytes(blake2b(name.encode(), digest_size=_BYTES).digest(), "big")


class HashedNames:
    """The names behind hashes, as far as they were seen. No commit outdates them."""

    def __init__(self) -> None:
        self._known: dict[int, str] = {}

    def add(self, names: Iterable[str]) -> None:
        """Keep names, to be found by their hashes."""
        added = {name_hash(name): name for name in names}
        if len(self._known) + len(added) > MOST_NAMES:
            self._known = {}
        self._known |= added

    def names_of(self, counts: dict[int, int]) -> dict[str, int] | None:
        """Counts by hash as counts by name; None if one of the names was never seen."""
        known = self._known
        found = {known[name_hash]: count for name_hash, count in counts.items() if name_hash in known}
        return found if len(found) == len(counts) else None
