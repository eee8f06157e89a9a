"""What does a word look like? Its variants, its shape and its character n-grams, as numbers for the network."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

from search.german.cache import TwoGenerationCache

LONGEST_WORD = 30  # letters looked at: the first and last fifteen of a longer one
BUCKETS = 1 << 15  # for character n-grams
NGRAM_SIZES = (3, 4, 5)
MOST_NGRAMS = 40  # n-grams of a word that count
_HALF = LONGEST_WORD // 2
_PRIME = np.uint32(16777619)
_APOSTROPHES = "'’`´"
_CAPITALS = "ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÜ"
# Letters and digits that no pattern of a shape tells apart: one of them stands for all.
_ALIKE = str.maketrans(
    dict.fromkeys(_CAPITALS, "A")
    | dict.fromkeys(_CAPITALS.lower() + "ß", "a")
    | dict.fromkeys("ÀÁÂÃÅÆÇÈÉÊËÌÍÎÏÐÑÒÓÔÕØÙÚÛÝÞ", "É")
    | dict.fromkeys("àáâãåæçèéêëìíîïðñòóôõøùúûýþÿ", "é")
    | dict.fromkeys("345678", "3")
)
_SHAPES = [
    re.compile(pattern)
    for pattern in (
        r"[A-ZÄÖÜÀ-Þ].*[^A-ZÄÖÜÀ-Þ]|[A-ZÄÖÜ]$",  # capitalised
        r"[^a-zß-ÿ]*[A-ZÄÖÜÀ-Þ][^a-zß-ÿ]+$",  # capitals only
        r"[^\W\d_A-ZÄÖÜ]",  # begins small
        r"[^\W\d_A-ZÄÖÜ].*[A-ZÄÖÜ]",  # small, then a capital
        r"[A-ZÄÖÜ]\w*[a-zäöüß][A-ZÄÖÜ]",  # inner capital: McDonald
        r"\d+[.,:\d]*$",
        r"\d+\.$",
        r"(?:19|20)\d\d$",
        r"\d.*[^\W\d_]|[^\W\d_].*\d",  # digits and letters
        r"\W+$",
        r"[.!?:;…]+$",
        r"[,]$",
        r"[(\[]$",
        r"[)\]]$",
        r"[\"„“”»«›‹‚‘]+$",
        r"[-–—]+$",
        r"[/|]$",
        r"[#@]\w",
        r".+-.+",
        r".+-$",
        r"(?:[^\W\d_]\.)+",  # initials
        r"\w{2,}\.$",
        r".+['’]$",
        r".{1,3}$",
        r".{4,6}$",
        r".{13,}$",
    )
]
# The ends of words that are shapes, too: of those that may begin with any sign, and of nouns.
_ENDS = (
    ("s",),
    tuple(f"{stem}{ending}" for stem in ("isch", "ische", "sche") for ending in ("", *"nrsm")),
)
_NOUN_ENDS = (
    ("er",),
    tuple(
        f"{noun}{ending}"
        for noun in ("ung", "heit", "keit", "schaft", "tion", "ismus", "tät")
        for ending in ("", "en", "s")
    ),
)
_NOUN_BEGINS = frozenset(_CAPITALS)
_LOOKS = 20_000  # that are remembered


def word_hashes(words: Iterable[str]) -> NDArray[np.uint32]:
    """The hashes by which the word lists know words."""
    return np.array([crc32(word.encode("utf-8", "replace")) for word in words], np.uint32)


def word_hash(word: str) -> int:
    """The hash of one word."""
    return crc32(word.encode("utf-8", "replace"))


def clipped(word: str) -> str:
    """A word of at most LONGEST_WORD letters."""
    return word if len(word) <= LONGEST_WORD else word[:_HALF] + word[-_HALF:]


def variants(word: str) -> tuple[str, str, str, str]:
    """The forms of a word that the lists are asked for: small, as a name, without its -s, and its last part."""
    bare = word.lstrip("#@")
    name = bare.capitalize() if len(bare) > 3 and bare.isupper() else bare
    if "-" in name and bare.isupper():
        name = "-".join(part.capitalize() for part in bare.split("-"))
    stem = name.rstrip(_APOSTROPHES)
    stem = stem[:-1].rstrip(_APOSTROPHES) if len(stem) > 3 and stem.endswith("s") else ""
    last = name.rpartition("-")[2] if "-" in name else ""
    return bare.lower(), name, stem, last


def word_shapes(words: Sequence[str]) -> NDArray[np.float32]:
    """Which of the patterns above each word has: a row of zeros and ones for each."""
    bits = np.fromiter(map(_shape, words), np.int64, len(words))
    return (bits[:, None] >> np.arange(SHAPE_COUNT) & 1).astype(np.float32)


def _shape(word: str) -> int:
    """The patterns that a word has, as bits."""
    bits = _looks[word.translate(_ALIKE)]
    for at, ends in enumerate(_ENDS, len(_SHAPES)):
        bits |= word.endswith(ends, 1) << at
    if word[:1] in _NOUN_BEGINS:
        for at, ends in enumerate(_NOUN_ENDS, len(_SHAPES) + len(_ENDS)):
            bits |= word.endswith(ends, 2) << at
    return bits


def _look(alike: str) -> int:
    """The patterns of _SHAPES, as bits, that a word has whose letters look like these."""
    return sum(1 << at for at, pattern in enumerate(_SHAPES) if pattern.match(alike))


_looks = TwoGenerationCache(_look, _LOOKS)


def character_ngrams(words: Sequence[str]) -> tuple[NDArray[np.int32], NDArray[np.int32]]:
    """The buckets of all character n-grams of all words, one after the other, and where those of each word begin."""
    marked = "".join(f"^{word}$" for word in words)
    letters = np.frombuffer(marked.encode("utf-32-le", "replace"), np.uint32)
    behind = np.append(letters, np.zeros(max(NGRAM_SIZES), np.uint32))
    lengths = np.array([len(word) + 2 for word in words], np.int32)
    owner = np.repeat(np.arange(len(words), dtype=np.int32), lengths)
    left = np.repeat(np.cumsum(lengths), lengths) - np.arange(len(letters))  # letters up to the end of the word
    owners, buckets = [], []
    rolling = np.zeros(len(letters), np.uint32)
    for size in range(1, max(NGRAM_SIZES) + 1):
        rolling = (rolling ^ behind[size - 1 : size - 1 + len(letters)]) * _PRIME
        if size in NGRAM_SIZES:
            whole = left >= size
            owners.append(owner[whole])
            buckets.append(((rolling[whole] >> np.uint32(7)) + np.uint32(size)) % np.uint32(BUCKETS))
    order = np.argsort(np.concatenate(owners), kind="stable")
    counts = np.bincount(np.concatenate(owners), minlength=len(words))
    return np.concatenate(buckets)[order].astype(np.int32), (np.cumsum(counts) - counts).astype(np.int32)


SHAPE_COUNT = len(_SHAPES) + len(_ENDS) + len(_NOUN_ENDS)
