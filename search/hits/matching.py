"""Where and how does this article match? The clauses of a query, found again in one text.

Engines say which articles answer; this says which letters of them, in which layer. It walks the
same analysis as the index, so a mark stands exactly where a term came from.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from itertools import accumulate
from typing import NamedTuple

from search.engines.positions import within_distance
from search.engines.vocabulary import matching_terms
from search.german.analysis import analyse_names
from search.german.tokens import Part, Token, Word
from search.hits.candidates import LAYERS, FieldQuery, Tokens, candidate_offsets, candidates
from search.hits.effort import Effort
from search.page import Why
from search.query import terms
from search.schema import GAP


class Occurrence(NamedTuple):
    """A place in a text that matches: character offsets, the number of the clause of the query, and the layer."""

    start: int
    end: int
    clause: int
    layer: Why


class QueryMatcher:
    """Finds the clauses of one query in texts."""

    def __init__(self, clauses: Sequence[terms.Terms]) -> None:
        self._queries: defaultdict[str, FieldQuery] = defaultdict(FieldQuery)
        for number, clause in enumerate(clauses):
            for together in _alternatives(clause):
                nears = tuple(leaf for leaf in together if isinstance(leaf, terms.Near))
                if nears:
                    self._queries[_field(nears[0])].nears.append((number, nears))
                for leaf in together:
                    self._add(number, leaf)

    def _add(self, number: int, leaf: terms.Leaf) -> None:
        name, _, suffix = leaf.column.rpartition("_")
        layer = next(layer for layer in LAYERS if layer == suffix)
        query = self._queries[name]
        match leaf:
            case terms.Term(_, text):
                query.words[layer].setdefault(text, []).append(number)
            case terms.Phrase(_, texts):
                query.phrases.append((number, layer, texts))
            case terms.Wildcard() | terms.Fuzzy():
                query.multi_terms.append((number, leaf))

    def in_text(self, name: str, text: str, effort: Effort | None = None) -> list[Occurrence]:
        """The matches in the text of a field, by start, the longer ones first; as far as the effort reaches."""
        if name not in self._queries:
            return []
        query, effort = self._queries[name], effort or Effort()
        found, parts = candidates(text, query, effort)
        effort.spend(len(found) * query.looks)
        return _occurrences(found, parts, query)

    def in_names(self, name: str, values: Sequence[str]) -> list[Occurrence]:
        """The matches in the names of a field; offsets count on from one name to the next."""
        if not values or name not in self._queries:
            return []
        query = self._queries[name]
        return _occurrences(dict(enumerate(_tokens_of_names(_possible_names(values, query)))), [], query)


def _alternatives(clause: terms.Terms) -> Iterator[tuple[terms.Leaf, ...]]:
    """The ways to match a clause, each the leaves that must match together."""
    match clause:
        case terms.Or(parts):
            for part in parts:
                yield from _alternatives(part)
        case _:
            if together := tuple(terms.leaves(clause)):
                yield together


def _field(leaf: terms.Leaf) -> str:
    return leaf.column.rpartition("_")[0]


def _possible_names(values: Sequence[str], query: FieldQuery) -> list[tuple[int, str]]:
    """The names that may match, each behind its offset; all of them where it matters how far apart these are."""
    starts = list(accumulate(map(len, values[:-1]), initial=0))
    offsets = candidate_offsets("\n".join(values), query)
    if offsets is None or (offsets and query.nears):
        return list(zip(starts, values, strict=True))
    behind = [start + number for number, start in enumerate(starts)]  # a line end stands before each but the first
    found = sorted({bisect_right(behind, offset) - 1 for offset in offsets})
    return [(starts[number], values[number]) for number in found]


def _tokens_of_names(names: Iterable[tuple[int, str]]) -> list[Token]:
    """The tokens of names behind their offsets, as the index has them: with a gap between one name and the next."""
    tokens: list[Token] = []
    for offset, name in names:
        found = analyse_names(name).tokens
        if tokens and found:
            tokens.append(Token(offset, offset, Word(GAP, GAP)))
        tokens += [Token(start + offset, end + offset, word) for start, end, word in found]
    return tokens


def _occurrences(found: Tokens, parts: list[Part], query: FieldQuery) -> list[Occurrence]:
    if not found and not parts:
        return []
    occurrences = [
        *_words(found, query),
        *_parts(parts, query),
        *_phrases(found, query),
        *_nears(found, query),
        *_multi_terms(found, query),
    ]
    if len(occurrences) > 1:
        occurrences.sort(key=lambda occurrence: (occurrence.start, -occurrence.end, LAYERS.index(occurrence.layer)))
    return occurrences


def _words(found: Tokens, query: FieldQuery) -> Iterator[Occurrence]:
    exact, form = query.words["exact"], query.words["form"]
    for start, end, word in found.values():
        as_typed = exact.get(word.exact, ())
        for clause in as_typed:
            yield Occurrence(start, end, clause, "exact")
        for clause in form.get(word.form, ()):
            if clause not in as_typed:
                yield Occurrence(start, end, clause, "form")


def _parts(parts: list[Part], query: FieldQuery) -> Iterator[Occurrence]:
    clauses = query.words["part"]
    return (Occurrence(start, end, clause, "part") for start, end, term in parts for clause in clauses.get(term, ()))


def _phrases(found: Tokens, query: FieldQuery) -> Iterator[Occurrence]:
    """Phrases, each as one occurrence."""
    for clause, layer, texts in query.phrases:
        words = _layer(found, layer)
        for at, text in words.items():
            if text == texts[0] and all(words.get(at + offset) == text for offset, text in enumerate(texts)):
                yield Occurrence(found[at].start, found[at + len(texts) - 1].end, clause, layer)


def _nears(found: Tokens, query: FieldQuery) -> Iterator[Occurrence]:
    """Words near each other, each as an occurrence; only if all pairs that belong together are there."""
    for clause, nears in query.nears:
        words = _layer(found, "form")
        near_by = [_close(words, near) for near in nears]
        if all(near_by):
            for at in sorted(set().union(*near_by)):
                yield Occurrence(found[at].start, found[at].end, clause, "form")


def _close(words: dict[int, str], near: terms.Near) -> set[int]:
    """Where the two words of a pair stand close to each other."""
    firsts = [at for at, text in words.items() if text == near.first]
    seconds = [at for at, text in words.items() if text == near.second]
    return {
        occurrence for at, others in within_distance(firsts, seconds, near.distance) for occurrence in (at, *others)
    }


def _multi_terms(found: Tokens, query: FieldQuery) -> Iterator[Occurrence]:
    """Words that fit a pattern or are nearly the one asked for: other words, so not exact."""
    words = {token.word.exact for token in found.values()} if query.multi_terms else set()
    for clause, leaf in query.multi_terms:
        fits = set(matching_terms(leaf, words))
        yield from (Occurrence(start, end, clause, "form") for start, end, word in found.values() if word.exact in fits)


def _layer(found: Tokens, layer: Why) -> dict[int, str]:
    return {at: word.exact if layer == "exact" else word.form for at, (_, _, word) in found.items()}


def why(occurrences: Iterable[Occurrence]) -> Why | None:
    """The worst layer that is needed to match all clauses that match at all; None if none does."""
    best: dict[int, int] = {}
    for occurrence in occurrences:
        rank = LAYERS.index(occurrence.layer)
        best[occurrence.clause] = min(best.get(occurrence.clause, rank), rank)
    return LAYERS[max(best.values())] if best else None
