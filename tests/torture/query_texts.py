"""What queries are made of, good and bad, and texts of any kind made of it."""

from __future__ import annotations

from collections.abc import Sequence
from random import Random
from urllib.parse import quote_from_bytes

# Pieces that lead into the branches of lexer and parser.
PIECES = (
    "Kim", "Putin", "kohl", "Straße", "US-Präsident", "E-Mail", "15 000", "15.000", "1,5", "§", "C++", "AT&T",
    "Lehrer*innen", "Lehrer:innen", "Lehrer(innen)", "LehrerInnen", "Lehrer/-innen", "Mu\u0308ller", "Bundes\u00adtag",
    "Ukrain*", "*programm", "M?ller", "K*", "*", "?", "**", "Kim?", "a?b", "Kim~", "Kim~1", "~", "=Kohl", "=", "==a",
    '"', '"nicht schuldig"', '"a b"~', '"a b c"~3', '"a b"~99', "„", "“", "»a«", "'", "UND", "ODER", "NICHT", "AND",
    "OR", "NOT", "und", "-", "--", "-Kim", "(", ")", "()", ":", "titel:", "TEXT:", "person:", "ort:", "quelle:",
    "name:", "datum:2024", "datum:2024-03..2024-05", "datum:..", "datum:", "datum:x", "date:2023..", "datum:2025-00-13",
    ".", ",", "!", "…", "😀", "\u200b", "\x00", "http://a.de/b?c=d", "ͺ", "½", "\n", "~2", "UND-a*", "½*b", "ﷺ*",
)  # fmt: skip
GLUE = ("", " ", " ", " ")
# Characters that mean something to the query language, to addresses, to engines or to nobody.
SIGNS = '"„“()*?~=:-..\\/+&|^[]{}\x00\x1f\u00ad\u200b\ufeff '
SURROGATES = "\ud800\udfff"  # each half of a pair, which UTF-8 cannot carry
WORDS = ("Mauer", "UND", "ODER", "NICHT", "titel:", "datum:", "person:", "1989..", "~5", "-", "(", '"')
FIELDS = ("titel", "text", "person", "ort", "organisation", "name", "quelle", "ressort", "autor", "datum")
# What costs most to answer: single letters, many wildcards, long phrases.
FREQUENT = 60  # words of the archive, the most frequent ones
DEAR = ("a", "e", "i", "o", "s", "d", "n", "*a*b*", "*e*n*", "*s*t*", "*xx*", "e*", "??", "in~2", '"der die das"~50')


def encoded(text: str) -> str:
    """The text as it may stand in an address, lone surrogates included."""
    return quote_from_bytes(text.encode("utf-8", "surrogatepass"), safe="")


class QueryTexts:
    """Makes texts of queries, the same ones for the same chance and words of an archive."""

    def __init__(self, chance: Random, words: Sequence[str] = WORDS) -> None:
        self._chance = chance
        self._words = words
        self._kinds = (self._pieces, self._grammar, self._dear, self.signs, self._bytes, self._nested, self._repeated)

    def text(self, longest: int = 1_000) -> str:
        """The next text."""
        (kind,) = self._chance.choices(self._kinds, (30, 35, 10, 12, 4, 5, 4))
        return kind()[:longest]

    def signs(self) -> str:
        """Characters of any kind, lone surrogates too."""
        choice, randrange = self._chance.choice, self._chance.randrange
        ranges = (128, 128, 0x250, 0x3000, 0x110000)
        known, length = SIGNS + SURROGATES, randrange(30)
        return "".join(choice(known) if choice((0, 1)) else chr(randrange(choice(ranges))) for _ in range(length))

    def word(self) -> str:
        """A word of the archive, whole, cut or mistyped."""
        word = self._chance.choice(self._words)
        place = self._chance.randrange(len(word) + 1)
        forms = (word, word, word, word.lower(), word[:place], word[:place] + word[place + 1 :], f"{word[:place]}*")
        return self._chance.choice(forms)

    def _pieces(self) -> str:
        chosen = self._chance.choices(PIECES, k=self._chance.randrange(10))
        return "".join(piece + self._chance.choice(GLUE) for piece in chosen)

    def _grammar(self, depth: int = 0) -> str:
        """A query as readers write it."""
        chance = self._chance
        kind = chance.randrange(10 if depth < 3 else 6)
        if kind < 3:
            return self.word()
        if kind == 3:
            return f'"{" ".join(self.word() for _ in range(chance.randint(2, 4)))}"{chance.choice(("", "~", "~3"))}'
        if kind == 4:
            return f"{chance.choice(FIELDS)}:{self.word()}"
        if kind == 5:
            return chance.choice(("datum:1990..", "-", "=", "+", "*")) + self.word() + chance.choice(("", "~", "*"))
        parts = [self._grammar(depth + 1) for _ in range(chance.randint(2, 4))]
        joined = chance.choice((" ", " ", " UND ", " ODER ", " NICHT ", " -")).join(parts)
        return f"{chance.choice(('', 'titel:'))}({joined})" if kind == 9 else joined

    def _dear(self) -> str:
        """What costs most to answer: signs of DEAR, frequent words, or these near each other, misspelt or in a row."""
        chance = self._chance
        glue, number = chance.choice((" ", " ODER ", " UND ")), chance.randint(1, 26)
        if chance.randrange(2):
            return glue.join(chance.choices(DEAR, k=number))
        shape = chance.choice(("{}", "{}", '"{} {}"~50', '"{} {}"', '"{} {}"~', "{}~2", "*{}*"))
        frequent = self._words[:FREQUENT]
        return glue.join(shape.format(*chance.choices(frequent, k=2)) for _ in range(number))

    def _bytes(self) -> str:
        return self._chance.randbytes(self._chance.randrange(60)).decode("utf-8", "surrogateescape")

    def _nested(self) -> str:
        opening = self._chance.choice(("(", "titel:(", "-(", "a UND -(", '"', "NICHT "))
        return opening * self._chance.randint(1, 300) + self.word()

    def _repeated(self) -> str:
        return (self._chance.choice(PIECES) + self._chance.choice(GLUE)) * self._chance.randint(1, 300)
