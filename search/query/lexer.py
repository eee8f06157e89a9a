"""From the text of a query to its lexemes: words, quoted phrases, fields, operators and parentheses."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from search.german.equivalents import EXPRESSION
from search.german.tokens import without_invisible
from search.query.unknown_fields import DATE_FIELDS, FIELDS

OPERATORS = frozenset(("UND", "AND", "ODER", "OR", "NICHT", "NOT"))
# Words, which somebody may have meant to join others by; the last one between two words that are the whole query.
ALMOST_OPERATORS = frozenset(("Und", "Oder", "Nicht"))
BETWEEN_TWO = "oder"

_QUOTES = '"„“”«»‟'
_SIGN = rf"(?:[^\s(){_QUOTES}]|\(in(?:nen)?\))"  # of a word
# Not behind the colon of a gender form: Autor:innen, the only field that is one; Lehrer:innen, jede:r, ein:e.
_NO_AUTHORS = r"(?!(?<=(?i:autor):)in(?:nen\w*)?(?![^\W_]))"
_NO_GENDER = r"(?!in(?:nen\w*)?(?![^\W_])|[a-zäöü]{1,2}(?![^\W_]))"
# Names with a colon that are no fields; a web address has a slash behind it.
_NO_FIELDS = "mailto|doi|urn|isbn|tel"
_LEXEME = re.compile(
    rf"""
      (?P<open>\() | (?P<close>\))
    | (?P<and>(?:UND|AND|&&)(?![^\s()])) | (?P<or>(?:ODER|OR|\|\|)(?![^\s()])) | (?P<not>(?:NICHT|NOT)(?![^\s()]))
    | (?P<minus>(?<![^\s(:])(?<!^:)(?<!\W:)-(?=[\w*?=§({_QUOTES}]))
    | (?P<plus>(?<![^\s(:])(?<!^:)(?<!\W:)\+(?=[\w*?=§({_QUOTES}]))
    | (?P<dates>(?i:{"|".join(DATE_FIELDS)}):\s*(?:[{_QUOTES}](?P<range>[^{_QUOTES}]*)[{_QUOTES}]?|(?P<bare>[^\s()]+)))
    | (?P<field>(?P<fieldname>(?i:{"|".join(FIELDS)})):{_NO_AUTHORS}\s*(?=[^\s)]))
    | (?P<unknown>(?!(?i:{_NO_FIELDS}):)(?P<unknownname>[^\W\d_]{{2,30}}):{_NO_GENDER}(?=[\w*=§({_QUOTES}]))
    | (?P<phrase>=?[{_QUOTES}](?P<quoted>[^{_QUOTES}]*)(?P<end>[{_QUOTES}]|$)(?P<slop>~\d*)?)
    | (?P<word>(?:{EXPRESSION}|\d{{1,3}}(?:[ \u00a0\u2009\u202f]\d{{3}})+(?!\d)|[\w*?=§]){_SIGN}*)
    """,
    re.VERBOSE,
)


# Lone surrogates cannot be encoded, and control characters are never typed.
_UNTYPED = re.compile(r"[\x00-\x1f\x7f\ud800-\udfff]")
_KINDS = ("open", "close", "and", "or", "not", "minus", "plus", "dates", "field", "unknown", "phrase", "word")


@dataclass(frozen=True, slots=True)
class Lexeme:
    """A piece of the query text: its kind is the name of the group in _LEXEME that matched."""

    kind: str
    match: re.Match[str]


def lexemes(text: str) -> Iterator[Lexeme]:
    """The lexemes of a query text in order; what belongs to none is passed over."""
    for match in _LEXEME.finditer(without_invisible(_UNTYPED.sub(" ", text))):
        yield Lexeme(next(kind for kind in _KINDS if match[kind] is not None), match)
