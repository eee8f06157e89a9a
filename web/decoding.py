"""Which characters do the bytes of an address mean? UTF-8, as a rule; old links and systems write Windows-1252.

A form that is posted has the same parameters in its body, where there is room for more than in an address. A query that
was percent-encoded twice on its way is decoded twice, as nobody looks for `K%C3%B6ln`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cached_property
from urllib.parse import unquote, unquote_to_bytes

from flask import Request
from werkzeug.datastructures import ImmutableMultiDict

FORM = "application/x-www-form-urlencoded"
LARGEST_BODY = 65_536  # bytes of a form; no other body is read
# A letter beyond ASCII in UTF-8, percent-encoded; a space between letters.
_LETTER = re.compile(r"%(?:C[2-9A-F]|D[0-9A-F]|E[0-9A-F]%[89AB][0-9A-F])%[89AB][0-9A-F]", re.IGNORECASE)
_SPACE = re.compile(r"[^\W\d_]%20[^\W\d_]")


class DecodedRequest(Request):
    """A request whose parameters are read in the encoding that they came in."""

    @cached_property
    def args(self) -> ImmutableMultiDict[str, str]:
        """The parameters of the address and of a posted form, in their order."""
        return ImmutableMultiDict((*_pairs(self.query_string), *_pairs(self._posted())))

    def _posted(self) -> bytes:
        """The body of a posted form, b"" if it is none or too large."""
        is_form = self.method == "POST" and self.mimetype == FORM
        return self.get_data() if is_form and 0 < (self.content_length or 0) <= LARGEST_BODY else b""


def _pairs(query: bytes) -> Iterator[tuple[str, str]]:
    for pair in filter(None, query.split(b"&")):
        name, _, value = (decoded(part) for part in pair.partition(b"="))
        yield name, decoded_again(value) if name == "q" else value


def decoded(part: bytes) -> str:
    """The text of a percent-encoded name or value; what is no UTF-8 is read as Windows-1252."""
    data = unquote_to_bytes(part.replace(b"+", b" "))
    try:
        return data.decode()
    except UnicodeDecodeError:
        return data.decode("cp1252", errors="replace")


def decoded_again(text: str) -> str:
    """A text that was encoded twice, decoded; `100%` and `50%20` stay, as they encode no letter."""
    if not _LETTER.search(text) and (" " in text or not _SPACE.search(text)):
        return text
    try:
        return unquote(text, errors="strict")
    except UnicodeDecodeError:
        return text
