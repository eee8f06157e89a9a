"""One spelling for spellings that mean the same word: umlauts, sharp s, accents, triple consonants."""

import re
import unicodedata

_OTHERS = str.maketrans({"æ": "ae", "œ": "oe", "ø": "oe", "å": "aa", "ł": "l", "đ": "d", "ı": "i"})
_TRIPLE_CONSONANT = re.compile(r"([bcdfghjklmnpqrstvwxz])\1{2,}")
_COMBINING = re.compile(r"[\u0300-\u036f]")


def fold(word: str) -> str:
    """The spelling without umlauts, sharp s, accents and triple consonants.

    `word` is an exact term (composed, lower case): müller -> mueller, straße -> strasse,
    schifffahrt -> schiffahrt, café -> cafe. A word of plain letters stays itself: neue, feuer.
    """
    bare = without_diacritics(word)
    return _TRIPLE_CONSONANT.sub(r"\1\1", bare) if _TRIPLE_CONSONANT.search(bare) else bare


def without_diacritics(word: str) -> str:
    """The spelling without umlauts, sharp s and accents, all its consonants kept."""
    if word.isascii():
        return word
    word = word.replace("ä", "ae").replace("ö", "oe").replace("ü", "ue").replace("ß", "ss")
    if word.isascii():  # as nearly all are now, in a fraction of the time that the rest takes
        return word
    bare = _COMBINING.sub("", unicodedata.normalize("NFD", word.translate(_OTHERS)))
    return bare or word  # a mark that stands alone stays
