"""Which words does a text have, and where do its sentences end? The tokens resemble those of GermEval 2014.

A token keeps its hyphens (*US-Präsident*), an ordinal and an abbreviation their full stop; every other sign is a
token of its own. A line end always ends a sentence, and so does a bound on its length: hostile text has no ends.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate, pairwise

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
    r"("
    r"[^\W\d_]{2,}+(?![\w.\-\u2010\u2011&'’+])"  # a plain word, which most are: no other rule begins so
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
    begins = _begins(words)
    if not _LINE_ENDS.isdisjoint(words):
        starts = [start for start, word in zip(starts, words, strict=True) if word not in _LINE_ENDS]
        words = [word for word in words if word not in _LINE_ENDS]
    bounds = pairwise([*begins, len(words)])
    return Tokens(words, starts, [at for begin, end in bounds for at in range(begin, end, LONGEST_SENTENCE)])


def _begins(words: Sequence[str]) -> list[int]:
    """Which words begin a sentence, if there are some behind; line ends among them do not count as words."""
    begins = [0]
    lines = 0
    for at in [at for at, word in enumerate(words) if word in _ENDS or word in _LINE_ENDS]:
        begin = at
        if words[at] in _ENDS:
            begin += 1
            while begin < len(words) and words[begin] in _CLOSING:
                begin += 1
        if begins[-1] != begin - lines:
            begins.append(begin - lines)
        lines += words[at] in _LINE_ENDS
    return begins
