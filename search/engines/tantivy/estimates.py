"""How much can a query score at most, and how many entries may it find? For engines that look where it pays first."""

from __future__ import annotations

from collections.abc import Callable

from search.engines.scoring import K1
from search.query import terms
from search.query.terms import Terms

Rarity = Callable[[str, str], float]  # the idf of a term in a column
Frequency = Callable[[str, str], float]  # the share of entries with a term in a column, or a value of a keyword


def most(leaf: terms.Leaf | terms.Present, rarity: Rarity) -> float:
    """The most that a leaf adds to a score: BM25 stays below K1 + 1 times the idf, however often it occurs."""
    match leaf:
        case terms.Present(column, text):
            return leaf.weight * rarity(column, text)
        case terms.Term(column, text):
            texts: tuple[str, ...] = (text,)
        case terms.Sequence(column, texts):
            pass
        case terms.Near(column, first, second):
            texts = (first, second)
        case terms.Pattern() | terms.Fuzzy():
            return leaf.weight
    return leaf.weight * (K1 + 1) * sum(rarity(column, text) for text in texts)


def expected_share(query: Terms, frequency: Frequency) -> float:
    """About which share of all entries a query finds, if its words have nothing to do with each other.

    Phrases, patterns and days count as rare: to know better would cost as much as to ask.
    """
    match query:
        case terms.AllOf(parts):
            share = 1.0
            for part in parts:
                share *= expected_share(part, frequency)
            return share
        case terms.AnyOf(parts):
            return max((expected_share(part, frequency) for part in parts), default=0.0)
        case terms.Rather(base, _):
            return expected_share(base, frequency)
        case terms.Without(base, excluded):
            return expected_share(base, frequency) * (1 - expected_share(excluded, frequency))
        case terms.Term(name, text) | terms.Present(name, text) | terms.Keyword(name, text):
            return frequency(name, text)
        case terms.Everything():
            return 1.0
        case _:
            return 0.0
