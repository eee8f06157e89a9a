"""Which index terms answer this query? German analysis, layers and weights meet the reader's nodes."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache
from itertools import pairwise

from search import schema
from search.german.analysis import analyse, analyse_names, chains
from search.german.compounds import split, wordings
from search.german.stemming import stem
from search.german.tokens import Token, normalise
from search.query import nodes, terms
from search.schema import TEXT, TextField, Weights, column, has_positions

# Words of a query that stand next to each other are near each other in a text if at most so many
# others are between them: about a clause.
NEAR = 8
# The parts of a compound that is written as several words: Wahl zum Deutschen Bundestag.
PARTS_NEAR = 4
MOST_PAIRS = 8  # pairs of neighbours looked for; each costs a look at positions


@dataclass(frozen=True, slots=True)
class Scope:
    """Where words are looked up, and how much they weigh; `lone` if the query has but one word."""

    weights: Weights
    fields: tuple[TextField, ...]
    lone: bool = False

    def weight(self, field: TextField, layer: str) -> float:
        """The weight of a match in one layer of a field; a field that the query names weighs 1."""
        exact = self.weights.lone_exact if self.lone else self.weights.exact
        names = self.weights.lone_entities if self.lone and self.weights.entities else self.weights.entities
        of_field = names if field.name == "entities" else self.weights.field(field.name)
        return (of_field or 1.0) * (exact if layer == "exact" else self.weights.layer(layer))


@lru_cache(maxsize=256)
def to_terms(query: nodes.Query, weights: Weights = schema.WEIGHTS) -> terms.Terms:
    """The terms of a query, looked up in the default fields where it names none."""
    lone = len(list(_words(query, _scope(weights)))) == 1
    return _compile(query, replace(_scope(weights), lone=lone))


def units(query: nodes.Query) -> list[terms.Terms]:
    """What an article can match of a query: the terms of each word, phrase and so on by itself."""
    return [_compile(word, scope) for word, scope in _words(query, _scope(schema.WEIGHTS))]


def _scope(weights: Weights) -> Scope:
    """The default fields: all that weigh something."""
    return Scope(weights, tuple(field for field in schema.FIELDS.values() if weights.field(field.name)))


def _words(query: nodes.Query, scope: Scope) -> Iterator[tuple[nodes.Query, Scope]]:
    """The words, phrases and so on that an article can match, each with where it is looked up."""
    match query:
        case nodes.Within(name, inner):
            yield from _words(inner, replace(scope, fields=(schema.FIELDS[name],)))
        case nodes.Both(queries) | nodes.Either(queries):
            for inner in queries:
                yield from _words(inner, scope)
        case nodes.Rather(inner, _):
            yield from _words(inner, scope)
        case nodes.Without() | nodes.Dates() | nodes.Everything() | nodes.Nothing():
            return
        case _:
            yield query, scope


def _compile(query: nodes.Query, scope: Scope) -> terms.Terms:
    match query:
        case nodes.Within(name, inner):
            return _compile(inner, replace(scope, fields=(schema.FIELDS[name],)))
        case nodes.Both(queries):
            return terms.rather(_both(queries, scope), _bonus(queries, scope))
        case nodes.Either(queries):
            found = terms.any_of([_compile(inner, scope) for inner in queries])
            return terms.rather(found, _bonus(queries, scope))
        case nodes.Rather(inner, bonus):
            return terms.rather(_compile(inner, scope), [_compile(word, scope) for word in bonus])
        case nodes.Without(inner):
            return terms.Without(terms.Everything(), _compile(inner, scope))
        case nodes.Dates(since, until):
            return days(since, until)
        case nodes.Everything():
            return terms.Everything()
        case nodes.Nothing():
            return terms.Nothing()
        case _:
            return terms.any_of([_in_field(query, field, scope) for field in scope.fields])


def _both(queries: tuple[nodes.Query, ...], scope: Scope) -> terms.Terms:
    wanted = [_compile(query, scope) for query in queries if not isinstance(query, nodes.Without)]
    excluded = [_compile(query.query, scope) for query in queries if isinstance(query, nodes.Without)]
    base = terms.all_of(wanted)
    return terms.Without(base, terms.any_of(excluded)) if excluded else base


def _bonus(queries: tuple[nodes.Query, ...], scope: Scope) -> list[terms.Terms]:
    """What lets an article that answers several words score higher, if it is the body that is asked for them."""
    body = schema.FIELDS["body"]
    words = [query.text for query in queries if isinstance(query, nodes.Word)]
    return [*_neighbours(words, body, scope), *_pieces(words, body, scope)] if body in scope.fields else []


def _pieces(words: list[str], body: TextField, scope: Scope) -> list[terms.Terms]:
    """The parts of compounds, each by itself: too little to answer, but a hint as to what the article is about."""
    weight = scope.weights.piece * scope.weight(body, "form")
    found = {piece: None for word in words for piece in _pieces_of(word)} if weight else {}
    return [terms.Term(column("body", layer), piece, weight) for piece in found for layer in ("form", "part")]


def _pieces_of(text: str) -> list[str]:
    """The form terms of what a word consists of: parts of a compound, or words between hyphens and their parts."""
    tokens = analyse(text).tokens
    parts = [stem(part.word) for token in tokens for part in split(token.word.exact)]
    return parts + ([token.word.form for token in tokens] if len(tokens) > 1 else [])


def _neighbours(texts: list[str], body: TextField, scope: Scope) -> list[terms.Terms]:
    """Words that are next to each other in the query, near each other in the body."""
    weight = scope.weights.proximity
    if not weight:
        return []
    words = [_terms_of(text, body, "form") for text in texts]
    pairs = [(first[-1], second[0]) for first, second in pairwise(words) if first and second and first[-1] != second[0]]
    name = column("body", "form")
    return [terms.Near(name, *pair, NEAR, weight) for pair in pairs[:MOST_PAIRS]]


def days(since: date | None, until: date | None) -> terms.Terms:
    """Articles dated from `since` to `until`, both included; None is open."""
    if since is None and until is None:
        return terms.Everything()
    return terms.Days(day_number(since) if since else None, day_number(until) if until else None)


def day_number(day: date) -> int:
    """A calendar day as a number that sorts: 20250813."""
    return day.year * 10000 + day.month * 100 + day.day


def _in_field(query: nodes.Query, field: TextField, scope: Scope) -> terms.Terms:
    """A query of words, looked up in one field."""
    match query:
        case nodes.Word(text):
            return _word(text, field, scope)
        case nodes.Exact(text) | nodes.Phrase(text, forms=False):
            return _run(text, field, scope, "exact")
        case nodes.Phrase(text):
            return _run(text, field, scope, "form")
        case nodes.Near(text, distance):
            return _near(text, distance, field, scope)
        case nodes.Wildcard(pattern):
            return _shape(terms.Pattern(column(field.name, "exact"), normalise(pattern)), field, scope)
        case nodes.Fuzzy(text, distance):
            return _shape(terms.Fuzzy(column(field.name, "exact"), normalise(text), distance), field, scope)
        case _:
            raise TypeError(f"{query!r} is not a query of words")


def _word(text: str, field: TextField, scope: Scope) -> terms.Terms:
    """A plain word: as typed, in any form, or as a part; all that match add to the score."""
    if scope.weights.capital != 1 and text[:1].isupper():
        scope = replace(scope, weights=_times(scope.weights, scope.weights.capital))
    ways = [_run(text, field, scope, layer) for layer in ("exact", "form") if scope.weight(field, layer)]
    ways = _with_implied(ways, field, scope)
    if field.layers == TEXT:
        forms, parts = _other_spellings(text)
        weight = scope.weight(field, "part")
        ways += [terms.Term(column(field.name, "form"), spelling, weight) for spelling in forms if weight]
        ways += [terms.Term(column(field.name, "part"), spelling, weight) for spelling in parts if weight]
        ways.append(_apart(text, field, scope))
    if field.name == "body":
        ways += _presence(text, field, scope)
    return terms.any_of(ways)


def _with_implied(ways: list[terms.Terms], field: TextField, scope: Scope) -> list[terms.Terms]:
    """A word as typed and in any form, with those marked that only add to the score.

    What is written as typed has the same form, too; only *LehrerIn* has not that of *Lehrerin*. And the body begins
    with the lead.
    """
    in_body = field.name == "lead" and schema.FIELDS["body"] in scope.fields
    return [
        replace(way, implied=in_body or (way is not ways[-1] and (field.names or not way.text.endswith("in"))))
        if isinstance(way, terms.Term)
        else way
        for way in ways
    ]


def _apart(text: str, field: TextField, scope: Scope) -> terms.Terms:
    """A compound as several words: all of its parts near each other, never one of them alone."""
    weight = scope.weights.compound * scope.weight(field, "form")
    ways = {tuple(dict.fromkeys(map(stem, words))): None for words in wordings(normalise(text))} if text else {}
    return terms.any_of([_together(way, field, weight) for way in ways if len(way) > 1 and weight])


def _together(words: tuple[str, ...], field: TextField, weight: float) -> terms.Terms:
    name, share = column(field.name, "form"), weight / (len(words) - 1)
    return terms.all_of([terms.Near(name, *pair, PARTS_NEAR, share, layer="part") for pair in pairwise(words)])


def _times(weights: Weights, factor: float) -> Weights:
    """The weights of a word that counts `factor` times."""
    return replace(
        weights,
        exact=weights.exact * factor,
        lone_exact=weights.lone_exact * factor,
        form=weights.form * factor,
        part=weights.part * factor,
        presence=weights.presence * factor,
        compound=weights.compound * factor,
    )


def _presence(text: str, field: TextField, scope: Scope) -> list[terms.Terms]:
    found = _terms_of(text, field, "form")
    weight = scope.weights.presence * (scope.weights.field(field.name) or 1.0)
    return [terms.Present(column(field.name, "form"), found[0], weight)] if weight and len(found) == 1 else []


def _other_spellings(text: str) -> tuple[list[str], list[str]]:
    """Terms of the form layer and of the part layer that stand for a word as well as its own form does."""
    tokens = analyse(text).tokens
    if len(tokens) == 1:
        word = tokens[0].word
        bases = [base for base in word.bases if base != word.form]
        return bases, [word.form, *bases]
    if list(chains(text, tokens)) == [(0, len(tokens) - 1)]:
        joined = [stem("".join(token.word.exact for token in tokens))]
        return joined, joined
    return [], []


def _run(text: str, field: TextField, scope: Scope, layer: str) -> terms.Terms:
    """The words of a text at successive positions of one layer."""
    name, weight = column(field.name, layer), scope.weight(field, layer)
    found = _terms_of(text, field, layer) if layer in field.layers else []
    if not found or (len(found) > 1 and not has_positions(name)):
        return terms.Nothing()
    return terms.Term(name, found[0], weight) if len(found) == 1 else terms.Sequence(name, tuple(found), weight)


def _near(text: str, distance: int, field: TextField, scope: Scope) -> terms.Terms:
    """Each word of a text close to the next one of it, in any form."""
    found = list(dict.fromkeys(_terms_of(text, field, "form")))
    name, weight = column(field.name, "form"), scope.weight(field, "form")
    if len(found) < 2 or not has_positions(name):
        return _run(text, field, scope, "form")
    return terms.all_of([terms.Near(name, first, second, distance, weight) for first, second in pairwise(found)])


def _shape(query: terms.Pattern | terms.Fuzzy, field: TextField, scope: Scope) -> terms.Terms:
    """A pattern or misspelling in the exact layer, if the field has one."""
    if "exact" not in field.layers:
        return terms.Nothing()
    return replace(query, weight=scope.weight(field, "exact") or 1.0)


def _terms_of(text: str, field: TextField, layer: str) -> list[str]:
    tokens: list[Token] = (analyse_names if field.names else analyse)(text).tokens
    return [token.word.exact if layer == "exact" else token.word.form for token in tokens]
