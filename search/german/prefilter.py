"""Where in a text may these terms come from? A quick look that misses none, before anything is analysed.

To mark an article, few of its words are of interest. Analysing the others, and above all splitting
them, would take most of the time. So each term is turned into a regular expression for its first
letters in all spellings that lead to it; only the words around those are looked at.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache, lru_cache
from itertools import groupby

from search.german.analysis import german_word
from search.german.folding import fold
from search.german.forms import other_beginnings
from search.german.normalisation import normalised
from search.german.open_compounds import JOINING_WORDS, OPEN_SIGN
from search.german.romanisation import KEY_SIGN
from search.german.tokens import SIGNS

# Letters of a term that are looked for, and how many at its end may be others in the text: stems and bases share only
# the beginning (Viren: Virus).
MOST_LETTERS = 5
VARYING_ENDING = 2
LEAST_LETTERS = 3
# Terms of so few letters come from whole words, but for parts of compounds that are as short: Rührei, Exfrau, Speiseöl.
SHORT = 2
SHORT_PARTS = frozenset(("bo", "ei", "ex", "ol"))
# An expression for all letters of a longer word would be long itself.
MOST_EXACT_LETTERS = 30

# Characters that mean what they are. Others may be normalised to several or to nothing: each word that has one must be
# looked at.
_LATIN = "\\x09-\\x7e\\xa0\\xa3\\xa7\\xa9\\xab\\xae\\xb0\\xb1\\xb7\\xbb\\xbf-\\xff"
_SIGNS = "\\u2009-\\u200a\\u2010-\\u201e\\u2022\\u2026\\u202f\\u2030\\u2039\\u203a\\u20ac"
_LETTERS = "\\u0100-\\u0131\\u0134-\\u013e\\u0141-\\u0148\\u014a-\\u017e"
_ODD = re.compile(f"[^{_LATIN}{_SIGNS}{_LETTERS}]")
_BEYOND = re.compile(f"[{_SIGNS}{_LETTERS}]")
# Nearly all texts have no other characters than these 256, and are made bytes in half of the time.
_USUAL = "cp1252"
IS_ODD = b"\0"

_JOINT = r"[^\w\s]?"  # E-Mail: email
_VOWELS = "aou"  # an e behind them may make an umlaut of them, which stems have no more
_ANY_VOWEL = "aeou"
# What may be written for a letter, and behind it, in words that have two spellings: Photo, Thür, Zuk-ker.
_SPELT = {
    "f": ("[fp]", "h?"), "t": ("t", "h?"), "z": ("[zct]", ""), "k": ("[kc]", ""), "i": ("[iy]", "e?"),
    "b": ("[bp]", ""), "c": ("[ck]", ""),
}  # fmt: skip
# Behind the first character of a word. Before it, every character would be asked for its neighbour; so only those
# that the expression begins with are, and these are found at the speed of memory.
_AT_BEGINNING = r"(?<![^\W_].)"
_AT_END = r"(?![^\W_])"
_PLURAL = "s?"  # of short terms: PCs, CDs
_SPACE = r"[\s\x1c-\x1f\0]"  # that of texts; odd characters may be some, too
_ROW = re.compile(r"(.)\1\1")  # longer ones may stand in the text
# What may be written in a name for a letter of its romanised spelling.
_WRITTEN_FOR = {"s": "sz", "c": "ctk", "v": "vw", "i": "ijy", "e": "ejy", "o": "eoij"}


def folded_bytes(text: str) -> bytes:
    """The text as patterns are searched in it: a byte for each character, the first letter that it is folded to.

    IS_ODD stands for characters that this module knows nothing of.
    """
    try:
        return text.encode(_USUAL).translate(_folded(_USUAL))
    except UnicodeEncodeError:
        known = _ODD.sub(IS_ODD.decode(), text)
        return _BEYOND.sub(lambda found: _narrow(found[0]), known).encode("latin-1").translate(_folded("latin-1"))


def prefilter_pattern(term: str, inside: bool, complete: bool = True) -> str | None:
    """An expression that finds the words which a term may come from, None if any word may be one.

    `term` is a term of any layer or, if not `complete`, the beginning of one. It is looked for where words begin,
    and with `inside` in the middle of them, too; in what `folded_bytes` gives. Terms of one or two letters come from
    whole words, with few exceptions; without that, nearly every word of a text would have to be looked at for them.
    """
    if term in SIGNS:
        return re.escape(_narrow(term[0]))
    if term.startswith(KEY_SIGN):
        return _pattern_of_name(term[1], inside)
    letters = fold(_beginning(term))
    short = complete and term.isalpha() and len(letters) <= SHORT and term not in SHORT_PARTS
    pattern = _pattern_of(stable_beginning(letters), inside and not short)
    # Öle has the stem ol: an umlaut makes three letters of two, and behind three an ending is cut off.
    ends = short and (len(letters) == 1 or not set(letters) & set(_VOWELS))
    return pattern + _PLURAL * (len(letters) > 1) + _AT_END if pattern and ends else pattern


def exact_patterns(term: str, inside: bool) -> list[str] | None:
    """As `prefilter_patterns`, of an exact term: where it is of letters, the whole word is asked for."""
    letters = fold(term)
    whole = term.isalpha() and len(letters) <= MOST_EXACT_LETTERS and not _ROW.search(letters)
    pattern = _pattern_of(letters, inside) if whole else prefilter_pattern(term, inside)
    return None if pattern is None else [pattern + _AT_END * whole]


def prefilter_patterns(term: str, inside: bool) -> list[str] | None:
    """Expressions of which one finds each word that a whole term may come from; as `prefilter_pattern`."""
    pattern = prefilter_pattern(term, inside)
    if pattern is None or not term.isalpha():
        return None if pattern is None else [pattern]
    others = (_pattern_of(stable_beginning(fold(letters)), inside) for letters in other_beginnings(term))
    found = [pattern, *others]
    return None if None in found else [one for one in found if one]


def open_compound_patterns(term: str, inside: bool) -> list[str] | None:
    """As `prefilter_patterns`, of a term of `open_compounds`: what finds the first word of Wahl zum Bundestag.

    That is the head before a word that joins it to another, or the modifier before the head.
    """
    modifier, _, head = term.partition(OPEN_SIGN)
    modifiers, heads = prefilter_patterns(modifier, inside), prefilter_patterns(head, inside)
    if modifiers is None or heads is None:
        return None
    heads_or_odd = "|".join([*heads, r"\S{0,100}\0"])
    before_joining_word, before_head = _before(_joining_words()), _before(heads_or_odd)
    return [head + before_joining_word for head in heads] + [modifier + before_head for modifier in modifiers]


def _before(words: str) -> str:
    """What stands behind the letters that are looked for: the rest of the word, and another one."""
    return rf"(?=\S{{0,100}}{_SPACE}(?:{words}))"


@cache
def _joining_words() -> str:
    words = ("".join(map(_narrow, word)) for word in JOINING_WORDS)
    return rf"(?:{'|'.join(words)}){_SPACE}"


def first_letters(term: str) -> frozenset[str]:
    """The letters that words may begin with which a term comes from."""
    beginnings = {beginning[0] for beginning in (term, *other_beginnings(term))}
    return frozenset(written for letter in beginnings for written in _SPELT.get(letter, (letter, ""))[0].strip("[]"))


def sign_pattern(term: str) -> str | None:
    """An expression that finds the signs which are read as the word that a term stands for, None if there is none."""
    signs = _signs_read_as().get(term)
    return f"[{''.join(map(re.escape, signs))}]" if signs else None


@cache
def _signs_read_as() -> dict[str, list[str]]:
    """The signs by the terms that they give, as they stand in folded bytes."""
    found: dict[str, list[str]] = {}
    for sign in SIGNS:
        word = german_word(sign)
        for term in (word.form, *(part.term for part in word.parts)):
            found.setdefault(term, []).append(_narrow(sign[0]))
    return found


@lru_cache(maxsize=10_000)
def compiled(expression: str) -> re.Pattern[bytes]:
    """The compiled expression; compiling takes longer than searching some texts."""
    return re.compile(expression.encode("latin-1"), re.DOTALL)


def _pattern_of_name(letter: str, inside: bool) -> str:
    """What finds the words that a romanised name may come from, by all that may be written for its first letter."""
    letters = _WRITTEN_FOR.get(letter, letter)
    return f"[{letters}]" if inside else f"[{letters}]{_AT_BEGINNING}"


def _beginning(term: str) -> str:
    """The first letters of a term, or its first sign."""
    letters = re.match(r"[^\W\d_]*", term)
    return letters[0] if letters and letters[0] else term[:1]


def stable_beginning(letters: str) -> str:
    """As many of the first letters of a folded term as are looked for."""
    least = LEAST_LETTERS - (letters[:1] in _VOWELS)  # Ärenwechsel: base ära, stem ara
    return letters[: max(least, min(MOST_LETTERS, len(letters) - VARYING_ENDING))]


def _pattern_of(letters: str, inside: bool) -> str | None:
    """What finds words that begin with folded letters, or have them inside."""
    letter_patterns = list(_letter_patterns(letters))
    if not letter_patterns or any(ord(letter) > 0xFF for letter in letters):
        return None
    beginning = "" if inside or not letters[0].isalnum() else _AT_BEGINNING
    (first, again, behind), *others = letter_patterns
    rest = "".join(f"{_JOINT}{sign}{more}{after}" for sign, more, after in others)
    return f"{first}{beginning}{again}{behind}{rest}"


def _letter_patterns(letters: str) -> Iterable[tuple[str, str, str]]:
    """Each letter; that it may stand in a text once or more often; and what else may stand there behind it."""
    open = False  # behind a vowel more of them may follow, in the term or in the text
    for letter, row in groupby(letters):
        if not (open and letter in _ANY_VOWEL):
            open = letter in _VOWELS
            sign, behind = _SPELT.get(letter, (re.escape(letter), ""))
            again = f"(?:{_JOINT}{sign}){{0,3}}" if len(list(row)) > 1 else f"{sign}{{0,2}}"  # Süd-Dialog: süddialog
            yield sign, again, behind + (f"(?:{_JOINT}[{_ANY_VOWEL}]){{0,4}}" if open else "")


@cache
def _folded(encoding: str) -> bytes:
    """For each byte of an encoding, the byte of what its character is folded to."""
    characters = (bytes([code]).decode(encoding, "replace") for code in range(0x100))
    return b"".join(IS_ODD if _ODD.match(char) else _narrow(char).encode("latin-1") for char in characters)


def _narrow(char: str) -> str:
    """The letter that a character is folded to, itself if that is none, but any other sign for signs beyond Latin-1."""
    folded = first_letter(char) or char
    return folded if folded <= "\xff" else "?"


@lru_cache(maxsize=1_000)
def first_letter(char: str) -> str:
    """The letter that the folded spelling of a character begins with."""
    folded = fold(normalised("NFKC", char).lower())
    return folded[:1]
