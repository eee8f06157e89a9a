"""What has become of each id in a run? From which document it was read last, whether it is to be put, and was."""

from __future__ import annotations

from collections import Counter

from search.store.id_table import IdTable

_SENT, _PUT = 1, 2
_PLACE = 4  # times this is the place of a document in a number


class Seen:
    """The ids that a run has read, of which there may be millions; documents are told by their place."""

    def __init__(self) -> None:
        self._table = IdTable()

    def place(self, id: str) -> int | None:
        """The document that an id was read from last, None if none had it."""
        known = self._table.get(id)
        return None if known is None else known // _PLACE

    def note(self, id: str, place: int) -> int | None:
        """Note that a document has an id, and return the one that had it before, None if none had."""
        known = self._table.get(id)
        self._table.put(id, place * _PLACE + (known or 0) % _PLACE)
        return None if known is None else known // _PLACE

    def note_sent(self, id: str) -> None:
        """Note that the article of an id that was read is to be put."""
        self._add(id, _SENT)

    def note_put(self, id: str) -> None:
        """Note that it was put."""
        self._add(id, _PUT)

    def is_sent(self, id: str) -> bool:
        """Whether an article of this id is to be put, or was."""
        return bool((self._table.get(id) or 0) & _SENT)

    def is_put(self, id: str) -> bool:
        """Whether an article of this id was put."""
        return bool((self._table.get(id) or 0) & _PUT)

    def count(self) -> Counter[int]:
        """How many ids were read last from each document."""
        return Counter(number // _PLACE for number in self._table.numbers())

    def _add(self, id: str, mark: int) -> None:
        self._table.put(id, (self._table.get(id) or 0) | mark)
