"""Where and how does this article match? The words of a query, found again in one text.

Engines say which articles answer; this says which letters of them, in which layer. It walks the
same analysis as the index, so a mark stands exactly where a term came from.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from search.engines.positions import close
from search.engines.vocabulary import fitting
from search.german.analysis import analyse_names
from search.german.tokens import Part, Token, Word
from search.hits.candidates import LAYERS, Found, Wanted, candidates, offsets
from search.page import Why
from search.query import terms
from search.schema import GAP


class Place(NamedTuple):
    """A match: character offsets, the number of the unit of the query, and the layer."""

    start: int
    end: int
    unit: int
    layer: Why


class QueryMatcher:
    """Finds the units of one query in texts."""

    def __init__(self, units: Sequence[terms.Terms]) -> None:
        self._wanted: defaultdict[str, Wanted] = defaultdict(Wanted)
        for number, unit in enumerate(units):
            for together in _alternatives(unit):
                nears = tuple(leaf for leaf in together if isinstance(leaf, terms.Near))
                if nears:
                    self._wanted[_field(nears[0])].pairs.append((number, nears))
                for leaf in together:
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
            case terms.Pattern() | terms.Fuzzy():
                wanted.shapes.append((number, leaf))

    def in_text(self, name: str, text: str) -> list[Place]:
        """The matches in the text of a field, by start, the longer ones first."""
        if name not in self._wanted:
            return []
        wanted = self._wanted[name]
        return _places(*candidates(text, wanted), wanted)

    def in_names(self, name: str, values: Sequence[str]) -> list[Place]:
        """The matches in the names of a field; offsets count on from one name to the next."""
        if not values or name not in self._wanted or offsets("\n".join(values), self._wanted[name]) == []:
            return []
        return _places(dict(enumerate(_tokens_of_names(values))), [], self._wanted[name])


def _alternatives(unit: terms.Terms) -> Iterator[tuple[terms.Leaf, ...]]:
    """The ways to match a unit, each the leaves that must match together."""
    match unit:
        case terms.AnyOf(parts):
            for part in parts:
                yield from _alternatives(part)
        case _:
            if together := tuple(terms.leaves(unit)):
                yield together


def _field(leaf: terms.Leaf) -> str:
    return leaf.column.rpartition("_")[0]


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


def _places(found: Found, parts: list[Part], wanted: Wanted) -> list[Place]:
    if not found and not parts:
        return []
    places = [
        *_words(found, wanted),
        *_parts(parts, wanted),
        *_runs(found, wanted),
        *_pairs(found, wanted),
        *_shapes(found, wanted),
    ]
    if len(places) > 1:
        places.sort(key=lambda place: (place.start, -place.end, LAYERS.index(place.layer)))
    return places


def _words(found: Found, wanted: Wanted) -> Iterator[Place]:
    exact, form = wanted.words["exact"], wanted.words["form"]
    for start, end, word in found.values():
        as_typed = exact.get(word.exact, ())
        for unit in as_typed:
            yield Place(start, end, unit, "exact")
        for unit in form.get(word.form, ()):
            if unit not in as_typed:
                yield Place(start, end, unit, "form")


def _parts(parts: list[Part], wanted: Wanted) -> Iterator[Place]:
    units = wanted.words["part"]
    return (Place(start, end, unit, "part") for start, end, term in parts for unit in units.get(term, ()))


def _runs(found: Found, wanted: Wanted) -> Iterator[Place]:
    """Words in a row, as one place."""
    for unit, layer, texts in wanted.runs:
        words = _layer(found, layer)
        for at, text in words.items():
            if text == texts[0] and all(words.get(at + offset) == text for offset, text in enumerate(texts)):
                yield Place(found[at].start, found[at + len(texts) - 1].end, unit, layer)


def _pairs(found: Found, wanted: Wanted) -> Iterator[Place]:
    """Words close to each other, each as a place; only if all pairs that belong together are there."""
    for unit, nears in wanted.pairs:
        words = _layer(found, "form")
        near_by = [_close(words, near) for near in nears]
        if all(near_by):
            for at in sorted(set().union(*near_by)):
                yield Place(found[at].start, found[at].end, unit, nears[0].layer)


def _close(words: dict[int, str], near: terms.Near) -> set[int]:
    """Where the two words of a pair stand close to each other."""
    firsts = [at for at, text in words.items() if text == near.first]
    seconds = [at for at, text in words.items() if text == near.second]
    return {place for at, others in close(firsts, seconds, near.distance) for place in (at, *others)}


def _shapes(found: Found, wanted: Wanted) -> Iterator[Place]:
    """Words that fit a pattern or are nearly the one asked for: other words, so not exact."""
    for unit, query in wanted.shapes:
        fits = set(fitting(query, {token.word.exact for token in found.values()}))
        yield from (Place(start, end, unit, "form") for start, end, word in found.values() if word.exact in fits)


def _layer(found: Found, layer: Why) -> dict[int, str]:
    return {at: word.exact if layer == "exact" else word.form for at, (_, _, word) in found.items()}


def why(places: Iterable[Place]) -> Why | None:
    """The worst layer that is needed to match all units that match at all; None if none does."""
    best: dict[int, int] = {}
    for place in places:
        rank = LAYERS.index(place.layer)
        best[place.unit] = min(best.get(place.unit, rank), rank)
    return LAYERS[max(best.values())] if best else None
