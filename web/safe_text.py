"""Text of documents and readers as it may stand in files of other formats."""

from __future__ import annotations

import re
from urllib.parse import quote

from search.german.folding import fold

# What XML 1.0 (2.2) does not allow, even escaped, or discourages: control characters, which TeX
# refuses as well, and lone surrogates.
_UNPRINTABLE = re.compile("[^\t\n\r\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_BETWEEN_WORDS = re.compile("[^a-z0-9]+")
_UNQUOTED = "/:@!$&'()*+,;=-._~"  # of a path, RFC 3986
LONGEST_LOGGED = 2000  # characters of what a stranger chose


def printable(text: str) -> str:
    """The text without the characters that no format should carry; line breaks and tabs stay."""
    return _UNPRINTABLE.sub("", text)


def one_line(text: str) -> str:
    """The text with all white space, line breaks of every kind included, as single blanks."""
    return " ".join(printable(text).split())


def loggable(path: str, safe: str = "", encoding: str = "utf-8") -> str:
    """A path, or what else strangers choose, as part of a line of a log: percent-encoded, and not endless.

    `safe` are more characters that stay, `encoding` is that of the bytes that are encoded.
    """
    return quote(path, safe=_UNQUOTED + safe, encoding=encoding, errors="replace")[:LONGEST_LOGGED]


def slug(text: str, longest: int) -> str:
    """The text as words of a-z and 0-9 joined by hyphens, at most `longest` characters; maybe empty.

    `Die Häuser, 1989` -> `die-haeuser-1989`. It is only made of whole words if there is room for one.
    """
    words = _BETWEEN_WORDS.sub("-", fold(text.lower())).strip("-")
    if len(words) <= longest:
        return words
    return words[: longest + 1].rpartition("-")[0] or words[:longest]
