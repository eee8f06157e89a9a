"""Where are the words of this text? Tokens with the character offsets of the text as it came.

A token is a run of letters and digits. Kept whole although other signs stand in them:

- grouped numbers (`15.000`, `15 000`) and decimals (`1,5`),
- gender forms (`Lehrer:innen`, `Lehrer*innen`, `Lehrer/-innen`), so that no word *innen* appears, and the compounds
  that begin with one (`Bürger*innenrat`),
- names such as `C++`, `C#` and `AT&T`, of which a side has but one letter.

Signs that are read as words (`&`, `%`, `€`, `§`) are tokens of their own.

Hyphens and apostrophes part words; `is_joining_sign` tells whether they may have held two together.
"""

import re
from functools import lru_cache
from typing import NamedTuple

from search.german.normalisation import is_normalised, normalised

# Combining marks (texts in NFD), soft hyphens and zero-width signs belong to a word without
# being letters of it.
_INVISIBLE = "\u00ad\u200b-\u200d\u2060\ufeff"
_WORD = rf"[^\W_]+(?:[\u0300-\u036f{_INVISIBLE}]+[^\W_]*)*"
# One kind of separator throughout, or `3.10 000` would become one number.
_GROUPED = rf"\d{{1,3}}(?:([.'’ \u00a0\u2009\u202f])\d{{3}}(?:\1\d{{3}})*)(?!\d)(?:,\d+)?(?:{_WORD})?"
_IN = "[iI]%[nN](?:%[nN]%[eE]%[nN])?%".replace("%", f"[{_INVISIBLE}]*")
_BEFORE_IN = rf"[{_INVISIBLE}]*(?:[:*·_]|/-?)[{_INVISIBLE}]*"
_GENDER = rf"(?:{_BEFORE_IN}{_IN}|\({_IN}\))(?![^\W_])"
# A colon or slash also stands between two words; only behind the ending of a noun for persons it begins an ending.
_PERSON = (
    r"(?:(?=[*·_])|(?<=[aeoAEO][rR])|(?<=[^\W\d_][tT])|(?<=[nN][dD])|(?<=[jJ][üÜ][dD])|(?<=[oO][gG])|(?<=[ltLT][eE][gG])"
    r"|(?<=[sS][sS])|(?<=[pP][hH])|(?<=[zZ][eE][uU][gG])(?=[^I]*i))"  # not of Flugzeug/Innenraum
)
_GENDER_COMPOUND = rf"(?=[:*·_/{_INVISIBLE}]){_PERSON}{_BEFORE_IN}[iI][nN][nN][eE][nN](?=[^\W\d_]{{3}}){_WORD}"
_LETTER = rf"[^\W_][\u0300-\u036f{_INVISIBLE}]*"
_SHORT_NAME = rf"(?:{_LETTER}&(?:{_LETTER}){{1,3}}|(?:{_LETTER}){{2,3}}&{_LETTER})(?![^\W_])"

TOKEN = re.compile(
    rf"{_GROUPED}|\d+,\d+(?!\d|,\d)(?:{_WORD})?|{_SHORT_NAME}"
    rf"|{_WORD}(?:{_GENDER}|{_GENDER_COMPOUND}|\+\+|\#)?|§+|[&€$£‰]|(?<![^\W\d_])%(?![^\W_])",
)

# The two strokes of blackletter, also as typed for them, and the minus sign.
_JOINING_SIGNS = "-\u2010\u2011\u2012\u2013\u2e17=\u2212'’"

_NOT_LETTERS = re.compile(f"[{_INVISIBLE}]")
_DIGIT_GROUPS = re.compile(r"(?<=\d)[.'’ \u00a0\u2009\u202f](?=\d{3})")

# How signs that are tokens are read.
SIGNS = {
    "&": "und", "%": "prozent", "‰": "promille", "€": "euro", "$": "dollar", "£": "pfund", "§": "paragraf",
    "§§": "paragrafen",
}  # fmt: skip

# Longer "words" are data, not language; their beginning identifies them well enough, and no
# engine's limit on the length of a term is ever met.
LONGEST_TERM = 255


class Part(NamedTuple):
    """A term of the part layer and the characters it stands for."""

    start: int
    end: int
    term: str


class Word(NamedTuple):
    """What is known of a distinct word, whatever text it stands in.

    Its exact term and its form term; `bases` are form terms that stand for it as well (the
    masculine of a gender form); `parts` are all its terms of the part layer, with offsets in the word.
    """

    exact: str
    form: str
    bases: tuple[str, ...] = ()
    parts: tuple[Part, ...] = ()


class Token(NamedTuple):
    """One word of a text: character offsets (end not included) and its word."""

    start: int
    end: int
    word: Word


def without_invisible(text: str) -> str:
    """The text without soft hyphens and zero-width signs, and composed (NFC)."""
    return normalised("NFC", _NOT_LETTERS.sub("", text))


@lru_cache(maxsize=20_000)
def normalise(surface: str) -> str:
    """The exact term of a token: composed (NFKC), lower-cased, invisible signs and digit groups removed.

    Never empty and without white space for any token that TOKEN finds.
    """
    if surface.isalpha() and is_normalised("NFKC", surface):
        return surface.lower()[:LONGEST_TERM]
    word = normalised("NFKC", _NOT_LETTERS.sub("", surface)).lower()
    if word[0].isdigit():
        word = _DIGIT_GROUPS.sub("", word)
    return "".join(word.split())[:LONGEST_TERM].replace("’", "'")


def has_joining_signs(text: str) -> bool:
    """Whether a text has any hyphens or apostrophes, which may hold two tokens together."""
    return any(map(text.__contains__, _JOINING_SIGNS))


def is_joining_sign(text: str, end: int) -> bool:
    """Whether what stands behind a token that ends here, and before another sign, holds it and the next together."""
    return text[end] in _JOINING_SIGNS and text[end + 1].isalnum()
