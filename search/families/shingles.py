"""What of a text tells that another one is a copy of it? Its shingles: hashes of four words that follow each other.

Broder, *On the resemblance and containment of documents* (1997), defines shingles, their containment, and the sample
of them (those whose hash is small) that is the same for the same passages of all texts.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import accumulate, pairwise

import numpy as np
import numpy.typing as npt

from search.german.authors import AGENCIES
from search.german.normalisation import normalised

WORDS = 4  # of a shingle
LEAST = 8  # different shingles that a text must have to be told from others; so many of a short one are sampled
LEAST_EQUAL = 2  # of a text that only the very same one repeats
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
_LETTERS = b"".join(sign.encode("latin-1") if sign.isalnum() else b"\0" for sign in _SIGNS)
_POWERS = np.multiply.accumulate(np.full(MOST_CHARACTERS + 1, 0x9E3779B1, np.uint32), dtype=np.uint32)
_BACKWARDS = _POWERS[::-1].copy()
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
    """The hashes of the shingles of a text; none if they are too few to tell it from others, even from its equals."""
    (hashes,) = _hashes((text,))
    found = np.unique(hashes.astype(np.uint32))
    return found if len(found) >= LEAST_EQUAL else found[:0]


def sketch(text: str) -> tuple[int, ...]:
    """The smallest of its shingles, by which its copies are found."""
    return sketches((text,))[0]


def sketches(texts: Iterable[str]) -> list[tuple[int, ...]]:
    """The sketch of each text."""
    return [_smallest(hashes) for hashes in _hashes(texts)]


def _smallest(hashes: Hashes) -> tuple[int, ...]:
    few = sorted(set(hashes[hashes < 2**32 // SAMPLED].tolist()))  # of some forty, this is faster than NumPy
    if len(few) < LEAST:  # a short text, or one that repeats itself
        few = np.unique(hashes)[:LEAST].tolist()
    return tuple(few[:MOST]) if len(few) >= LEAST_EQUAL else ()


def containment(one: Shingles, other: Shingles) -> float:
    """How much of the text with fewer shingles stands in the other one, from 0 to 1."""
    shorter = min(len(one), len(other))
    return len(np.intersect1d(one, other, assume_unique=True)) / shorter if shorter else 0.0


def repeats(one: Shingles, other: Shingles, same_day: bool) -> bool:
    """Whether one of two texts is a copy of the other; of few shingles it must have the very same ones."""
    shorter, longer = sorted((len(one), len(other)))
    if shorter < LEAST:
        return shorter > 0 and np.array_equal(one, other)
    least = CONTAINED if same_day else CONTAINED_LATER
    return shorter >= LEAST_LENGTH * longer and containment(one, other) >= least


def _hashes(texts: Iterable[str]) -> Iterator[Hashes]:
    """The hashes of the shingles of each text, below 2 ** 32.

    Texts are hashed together, as each call of NumPy costs more than what it does for one of them.
    """
    together, size = list[bytes](), 0
    for letters in map(_letters, texts):
        if size + len(letters) > MOST_CHARACTERS:
            yield from _hashed(together)
            together, size = [], 0
        together.append(letters)
        size += len(letters) + 1
    yield from _hashed(together)


def _letters(text: str) -> bytes:
    """The letters of a text, with zeros between its words."""
    text = text[:MOST_CHARACTERS]
    if _DIAERESIS in text:  # German letters in two signs; looking for others would take a third of the time
        text = normalised("NFC", text)[:MOST_CHARACTERS]  # which makes two signs of some that are none of ours
    return without_agency(text).encode("latin-1", "replace").translate(_LETTERS, _SOFT_HYPHEN)


def _hashed(texts: Sequence[bytes]) -> Iterator[Hashes]:
    """The hashes of each of these texts, which have MOST_CHARACTERS together."""
    words, starts = _words(b"\0".join((b"", *texts, b"")))
    number = max(0, len(words) - WORDS + 1)
    hashes = words[:number].copy()
    for place in range(1, WORDS):
        hashes *= _ODD
        hashes += words[place : number + place]
    hashes ^= hashes >> _LESS
    hashes *= _MIX
    hashes >>= _HALF
    edges = np.searchsorted(starts, [0, *accumulate(len(text) + 1 for text in texts)]).tolist()
    for first, end in pairwise(edges):
        yield hashes[first : max(first, end - WORDS + 1)]  # without those that reach into the next text


def _words(text: bytes) -> tuple[Hashes, npt.NDArray[np.intp]]:
    """A hash of each word, a polynomial of its letters, and where it begins; there is a zero at both ends."""
    letters = np.frombuffer(text, np.uint8)
    are_letters = letters != 0
    starts = np.flatnonzero(are_letters[1:] > are_letters[:-1])
    words = np.add.reduceat(letters[1:] * _POWERS[: len(letters) - 1], starts, dtype=np.uint32)
    words *= _BACKWARDS[starts]
    return words.astype(np.uint64), starts
