"""Which words does a text have, and where do its sentences end? The tokens resemble those of GermEval 2014.

A token keeps its hyphens (*US-Präsident*), an ordinal and an abbreviation their full stop; every other sign is a
token of its own. A line end always ends a sentence, and so does a bound on its length: hostile text has no ends.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import accumulate, compress, pairwise

LONGEST_SENTENCE = 250  # tokens; the longest of GermEval has 50
MOST_INITIALS = 12
_ABBREVIATIONS = (
    "Dr Prof Mr Mrs Ms St Nr Str Co Corp Inc Ltd Bros Jr Sr Abs Art Bd Bez Jh Jhd Mio Mrd Tel Hrsg Hr Fr Frl Gen "
    "Kap Ing Dipl Mag med phil jur habil rer nat theol ca bzw usw etc vgl evtl ggf inkl exkl bspw sog geb gest "
    "verh kath evang ehem zzgl allg max min vs Jan Feb Apr Jun Jul Aug Sep Sept Okt Nov Dez Mo Di Mi Do Sa So "
    "eigtl urspr österr dt engl franz röm Min Std Sek Mill Univ Inst Abb Anm Aufl Red Reg Ref Verf Zit Msgr Hl "
    "hl u.a z.B d.h u.U i.d.R"
)
_TOKEN = re.compile(
    r"(?! )("  # at a blank, which no token begins with, no rule is tried
    r"[a-zA-ZäöüÄÖÜß]{2,}+(?=[ ,])"  # what most words are, a part of the next rule that is found sooner
    r"|[^\W\d_]{2,}+(?![\w.\-\u2010\u2011&'’+])"  # a plain word: no other rule begins so
    r"|[^\w\s.]|[\n\r]|\.+"
    rf"|(?:{'|'.join(map(re.escape, _ABBREVIATIONS.split()))})\.(?!\w)"
    # Initials: F. or J.-P. or U.S.; bounded, or a long row before a word would be read again from each of its letters.
    rf"|(?:[^\W\d_]\.-?){{1,{MOST_INITIALS}}}(?=[^\w]|$)(?<=\.)"
    r"|\d{1,2}\.(?=[ \u00a0]*[^\W\d_])|\d+\.(?=[ \u00a0]*[a-zäöü])"  # ordinals: 11. September
    r"|\d+(?:[.,:]\d+)*(?:-?[^\W\d_]+(?:-\w+)*)?"
    r"|[IVX]+\.(?=[ \u00a0][^\W\d_])"  # ordinals of kings
    r"|[^\W_]{1,40}(?:[.-][^\W_]{1,40}){0,4}\.(?:de|com|net|org|at|ch|eu|info|tv)(?!\w)"  # addresses
    r"|[^\W_]+(?:[-\u2010\u2011&'’+_][^\W_]+)*-?"
    r"|\S"
    r")"
)
_LINE_ENDS = frozenset("\n\r")
_ENDS = frozenset(".!?")
_STOPS = _ENDS | _LINE_ENDS
_CLOSING = frozenset("\"'»«“”’‘)]")


@dataclass(frozen=True, slots=True)
class Tokens:
    """The words of a text, where each starts in it, and the numbers of the words that begin a sentence."""

    words: list[str]
    starts: list[int]
    sentences: list[int]


def tokenise(text: str) -> Tokens:
    """The tokens of a text; their number is linear in its length, and no sentence has more than LONGEST_SENTENCE."""
    pieces = _TOKEN.split(text)  # what stands between tokens, and tokens, in turns
    words, starts = pieces[1::2], list(accumulate(map(len, pieces)))[:-1:2]
    stops = list(compress(range(len(words)), map(_STOPS.__contains__, words)))
    begins = _begins(words, stops)
    if line_ends := [at for at in stops if words[at] in _LINE_ENDS]:
        lines = list(pairwise([-1, *line_ends, len(words)]))
        words = [word for before, end in lines for word in words[before + 1 : end]]
        starts = [start for before, end in lines for start in starts[before + 1 : end]]
    bounds = pairwise([*begins, len(words)])
    return Tokens(words, starts, [at for begin, end in bounds for at in range(begin, end, LONGEST_SENTENCE)])


def _begins(words: Sequence[str], stops: Iterable[int]) -> list[int]:
    """Which words begin a sentence, if there are some behind; line ends among them do not count as words.

    `stops` are the numbers of line ends and of words that end a sentence.
    """
    begins = [0]
    lines = 0
    for at in stops:
        begin = at
        if words[at] in _ENDS:
            begin += 1
            while begin < len(words) and words[begin] in _CLOSING:
                begin += 1
        if begins[-1] != begin - lines:
            begins.append(begin - lines)
        lines += words[at] in _LINE_ENDS
    return begins
