"""What lets an article score higher that answers several words? Their proximity, and the parts of compounds."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from search import schema
from search.german.analysis import analyse
from search.german.compounds import split
from search.german.stemming import stem
from search.query import nodes, terms
from search.query.clause_terms import Scope, terms_of_layer
from search.schema import TextField, column

# Words of a query that stand next to each other are near each other in a text if at most so many
# others are between them: about a clause.
NEAR = 8
MOST_PAIRS = 8  # pairs of neighbours looked for; each costs a look at positions


def optional_terms(queries: Sequence[nodes.Query], scope: Scope) -> list[terms.Terms]:
    """Terms that only add to the score of an article which answers `queries`, if the body is asked for them."""
    body = schema.FIELDS["body"]
    words = [query.text for query in queries if isinstance(query, nodes.Word)]
    return [*_proximity(words, body, scope), *_compound_parts(words, body, scope)] if body in scope.fields else []


def _proximity(texts: list[str], body: TextField, scope: Scope) -> list[terms.Terms]:
    """Words that are next to each other in the query, near each other in the body."""
    weight = scope.weights.proximity
    if not weight:
        return []
    words = [terms_of_layer(text, body, "form") for text in texts]
    pairs = [(first[-1], second[0]) for first, second in pairwise(words) if first and second and first[-1] != second[0]]
    name = column("body", "form")
    return [terms.Near(name, *pair, NEAR, weight) for pair in pairs[:MOST_PAIRS]]


def _compound_parts(words: list[str], body: TextField, scope: Scope) -> list[terms.Terms]:
    """The parts of compounds, each by itself: too little to answer, but a hint as to what the article is about."""
    weight = scope.weights.compound_part * scope.weight(body, "form")
    found = {part: None for word in words for part in _parts_of(word)} if weight else {}
    return [terms.Term(column("body", layer), part, weight) for part in found for layer in ("form", "part")]


def _parts_of(text: str) -> list[str]:
    """The form terms of what a word consists of: parts of a compound, or words between hyphens and their parts."""
    tokens = analyse(text).tokens
    parts = [stem(part.word) for token in tokens for part in split(token.word.exact)]
    return parts + ([token.word.form for token in tokens] if len(tokens) > 1 else [])
