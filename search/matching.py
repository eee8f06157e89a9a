"""Where and how does this article match? The words of a query, found again in one text.

Engines say which articles answer; this says which letters of them, in which layer. It walks the
same analysis as the index, so a mark stands exactly where a term came from.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from search.engines.vocabulary import fitting
from search.german.analysis import Analysis, Part, Token, analyse, analyse_names
from search.page import Why
from search.query import terms

# From best to worst; the worst layer that a hit needs is why it matched.
LAYERS: tuple[Why, ...] = ("exact", "form", "part")


class Place(NamedTuple):
    """A match: character offsets, the number of the unit of the query, and the layer."""

    start: int
    end: int
    unit: int
    layer: Why


@dataclass(slots=True)
class Wanted:
    """What to look for in one field: for each layer the terms, and whatever takes more than a look-up."""

    words: dict[Why, dict[str, int]] = field(default_factory=lambda: {layer: {} for layer in LAYERS})
    runs: list[tuple[int, Why, tuple[str, ...]]] = field(default_factory=list)
    pairs: list[tuple[int, Why, terms.Near]] = field(default_factory=list)
    shapes: list[tuple[int, terms.Pattern | terms.Fuzzy]] = field(default_factory=list)


class QueryMatcher:
    """Finds the units of one query in texts."""

    def __init__(self, units: Sequence[terms.Terms]) -> None:
        self.count = len(units)
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
                wanted.words[layer].setdefault(text, number)
            case terms.Sequence(_, texts):
                wanted.runs.append((number, layer, texts))
            case terms.Near():
                wanted.pairs.append((number, layer, leaf))
            case terms.Pattern() | terms.Fuzzy():
                wanted.shapes.append((number, leaf))

    def in_text(self, name: str, text: str) -> list[Place]:
        """The matches in the text of a field, by start, the longer ones first."""
        return self._places(name, text, analyse) if name in self._wanted else []

    def in_names(self, name: str, values: Iterable[str]) -> list[Place]:
        """The matches in the names of a field; their offsets are those in the name."""
        if name not in self._wanted:
            return []
        return [place for value in values for place in self._places(name, value, analyse_names)]

    def _places(self, name: str, text: str, analysis: Callable[[str], Analysis]) -> list[Place]:
        tokens, parts = analysis(text)
        wanted = self._wanted[name]
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
        if word.exact in exact:
            yield Place(start, end, exact[word.exact], "exact")
        elif word.form in form:
            yield Place(start, end, form[word.form], "form")


def _parts(parts: list[Part], wanted: Wanted) -> Iterator[Place]:
    units = wanted.words["part"]
    return (Place(start, end, units[term], "part") for start, end, term in parts if term in units)


def _runs(tokens: list[Token], wanted: Wanted) -> Iterator[Place]:
    """Words in a row, as one place."""
    for unit, layer, texts in wanted.runs:
        words = _layer(tokens, layer)
        length, first = len(texts), texts[0]
        for at, text in enumerate(words):
            if text == first and tuple(words[at : at + length]) == texts:
                yield Place(tokens[at].start, tokens[at + length - 1].end, unit, layer)


def _pairs(tokens: list[Token], wanted: Wanted) -> Iterator[Place]:
    """Two words close to each other, as two places."""
    for unit, layer, near in wanted.pairs:
        words = _layer(tokens, layer)
        seconds = [at for at, text in enumerate(words) if text == near.second]
        for at in (at for at, text in enumerate(words) if text == near.first):
            for other in (other for other in seconds if abs(at - other) <= near.distance + 1):
                yield Place(tokens[at].start, tokens[at].end, unit, layer)
                yield Place(tokens[other].start, tokens[other].end, unit, layer)


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
