"""The cursor of a page: where the next one goes on, opaque to those who carry it."""

from __future__ import annotations

import base64
import binascii
import hashlib
import json
from dataclasses import dataclass, replace

from search.engines.base import Position
from search.errors import BadRequest
from search.page import Request


@dataclass(frozen=True, slots=True)
class Cursor:
    """A hit at the edge of a page, and which relaxation of the query (0 is none) the list is of.

    The page lies behind that hit, or before it if `back`.
    """

    position: Position
    stage: int
    back: bool = False

    def encode(self, request: Request) -> str:
        """The cursor as text, good for URLs and only for this request."""
        place = self.position
        row = [_mark(request), self.stage, place.score, place.day, place.id, place.seen, self.back]
        return base64.urlsafe_b64encode(json.dumps(row, separators=(",", ":")).encode()).decode().rstrip("=")

    @classmethod
    def decode(cls, request: Request) -> Cursor | None:
        """The cursor of a request, None for its first page. Raises BadRequest if it is of another request."""
        if request.cursor is None:
            return None
        try:
            padded = request.cursor + "=" * (-len(request.cursor) % 4)
            row = json.loads(base64.b64decode(padded, altchars=b"-_", validate=True))
            mark, stage, score, day, id, seen, back = row
            cursor = cls(Position(float(score), int(day), str(id), int(seen)), int(stage), bool(back))
        except (ValueError, TypeError, OverflowError, RecursionError, binascii.Error):
            raise _unusable() from None
        if mark != _mark(request) or not (0 <= cursor.stage <= 2 and 0 <= cursor.position.seen < 10**9):
            raise _unusable()
        return cursor


def _unusable() -> BadRequest:
    return BadRequest(
        "cursor", "This cursor belongs to another request. Leave it out to start with the first page again."
    )


def _mark(request: Request) -> str:
    """A fingerprint of what determines the list; the size of its pages does not."""
    asked = repr(replace(request, cursor=None, size=0))
    return hashlib.blake2b(asked.encode(errors="replace"), digest_size=6).hexdigest()
