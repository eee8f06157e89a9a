"""The terms of whole texts for the index, layer by layer: those of `analysis.analyse`, in a fraction of the time.

A text in small letters, without the signs that never belong to a word, is looked up piece by piece in
one table, and no step in Python is taken for a piece that is known. A paragraph in which that could
give other terms (capitals inside words, numbers with spaces) is analysed as the definition says.
`tests/german/test_layers.py` compares the two on any text.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection
from typing import NamedTuple

from search.german.analysis import analyse
from search.german.cache import Remembered
from search.german.chunks import LONGEST_CHUNK, known_chunk
from search.german.compounds import subwords
from search.german.stemming import stem, stemmed
from search.german.suspended_hyphens import completed, hyphens

# Pieces that are remembered, each with about 300 bytes.
MOST_PIECES = 200_000
MOST_ODD_PIECES = 20_000

# Signs that belong to no word wherever they stand, and those that do not where a space is beside them.
_APART = tuple('"„“”»«›‹‚‘?!;…[]')
_BESIDE_SPACE = ((", ", " "), (". ", " "), (": ", " "), (" (", " "), (".\n", " \n"))
_AROUND = ".,:()"  # what may be left of them
# Capitals that small letters do not tell of: LehrerInnen; and the one letter that looks to the next word.
_TELLING_CAPITALS = re.compile("In(?<=[^\\W\\d_]In)|In(?<=[\u00ad\u200b-\u200d\u2060\ufeff]In)|Σ")
_NUMBER_GOES_ON = re.compile(r"\d\s+\d{3}(?!\d)")

# Marks in what the table knows of a piece; no term has such signs.
_PARTS, _PARTS_END, _SUSPENDED, _GROUP = "\x01\x02\x03\x04"
_UNMARKED = str.maketrans("", "", _SUSPENDED + _GROUP)


class Layers(NamedTuple):
    """The terms of a text in its three layers, each joined by spaces; only parts are in no order."""

    exact: str
    form: str
    part: str


def layers(text: str) -> Layers:
    """The terms of a German text, layer by layer."""
    # Nothing reaches from one paragraph into the next: neither numbers nor suspended hyphens.
    paragraphs = zip(text.split("\n\n"), _plain(text).split("\n\n"), strict=True)
    found = [_looked_up(paragraph, plain) or _analysed(paragraph) for paragraph, plain in paragraphs]
    return (
        found[0] if len(found) == 1 else Layers(*(" ".join(filter(None, terms)) for terms in zip(*found, strict=True)))
    )


def _plain(text: str) -> str:
    """The text in small letters without the signs around its words."""
    plain = text.lower()
    for sign in _APART:
        plain = plain.replace(sign, " ")
    for signs, instead in _BESIDE_SPACE:
        plain = plain.replace(signs, instead)
    return plain


def _looked_up(text: str, plain: str) -> Layers | None:
    """The terms of a paragraph by the table, None if they depend on more than its pieces."""
    if _TELLING_CAPITALS.search(text) or not unicodedata.is_normalized("NFKC", plain):
        return None
    pieces = plain.rstrip(".:").split()
    if max(map(len, pieces), default=0) > LONGEST_CHUNK:
        return None
    known = " ".join(map(_PIECES.__getitem__, pieces))
    if _GROUP in known and _NUMBER_GOES_ON.search(plain):
        return None
    first, *others = known.translate(_UNMARKED).split(_PARTS)
    divided = [other.partition(_PARTS_END) for other in others]
    part = [parts for parts, _, _ in divided]
    if _SUSPENDED in known:
        part += _left_out(text)
    return Layers(
        _single_spaced(" ".join([piece if piece.isalnum() else _EXACT[piece] for piece in pieces])),
        _single_spaced(first + "".join([after for _, _, after in divided])),
        " ".join(part),
    )


def _left_out(text: str) -> list[str]:
    """The parts that the suspended hyphens of a paragraph leave out."""
    behind, before = hyphens(text)
    return [part.term for part in completed(text, sorted([*behind, *before]))]


def _single_spaced(terms: str) -> str:
    """Terms joined by single spaces, although some pieces have none."""
    return " ".join(terms.split()) if "  " in terms or terms[:1] == " " or terms[-1:] == " " else terms


def _analysed(text: str) -> Layers:
    """The terms of a paragraph as they are defined."""
    tokens, parts = analyse(text)
    return Layers(
        " ".join([token.word.exact for token in tokens]),
        " ".join([token.word.form for token in tokens]),
        " ".join([part.term for part in parts]),
    )


def _known(piece: str) -> str:
    """What the table knows of a piece: its form terms, then its parts and whether its neighbours matter, in marks."""
    word = piece.strip(_AROUND)
    if word.isalpha():
        if word != piece:
            return _PIECES[word]
        return stemmed(word) + _marked(dict.fromkeys(stem(part.word) for part in subwords(word)))
    tokens, parts, suspended, group = known_chunk(piece)
    forms = " ".join([token.word.form for token in tokens])
    return forms + _marked([part.term for part in parts]) + _SUSPENDED * suspended + _GROUP * group


def _marked(parts: Collection[str]) -> str:
    return f"{_PARTS}{' '.join(parts)}{_PARTS_END}" if parts else ""


def _exact(piece: str) -> str:
    """The exact terms of a piece that is not one word of letters and digits."""
    word = piece.strip(_AROUND)
    return word if word.isalpha() else " ".join([token.word.exact for token in known_chunk(piece).tokens])


_PIECES: Remembered[str, str] = Remembered(_known, MOST_PIECES)
_EXACT: Remembered[str, str] = Remembered(_exact, MOST_ODD_PIECES)
