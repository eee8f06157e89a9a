"""One spelling for spellings that mean the same word: umlauts, sharp s, accents, triple consonants."""

import re
from itertools import product

from search.german.normalisation import normalised

_OTHERS = str.maketrans({"æ": "ae", "œ": "oe", "ø": "oe", "å": "aa", "ł": "l", "đ": "d", "ı": "i"})
_TRIPLE = re.compile(r"(.)\1\1")  # asked first, in half the time
_TRIPLE_CONSONANT = re.compile(r"([bcdfghjklmnpqrstvwxz])\1{2,}")
_UMLAUTS = {"ae": "ä", "oe": "ö", "ue": "ü", "ss": "ß"}
# Of a pattern, the s before a sign for other letters may be the first half of an ß: mas*, gros?.
_HALVES = {"s*": "ß*", "s?": "ß"}
_EXCHANGED = _UMLAUTS | {letter: letters for letters, letter in _UMLAUTS.items()} | _HALVES
# No umlaut is written behind a, e or q: neue, Bauer, bequem.
_TWO_SPELLINGS = re.compile("(ä|ö|ü|ß|ae|oe|(?<![aeq])ue|ss|s[*?])")
MOST_CHANGES = 3
_COMBINING = re.compile(r"[\u0300-\u036f]")


def fold(word: str) -> str:
    """The spelling without umlauts, sharp s, accents and triple consonants.

    `word` is an exact term (composed, lower case): müller -> mueller, straße -> strasse,
    schifffahrt -> schiffahrt, café -> cafe. A word of plain letters stays itself: neue, feuer.
    """
    bare = without_diacritics(word)
    return _TRIPLE_CONSONANT.sub(r"\1\1", bare) if _TRIPLE.search(bare) else bare


def umlaut_spellings(word: str) -> tuple[str, ...]:
    """A word, its beginning or a pattern with ä or ae, ß or ss, and so on, as given first: strasse, straße.

    Of the first MOST_CHANGES letters that have two spellings; the others stay as given. `word` is in small letters.
    """
    pieces = _TWO_SPELLINGS.split(word, MOST_CHANGES)
    choices = [(piece, _EXCHANGED[piece]) if piece in _EXCHANGED else (piece,) for piece in pieces]
    return tuple(map("".join, product(*choices)))


def without_diacritics(word: str) -> str:
    """The spelling without umlauts, sharp s and accents, all its consonants kept."""
    if word.isascii():
        return word
    word = word.replace("ä", "ae").replace("ö", "oe").replace("ü", "ue").replace("ß", "ss")
    if word.isascii():  # as nearly all are now, in a fraction of the time that the rest takes
        return word
    bare = _COMBINING.sub("", normalised("NFD", word.translate(_OTHERS)))
    return bare or word  # a mark that stands alone stays


def spelling_key(name: str) -> str:
    """Equal for names that differ only in capitals, umlauts and hyphens: Timor-Leste, TIMOR LESTE."""
    return " ".join(fold(name.casefold()).replace("-", " ").split())
