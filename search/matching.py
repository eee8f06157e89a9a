"""Where and how does this article match? The words of a query, found again in one text.

Engines say which articles answer; this says which letters of them, in which layer. It walks the
same analysis as the index, so a mark stands exactly where a term came from.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from search.engines.positions import close
from search.engines.vocabulary import fitting
from search.german.analysis import analyse, analyse_names
from search.german.tokens import Part, Token, Word
from search.page import Why
from search.query import terms
from search.schema import GAP

# From best to worst; the worst layer that a hit needs is why it matched.
LAYERS: tuple[Why, ...] = ("exact", "form", "part")


class Place(NamedTuple):
    """A match: character offsets, the number of the unit of the query, and the layer."""

    start: int
    end: int
    unit: int
    layer: Why


Units = dict[str, list[int]]  # a term and the units that ask for it


@dataclass(slots=True)
class Wanted:
    """What to look for in one field: for each layer the terms, and whatever takes more than a look-up."""

    words: dict[Why, Units] = field(default_factory=lambda: {layer: {} for layer in LAYERS})
    runs: list[tuple[int, Why, tuple[str, ...]]] = field(default_factory=list)
    pairs: dict[int, list[terms.Near]] = field(default_factory=dict)
    shapes: list[tuple[int, terms.Pattern | terms.Fuzzy]] = field(default_factory=list)


class QueryMatcher:
    """Finds the units of one query in texts."""

    def __init__(self, units: Sequence[terms.Terms]) -> None:
        self._wanted: defaultdict[str, Wanted] = defaultdict(Wanted)
        for number, unit in enumerate(units):
            for leaf in terms.leaves(unit):
                self._want(number, leaf)

    def _want(self, number: int, leaf: terms.Leaf) -> None:
        name, _, suffix = leaf.column.rpartition("_")
        layer = next(layer for layer in LAYERS if layer == suffix)
        wanted = self._wanted[name]
        match leaf:
            case terms.Term(_, text):
                wanted.words[layer].setdefault(text, []).append(number)
            case terms.Sequence(_, texts):
                wanted.runs.append((number, layer, texts))
            case terms.Near():
                wanted.pairs.setdefault(number, []).append(leaf)
            case terms.Pattern() | terms.Fuzzy():
                wanted.shapes.append((number, leaf))

    def in_text(self, name: str, text: str) -> list[Place]:
        """The matches in the text of a field, by start, the longer ones first."""
        if name not in self._wanted:
            return []
        return _places(*analyse(text), self._wanted[name])

    def in_names(self, name: str, values: Sequence[str]) -> list[Place]:
        """The matches in the names of a field; offsets count on from one name to the next."""
        if name not in self._wanted:
            return []
        return _places(_tokens_of_names(values), [], self._wanted[name])


def _tokens_of_names(values: Sequence[str]) -> list[Token]:
    """The tokens of names as the index has them: with a gap between one name and the next."""
    tokens: list[Token] = []
    offset = 0
    for value in values:
        found = analyse_names(value).tokens
        if tokens and found:
            tokens.append(Token(offset, offset, Word(GAP, GAP)))
        tokens += [Token(start + offset, end + offset, word) for start, end, word in found]
        offset += len(value)
    return tokens


def _places(tokens: list[Token], parts: list[Part], wanted: Wanted) -> list[Place]:
    found = [
        *_words(tokens, wanted),
        *_parts(parts, wanted),
        *_runs(tokens, wanted),
        *_pairs(tokens, wanted),
        *_shapes(tokens, wanted),
    ]
    return sorted(found, key=lambda place: (place.start, -place.end, LAYERS.index(place.layer)))


def _words(tokens: list[Token], wanted: Wanted) -> Iterator[Place]:
    exact, form = wanted.words["exact"], wanted.words["form"]
    if not exact and not form:
        return
    for start, end, word in tokens:
        as_typed = exact.get(word.exact, ())
        for unit in as_typed:
            yield Place(start, end, unit, "exact")
        for unit in form.get(word.form, ()):
            if unit not in as_typed:
                yield Place(start, end, unit, "form")


def _parts(parts: list[Part], wanted: Wanted) -> Iterator[Place]:
    units = wanted.words["part"]
    return (Place(start, end, unit, "part") for start, end, term in parts for unit in units.get(term, ()))


def _runs(tokens: list[Token], wanted: Wanted) -> Iterator[Place]:
    """Words in a row, as one place."""
    for unit, layer, texts in wanted.runs:
        words = _layer(tokens, layer)
        length, first = len(texts), texts[0]
        for at, text in enumerate(words):
            if text == first and tuple(words[at : at + length]) == texts:
                yield Place(tokens[at].start, tokens[at + length - 1].end, unit, layer)


def _pairs(tokens: list[Token], wanted: Wanted) -> Iterator[Place]:
    """Words close to each other, each as a place; only if all pairs of the unit are there."""
    for unit, nears in wanted.pairs.items():
        words = _layer(tokens, "form")
        found = [_close(words, near) for near in nears]
        if all(found):
            for at in sorted(set().union(*found)):
                yield Place(tokens[at].start, tokens[at].end, unit, nears[0].layer)


def _close(words: list[str], near: terms.Near) -> set[int]:
    """Where the two words of a pair stand close to each other."""
    firsts = [at for at, text in enumerate(words) if text == near.first]
    seconds = [at for at, text in enumerate(words) if text == near.second]
    return {place for at, others in close(firsts, seconds, near.distance) for place in (at, *others)}


def _shapes(tokens: list[Token], wanted: Wanted) -> Iterator[Place]:
    """Words that fit a pattern or are nearly the one asked for: other words, so not exact."""
    for unit, query in wanted.shapes:
        fits = set(fitting(query, {token.word.exact for token in tokens}))
        yield from (Place(start, end, unit, "form") for start, end, word in tokens if word.exact in fits)


def _layer(tokens: list[Token], layer: Why) -> list[str]:
    return [word.exact if layer == "exact" else word.form for _, _, word in tokens]


def why(places: Iterable[Place]) -> Why | None:
    """The worst layer that is needed to match all units that match at all; None if none does."""
    best: dict[int, int] = {}
    for place in places:
        rank = LAYERS.index(place.layer)
        best[place.unit] = min(best.get(place.unit, rank), rank)
    return LAYERS[max(best.values())] if best else None
