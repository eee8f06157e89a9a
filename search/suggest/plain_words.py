"""Which words of a query may have been mistyped? Those that were not typed with care.

What stands behind a field, a minus or an equals sign, or has a wildcard, digits or other signs in it, stays as it is;
so does what stands in quotes, unless nothing answers it.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from search.query.lexer import OPERATORS

# Longer queries are pasted text.
MOST_CHARACTERS = 500
MOST_PLAIN_WORDS = 12

_QUOTED = re.compile('["„“”«»‟][^"„“”«»‟]*(?:["„“”«»‟]|$)')
# A phrase that is a whole part of a query, all of whose words must be found as they are.
_PHRASE = re.compile('(?<![^\\s(])["„“”«»‟]([^"„“”«»‟]*)["„“”«»‟](?=[\\s),.;!]|$)')
_PLAIN = re.compile(r"(?<![^\s(])[^\W\d_]+(?:[-'’][^\W\d_]+)*(?=[\s),.;!]|$)")
_LETTERS = re.compile(r"[^\W\d_]+")


class PlainWord(NamedTuple):
    """A plain word of a query: where it stands, as typed, and whether only white space is before it."""

    start: int
    end: int
    typed: str
    joinable: bool


def plain_words(text: str, quoted: bool = False) -> list[PlainWord]:
    """The words of a query that may be corrected, with those of phrases if `quoted`; none if they are too many.

    Parts of a hyphened word are words. `text` has no invisible signs.
    """
    if len(text) > MOST_CHARACTERS:
        return []
    if quoted:
        text = _PHRASE.sub(lambda phrase: f" {phrase[1]} ", text)
    unquoted = _QUOTED.sub(lambda found: '"' * len(found[0]), text)
    words: list[PlainWord] = []
    for whole in _PLAIN.finditer(unquoted):
        if whole[0] in OPERATORS:
            continue
        for letters in _LETTERS.finditer(whole[0]):
            start, end = whole.start() + letters.start(), whole.start() + letters.end()
            joinable = bool(words) and text[words[-1].end : start].isspace()
            words.append(PlainWord(start, end, letters[0], joinable))
    return words if len(words) <= MOST_PLAIN_WORDS else []


def without_quotes(text: str) -> str:
    """The query with its phrases as plain words."""
    return _PHRASE.sub(lambda phrase: phrase[1].strip(), text)
