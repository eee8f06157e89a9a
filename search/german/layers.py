"""The terms of whole texts for the index, layer by layer: those of `analysis.analyse`, in a fraction of the time.

Most of what stands between white space is one word of letters, and most of it was met before: it is
looked up in a table. Only where a chunk tells that its neighbours matter (`chunks`), more is looked
at. `tests/german/test_chunks.py` compares the two on any text.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from search.german.analysis import may_be_gender_form
from search.german.chunks import LONGEST_CHUNK, completed, known_chunk, pieces_with_numbers, spans
from search.german.compounds import subwords
from search.german.remembering import Remembered
from search.german.stemming import stem, stemmed
from search.german.tokens import normalise

# Words and chunks that are remembered, each with 200 to 400 bytes. Of German news of 16 million words, a
# table of so many chunks has 97 of 100.
MOST_WORDS = 150_000
MOST_CHUNKS = 150_000

# Signs that never belong to the word beside them.
_AROUND = '.,;!?"„“”‚‘»«›‹…()[]'


class Layers(NamedTuple):
    """The terms of a text in its three layers, each joined by spaces; only parts are in no order."""

    exact: str
    form: str
    part: str


class _Terms(NamedTuple):
    """The terms of a chunk, joined by spaces. `suspended` and `group` are those of `chunks.Chunk`, mostly False."""

    exact: str
    form: str
    part: str
    suspended: bool = False
    group: bool = False


def layers(text: str) -> Layers:
    """The terms of a German text, layer by layer."""
    # Most signs stand before a space; without them fewer chunks are different, and more of them known.
    pieces = text.replace(", ", " ").replace(". ", " ").split()
    if not pieces:
        return Layers("", "", "")
    exact, form, part, suspended, group = zip(*_looked_up(pieces), strict=True)
    if any(suspended) or (any(group) and _number_goes_on(pieces, group)):
        return _with_neighbours(text)
    return Layers(_joined(exact), _joined(form), _joined(part))


def _with_neighbours(text: str) -> Layers:
    """The same for a text with words or numbers that go beyond white space."""
    exact, form, part, suspended, _ = zip(*_looked_up(pieces_with_numbers(text)), strict=True)
    asked = [at for at, is_suspended in enumerate(suspended) if is_suspended]
    left_out = [found.term for found in completed(text, spans(text), asked)] if asked else []
    return Layers(_joined(exact), _joined(form), _joined([*part, *left_out]))


def _looked_up(pieces: Sequence[str]) -> list[_Terms]:
    if max(map(len, pieces)) <= LONGEST_CHUNK:
        return list(map(_CHUNKS.__getitem__, pieces))
    return [_CHUNKS[piece] if len(piece) <= LONGEST_CHUNK else _terms(piece) for piece in pieces]


def _number_goes_on(pieces: Sequence[str], group: Sequence[bool]) -> bool:
    """Whether a group of digits stands behind other digits, as in 15 000."""
    return any(is_group and at and pieces[at - 1][-1].isdigit() for at, is_group in enumerate(group))


def _joined(terms: Sequence[str]) -> str:
    return " ".join(filter(None, terms))


def _terms(chunk: str) -> _Terms:
    """The terms of a chunk."""
    word = chunk.strip(_AROUND)
    if word.isalpha() and not may_be_gender_form(word):
        return _WORDS[normalise(word)]
    tokens, parts, suspended, group = known_chunk(chunk)
    exact = " ".join([token.word.exact for token in tokens])
    form = " ".join([token.word.form for token in tokens])
    return _Terms(exact, form, " ".join([part.term for part in parts]), suspended, group)


def _word_terms(exact: str) -> _Terms:
    """The terms of a plain word, known by its exact term: those of `analysis.german_word`."""
    form = stemmed(exact)
    parts = subwords(exact)
    part = " ".join(dict.fromkeys([stem(part.word) for part in parts])) if parts else ""
    return _Terms(exact, exact if form == exact else form, part)


_WORDS: Remembered[str, _Terms] = Remembered(_word_terms, MOST_WORDS)
_CHUNKS: Remembered[str, _Terms] = Remembered(_terms, MOST_CHUNKS)
