"""Which index terms answer this query? German analysis, layers and weights meet the reader's nodes."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from itertools import pairwise

from search import schema
from search.german.analysis import Token, analyse, analyse_names, chains
from search.german.stemming import stem
from search.german.tokens import normalise
from search.query import nodes, terms
from search.schema import LAYER_WEIGHTS, TextField, column

DEFAULT_FIELDS = tuple(field for field in schema.FIELDS.values() if field.weight)


def to_terms(query: nodes.Query) -> terms.Terms:
    """The terms of a query, looked up in the default fields where it names none."""
    return _compile(query, DEFAULT_FIELDS)


def units(query: nodes.Query) -> list[terms.Terms]:
    """What an article can match of a query: the terms of each word, phrase and so on by itself."""
    return list(_units(query, DEFAULT_FIELDS))


def _units(query: nodes.Query, fields: tuple[TextField, ...]) -> Iterator[terms.Terms]:
    match query:
        case nodes.Within(name, inner):
            yield from _units(inner, (schema.FIELDS[name],))
        case nodes.Both(queries) | nodes.Either(queries):
            for inner in queries:
                yield from _units(inner, fields)
        case nodes.Without() | nodes.Dates() | nodes.Everything() | nodes.Nothing():
            return
        case _:
            yield _compile(query, fields)


def _compile(query: nodes.Query, fields: tuple[TextField, ...]) -> terms.Terms:
    match query:
        case nodes.Within(name, inner):
            return _compile(inner, (schema.FIELDS[name],))
        case nodes.Both(queries):
            return _both(queries, fields)
        case nodes.Either(queries):
            return terms.any_of([_compile(inner, fields) for inner in queries])
        case nodes.Without(inner):
            return terms.Without(terms.Everything(), _compile(inner, fields))
        case nodes.Dates(since, until):
            return days(since, until)
        case nodes.Everything():
            return terms.Everything()
        case nodes.Nothing():
            return terms.Nothing()
        case _:
            return terms.any_of([_in_field(query, field) for field in fields])


def _both(queries: tuple[nodes.Query, ...], fields: tuple[TextField, ...]) -> terms.Terms:
    wanted = [_compile(query, fields) for query in queries if not isinstance(query, nodes.Without)]
    excluded = [_compile(query.query, fields) for query in queries if isinstance(query, nodes.Without)]
    base = terms.all_of(wanted)
    return terms.Without(base, terms.any_of(excluded)) if excluded else base


def days(since: date | None, until: date | None) -> terms.Terms:
    """Articles dated from `since` to `until`, both included; None is open."""
    if since is None and until is None:
        return terms.Everything()
    return terms.Days(since and day_number(since), until and day_number(until))


def day_number(day: date) -> int:
    """A calendar day as a number that sorts: 20250813."""
    return day.year * 10000 + day.month * 100 + day.day


def _in_field(query: nodes.Query, field: TextField) -> terms.Terms:
    """A query of words, looked up in one field."""
    match query:
        case nodes.Word(text):
            return _word(text, field)
        case nodes.Exact(text) | nodes.Phrase(text, forms=False):
            return _run(text, field, "exact")
        case nodes.Phrase(text):
            return _run(text, field, "form")
        case nodes.Near(text, distance):
            return _near(text, distance, field)
        case nodes.Wildcard(pattern):
            return terms.Pattern(column(field.name, "exact"), normalise(pattern), _weight(field, "exact"))
        case nodes.Fuzzy(text, distance):
            return terms.Fuzzy(column(field.name, "exact"), normalise(text), distance, _weight(field, "exact"))
        case _:
            raise TypeError(f"{query!r} is not a query of words")


def _word(text: str, field: TextField) -> terms.Terms:
    """A plain word: as typed, in any form, or as a part; all that match add to the score."""
    ways = [_run(text, field, "exact"), _run(text, field, "form")]
    if not field.names:
        ways += [
            terms.Term(column(field.name, layer), spelling, _weight(field, "part"))
            for spelling in _other_spellings(text)
            for layer in ("form", "part")
        ]
    return terms.any_of(list(dict.fromkeys(ways)))


def _other_spellings(text: str) -> list[str]:
    """Form terms under which the part layer, or a text without hyphens, may have the word."""
    tokens = analyse(text).tokens
    if len(tokens) == 1:
        word = tokens[0].word
        return list(dict.fromkeys((word.form, *word.bases)))
    if list(chains(text, tokens)) == [(0, len(tokens) - 1)]:
        return [stem("".join(token.word.exact for token in tokens))]
    return []


def _run(text: str, field: TextField, layer: str) -> terms.Terms:
    """The words of a text at successive positions of one layer."""
    found = _terms_of(text, field, layer)
    if not found:
        return terms.Nothing()
    weight = _weight(field, layer)
    if len(found) == 1:
        return terms.Term(column(field.name, layer), found[0], weight)
    return terms.Sequence(column(field.name, layer), tuple(found), weight)


def _near(text: str, distance: int, field: TextField) -> terms.Terms:
    """Each word of a text close to the next one of it, in any form."""
    found = list(dict.fromkeys(_terms_of(text, field, "form")))
    if len(found) < 2:
        return _run(text, field, "form")
    name, weight = column(field.name, "form"), _weight(field, "form")
    return terms.all_of([terms.Near(name, first, second, distance, weight) for first, second in pairwise(found)])


def _terms_of(text: str, field: TextField, layer: str) -> list[str]:
    tokens: list[Token] = (analyse_names if field.names else analyse)(text).tokens
    return [token.word.exact if layer == "exact" else token.word.form for token in tokens]


def _weight(field: TextField, layer: str) -> float:
    return (field.weight or 1.0) * LAYER_WEIGHTS[layer]
