"""Which characters do references of HTML mean that were left in a value? *St&auml;dte*, *&#252;ber*, *&amp;ndash;*.

Systems that write JSON from pages often leave them. But a text may also be about them: what stands alone (*schreibt man
&auml;*) and not in a word is then left as it is.
"""

from __future__ import annotations

import re
from html import unescape
from html.entities import html5

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
    keeps_lone = bool(_ABOUT_THEM.search(text)) or (bool(_BARE.search(text)) and "&amp;" in text)
    if not keeps_lone:
        text = _TWICE.sub("&", text)
    return _REFERENCE.sub(lambda match: _meant(match, keeps_lone), text)


def _meant(match: re.Match[str], keeps_lone: bool) -> str:
    reference, text = match[0], match.string
    if reference[1] != "#" and reference[1:] not in html5:
        return reference
    meant = unescape(reference)
    explained = keeps_lone and (meant.isalpha() or meant in _SIGNS)
    if explained and not (_in_word(text[match.start() - 1 : match.start()]) or _in_word(text[match.end() :][:1])):
        return reference
    return meant


def _in_word(neighbour: str) -> bool:
    return bool(neighbour) and (neighbour.isalnum() or neighbour in "&;")
