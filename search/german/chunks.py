"""The same analysis for whole articles: what stands between white space is analysed once and remembered.

`analysis.analyse` says what the terms of a text are; this gives the same in a fraction of the time,
because no word goes beyond white space but grouped numbers (15 000), and no part but those that
suspended hyphens leave out (Innen- und Außenpolitik). Both are rare; a chunk tells whether its
neighbours must be asked. `tests/german/test_chunks.py` compares the two on any text.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence, Sized
from functools import lru_cache, partial
from operator import itemgetter
from typing import NamedTuple

from search.german.analysis import german_tokens, german_word, joins
from search.german.ellipses import FARTHEST, ellipses
from search.german.stemming import stem
from search.german.tokens import Part, Token

# Chunks that are remembered, each with about 300 bytes; and the longest of them in characters:
# longer ones are addresses or code, and not met again.
MOST_CHUNKS = 200_000
LONGEST_CHUNK = 80

_SPACE_IN_NUMBER = "[ \u00a0\u2009\u202f]"
_CHUNK = re.compile(rf"\S+(?:(?<=\d){_SPACE_IN_NUMBER}\d{{3}}(?!\d)\S*)*")
_GROUP = re.compile(r"\d{3}(?!\d)")
# A hyphen that may be a suspended one: behind a letter and before none, or the other way round.
_SUSPENDED = re.compile(r"(?<=[^\W_])[-\u2010\u2011](?:$|[,/)])|(?:^|[/(])[-\u2010\u2011\u2013](?=[^\W\d_])")

# Signs that never belong to the word beside them.
_AROUND = '.,;!?"„“”‚‘»«›‹…()[]'

Span = tuple[int, int]


class Chunk(NamedTuple):
    """What is known of a chunk, whatever text it stands in: offsets count from its first character.

    `exact`, `form` and `part` are its terms, joined by spaces. `suspended`: it may have a word that
    others complete; `group`: it may be the end of a number that began before it.
    """

    tokens: tuple[Token, ...]
    parts: tuple[Part, ...]
    exact: str
    form: str
    part: str
    suspended: bool
    group: bool


_exact, _form, _part, _suspended = map(itemgetter, map(Chunk._fields.index, ("exact", "form", "part", "suspended")))


class Layers(NamedTuple):
    """The terms of a text in its three layers, each joined by spaces; only parts are in no order."""

    exact: str
    form: str
    part: str


def layers(text: str) -> Layers:
    """The terms of a German text, layer by layer: those of `analyse`."""
    chunks = _read(text)
    parts = list(filter(None, map(_part, chunks)))
    if any(map(_suspended, chunks)):
        asked = [at for at, chunk in enumerate(chunks) if chunk.suspended]
        parts += [part.term for part in completed(text, spans(text), asked)]
    return Layers(
        " ".join(filter(None, map(_exact, chunks))), " ".join(filter(None, map(_form, chunks))), " ".join(parts)
    )


def _read(text: str) -> list[Chunk]:
    """What is known of the chunks of a text, one for each of its spans."""
    pieces = text.split()
    chunks = _known(pieces)
    if any(chunk.group and pieces[at - 1][-1].isdigit() for at, chunk in enumerate(chunks) if at):
        return _known(_CHUNK.findall(text))
    return chunks


def spans(text: str) -> list[Span]:
    """The offsets of the chunks of a text."""
    return [match.span() for match in _CHUNK.finditer(text)]


def spans_at(text: str, offsets: Iterable[int]) -> list[Span]:
    """The offsets of those chunks of a text that have any of these characters, which come in order."""
    found: list[Span] = []
    end = 0
    for offset in offsets:
        if offset >= end:
            chunk = _CHUNK.search(text, _before(text, offset))
            while chunk and chunk.end() <= offset:
                chunk = _CHUNK.search(text, chunk.end())
            if chunk:
                found.append(chunk.span())
                end = chunk.end()
    return found


def _before(text: str, offset: int) -> int:
    """Where a chunk begins for certain: behind a space and with no digit, which may go on a number."""
    start = text.rfind(" ", 0, offset) + 1
    start = text.rfind("\n", start, offset) + 1 or start
    return _before(text, start - 1) if start and text[start].isdigit() else start


def _known(pieces: Sequence[str]) -> list[Chunk]:
    if max(map(len, pieces), default=0) <= LONGEST_CHUNK:
        return list(map(_remembered, pieces))
    return list(map(known_chunk, pieces))


def known_chunk(surface: str) -> Chunk:
    """What is known of a chunk."""
    return _remembered(surface) if len(surface) <= LONGEST_CHUNK else _chunk(surface)


def _chunk(surface: str) -> Chunk:
    word = surface.strip(_AROUND)
    if word.isalpha():  # nearly all are one plain word, with nothing to look for but that
        return _plain(surface.index(word), word)
    tokens = tuple(german_tokens(surface))
    parts = tuple(_parts(surface, tokens))
    return Chunk(
        tokens,
        parts,
        exact=" ".join([token.word.exact for token in tokens]),
        form=" ".join([token.word.form for token in tokens]),
        part=_joined(parts),
        suspended=_SUSPENDED.search(surface) is not None,
        group=_GROUP.match(surface) is not None,
    )


def _plain(at: int, surface: str) -> Chunk:
    """A chunk of one word of letters, with signs around it that mean nothing."""
    word = german_word(surface)
    parts = tuple([Part(at + start, at + end, term) for start, end, term in word.parts]) if at else word.parts
    tokens = (Token(at, at + len(surface), word),)
    return Chunk(tokens, parts, word.exact, word.form, _joined(parts), False, False)


def _joined(parts: Sequence[Part]) -> str:
    return " ".join([part.term for part in parts]) if parts else ""


_remembered = lru_cache(maxsize=MOST_CHUNKS)(_chunk)


def _parts(surface: str, tokens: Sequence[Token]) -> Iterator[Part]:
    for at, _, word in tokens:
        yield from (Part(at + start, at + end, term) for start, end, term in word.parts)
    yield from joins(surface, tokens, lambda place: tokens[place].word)


def completed(text: str, places: Sequence[Span], suspended: Iterable[int]) -> Iterator[Part]:
    """The parts that suspended hyphens leave out.

    `places` are the offsets of all chunks of the text, `suspended` the numbers of those with such a hyphen.
    """
    around = partial(_tokens_at, text, places)
    for first, last in _surroundings(places, suspended, around):
        tokens = [token for at in range(first, last) for token in around(at)]
        found = ellipses(text, tokens, [token.word for token in tokens].__getitem__)
        yield from (Part(start, end, stem(word)) for start, end, word in found)


def _tokens_at(text: str, places: Sequence[Span], at: int) -> list[Token]:
    """The words of a chunk where they stand in the text."""
    begin, stop = places[at]
    return [Token(begin + start, begin + end, word) for start, end, word in known_chunk(text[begin:stop]).tokens]


def _surroundings(
    places: Sequence[Span], suspended: Iterable[int], around: Callable[[int], Sized]
) -> Iterator[tuple[int, int]]:
    """The runs of chunks around suspended hyphens that hold all words which these may ask."""
    first = last = 0
    for at in suspended:
        left = at - _reach(around, range(at - 1, last - 1, -1))
        if left > last:
            yield first, last
            first = left
        last = max(last, at + 1 + _reach(around, range(at + 1, len(places))))
    yield first, last


def _reach(around: Callable[[int], Sized], chunks: range) -> int:
    """How many of these chunks hold the words that a suspended hyphen may ask."""
    words = 0
    for count, at in enumerate(chunks, 1):
        words += len(around(at))
        if words > FARTHEST:
            return count
    return len(chunks)
