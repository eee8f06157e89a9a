"""Does a name stand only as the mark of an agency, which reported and is not reported on? *(dpa)*, *(AFP, Reuters)*."""

from __future__ import annotations

import re

from search.german.authors import is_agency

_BEGINS = re.compile(r"\((?:[\w-]+(?:, ?|/| und ))*$")
_ENDS = re.compile(r"(?:(?:, ?|/| und )[\w-]+)*\)")
_LONGEST = 40  # characters before an agency in its brackets


def is_mark(text: str, start: int, end: int) -> bool:
    """Whether what stands here in a text is an agency in brackets, with nothing but others like it."""
    if not is_agency(text[start:end]) or not _ENDS.match(text, end):
        return False
    return _BEGINS.search(text, max(0, start - _LONGEST), start) is not None
