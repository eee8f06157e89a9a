"""What is each archive asked? The query with its own ids, and with the weights that make its scores like the others'.

A word that is rare in one archive and frequent in another would weigh more in the first. What it weighs in both is its
idf in all of them together: each term of a query is asked with its weight times that idf by the one the archive has by
itself. So no engine need know of the others. What stays is the mean length of the texts, by which BM25 judges a length.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from search.engines.scoring import idf
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

ColumnTerm = tuple[str, str]
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
        return [_with_weights(query, rarities, place) for place, query in enumerate(queries)]

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


def _texts(leaf: Term | IdfTerm | Phrase | Near) -> tuple[str, ...]:
    match leaf:
        case Phrase(_, texts):
            return texts
        case Near(_, first, second):
            return (first, second)
        case Term(_, text) | IdfTerm(_, text):
            return (text,)


def _with_weights(query: Terms, rarities: Rarities, place: int) -> Terms:
    """The query with each weight times how rare its terms are everywhere, by how rare in the archive at this place."""

    def inner(part: Terms) -> Terms:
        return _with_weights(part, rarities, place)

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
            known = [rarities[query.column, text] for text in _texts(query)]
            factor = sum(together for together, _ in known) / sum(alone[place] for _, alone in known)
            return replace(query, weight=query.weight * factor)
        case _:
            return query
