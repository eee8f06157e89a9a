"""What of a text tells that another one is a copy of it? Its shingles: hashes of four words that follow each other.

Broder, *On the resemblance and containment of documents* (1997), defines shingles, their containment, and the sample
of them (those whose hash is small) that is the same for the same passages of all texts.
"""

from __future__ import annotations

import re

import numpy as np
import numpy.typing as npt

from search.german.authors import AGENCIES
from search.german.normalisation import normalised

WORDS = 4  # of a shingle
LEAST = 8  # different shingles that a text must have to be told from others; so many of a short one are sampled
MOST = 128  # that are sampled of a long one
SAMPLED = 24  # of so many shingles one is sampled
MOST_CHARACTERS = 200_000  # of a text that are looked at
# Of two texts, the one repeats the other if so much of the shorter stands in it; chosen by bench.families. It is more
# if they are not known to be of one day: what is reported every day in the same words is another report.
CONTAINED = 0.5
CONTAINED_LATER = 0.7
# And if it is not so much shorter that it may be one item of many, as in a ticker, which is a copy of none of them.
LEAST_LENGTH = 0.25

Shingles = npt.NDArray[np.uint32]  # in order, none twice
Hashes = npt.NDArray[np.uint64]

# A text is hashed as a whole: word by word would take five times as long. Letters that Latin-1 lacks part words.
_SIGNS = [bytes([code]).decode("latin-1").lower() for code in range(256)]
_LETTERS = b"".join(sign.encode("latin-1") if sign.isalnum() else b" " for sign in _SIGNS)
_POWERS = np.multiply.accumulate(np.full(MOST_CHARACTERS + 1, 0x9E3779B1, np.uint32), dtype=np.uint32)
_ODD, _MIX = np.uint64(0xD1B54A32D192ED03), np.uint64(0xBF58476D1CE4E5B9)
_HALF, _LESS = np.uint64(32), np.uint64(29)

_AGENCY = "(?:" + "|".join(map(re.escape, sorted(AGENCIES, key=len, reverse=True))) + ")"
_ALONE = rf"{_AGENCY}(?:[-/, ]{{1,2}}\w{{1,12}}){{0,4}}"
# Berlin/Kiew (dpa/lbn) –, AFP: and the like before a text; (mit dpa), © Reuters behind it.
_BEFORE = re.compile(rf"\s*(?:[^\n().]{{0,40}}\({_ALONE}\)|{_ALONE}\s?[:–—-])\s?[:.–—-]?\s", re.IGNORECASE)
_BEHIND = re.compile(
    rf"\s*(?:[(\[](?:\w{{1,12}}[/, ]{{1,2}}){{0,4}}{_ALONE}[)\]]|©\s?{_AGENCY}\b[^\n]{{0,60}})\s*$", re.IGNORECASE
)
_DIAERESIS = "\u0308"
_SOFT_HYPHEN = b"\xad"
_LONGEST_MARK = 90  # characters


def without_agency(text: str) -> str:
    """A text without the marks of news agencies before and behind it."""
    before = _BEFORE.match(text, 0, 2 * _LONGEST_MARK)
    behind = _BEHIND.search(text, max(0, len(text) - _LONGEST_MARK))
    return text[before.end() if before else 0 : behind.start() if behind else None]


def shingles(text: str) -> Shingles:
    """The hashes of the shingles of a text; none if they are too few to tell it from others."""
    found = np.unique(_hashes(text).astype(np.uint32))
    return found if len(found) >= LEAST else found[:0]


def sketch(text: str) -> tuple[int, ...]:
    """The smallest of its shingles, by which its copies are found."""
    hashes = _hashes(text)
    few = sorted(set(hashes[hashes < 2**32 // SAMPLED].tolist()))  # of some forty, this is faster than NumPy
    if len(few) < LEAST:  # a short text, or one that repeats itself
        few = np.unique(hashes)[:LEAST].tolist()
    return tuple(few[:MOST]) if len(few) >= LEAST else ()


def containment(one: Shingles, other: Shingles) -> float:
    """How much of the text with fewer shingles stands in the other one, from 0 to 1."""
    shorter = min(len(one), len(other))
    return len(np.intersect1d(one, other, assume_unique=True)) / shorter if shorter else 0.0


def repeats(one: Shingles, other: Shingles, same_day: bool) -> bool:
    """Whether one of two texts is a copy of the other."""
    shorter, longer = sorted((len(one), len(other)))
    least = CONTAINED if same_day else CONTAINED_LATER
    return shorter >= LEAST_LENGTH * longer and containment(one, other) >= least


def _hashes(text: str) -> Hashes:
    """The hash of each shingle of a text, below 2 ** 32."""
    text = text[:MOST_CHARACTERS]
    if _DIAERESIS in text:  # German letters in two signs; looking for others would take a third of the time
        text = normalised("NFC", text)
    words = _words(without_agency(text))
    number = max(0, len(words) - WORDS + 1)
    hashes = words[:number].copy()
    for place in range(1, WORDS):
        hashes *= _ODD
        hashes += words[place : number + place]
    hashes ^= hashes >> _LESS
    hashes *= _MIX
    return hashes >> _HALF


def _words(text: str) -> Hashes:
    """A hash of each word: a polynomial of its letters. Each call of NumPy costs more than what it does for a text."""
    letters = np.frombuffer(
        text.encode("latin-1", "replace").translate(_LETTERS, _SOFT_HYPHEN).join((b" ", b" ")), np.uint8
    )
    are_letters = letters != ord(" ")
    edges = np.flatnonzero(are_letters[1:] != are_letters[:-1])  # before each word, and at its last letter
    if not len(edges):
        return np.zeros(0, np.uint64)
    powers = _POWERS[: len(letters) - 1]
    words = np.add.reduceat(letters[1:] * powers, edges, dtype=np.uint32)[::2]  # and what lies between, left out
    words *= _POWERS[MOST_CHARACTERS - edges[::2]]
    return words.astype(np.uint64)
