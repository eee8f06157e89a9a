"""Which characters do references of HTML mean that were left in a value? *St&auml;dte*, *&#252;ber*, *&amp;ndash;*.

Systems that write JSON from pages often leave them. But a text may also be about them: what stands alone (*schreibt man
&auml;*) and not in a word is then left as it is.
"""

from __future__ import annotations

import re
from functools import lru_cache
from html import unescape
from html.entities import html5

_MOST = 500_000  # of one text; more are data, and each takes up to 5 µs

# Python's table has names without a semicolon, too; those are more often an ampersand and a word.
_REFERENCE = re.compile(r"&(?:#\d{1,7}|#[xX][\da-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});")
_TWICE = re.compile(r"&(?:amp;)+(?=(?:#\d{1,7}|#[xX][\da-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});)")
_ABOUT_THEM = re.compile(
    r"\b(?:X?HTML|XML|Entit(?:y|ies|ät)|Maskierung|Zeichenreferenz|Sonderzeichen|Quell(?:text|code))"
)
_SIGNS = ("&", "<", ">", '"', "'", "\u00a0")
_BARE = re.compile(r"&(?!\w|#)")


def without_references(text: str) -> str:
    """The text with the characters that known references mean, also if they were written twice: `&amp;auml;`.

    `AT&T`, `R&B;` and `&c.` are no references. Where a text seems to be about HTML, or has ampersands of its own,
    letters and signs of HTML that stand in no word stay.
    """
    if "&" not in text or ";" not in text:
        return text
    if _ABOUT_THEM.search(text) or (_BARE.search(text) and "&amp;" in text):
        return _REFERENCE.sub(_in_word_meant, text, count=_MOST)
    return _REFERENCE.sub(lambda match: _meant(match[0]), _TWICE.sub("&", text), count=_MOST)


def _in_word_meant(match: re.Match[str]) -> str:
    """What a reference in a word means; one that stands alone is kept if it is a letter or a sign of HTML."""
    meant, text = _meant(match[0]), match.string
    before, behind = text[match.start() - 1 : match.start()], text[match.end() : match.end() + 1]
    alone = not (_continues(before) or _continues(behind))
    return match[0] if alone and (meant.isalpha() or meant in _SIGNS) else meant


@lru_cache(maxsize=1000)
def _meant(reference: str) -> str:
    """The characters of a reference, which stays as it is if its name is unknown."""
    return unescape(reference) if reference[1] == "#" or reference[1:] in html5 else reference


def _continues(neighbour: str) -> bool:
    return bool(neighbour) and (neighbour.isalnum() or neighbour in "&;")
