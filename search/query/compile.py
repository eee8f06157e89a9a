"""Which index terms answer this query? German analysis, layers and weights meet the reader's nodes."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from itertools import pairwise

from search import schema
from search.german.analysis import Token, analyse, analyse_names, chains
from search.german.stemming import stem
from search.german.tokens import normalise
from search.query import nodes, terms
from search.schema import LAYER_WEIGHTS, TextField, column

# With one word, its spelling is all that the reader told us: Kohl is not Köhler. Several words
# explain each other, and weighing their spelling as much would rank worse.
LONE_WORD_EXACT = 4.0


@dataclass(frozen=True, slots=True)
class Scope:
    """Where words are looked up, and by how much the exact layer weighs more than usual."""

    fields: tuple[TextField, ...] = tuple(field for field in schema.FIELDS.values() if field.weight)
    exact: float = 1.0

    def weight(self, field: TextField, layer: str) -> float:
        return (field.weight or 1.0) * LAYER_WEIGHTS[layer] * (self.exact if layer == "exact" else 1.0)


def to_terms(query: nodes.Query) -> terms.Terms:
    """The terms of a query, looked up in the default fields where it names none."""
    lone = len(list(_words(query, Scope()))) == 1
    return _compile(query, Scope(exact=LONE_WORD_EXACT if lone else 1.0))


def units(query: nodes.Query) -> list[terms.Terms]:
    """What an article can match of a query: the terms of each word, phrase and so on by itself."""
    return [_compile(word, scope) for word, scope in _words(query, Scope())]


def _words(query: nodes.Query, scope: Scope) -> Iterator[tuple[nodes.Query, Scope]]:
    """The words, phrases and so on that an article can match, each with where it is looked up."""
    match query:
        case nodes.Within(name, inner):
            yield from _words(inner, replace(scope, fields=(schema.FIELDS[name],)))
        case nodes.Both(queries) | nodes.Either(queries):
            for inner in queries:
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
            return _both(queries, scope)
        case nodes.Either(queries):
            return terms.any_of([_compile(inner, scope) for inner in queries])
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
            return terms.Pattern(column(field.name, "exact"), normalise(pattern), scope.weight(field, "exact"))
        case nodes.Fuzzy(text, distance):
            return terms.Fuzzy(column(field.name, "exact"), normalise(text), distance, scope.weight(field, "exact"))
        case _:
            raise TypeError(f"{query!r} is not a query of words")


def _word(text: str, field: TextField, scope: Scope) -> terms.Terms:
    """A plain word: as typed, in any form, or as a part; all that match add to the score."""
    ways = [_run(text, field, scope, "exact"), _run(text, field, scope, "form")]
    if not field.names:
        forms, parts = _other_spellings(text)
        weight = scope.weight(field, "part")
        ways += [terms.Term(column(field.name, "form"), spelling, weight) for spelling in forms]
        ways += [terms.Term(column(field.name, "part"), spelling, weight) for spelling in parts]
    return terms.any_of(ways)


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
    found = _terms_of(text, field, layer)
    if not found:
        return terms.Nothing()
    weight = scope.weight(field, layer)
    if len(found) == 1:
        return terms.Term(column(field.name, layer), found[0], weight)
    return terms.Sequence(column(field.name, layer), tuple(found), weight)


def _near(text: str, distance: int, field: TextField, scope: Scope) -> terms.Terms:
    """Each word of a text close to the next one of it, in any form."""
    found = list(dict.fromkeys(_terms_of(text, field, "form")))
    if len(found) < 2:
        return _run(text, field, scope, "form")
    name, weight = column(field.name, "form"), scope.weight(field, "form")
    return terms.all_of([terms.Near(name, first, second, distance, weight) for first, second in pairwise(found)])


def _terms_of(text: str, field: TextField, layer: str) -> list[str]:
    tokens: list[Token] = (analyse_names if field.names else analyse)(text).tokens
    return [token.word.exact if layer == "exact" else token.word.form for token in tokens]
