"""Which words of a text were broken by what stands inside of them? Regie-/rung at a line end, and H & M.

Scanned and typeset texts divide words where a line ends. The analysis reads such a text as if it were whole; the
places of its words are mapped back, so the text is shown as it came. What was divided is told from what has a hyphen
of its own (Ein- und Ausfuhr) by the letter behind the break, by a list of conjunctions and by the lexicon.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import accumulate
from typing import NamedTuple

from search.german.compounds import split
from search.german.folding import without_diacritics
from search.german.lexicon import lexicon

Span = tuple[int, int]

# The signs that divide words; the last two stand nowhere else.
_SIGNS = "-\u2010\u2011=\u2e17\u00ac\u00ad"
_CERTAIN = frozenset("\u00ac\u00ad")
# One expression for each sign, as what begins with a certain character is found at the speed of memory.
_BREAKS = {sign: re.compile(rf"{sign}(?<=[^\W\d_]{sign})[ \r\n]{{1,4}}(?=[a-zäöüßſ])") for sign in _SIGNS}
_PIECE = re.compile(r"[^\W\d_]{1,64}")
_PIECE_BEFORE = re.compile(r"[^\W\d_]{1,64}$")
MOST_PIECES = 5  # of one word
_LONGEST_PIECE = 64

# What stands behind a suspended hyphen: no word goes on with it.
_CONJUNCTIONS = frozenset(
    "und oder bis sowie bzw beziehungsweise als auch wie noch statt aber sondern weder entweder sowohl plus".split()
)
# Words that stand in no lexicon of compounds.
_LITTLE_WORDS = frozenset(
    """
    der die das den dem des ein eine einen einem einer eines von vom zu zum zur in im für mit ist sind war wird
    nicht so doch dann denn nur wo da wer sich er sie es wir ihr sein seine ihre dass wenn weil schon mehr sehr viel
    ab an auf aus außer bei durch gegen gegenüber hinter je nach neben ohne pro seit trotz über um unter vor wegen
    während zwischen zurück jetzt zahlreiche zahlreichen gut hin her fort weiter
    haben hat hatte hatten werden wurde wurden können kann konnte müssen muss sollen soll wollen will dürfen lassen
    bleiben bleibt kommen kommt gehen geht stehen steht machen macht geben gibt folgen folgt leiten suchen finden
    sehen ging kam sagte sagt waren tut
    """.split()
)

# The blanks around the & of a short name: H & M, AT & T, 1 & 1; but parts I & II are two.
_BLANK = "[ \u00a0]"
_AND = f"{_BLANK}&{_BLANK}"
_SHORT_NAME = re.compile(
    rf"(?<![\w&])(?!I{_AND}I)(?:"
    rf"[A-ZÄÖÜ](?P<a>{_AND})[A-ZÄÖÜ]{{1,3}}|[A-ZÄÖÜ]{{2,3}}(?P<b>{_AND})[A-ZÄÖÜ](?!-)"
    rf"|[a-z](?P<c>{_AND})[a-z]{{1,2}}|[a-z]{{2}}(?P<d>{_AND})[a-z]|1(?P<e>{_AND})1"
    rf")(?![\w&]|{_BLANK}&)"
)


class Whole(NamedTuple):
    """A text without what breaks its words, and the way back to the offsets of the text as it came.

    `places` are where something was left out, in offsets of `text`; `lengths` how much it was up to there.
    """

    text: str
    places: tuple[int, ...]
    lengths: tuple[int, ...]

    def span(self, start: int, end: int) -> Span:
        """Where a stretch of the whole text stands in the text as it came."""
        return self._before(bisect_right(self.places, start), start), self._before(bisect_left(self.places, end), end)

    def _before(self, number: int, offset: int) -> int:
        return offset + (self.lengths[number - 1] if number else 0)


def whole(text: str) -> Whole | None:
    """The text with its broken words made whole; None if it has none, as nearly all texts."""
    left_out = list(_line_ends(text, _breaks(text)))
    if "&" in text:
        left_out = sorted([*left_out, *_blanks_in_names(text)])
    if not left_out:
        return None
    starts, ends = zip(*left_out, strict=True)
    lengths = tuple(accumulate(end - start for start, end in left_out))
    pieces = [text[end:start] for end, start in zip((0, *ends), (*starts, len(text)), strict=True)]
    return Whole("".join(pieces), tuple(accumulate(map(len, pieces[:-1]))), lengths)


def _breaks(text: str) -> list[Span]:
    """Where a sign that divides words stands behind a letter, with the white space and a small letter behind it."""
    signs = filter(text.__contains__, _SIGNS)
    return sorted([match.span() for sign in signs for match in _BREAKS[sign].finditer(text)])


def _blanks_in_names(text: str) -> Iterator[Span]:
    for match in _SHORT_NAME.finditer(text):
        start, end = next(match.span(group) for group in "abcde" if match[group])
        yield start, start + 1
        yield end - 1, end


def _line_ends(text: str, breaks: Sequence[Span]) -> Iterator[Span]:
    """The stretches from the end of one piece of a divided word to the start of the next."""
    row: list[Span] = []
    for start, end in breaks:
        goes_on = row and start - row[-1][1] <= _LONGEST_PIECE and text[row[-1][1] : start].isalpha()
        if not goes_on or len(row) == MOST_PIECES - 1:
            yield from _within_words(text, row)
            row = []
        row.append((start, end))
    yield from _within_words(text, row)


def _within_words(text: str, breaks: Sequence[Span]) -> Iterator[Span]:
    """Those of some breaks in a row that divide one word, or several; the longest words count."""
    first = 0
    while first < len(breaks):
        lasts = range(len(breaks), first, -1)
        last = next((last for last in lasts if _is_one_word(text, breaks[first:last])), first)
        yield from breaks[first:last]
        first = max(last, first + 1)


def _is_one_word(text: str, breaks: Sequence[Span]) -> bool:
    endings = [piece[0] for _, end in breaks if (piece := _PIECE.match(text, end))]
    # A capital inside of a piece is that of a word whose blank is missing: Kinder- undJugendklinik.
    if _CONJUNCTIONS.intersection(endings) or not all(map(str.islower, endings)):
        return False
    before = _PIECE_BEFORE.search(text, max(0, breaks[0][0] - _LONGEST_PIECE), breaks[0][0])
    pieces = [before[0], *endings] if before else endings
    at_line_end = all("\n" in text[start:end] or "\r" in text[start:end] for start, end in breaks)
    certain = all(text[start] in _CERTAIN for start, _ in breaks)
    return certain or _belong_together(tuple(pieces), at_line_end)


@lru_cache(maxsize=5_000)
def _belong_together(pieces: tuple[str, ...], at_line_end: bool) -> bool:
    """Whether pieces are one word: a word or compound of the lexicon.

    Where a line ends, it is enough that one of them is no word by itself; what only a blank divides may be a dash.
    """
    joined = "".join(pieces).lower()
    little = not _LITTLE_WORDS.isdisjoint(pieces[1:])
    if lexicon().knows(without_diacritics(joined)) and not (little and not at_line_end and _is_word(pieces[0])):
        return True
    if split(joined) and not little:
        return True
    return at_line_end and not all(map(_is_word, pieces))


def _is_word(letters: str) -> bool:
    word = letters.lower()
    return word in _LITTLE_WORDS or lexicon().knows(without_diacritics(word)) or bool(split(word))
