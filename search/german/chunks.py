"""What stands between white space is analysed once and cached, whatever text it stands in.

`analysis.analyse` says what the terms of a text are. No word goes beyond white space but grouped
numbers (15 000), and no part but those that suspended hyphens leave out (Innen- und Außenpolitik)
and compounds in several words (Wahl zum Bundestag), which are looked for in the text itself.
The others are rare; a chunk tells whether its neighbours must be asked.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple

from search.german.analysis import closed_spellings, german_tokens
from search.german.tokens import Part, Token

# Chunks that are cached, each with about 600 bytes; and the longest of them in characters:
# longer ones are addresses or code, and not met again.
MOST_CHUNKS = 20_000
LONGEST_CHUNK = 80

_SPACE_IN_NUMBER = "[ \u00a0\u2009\u202f]"
_CHUNK = re.compile(rf"\S+(?:(?<=\d){_SPACE_IN_NUMBER}\d{{3}}(?!\d)\S*)*")
_GROUP = re.compile(r"\d{3}(?!\d)")
# A hyphen that may be a suspended one: behind a letter and before none, or the other way round.
_SUSPENDED = re.compile(r"(?<=[^\W_])[-\u2010\u2011](?:$|[,/)])|(?:^|[/(])[-\u2010\u2011\u2013](?=[^\W\d_])")

Span = tuple[int, int]


class Chunk(NamedTuple):
    """What is known of a chunk, whatever text it stands in: offsets count from its first character.

    `suspended`: it may have a word that others complete; `group`: it may be the end of a number that
    began before it.
    """

    tokens: tuple[Token, ...]
    parts: tuple[Part, ...]
    suspended: bool
    group: bool


def spans(text: str) -> list[Span]:
    """The offsets of the chunks of a text."""
    return [match.span() for match in _CHUNK.finditer(text)]


def spans_at(text: str, offsets: Iterable[int]) -> list[Span]:
    """The offsets of those chunks of a text that have any of these characters, which come in order."""
    found: list[Span] = []
    search, end = _CHUNK.search, 0
    for offset in offsets:
        if offset >= end:
            start = offset + 1
            while start > end:  # back to where a chunk begins for certain: with no digit, which may go on a number
                space = text.rfind(" ", end, start - 1) + 1 or end
                start = text.rfind("\n", space, start - 1) + 1 or space
                if not text[start].isdigit():
                    break
            chunk = search(text, start)
            while chunk and chunk.end() <= offset:
                chunk = search(text, chunk.end())
            if chunk:
                place = start, end = chunk.span()
                found.append(place)
    return found


def analysed_chunk(surface: str) -> Chunk:
    """What is known of a chunk."""
    return _cached_chunk(surface) if len(surface) <= LONGEST_CHUNK else _chunk(surface)


def _chunk(surface: str) -> Chunk:
    tokens = tuple(german_tokens(surface))
    suspended = _SUSPENDED.search(surface) is not None
    return Chunk(tokens, tuple(_parts(surface, tokens)), suspended, _GROUP.match(surface) is not None)


_cached_chunk = lru_cache(maxsize=MOST_CHUNKS)(_chunk)


def _parts(surface: str, tokens: Sequence[Token]) -> Iterator[Part]:
    for at, _, word in tokens:
        yield from (Part(at + start, at + end, term) for start, end, term in word.parts)
    yield from closed_spellings(surface, tokens, lambda place: tokens[place].word)
