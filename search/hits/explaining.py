"""Why is it so? What the analysis makes of a word, and what the score of a hit is made of."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from search.engines.base import Engine, EngineRequest
from search.german.analysis import analyse
from search.german.compounds import split, subwords
from search.german.romanisation import KEY_SIGN
from search.german.stemming import stem
from search.query import terms
from search.query.terms import Keyword, Terms, all_of, scoring_leaves


@dataclass(frozen=True, slots=True)
class ExplainedTerm:
    """A term that a text gives: the letters it comes from, its layer, and why."""

    letters: str
    layer: str
    term: str
    reason: str

    def as_json(self) -> dict[str, str]:
        """The row as `--json` prints it."""
        return {"letters": self.letters, "layer": self.layer, "term": self.term, "reason": self.reason}


# How terms are asked for, in words.
KINDS = {
    terms.Term: "each time",
    terms.IdfTerm: "if present",
    terms.Phrase: "phrase",
    terms.Near: "near by",
    terms.Wildcard: "pattern",
    terms.Fuzzy: "similar",
}


@dataclass(frozen=True, slots=True)
class TermScore:
    """What one term of one column adds to the score of a hit; `kind` is one of KINDS."""

    column: str
    term: str
    kind: str
    score: float

    def as_json(self) -> dict[str, Any]:
        """The share as `--json` prints it."""
        return {"column": self.column, "term": self.term, "kind": self.kind, "score": round(self.score, 4)}


def explain_text(text: str) -> list[ExplainedTerm]:
    """All terms of a word or text, in the order of the text, exact and form terms before parts."""
    tokens, parts = analyse(text)
    rows = [row for start, end, word in tokens for row in _of_word(text[start:end], word.exact, word.form)]
    reasons = {stem(part.word): _reason(part.word, token.word.exact)
               for token in tokens for part in subwords(token.word.exact)}  # fmt: skip
    rows += [
        ExplainedTerm(text[start:end], "part", term, reasons.get(term, "hyphen, gender form or suspended hyphen"))
        for start, end, term in parts
    ]
    return rows


def _of_word(letters: str, exact: str, form: str) -> Iterator[ExplainedTerm]:
    yield ExplainedTerm(letters, "exact", exact, "as written, in small letters")
    name = form.startswith(KEY_SIGN)
    yield ExplainedTerm(letters, "form", form, "a Slavic name, romanised" if name else "folded, then stemmed")


def _reason(part: str, whole: str) -> str:
    own = [piece.word for piece in split(whole)]
    kind = "part of" if part in own else "run of parts of"
    return f"{part}: {kind} {' + '.join(own)}"


def term_scores(engine: Engine, query: Terms, id: str) -> list[TermScore]:
    """What each leaf of a query adds to the score of the entry `id`, the most first; the sum is its score."""
    found = [_share(engine, leaf, id) for leaf in dict.fromkeys(scoring_leaves(query))]
    return sorted((share for share in found if share), key=lambda share: -share.score)


def _share(engine: Engine, leaf: terms.Leaf | terms.IdfTerm, id: str) -> TermScore | None:
    matches = engine.search(EngineRequest(all_of([leaf, Keyword("id", id)]), size=1)).matches
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
