"""One spelling for spellings that mean the same word: umlauts, sharp s, accents, triple consonants."""

import re
import unicodedata

_GERMAN = str.maketrans(
    {
        "ä": "ae",
        "ö": "oe",
        "ü": "ue",
        "ß": "ss",
        "æ": "ae",
        "œ": "oe",
        "ø": "oe",
        "å": "aa",
        "ł": "l",
        "đ": "d",
        "ı": "i",
    }
)
_TRIPLE_CONSONANT = re.compile(r"([bcdfghjklmnpqrstvwxz])\1{2,}")
_COMBINING = re.compile(r"[\u0300-\u036f]")


def fold(word: str) -> str:
    """The spelling without umlauts, sharp s, accents and triple consonants.

    `word` is an exact term (composed, lower case): müller -> mueller, straße -> strasse,
    schifffahrt -> schiffahrt, café -> cafe. A word of plain letters stays itself: neue, feuer.
    """
    if not word.isascii():
        bare = _COMBINING.sub("", unicodedata.normalize("NFD", word.translate(_GERMAN)))
        word = bare or word  # a mark that stands alone stays
    return _TRIPLE_CONSONANT.sub(r"\1\1", word)
