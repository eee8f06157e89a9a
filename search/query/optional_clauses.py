"""What lets an article score higher that answers several words? Their proximity, and the parts of compounds."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from itertools import pairwise

from search import schema
from search.german.analysis import analyse
from search.german.compounds import split
from search.german.stemming import stem
from search.query import nodes, terms
from search.query.clause_terms import Scope, other_spellings, terms_of_layer
from search.schema import TextField, column

# Two words of a query are near each other in a text if at most so many others are between them: about a clause, and
# about a sentence.
NEAR = 8
WIDE = 20
MOST_LEAVES = 36  # of pairs; each costs a look at positions
# Who asks for so few words wants them all.
KEYWORDS = 3
# Words of which is kept what they ask for: the readings of a query share it, and so does what may have been meant.
MOST_WORDS = 1_000
# Where a word can be, for an article to have it.
_PLACES = (("body", "form"), ("body", "part"), ("title", "form"))


def optional_terms(queries: Sequence[nodes.Query], scope: Scope) -> list[terms.Terms]:
    """Terms that only add to the score of an article which answers `queries`, if the body is asked for them."""
    body = schema.FIELDS["body"]
    words = [query.text for query in queries if isinstance(query, nodes.Word)]
    return [*_proximity(words, body, scope), *_compound_parts(words, body, scope)] if body in scope.fields else []


def all_words(queries: Sequence[nodes.Query], scope: Scope) -> list[terms.Terms]:
    """What adds to the score of an article that has all of a few words, each as a word, in a compound or in the title.

    Of more words, as those of a headline, the right article often lacks one.
    """
    texts = [query.text for query in queries if isinstance(query, nodes.Word)]
    words = dict.fromkeys(word for text in texts for word in _having_each(text, scope))
    return [terms.all_of(list(words))] if len(words) > 1 and len(texts) <= KEYWORDS and scope.weights.all_words else []


@lru_cache(MOST_WORDS)
def _having_each(text: str, scope: Scope) -> tuple[terms.Terms, ...]:
    return tuple(_having(text[start:end], scope) for start, end, _ in analyse(text).tokens)


def _having(word: str, scope: Scope) -> terms.Terms:
    """A word in any form, in a compound or by what stands for it, for its idf alone."""
    forms, parts = other_spellings(word)
    spellings = {"form": [*terms_of_layer(word, schema.FIELDS["body"], "form"), *forms], "part": parts}
    places = [place for place in _PLACES if schema.FIELDS[place[0]] in scope.fields and scope.weights.layer(place[1])]
    weight = scope.weights.all_words
    return terms.any_of(
        [terms.IdfTerm(column(name, layer), text, weight) for name, layer in places for text in spellings[layer]]
    )


def _proximity(texts: list[str], body: TextField, scope: Scope) -> list[terms.Terms]:
    """Pairs of words that stand near each other in the body, or one after the other, as they do in the query.

    Neighbours and those with one word between them (Metzler and Croft 2005, A Markov random field model for term
    dependencies: sequential dependence; here with a second window, and with pairs that are next but one).
    """
    words = [found for text in texts if (found := terms_of_layer(text, body, "form"))]
    neighbours = [(first[-1], second[0]) for first, second in pairwise(words)]
    next_but_one = [(first[-1], third[0]) for first, third in zip(words, words[2:], strict=False)]
    leaves = [leaf for pair in neighbours for leaf in (*_near(pair, scope), *_in_sequence(pair, scope))]
    leaves += [leaf for pair in next_but_one for leaf in _near(pair, scope)]
    return list(dict.fromkeys(leaves))[:MOST_LEAVES]


def _near(pair: tuple[str, str], scope: Scope) -> list[terms.Terms]:
    weights = ((NEAR, scope.weights.near), (WIDE, scope.weights.wide))
    name = column("body", "form")
    return [terms.Near(name, *pair, distance, weight) for distance, weight in weights if weight and pair[0] != pair[1]]


def _in_sequence(pair: tuple[str, str], scope: Scope) -> list[terms.Terms]:
    weight = scope.weights.sequence
    return [terms.Phrase(column("body", "form"), pair, weight)] if weight else []


def _compound_parts(words: list[str], body: TextField, scope: Scope) -> list[terms.Terms]:
    """The parts of compounds, each by itself: too little to answer, but a hint as to what the article is about."""
    weight = scope.weights.compound_part * scope.weight(body, "form")
    found = {part: None for word in words for part in _parts_of(word)} if weight else {}
    return [terms.Term(column("body", layer), part, weight) for part in found for layer in ("form", "part")]


@lru_cache(MOST_WORDS)
def _parts_of(text: str) -> tuple[str, ...]:
    """The form terms of what a word consists of: parts of a compound, or words between hyphens and their parts."""
    tokens = analyse(text).tokens
    parts = tuple(stem(part.word) for token in tokens for part in split(token.word.exact))
    return parts + (tuple(token.word.form for token in tokens) if len(tokens) > 1 else ())
