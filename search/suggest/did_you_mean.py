"""Did you mean ...? Whole queries that may have been meant, each with its number of articles.

A correction must find as many times more than the query as its errors are unlikely: a word that many articles have
was hardly mistyped in all of them.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from heapq import nsmallest
from itertools import chain
from typing import NamedTuple

from search.german.function_words import FUNCTION_WORDS
from search.german.place_names import other_place_names
from search.german.stemming import stem
from search.german.tokens import normalise, without_invisible
from search.page import Correction
from search.suggest.plain_words import PlainWord, plain_words, without_quotes
from search.suggest.spelling import SHORT, Candidate, Speller

# Partial corrections that are followed from word to word (a beam search), and corrections looked up in the archive.
BEAM = 8
LOOKED_UP = 6
FORMS_TRIED = 15
# What each space too many costs, and how many words become one: Bundes tags wahl. Both spellings of many words are
# in use, so the closed one need only be this many times as frequent.
EXTRA_SPACE = 4.0
MOST_JOINED = 3
OTHER_SPELLING = 3.0
# What a phrase without its quotation marks costs, and a word for a name or noun that is written small. It is no
# correction at all where the archive has the name or noun.
UNQUOTED = 4.0
UMLAUT = 1.0  # what an umlaut costs that was typed without its dots
MOST_UMLAUTS = 4  # of the vowels of patterns, each with and without
OTHER_KIND = 3.0
# Corrections that cost so much more than the first are left out: they are e ** FARTHEST times less likely.
FARTHEST = 3.0
# Of a query that one in so many articles answers, or none, known words are doubted beside the others.
FEW = 2000
MOST_BESIDE = 4  # words of such a query: an article that has all of more words is rare, whatever they are
# A query that nothing answers counts as one that half an article does.
NONE = 0.5
# Known words of so many capitals are abbreviations.
ABBREVIATION = 5
_PATTERN = re.compile(r"[^\s*?:]{3,}[*?]\S*")
_VOWEL = re.compile("[aou]", re.IGNORECASE)
_UMLAUTS = str.maketrans("aouAOU", "äöüÄÖÜ")
# Words within names, of which each may be mistaken for another.
_NAME_PARTICLES = frozenset("van von vom de del della den der di da du la le ten ter zu zum zur".split())


class Answers(NamedTuple):
    """What an archive says: how many articles each of several queries finds, and how terms are written in them."""

    counts: Callable[[Sequence[str]], Sequence[int]]
    written: Callable[[Collection[str]], Mapping[str, str]]
    articles: int


class _Piece(NamedTuple):
    """A piece of a corrected query: as it was typed, or (`typed` is what it stands for) terms with spaces between."""

    text: str
    typed: str = ""


class QueryCandidate(NamedTuple):
    """What may have been meant with a query, read up to the character `end`.

    `cost` says how unlikely it is, of which `edits` is what the errors cost. `doubt` is how many times as many articles
    as the query it must find.
    """

    cost: float
    pieces: tuple[_Piece, ...]
    end: int
    edits: float = 0.0
    doubt: float = 1.0

    @property
    def text(self) -> str:
        """The query; what was changed in small letters."""
        return "".join(piece.text for piece in self.pieces)

    def changed(self) -> Iterator[str]:
        """The terms that stand in place of what was typed."""
        for text, typed in self.pieces:
            yield from text.split() if typed else ()

    def written(self, written: Mapping[str, str]) -> QueryCandidate:
        """The same as the archive writes it."""
        pieces = (
            _Piece(" ".join(written.get(word, word) for word in text.split()) if typed else text, typed)
            for text, typed in self.pieces
        )
        return self._replace(pieces=tuple(pieces))

    def other_kinds(self) -> int:
        """How many names and nouns, as the archive writes this, have become words of another kind: Laschtt, lacht."""
        return sum(piece.typed[:1].isupper() and piece.text[:1].islower() for piece in self.pieces)


def corrections(text: str, speller: Speller, answers: Answers, answered: int, limit: int = 3) -> tuple[Correction, ...]:
    """At most `limit` queries that may have been meant with `text`, the likeliest first.

    `answered` is how many articles the query finds as it is. Corrections are ranked by the cost of their errors plus
    their surprisal, which is that of the query as a whole.
    """
    if answered * OTHER_SPELLING > answers.articles:
        return ()
    candidates = [
        candidate
        for candidate in _looked_up(text, speller, answered, answers.articles)
        if max(answered, NONE) * candidate.doubt <= answers.articles  # which is the most that it can find
    ]
    if not candidates:
        return ()
    counted = zip(candidates, answers.counts([candidate.text for candidate in candidates]), strict=True)
    likely = [
        (candidate, found)
        for candidate, found in counted
        if found > answered and found >= max(answered, NONE) * candidate.doubt
    ]
    if not likely:
        return ()
    written = answers.written({word for candidate, _ in likely for word in candidate.changed()})
    ranked: dict[str, tuple[float, int]] = {}
    for candidate, found in likely:
        meant = candidate.written(written)
        others = meant.other_kinds()
        if not (answered and others):
            ranked.setdefault(meant.text, (meant.edits + OTHER_KIND * others - math.log(found), found))
    best = sorted(ranked, key=lambda meant: (ranked[meant][0], meant))[:limit]
    near = [meant for meant in best if ranked[meant][0] < ranked[best[0]][0] + FARTHEST]
    return tuple(Correction(meant, ranked[meant][1]) for meant in near)


def _looked_up(text: str, speller: Speller, answered: int, articles: int) -> Iterable[QueryCandidate]:
    """The corrections that are worth a look in the archive, each text once."""
    few = answered * FEW <= articles and len(text.split()) <= MOST_BESIDE
    plainer = without_quotes(text)
    candidates: Iterable[QueryCandidate] = query_corrections(text, speller, LOOKED_UP, few, bool(answered))
    if plainer.strip() and plainer != text and not answered:
        first = tuple(_unquoted(one) for one in query_corrections(plainer, speller, 1, few))
        whole = QueryCandidate(UNQUOTED, (_Piece(plainer),), len(text), UNQUOTED)
        candidates = chain(query_corrections(text, speller, LOOKED_UP - 2, few, False, True), (whole,), first)
    if not answered:
        candidates = chain(candidates, _with_umlauts(text))
    return {candidate.text: candidate for candidate in candidates if candidate.text != text}.values()


def _with_umlauts(text: str) -> Iterator[QueryCandidate]:
    """The query with an umlaut in a pattern: gunstig* finds no günstige. Words need none, as stems have no umlauts."""
    for at in [place for pattern in _PATTERN.finditer(text) for place in _vowels(pattern)][:MOST_UMLAUTS]:
        changed = text[:at] + text[at].translate(_UMLAUTS) + text[at + 1 :]
        yield QueryCandidate(UMLAUT, (_Piece(changed),), len(text), UMLAUT)


def _vowels(pattern: re.Match[str]) -> Iterator[int]:
    yield from (vowel.start() for vowel in _VOWEL.finditer(pattern.string, pattern.start(), pattern.end()))


def _unquoted(candidate: QueryCandidate) -> QueryCandidate:
    return candidate._replace(edits=candidate.edits + UNQUOTED)


def query_corrections(
    text: str, speller: Speller, limit: int = 3, few: bool = False, answered: bool = False, quoted: bool = False
) -> tuple[QueryCandidate, ...]:
    """The query with its plain words as they may have been meant, the likeliest first.

    None if no word seems misspelt, or if the query is too long to have been typed. If it finds `few` articles, known
    words are doubted, too; if it is `answered`, also those that the archive does not have as they are.
    """
    text = without_invisible(text)
    plain = plain_words(text, quoted)
    # partial[n] are those of the text up to the end of plain word n.
    partial = [[QueryCandidate(0.0, (), 0)]]
    for number in range(1, len(plain) + 1):
        longer = [
            _after(before, text, plain[number - words : number], *candidate)
            for words in range(1, min(number, MOST_JOINED) + 1)
            for candidate in _candidates(plain[number - words : number], speller, few, answered, len(plain))
            for before in partial[number - words]
        ]
        partial.append(nsmallest(BEAM, longer))
    whole = (one._replace(pieces=(*one.pieces, _Piece(text[one.end :]))) for one in reversed(partial[-1]))
    candidates = {one.text: one for one in whole if any(piece.typed for piece in one.pieces)}
    return tuple(nsmallest(limit, candidates.values()))


def _after(before: QueryCandidate, text: str, words: list[PlainWord], meant: Candidate, doubt: float) -> QueryCandidate:
    """A partial correction that goes on with a candidate for some words."""
    start, end = words[0].start, words[-1].end
    typed = text[start:end]
    piece = _Piece(meant.text, typed if meant.text != typed else "")
    return QueryCandidate(
        before.cost + meant.cost,
        (*before.pieces, _Piece(text[before.end : start]), piece),
        end,
        before.edits + meant.edits,
        before.doubt * doubt,
    )


def _candidates(
    words: list[PlainWord], speller: Speller, few: bool, answered: bool, number: int
) -> Iterator[tuple[Candidate, float]]:
    """What may have been meant with a word, itself among it, or with several as one, and how much that is in doubt."""
    if len(words) == 1:
        typed = words[0].typed
        yield Candidate(typed, speller.cost(normalise(typed))), 1.0
        sure = not answered and len(typed) > SHORT and normalise(typed) not in speller
        for meant in _word_candidates(typed, speller, few):
            yield meant, 1.0 if sure else speller.doubt(normalise(typed), meant)
    elif all(word.joinable for word in words[1:]):
        joined, spaces = normalise("".join(word.typed for word in words)), EXTRA_SPACE * (len(words) - 1)
        if joined in speller:
            yield Candidate(joined, speller.cost(joined) + spaces, spaces), OTHER_SPELLING
        elif len(words) == number and not answered:  # wieder spiegeln
            for meant in speller.candidates(joined, BEAM):
                if " " not in meant.text:
                    yield Candidate(meant.text, meant.cost + spaces, meant.edits + spaces), 1.0


def _word_candidates(typed: str, speller: Speller, few: bool) -> list[Candidate]:
    """The likeliest form of each word that may have been meant: all forms find the same."""
    word = normalise(typed)
    known = word in speller
    if known and (word in FUNCTION_WORDS or (typed.isupper() and len(typed) <= ABBREVIATION)):
        return []
    if any(other_place_names(typed)):  # Lviv is no Aviv, and finds Lemberg
        return []
    first: dict[tuple[str, ...], Candidate] = {(stem(word),): Candidate(word, 0.0)}
    for meant in (speller.neighbours if few else speller.candidates)(typed, FORMS_TRIED):
        # Cum Ex is no Zum Ex, however many articles have that; but Ursula van der Leyen is von der Leyen.
        if not (known and meant.text in FUNCTION_WORDS) or word in _NAME_PARTICLES:
            first.setdefault(tuple(map(stem, meant.text.split())), meant)
    return list(first.values())[1 : LOOKED_UP + 1]
