"""What is each archive asked? The query with its own ids, and with the weights that make its scores like the others'.

A word that is rare in one archive and frequent in another would weigh more in the first. What it weighs in both is its
idf in all of them together: each term of a query is asked with its weight times that idf by the one the archive has by
itself. So no engine need know of the others.

BM25 judges the length of a text by the mean length, which each archive has for itself, too: reports would lose beside
essays, among which they are short. A weight cannot mend that for each text, but for those of the mean length of their
archive: it is multiplied by what they would score by the mean length of all, by what they do.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace

from search.engines.scoring import bm25, idf
from search.federation.ids import own_id
from search.federation.member import Member
from search.page import ARCHIVE
from search.query.terms import (
    And,
    AndNot,
    IdfTerm,
    Keyword,
    MatchAll,
    MatchNone,
    Near,
    Or,
    Phrase,
    Should,
    Term,
    Terms,
    all_of,
    any_of,
    scoring_leaves,
    should,
)

MOST_KNOWN = 10_000  # terms whose idf is kept
MOST_QUERIES = 500  # that are kept for each archive, as readers turn pages and narrow down

# How often a term stands in a text that is found by it, as far as the length of the text is judged. Chosen with
# `python -m bench.federation`: 1 makes short texts too good.
OFTEN = 2.0

ColumnTerm = tuple[str, str]
Scored = Term | IdfTerm | Phrase | Near
# The idf of terms in all archives together, and in each of them by itself.
Rarities = Mapping[ColumnTerm, tuple[float, Sequence[float]]]


class Asking:
    """What the archives are asked for a query, as long as none of them has another commit."""

    def __init__(self, members: Sequence[Member]) -> None:
        self._members = members
        self._counts = [member.count() for member in members]
        # Both are cleared when they are full, maybe while other threads look: what is used is not read from them again.
        self._rarities: dict[ColumnTerm, tuple[float, Sequence[float]]] = {}
        self._asked: dict[tuple[Terms, bool], list[Terms]] = {}
        self._mean_lengths: dict[str, list[float]] = {}

    def count(self) -> int:
        """How many articles they have."""
        return sum(self._counts)

    def of_each(self, query: Terms, scored: bool) -> list[Terms]:
        """What each archive is asked, in their order; if `scored`, their scores can be compared with each other."""
        asked = self._asked.get((query, scored))
        if asked is None:
            asked = [own(query, member.name) for member in self._members]
            if scored and len(self._members) > 1:
                asked = self._reweighted(asked)
            if len(self._asked) >= MOST_QUERIES:
                self._asked.clear()
            self._asked[query, scored] = asked
        return asked

    def _reweighted(self, queries: Sequence[Terms]) -> list[Terms]:
        words = {word for query in queries for word in _scored_words(query)}
        rarities = {word: known for word in words if (known := self._rarities.get(word))}
        rarities |= self._looked_up(sorted(words - rarities.keys()))
        if len(self._rarities) + len(rarities) > MOST_KNOWN:
            self._rarities.clear()
        self._rarities |= rarities
        columns = {column for column, _ in words}
        lengths = {column: self._length_factors(column, words, rarities) for column in columns}

        def reweighted(place: int) -> Callable[[Scored], float]:
            def factor(leaf: Scored) -> float:
                known = [rarities[leaf.column, text] for text in _texts(leaf)]
                rarity = sum(together for together, _ in known) / sum(alone[place] for _, alone in known)
                return rarity if isinstance(leaf, IdfTerm) else rarity * lengths[leaf.column][place]

            return factor

        return [_with_weights(query, reweighted(place)) for place, query in enumerate(queries)]

    def mean_length(self, column: str, text: str) -> float:
        """The mean length of a column in all archives, 0 if one of them does not know it."""
        lengths = self._lengths(column, [text] * len(self._members))
        return _mean(lengths, self._counts) if all(lengths) else 0.0

    def _length_factors(self, column: str, words: set[ColumnTerm], rarities: Rarities) -> list[float]:
        """By how much each archive judges texts of its mean length otherwise than all of them together would."""
        texts = sorted(text for name, text in words if name == column)
        # An archive knows its mean length by a term that it has: of those that are asked, the most frequent one.
        frequent = [
            min(texts, key=lambda text: rarities[column, text][1][place]) for place in range(len(self._members))
        ]
        lengths = self._lengths(column, frequent)
        known = [(length, count) for length, count in zip(lengths, self._counts, strict=True) if length]
        mean = _mean([length for length, _ in known], [count for _, count in known])
        return [bm25(1, OFTEN, length, mean) / bm25(1, OFTEN, length, length) if length else 1.0 for length in lengths]

    def _lengths(self, column: str, texts: Sequence[str]) -> list[float]:
        """The mean length of a column in each archive, of which each has the text at its place, or has 0 here."""
        lengths = self._mean_lengths.setdefault(column, [0.0] * len(self._members))
        for place, member in enumerate(self._members):
            lengths[place] = lengths[place] or member.mean_length(column, texts[place])
        return list(lengths)

    def _looked_up(self, words: Sequence[ColumnTerm]) -> Iterator[tuple[ColumnTerm, tuple[float, Sequence[float]]]]:
        """How rare terms are; replaced articles may count for a while, so a term may seem to be in more than all."""
        columns: dict[str, list[str]] = {}
        for column, text in words:
            columns.setdefault(column, []).append(text)
        for column, texts in columns.items():
            containing = [member.frequencies(column, texts) for member in self._members]
            for text, *numbers in zip(texts, *containing, strict=True):
                alone = [idf(number, max(number, total)) for number, total in zip(numbers, self._counts, strict=True)]
                everywhere = sum(numbers)
                yield (column, text), (idf(everywhere, max(everywhere, self.count())), alone)


def own(query: Terms, name: str) -> Terms:
    """The query as this archive has to answer it, which knows the ids of its own articles and not its name."""
    match query:
        case Keyword(keyword, value) if keyword == ARCHIVE:
            return MatchAll() if value == name else MatchNone()
        case Keyword("id", value):
            id = own_id(name, value)
            return MatchNone() if id is None else Keyword("id", id)
        case And(parts):
            return all_of([own(part, name) for part in parts])
        case Or(parts):
            return any_of([own(part, name) for part in parts])
        case Should(required, optional):
            needed = own(required, name)
            return needed if isinstance(needed, MatchNone) else should(needed, [own(optional, name)])
        case AndNot(base, excluded):
            wanted, unwanted = own(base, name), own(excluded, name)
            if isinstance(wanted, MatchNone) or isinstance(unwanted, MatchNone):
                return wanted
            return AndNot(wanted, unwanted)
        case _:
            return query


def _scored_words(query: Terms) -> Iterator[ColumnTerm]:
    """The terms by whose idf the parts of a query score."""
    for leaf in scoring_leaves(query):
        match leaf:
            case Term() | IdfTerm() | Phrase() | Near():
                for text in _texts(leaf):
                    yield leaf.column, text


def _texts(leaf: Scored) -> tuple[str, ...]:
    match leaf:
        case Phrase(_, texts):
            return texts
        case Near(_, first, second):
            return (first, second)
        case Term(_, text) | IdfTerm(_, text):
            return (text,)


def _with_weights(query: Terms, factor: Callable[[Scored], float]) -> Terms:
    """The query with each weight by which a frequency counts multiplied by a factor."""

    def inner(part: Terms) -> Terms:
        return _with_weights(part, factor)

    match query:
        case And(parts):
            return And(tuple(map(inner, parts)))
        case Or(parts):
            return Or(tuple(map(inner, parts)))
        case Should(required, optional):
            return Should(inner(required), inner(optional))
        case AndNot(base, excluded):
            return AndNot(inner(base), excluded)
        case Term() | IdfTerm() | Phrase() | Near():
            return replace(query, weight=query.weight * factor(query))
        case _:
            return query


def _mean(lengths: Sequence[float], counts: Sequence[int]) -> float:
    """The mean of the mean lengths of so many texts each."""
    return sum(length * count for length, count in zip(lengths, counts, strict=True)) / max(1, sum(counts))
