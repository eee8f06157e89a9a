"""The cursor of a page: where the next one goes on, opaque to those who carry it."""

from __future__ import annotations

import base64
import binascii
import hashlib
import json
from dataclasses import dataclass, replace

from search.engines.base import EngineResult, ListPosition, Match
from search.errors import BadRequest
from search.page import Request


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
            mark, reading, score, day, id, seen, back = row
            cursor = cls(ListPosition(float(score), int(day), str(id), int(seen)), int(reading), bool(back))
        except (ValueError, TypeError, OverflowError, RecursionError, binascii.Error):
            raise _unusable() from None
        if mark != _request_hash(request) or not (0 <= cursor.reading <= 2 and 0 <= cursor.position.seen < 10**9):
            raise _unusable()
        return cursor


def first_rank(request: Request, cursor: Cursor | None, found: EngineResult) -> int:
    """The rank of the first hit of a page."""
    if cursor is None:
        return 1
    if not cursor.back:
        return cursor.position.seen + 1
    shown = len(found.matches)
    return max(1, cursor.position.seen - shown) if shown == request.size else 1


def previous_page(request: Request, reading: int, found: EngineResult, first: int) -> str | None:
    """The cursor of the page before, None if this is the first."""
    if first <= 1 or not found.matches:
        return None
    return Cursor(position(found.matches[0], first), reading, back=True).encode(request)


def next_page(request: Request, reading: int, found: EngineResult, first: int) -> str | None:
    """The cursor of the following page, None if this is the last."""
    last = first + len(found.matches) - 1
    if not found.matches or last >= found.total:
        return None
    return Cursor(position(found.matches[-1], last), reading).encode(request)


def position(match: Match, rank: int) -> ListPosition:
    """The place of a hit in its list."""
    return ListPosition(match.score, match.day, match.id, rank)


def _unusable() -> BadRequest:
    return BadRequest(
        "cursor", "This cursor belongs to another request. Leave it out to start with the first page again."
    )


def _request_hash(request: Request) -> str:
    """A fingerprint of what determines the list; the size of its pages does not."""
    asked = repr(replace(request, cursor=None, size=0))
    return hashlib.blake2b(asked.encode(errors="replace"), digest_size=6).hexdigest()
