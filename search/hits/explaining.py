"""Why does a hit score so? What each term of a query adds to its score (Lucene: Explanation)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from search.engines.base import Engine, EngineRequest, Match
from search.query import terms
from search.query.terms import Keyword, Terms, all_of, scoring_leaves

# How terms are asked for, in words.
KINDS = {
    terms.Term: "bm25",
    terms.IdfTerm: "idf",
    terms.Phrase: "phrase",
    terms.Near: "near",
    terms.Wildcard: "wildcard",
    terms.Fuzzy: "fuzzy",
}


@dataclass(frozen=True, slots=True)
class TermScore:
    """What one term of one column adds to the score of a hit; `kind` is one of KINDS."""

    column: str
    term: str
    kind: str
    score: float

    def as_json(self) -> dict[str, Any]:
        """The score as `--json` prints it."""
        return {"column": self.column, "term": self.term, "kind": self.kind, "score": round(self.score, 4)}


def term_scores(engine: Engine, query: Terms, id: str) -> list[TermScore]:
    """What each leaf of a query adds to the score of the entry `id`, the most first; the sum is its score."""
    found = [_term_score(engine, leaf, id) for leaf in dict.fromkeys(_leaves(engine, query, id))]
    return sorted((score for score in found if score), key=lambda score: -score.score)


def _leaves(engine: Engine, query: Terms, id: str) -> Iterator[terms.Leaf | terms.IdfTerm]:
    """The leaves that can add to the score of an entry; those that count together only if it has them all."""
    match query:
        case terms.Should(required, optional):
            yield from _leaves(engine, required, id)
            if not isinstance(optional, terms.And) or _matches(engine, optional, id):
                yield from scoring_leaves(optional)
        case terms.And(parts):
            for part in parts:
                yield from _leaves(engine, part, id)
        case terms.AndNot(base, _):
            yield from _leaves(engine, base, id)
        case _:
            yield from scoring_leaves(query)


def _matches(engine: Engine, query: Terms, id: str) -> tuple[Match, ...]:
    return engine.search(EngineRequest(all_of([query, Keyword("id", id)]), size=1)).matches


def _term_score(engine: Engine, leaf: terms.Leaf | terms.IdfTerm, id: str) -> TermScore | None:
    matches = _matches(engine, leaf, id)
    return TermScore(leaf.column, _shown(leaf), KINDS[type(leaf)], matches[0].score) if matches else None


def _shown(leaf: terms.Leaf | terms.IdfTerm) -> str:
    match leaf:
        case terms.Phrase(_, texts):
            return " ".join(texts)
        case terms.Near(_, first, second, distance):
            return f"{first} … {second} within {distance}"
        case terms.Wildcard(_, pattern):
            return pattern
        case _:
            return leaf.text
