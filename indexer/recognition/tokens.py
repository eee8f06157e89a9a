"""Which words does a text have, and where do its sentences end? The tokens resemble those of GermEval 2014.

A token keeps its hyphens (*US-Präsident*), an ordinal and an abbreviation their full stop; every other sign is a
token of its own. A line end always ends a sentence, and so does a bound on its length: hostile text has no ends.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

LONGEST_SENTENCE = 250  # tokens; the longest of GermEval has 50
_ABBREVIATIONS = (
    "Dr Prof Mr Mrs Ms St Nr Str Co Corp Inc Ltd Bros Jr Sr Abs Art Bd Bez Jh Jhd Mio Mrd Tel Hrsg Hr Fr Frl Gen "
    "Kap Ing Dipl Mag med phil jur habil rer nat theol ca bzw usw etc vgl evtl ggf inkl exkl bspw sog geb gest "
    "verh kath evang ehem zzgl allg max min vs Jan Feb Apr Jun Jul Aug Sep Sept Okt Nov Dez Mo Di Mi Do Sa So "
    "eigtl urspr österr dt engl franz röm Min Std Sek Mill Univ Inst Abb Anm Aufl Red Reg Ref Verf Zit Msgr Hl "
    "hl u.a z.B d.h u.U i.d.R"
)
_TOKEN = re.compile(
    r"(?P<end>\n|\r)"
    r"|\.{2,}|…"
    rf"|(?:{'|'.join(map(re.escape, _ABBREVIATIONS.split()))})\.(?!\w)"
    r"|(?:[^\W\d_]\.-?)+(?=[^\w]|$)(?<=\.)"  # initials: F. or J.-P. or U.S.
    r"|\d{1,2}\.(?=[ \u00a0]*[^\W\d_])|\d+\.(?=[ \u00a0]*[a-zäöü])"  # ordinals: 11. September
    r"|\d+(?:[.,:]\d+)*(?:-?[^\W\d_]+(?:-\w+)*)?"
    r"|[IVX]+\.(?=[ \u00a0][^\W\d_])"  # ordinals of kings
    r"|[^\W_]{1,40}(?:[.-][^\W_]{1,40}){0,4}\.(?:de|com|net|org|at|ch|eu|info|tv)(?!\w)"  # addresses
    r"|[^\W_]+(?:[-\u2010\u2011&'’+_][^\W_]+)*-?"
    r"|\S"
)
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
    words: list[str] = []
    starts: list[int] = []
    sentences = [0]
    ended = False
    for match in _TOKEN.finditer(text):
        word = match[0]
        if match.lastgroup:
            _begin(sentences, len(words))
            ended = False
            continue
        if ended and word not in _CLOSING:
            _begin(sentences, len(words))
            ended = False
        elif len(words) - sentences[-1] >= LONGEST_SENTENCE:
            _begin(sentences, len(words))
        words.append(word)
        starts.append(match.start())
        ended = ended or word in _ENDS
    if sentences[-1] == len(words):
        sentences.pop()
    return Tokens(words, starts, sentences)


def _begin(sentences: list[int], at: int) -> None:
    """Notes that a sentence begins at a word, unless one does already."""
    if sentences[-1] != at:
        sentences.append(at)
