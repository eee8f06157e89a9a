"""What does one clause of a query ask of one field? Words become terms of the layers, with their weights."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import pairwise

from search import schema
from search.german.analysis import analyse, analyse_names, hyphenated_runs, in_closed_spelling
from search.german.compounds import split
from search.german.equivalents import equivalents
from search.german.folding import umlaut_spellings
from search.german.forms import is_noun, second_stem
from search.german.open_compounds import open_compound_term, open_compound_terms
from search.german.stemming import stem
from search.german.tokens import Token, Word, normalise
from search.query import nodes, terms
from search.schema import TEXT, TextField, Weights, column, has_positions

_STAR_IN_FRONT = re.compile(r"[^\W\d_]*\*[^\W\d_]+")


@dataclass(frozen=True, slots=True)
class Scope:
    """Where words are looked up, and how much they weigh; `lone` if the query has but one word.

    `joined` is what two words are as one, where a query has no others: Home Office. It counts as each of them.
    """

    weights: Weights
    fields: tuple[TextField, ...]
    lone: bool = False
    joined: str = ""

    def weight(self, field: TextField, layer: str) -> float:
        """The weight of a match in one layer of a field; a field that the query names weighs 1."""
        exact = self.weights.lone_exact if self.lone else self.weights.exact
        names = self.weights.lone_entities if self.lone and self.weights.entities else self.weights.entities
        of_field = names if field.name == "entities" else self.weights.field(field.name)
        return (of_field or 1.0) * (exact if layer == "exact" else self.weights.layer(layer))


def terms_in_field(clause: nodes.Clause, field: TextField, scope: Scope) -> terms.Terms:
    """What a clause asks of one field; MatchNone if the field cannot have it."""
    match clause:
        case nodes.Word(text):
            return _word(text, field, scope)
        case nodes.Exact(text) | nodes.Phrase(text, forms=False):
            return _in_a_row(text, field, scope, "exact")
        case nodes.Phrase(text):
            return _in_a_row(text, field, scope, "form")
        case nodes.Near(text, distance):
            return _near(text, distance, field, scope)
        case nodes.Wildcard(pattern):
            return _wildcard(pattern, field, scope)
        case nodes.Fuzzy(text, distance):
            return _in_exact_layer([terms.Fuzzy("", one, distance) for one in _spellings(text)], field, scope)


def _word(text: str, field: TextField, scope: Scope) -> terms.Terms:
    """A plain word: as typed, in any form, or as a part; all that match add to the score."""
    if scope.weights.capital != 1 and text[:1].isupper():
        scope = replace(scope, weights=_weighted(scope.weights, scope.weights.capital))
    alternatives = [_in_a_row(text, field, scope, layer) for layer in ("exact", "form") if scope.weight(field, layer)]
    alternatives = _with_implied(alternatives, field, scope)
    if field.layers == TEXT:
        forms, parts = other_spellings(text)
        weight = scope.weight(field, "part")
        alternatives += [terms.Term(column(field.name, "form"), spelling, weight) for spelling in forms if weight]
        alternatives += [terms.Term(column(field.name, "part"), spelling, weight) for spelling in parts if weight]
        if scope.joined and weight:
            alternatives.append(terms.Term(column(field.name, "form"), stem(scope.joined), weight))
        if len(text.split()) == 1:
            alternatives.append(_open_compound(text, field, scope))
    alternatives += [_equivalent(other, field, scope) for other in equivalents(text)]
    if field.name == "body":
        alternatives += _idf_terms(text, field, scope)
    return terms.any_of(alternatives)


def _equivalent(text: str, field: TextField, scope: Scope) -> terms.Terms:
    """Another spelling of a word, which weighs no more than a part: what was typed ranks first."""
    weight = scope.weight(field, "part")
    if not weight:
        return terms.MatchNone()
    in_a_row = _in_a_row(text, field, replace(scope, weights=replace(scope.weights, form=scope.weights.part)), "form")
    forms, parts = other_spellings(text) if field.layers == TEXT else ((), ())
    return terms.any_of(
        [
            in_a_row,
            *(terms.Term(column(field.name, "form"), spelling, weight) for spelling in forms),
            *(terms.Term(column(field.name, "part"), spelling, weight) for spelling in parts),
        ]
    )


def _with_implied(alternatives: list[terms.Terms], field: TextField, scope: Scope) -> list[terms.Terms]:
    """A word as typed and in any form, with those marked that only add to the score.

    What is written as typed has the same form, too; only *LehrerIn* has not that of *Lehrerin*. And the body begins
    with the lead.
    """
    in_body = field.name == "lead" and schema.FIELDS["body"] in scope.fields
    return [
        replace(one, implied=in_body or (one is not alternatives[-1] and (field.names or not one.text.endswith("in"))))
        if isinstance(one, terms.Term)
        else one
        for one in alternatives
    ]


def _open_compound(text: str, field: TextField, scope: Scope) -> terms.Terms:
    """A compound as several words: said in other words, or with a blank where two parts meet."""
    weight = scope.weights.compound * scope.weight(field, "form")
    if not weight or not text:
        return terms.MatchNone()
    part = column(field.name, "part")
    found = open_compound_terms(normalise(text)) if "-" not in text else _open_chain(text)
    return terms.any_of([terms.Term(part, term, weight) for term in found])


def _open_chain(text: str) -> list[str]:
    """The terms of texts that say what hyphens join in several words: EU-Beitritt, Beitritt zur EU."""
    words = [token.word.exact for token in analyse(text).tokens]
    pairs = (("".join(words[:end]), "".join(words[end:])) for end in range(1, len(words)))
    return [open_compound_term(*pair) for pair in pairs] if all(map(str.isalpha, words)) else []


def _weighted(weights: Weights, factor: float) -> Weights:
    """The weights of a word that counts `factor` times."""
    return replace(
        weights,
        exact=weights.exact * factor,
        lone_exact=weights.lone_exact * factor,
        form=weights.form * factor,
        part=weights.part * factor,
        idf_term=weights.idf_term * factor,
        compound=weights.compound * factor,
    )


def _idf_terms(text: str, field: TextField, scope: Scope) -> list[terms.Terms]:
    """A single word once more, for its idf alone: having it counts, however often."""
    found = terms_of_layer(text, field, "form")
    weight = scope.weights.idf_term * (scope.weights.field(field.name) or 1.0)
    return [terms.IdfTerm(column(field.name, "form"), found[0], weight)] if weight and len(found) == 1 else []


@lru_cache(maxsize=1_000)
def other_spellings(text: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Terms of the form layer and of the part layer that stand for a word as well as its own form does."""
    tokens = analyse(text).tokens
    if len(tokens) == 1:
        word = tokens[0].word
        bases = tuple(base for base in word.bases if base != word.form)
        # In small letters it may be the verb, with a capital the noun: zwang is zwingen, too, and Raten are Rate.
        second = second_stem(word.exact) if text[:1].islower() == is_noun(word.exact) else None
        others = (*bases, *filter(None, (second,)))
        return others, (word.form, *others)  # klang has kling as a part, which klingen has in the second place
    if list(hyphenated_runs(text, tokens)) == [(0, len(tokens) - 1)]:
        joined = (stem("".join(in_closed_spelling(token.word.exact) for token in tokens)),)
        return joined, joined
    return (), ()


def _in_a_row(text: str, field: TextField, scope: Scope, layer: str) -> terms.Terms:
    """The words of a text at successive positions of one layer."""
    name, weight = column(field.name, layer), scope.weight(field, layer)
    found = terms_of_layer(text, field, layer) if layer in field.layers else []
    if not found or (len(found) > 1 and not has_positions(name)):
        return terms.MatchNone()
    return terms.Term(name, found[0], weight) if len(found) == 1 else terms.Phrase(name, tuple(found), weight)


def _near(text: str, distance: int, field: TextField, scope: Scope) -> terms.Terms:
    """Each word of a text close to the next one of it, in any form."""
    found = list(dict.fromkeys(terms_of_layer(text, field, "form")))
    name, weight = column(field.name, "form"), scope.weight(field, "form")
    if len(found) < 2 or not has_positions(name):
        return _in_a_row(text, field, scope, "form")
    return terms.all_of([terms.Near(name, first, second, distance, weight) for first, second in pairwise(found)])


def _wildcard(pattern: str, field: TextField, scope: Scope) -> terms.Terms:
    """A pattern in the exact layer; where its star stands for no letter at all, also what hyphens hold together.

    Corona*krise fits Corona-Krise, and *innenpolitik the Innen- und Außenpolitik. A word that is no compound is left
    out by no hyphen, and as a part it may stand in front: *schule does not fit a Schulhof.
    """
    found = [_in_exact_layer([terms.Wildcard("", one) for one in _spellings(pattern)], field, scope)]
    if pattern.endswith("?"):  # of a lone word, where it may also end a question
        found.append(_word(pattern[:-1], field, scope))
    weight = scope.weight(field, "part")
    if weight and field.layers == TEXT and _STAR_IN_FRONT.fullmatch(pattern):
        whole = normalise(pattern.replace("*", ""))
        if not pattern.startswith("*") or split(whole):
            found.append(terms.Term(column(field.name, "part"), stem(whole), weight))
    return terms.any_of(found)


def _spellings(text: str) -> tuple[str, ...]:
    """The spellings in which the exact layer may have a pattern or a misspelt word: with umlauts and without."""
    return umlaut_spellings(normalise(text))


def _in_exact_layer(queries: Sequence[terms.Wildcard | terms.Fuzzy], field: TextField, scope: Scope) -> terms.Terms:
    """Patterns or misspellings in the exact layer, if the field has one."""
    if "exact" not in field.layers:
        return terms.MatchNone()
    name, weight = column(field.name, "exact"), scope.weight(field, "exact") or 1.0
    return terms.any_of([replace(query, column=name, weight=weight) for query in queries])


def terms_of_layer(text: str, field: TextField, layer: str) -> list[str]:
    """The terms of a text in the exact or the form layer of a field, one for each word."""
    return [word.exact if layer == "exact" else word.form for word in _words(text, field.names)]


@lru_cache(maxsize=1_000)
def _words(text: str, names: bool) -> tuple[Word, ...]:
    """The words of a text; kept for a while, as a query asks for them once for each field and layer."""
    tokens: list[Token] = (analyse_names if names else analyse)(text).tokens
    return tuple(token.word for token in tokens)
