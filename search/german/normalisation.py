"""How is a letter written with its marks? The normal forms of Unicode, in a time that grows with the text alone.

Normalising sorts the marks behind a letter, and takes the square of their number for it: a second for 50,000. No
language has more than a few. So only the first ones of a row count, as in the Stream-Safe Text Format of UAX #15.
"""

from __future__ import annotations

import re
import unicodedata
from typing import Literal

MOST_MARKS = 30  # in a row, as in UAX #15

# What may stand in a row of marks: no letter is a mark, but for two of Japanese, which are compatible to marks.
_JAPANESE = "\uff9e\uff9f"
_LONG_ROW = re.compile(rf"(?:[^\w\x00-\x7f]|[{_JAPANESE}]){{{MOST_MARKS + 1},}}")
# What has no row of so many signs beyond ASCII has none of marks. Asked first: it takes a tenth of the time.
_MAY_BE_LONG = re.compile(f"[^\x00-\x7f][^\x00-\x7f]{{{MOST_MARKS}}}")

Form = Literal["NFC", "NFD", "NFKC", "NFKD"]


def normalised(form: Form, text: str) -> str:
    """The text in a normal form, of each row of marks the first MOST_MARKS."""
    if text.isascii():
        return text
    return unicodedata.normalize(form, _LONG_ROW.sub(_shortened, text) if _MAY_BE_LONG.search(text) else text)


def is_normalised(form: Form, text: str) -> bool:
    """Whether normalising changes nothing."""
    return text.isascii() or (not _has_long_row(text) and unicodedata.is_normalized(form, text))


def _has_long_row(text: str) -> bool:
    if not _MAY_BE_LONG.search(text):
        return False
    return any(_shortened(row) != row[0] for row in _LONG_ROW.finditer(text))


def _shortened(row: re.Match[str]) -> str:
    """Signs without the marks that are too many; a sign that is none begins a new row of marks."""
    kept: list[str] = []
    marks = 0
    for sign in row[0]:
        marks = marks + 1 if sign in _JAPANESE or unicodedata.category(sign)[0] == "M" else 0
        if marks <= MOST_MARKS:
            kept.append(sign)
    return "".join(kept)
