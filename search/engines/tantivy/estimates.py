"""Estimates before a search: the upper bound of a score, and the share of entries that a query finds.

The engine chooses the faster way by them; what it answers does not depend on them.
"""

from __future__ import annotations

from collections.abc import Callable

from search.engines.scoring import K1
from search.query import terms
from search.query.terms import Terms

IdfOf = Callable[[str, str], float]  # (column, term) -> its idf
ShareOf = Callable[[str, str], float]  # (column or keyword, term or value) -> the share of entries with it, 0 to 1


def score_bound(leaf: terms.Leaf | terms.IdfTerm, idf_of: IdfOf) -> float:
    """The most that a leaf can add to a score: BM25 stays below K1 + 1 times the idf, however often it occurs."""
    match leaf:
        case terms.IdfTerm(column, text):
            return leaf.weight * idf_of(column, text)
        case terms.Term(column, text):
            texts: tuple[str, ...] = (text,)
        case terms.Phrase(column, texts):
            pass
        case terms.Near(column, first, second):
            texts = (first, second)
        case terms.Wildcard() | terms.Fuzzy():
            return leaf.weight
    return leaf.weight * (K1 + 1) * sum(idf_of(column, text) for text in texts)


def selectivity(query: Terms, share_of: ShareOf) -> float:
    """About which share of all entries a query finds (0 to 1), if its words are independent of each other.

    Phrases, patterns and days count as rare: to know better would cost as much as to ask.
    """
    match query:
        case terms.And(parts):
            share = 1.0
            for part in parts:
                share *= selectivity(part, share_of)
            return share
        case terms.Or(parts):
            return max((selectivity(part, share_of) for part in parts), default=0.0)
        case terms.Should(required, _):
            return selectivity(required, share_of)
        case terms.AndNot(base, excluded):
            return selectivity(base, share_of) * (1 - selectivity(excluded, share_of))
        case terms.Term(name, text) | terms.IdfTerm(name, text) | terms.Keyword(name, text):
            return share_of(name, text)
        case terms.MatchAll():
            return 1.0
        case _:
            return 0.0
