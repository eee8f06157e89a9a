"""The terms of whole texts for the index, layer by layer: those of `analysis.analyse`, in a fraction of the time.

A text in small letters, without the signs that never belong to a word, is looked up chunk by chunk in
one cache, and no step in Python is taken for a chunk that is cached. A line in which that could
give other terms (capitals inside words, odd spaces) is analysed as the definition says.
`tests/german/test_layers.py` compares the two on any text.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from typing import NamedTuple

from search.german.analysis import analyse_words
from search.german.broken_words import whole
from search.german.cache import TwoGenerationCache
from search.german.chunks import LONGEST_CHUNK, Chunk, analysed_chunk
from search.german.compounds import subwords
from search.german.forms import second_stem
from search.german.normalisation import is_normalised
from search.german.open_compounds import terms_of_open_compounds
from search.german.separated_verbs import separated_verbs
from search.german.stemming import stem
from search.german.suspended_hyphens import completed, suspended_offsets

# Chunks that are cached, each with about 300 bytes.
MOST_CHUNKS = 200_000
MOST_ODD_CHUNKS = 20_000
# Characters that are analysed at once.
LONGEST_STRETCH = 100_000

# Signs that belong to no word wherever they stand, and those that do not where a space is beside them.
_APART = tuple('"„“”»«›‹‚‘?!;…[]')
_BESIDE_SPACE = ((", ", " "), (". ", " "), (": ", " "), (" (", " "), (".\n", " \n"))
_AROUND = ".,:()"  # what may be left of them
# Capitals that small letters do not tell of: LehrerInnen. What begins with one certain letter is found at the speed of
# memory.
_TELLING_CAPITALS = re.compile("I(?:(?<=[^\\W\\d_]I)|(?<=[\u00ad\u200b-\u200d\u2060\ufeff]I))n")
# The space that a number goes on behind, 15 000, and what stands there instead while chunks are looked up. What begins
# with the space is found at the speed of memory.
_NUMBER_GOES_ON = re.compile(r" (?=\d{3}(?!\d))(?<=\d )")
_IN_NUMBER = "\x05"
# Signs by which chunks do not tell all: the letter that looks to the next word, and our own.
_TELLING_SIGNS = ("Σ", _IN_NUMBER)

# Marks in what the cache has for a chunk; no term has such signs.
_PARTS, _PARTS_END, _SUSPENDED, _GROUP = "\x01\x02\x03\x04"


class Layers(NamedTuple):
    """The terms of a text in its three layers, each joined by spaces; only parts are in no order."""

    exact: str
    form: str
    part: str


class _Words(NamedTuple):
    """The terms that the words of a text have by themselves, and whether others may complete some of them."""

    exact: str
    form: str
    parts: list[str]
    suspended: bool


def layers(text: str) -> Layers:
    """The terms of a German text, layer by layer."""
    mended = whole(text)
    text = mended.text if mended else text
    if len(text) <= LONGEST_STRETCH:
        return _layers(text)
    found = map(_layers, stretches(text))
    return Layers(*(" ".join(filter(None, terms)) for terms in zip(*found, strict=True)))


def _layers(text: str) -> Layers:
    plain = _plain(text)
    exact, form, parts, suspended = _looked_up(text, plain) or _line_by_line(text, plain)
    if suspended:
        parts += _left_out(text)
    parts += terms_of_open_compounds(text)
    parts += [part.term for part in separated_verbs(text)]
    return Layers(exact, form, " ".join(parts))


def stretches(text: str, longest: int = LONGEST_STRETCH) -> Iterator[str]:
    """The paragraphs of a text, those that are longer than `longest` in several, which end behind a space if they can.

    No word of a language, and no sentence, is that long; what is would take a hundred times its size of memory.
    """
    for paragraph in text.split("\n\n"):
        start = 0
        while len(paragraph) - start > longest:
            end = start + longest
            end = max(paragraph.rfind(sign, start, end) for sign in (" ", "\n")) + 1 or end
            yield paragraph[start:end]
            start = end
        yield paragraph[start:]


def _plain(text: str) -> str:
    """The text in small letters without the signs around its words."""
    plain = text.lower()
    for sign in _APART:
        plain = plain.replace(sign, " ")
    for signs, instead in _BESIDE_SPACE:
        plain = plain.replace(signs, instead)
    return plain


def _line_by_line(text: str, plain: str) -> _Words:
    """The terms of words where the cache does not tell those of all: no word goes beyond a line."""
    lines = zip(text.split("\n"), plain.split("\n"), strict=True)
    found = [_looked_up(line, small) or _analysed(line) for line, small in lines if small]
    return _Words(
        " ".join([words.exact for words in found if words.exact]),
        " ".join([words.form for words in found if words.form]),
        [part for words in found for part in words.parts],
        suspended=any(words.suspended for words in found),
    )


def _looked_up(text: str, plain: str) -> _Words | None:
    """The terms of words by the cache, None if they depend on more than its chunks."""
    telling = any(sign in text for sign in _TELLING_SIGNS) or _TELLING_CAPITALS.search(text)
    chunks = None if telling or not is_normalised("NFKC", plain) else _chunks(plain)
    if chunks is None:
        return None
    looked_up = " ".join(map(_FORMS_AND_PARTS.__getitem__, chunks))
    if _GROUP in looked_up and _NUMBER_GOES_ON.search(text):
        chunks = _chunks(_plain(_NUMBER_GOES_ON.sub(_IN_NUMBER, text)))
        if chunks is None:
            return None
        looked_up = " ".join(map(_FORMS_AND_PARTS.__getitem__, chunks))
    suspended = _SUSPENDED in looked_up
    first, *others = looked_up.replace(_SUSPENDED, "").replace(_GROUP, "").split(_PARTS)
    divided = [other.partition(_PARTS_END) for other in others]
    return _Words(
        _single_spaced(_exact_terms(chunks)),
        _single_spaced(first + "".join([after for _, _, after in divided])),
        [parts for parts, _, _ in divided],
        suspended,
    )


def _exact_terms(chunks: list[str]) -> str:
    """The exact terms of chunks: nearly all of them as they are, so only the others are looked at one by one."""
    terms = chunks.copy()
    plain = list(map(str.isalnum, chunks))
    odd = -1
    for _ in range(plain.count(False)):
        odd = plain.index(False, odd + 1)
        terms[odd] = _EXACT[chunks[odd]]
    return " ".join(terms)


def _chunks(plain: str) -> list[str] | None:
    """The chunks of a text without the signs around its words, None if one is too long to be kept."""
    chunks = plain.rstrip(".:").split()
    return chunks if max(map(len, chunks), default=0) <= LONGEST_CHUNK else None


def _left_out(text: str) -> list[str]:
    """The parts that the suspended hyphens of a text leave out."""
    behind, before = suspended_offsets(text)
    return [part.term for part in completed(text, sorted([*behind, *before]))]


def _single_spaced(terms: str) -> str:
    """Terms joined by single spaces, although some chunks have none."""
    return " ".join(terms.split()) if "  " in terms or terms[:1] == " " or terms[-1:] == " " else terms


def _analysed(text: str) -> _Words:
    """The terms of words as they are defined."""
    tokens, parts = analyse_words(text)
    return _Words(
        " ".join([token.word.exact for token in tokens]),
        " ".join([token.word.form for token in tokens]),
        [part.term for part in parts],
        suspended=True,
    )


def _known(chunk: str) -> str:
    """What the cache has for a chunk: its form terms, then its parts and whether its neighbours matter, in marks."""
    word = chunk.strip(_AROUND)
    if word.isalpha():
        if word != chunk:
            return _FORMS_AND_PARTS[word]
        form, inside = stem(word), subwords(word)
        if inside:
            return form + _marked(dict.fromkeys([stem(part.word) for part in inside]))
        second = second_stem(word)
        return form + _marked([second]) if second else form
    tokens, parts, suspended, group = _analysed_chunk(chunk)
    forms = " ".join([token.word.form for token in tokens])
    return forms + _marked([part.term for part in parts]) + _SUSPENDED * suspended + _GROUP * group


def _marked(parts: Collection[str]) -> str:
    return f"{_PARTS}{' '.join(parts)}{_PARTS_END}" if parts else ""


def _exact(chunk: str) -> str:
    """The exact terms of a chunk that is not one word of letters and digits."""
    word = chunk.strip(_AROUND)
    return word if word.isalpha() else " ".join([token.word.exact for token in _analysed_chunk(chunk).tokens])


def _analysed_chunk(chunk: str) -> Chunk:
    return analysed_chunk(chunk.replace(_IN_NUMBER, " "))


_FORMS_AND_PARTS: TwoGenerationCache[str, str] = TwoGenerationCache(_known, MOST_CHUNKS)
_EXACT: TwoGenerationCache[str, str] = TwoGenerationCache(_exact, MOST_ODD_CHUNKS)
