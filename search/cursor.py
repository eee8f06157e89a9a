"""The cursor of a page: where the next one goes on, opaque to those who carry it."""

from __future__ import annotations

import base64
import hashlib
import json
from dataclasses import dataclass, replace
from typing import Any

from search.engines.base import BEYOND_ALL_DAYS, EngineResult, ListPosition, Match
from search.engines.bounds import is_encodable
from search.errors import BadRequest
from search.page import Request

READINGS = 3
BEYOND_ALL_SCORES = 1e9
MOST_SEEN = 10**9  # more hits than any engine has; how many there are is known when it has answered


@dataclass(frozen=True, slots=True)
class Cursor:
    """A hit at the edge of a page, and the number of the reading that the list is of.

    The page lies behind that hit, or before it if `back`.
    """

    position: ListPosition
    reading: int
    back: bool = False

    def encode(self, request: Request) -> str:
        """The cursor as text, good for URLs and only for this request."""
        place = self.position
        row = [_request_hash(request), self.reading, place.score, place.day, place.id, place.seen, self.back]
        return base64.urlsafe_b64encode(json.dumps(row, separators=(",", ":")).encode()).decode().rstrip("=")

    @classmethod
    def decode(cls, request: Request) -> Cursor | None:
        """The cursor of a request, None for its first page. Raises BadRequest if it is of another request."""
        if request.cursor is None:
            return None
        try:
            padded = request.cursor + "=" * (-len(request.cursor) % 4)
            row = json.loads(base64.b64decode(padded, altchars=b"-_", validate=True))
        except (ValueError, RecursionError):
            raise unusable() from None
        if not (_is_cursor(row) and row[0] == _request_hash(request)):
            raise unusable()
        _, reading, score, day, id, seen, back = row
        return cls(ListPosition(float(score), day, id, seen), reading, back)


def check_within(cursor: Cursor | None, found: EngineResult) -> None:
    """Raise BadRequest for a cursor of a hit beyond the last one."""
    if cursor and cursor.position.seen > found.total:
        raise unusable()


def position(match: Match, rank: int) -> ListPosition:
    """The place of a hit in its list."""
    return ListPosition(match.score, match.day, match.id, rank)


def unusable() -> BadRequest:
    """The error for a cursor that is not of this request, or not of the list as it is now."""
    return BadRequest(
        "cursor", "This cursor belongs to another request. Leave it out to start with the first page again."
    )


def _is_cursor(row: Any) -> bool:
    """Whether all of a row is what `encode` writes: strangers can send anything.

    Cursors are not signed. They hold no secret, and whoever may ask can walk to each place that they can name.
    """
    match row:
        case [str(), int(reading), int() | float() as score, int(day), str(id), int(seen), bool()]:
            numbers = (reading, score, day, seen)
            return (
                not any(isinstance(number, bool) for number in numbers)
                and 0 <= reading < READINGS
                and abs(score) < BEYOND_ALL_SCORES  # neither infinite nor no number
                and 0 <= day <= BEYOND_ALL_DAYS
                and 1 <= seen < MOST_SEEN
                and is_encodable(id)
            )
    return False


def _request_hash(request: Request) -> str:
    """A fingerprint of what determines the list; the size of its pages does not."""
    asked = repr(replace(request, cursor=None, size=0))
    return hashlib.blake2b(asked.encode(errors="replace"), digest_size=6).hexdigest()
