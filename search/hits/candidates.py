"""Which words of a text can match? The others need not be analysed, which would take most of the time."""

from __future__ import annotations

import re
import sys
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from search.german.chunks import Span, known_chunk, spans, spans_at
from search.german.prefilter import LENGTH, finder, first_letter, sought_in, stub
from search.german.romanisation import SIGN
from search.german.suspended_hyphens import completed, hyphens
from search.german.tokens import TOKEN, Part, Token
from search.page import Why
from search.query import terms

# From best to worst; the worst layer that a hit needs is why it matched.
LAYERS: tuple[Why, ...] = ("exact", "form", "part")


Units = dict[str, list[int]]  # a term and the units that ask for it
Found = dict[int, Token]  # the tokens of a text that can match, by their number


@dataclass
class Wanted:
    """What to look for in one field: for each layer the terms, and whatever takes more than a look-up."""

    words: dict[Why, Units] = field(default_factory=lambda: {layer: {} for layer in LAYERS})
    runs: list[tuple[int, Why, tuple[str, ...]]] = field(default_factory=list)
    pairs: list[tuple[int, tuple[terms.Near, ...]]] = field(default_factory=list)
    shapes: list[tuple[int, terms.Pattern | terms.Fuzzy]] = field(default_factory=list)

    @cached_property
    def exact_texts(self) -> set[str]:
        """All terms of the exact layer that are looked for."""
        return {*self.words["exact"], *(text for _, layer, texts in self.runs if layer == "exact" for text in texts)}

    @cached_property
    def form_texts(self) -> set[str]:
        """All terms of the form layer that are looked for."""
        runs = (text for _, layer, texts in self.runs if layer == "form" for text in texts)
        nears = (text for _, together in self.pairs for near in together for text in (near.first, near.second))
        return {*self.words["form"], *runs, *nears}

    @cached_property
    def stubs(self) -> tuple[re.Pattern[bytes], ...] | None:
        """What finds the words that can match, None if any word can."""
        inner = [stub(text, inside=True) for text in self.words["part"]]
        whole = [(stub(text, inside=True), stub(text, inside=False)) for text in self.exact_texts | self.form_texts]
        shapes = [_stub_of(query) for _, query in self.shapes]
        known = tuple(filter(None, inner))
        outer = [at_beginning for anywhere, at_beginning in whole if not (anywhere and anywhere.startswith(known))]
        found = [*inner, *outer, *shapes]
        return tuple(map(finder, _shortest(filter(None, found)))) if all(found) else None

    @cached_property
    def first_letters(self) -> frozenset[str] | None:
        """What the words begin with that may give the parts looked for, None if that is not known."""
        letters = frozenset(text[0] for text in self.words["part"])
        return None if SIGN in letters else letters

    def reach(self, tokens: Sequence[Token]) -> int:
        """Up to how many words between these matter: none if no run or pair of them can match."""
        if not self.runs and not self.pairs:
            return 0
        exact = {token.word.exact for token in tokens}
        form = {token.word.form for token in tokens}
        runs = any((exact if layer == "exact" else form).issuperset(texts) for _, layer, texts in self.runs)
        nears = (near for _, together in self.pairs for near in together if {near.first, near.second} <= form)
        return max((near.distance + 1 for near in nears), default=int(runs))


def _shortest(stubs: Iterable[str]) -> list[str]:
    """The stubs without those that go on as another one begins: what they find, that one finds, too."""
    found: list[str] = []
    for shorter in sorted(stubs, key=len):
        if not shorter.startswith(tuple(found)):
            found.append(shorter)
    return found


def _stub_of(query: terms.Pattern | terms.Fuzzy) -> str | None:
    """What finds the words that may fit a pattern; words with typing errors may begin with any letter."""
    if isinstance(query, terms.Fuzzy):
        return None
    pieces = re.split("[*?]", query.pattern)
    return stub(pieces[0], inside=False) if pieces[0] else stub(max(pieces, key=len), inside=True)


def candidates(text: str, wanted: Wanted) -> tuple[Found, list[Part]]:
    """The words of a text that can match by their number, and the parts that can."""
    at, asked = offsets(text, wanted), wanted.words["part"]
    if at == []:
        return {}, _completed(text, [], wanted) if asked else []
    places = spans(text) if at is None else spans_at(text, sorted(at))
    chunks = [(start, known_chunk(text[start:end])) for start, end in places]
    tokens = [Token(at + start, at + end, word) for at, chunk in chunks for start, end, word in chunk.tokens]
    inner = ((at, part) for at, chunk in chunks for part in chunk.parts if part.term in asked)
    parts = [Part(at + start, at + end, term) for at, (start, end, term) in inner]
    if asked:
        parts += _completed(text, places, wanted)
    return _numbered(text, tokens, wanted), parts


def offsets(text: str, wanted: Wanted) -> list[int] | None:
    """Offsets in the words of a text that can match, None if all must be looked at."""
    if wanted.stubs is None or (sought := sought_in(text)) is None:
        return None
    return [match.start() for pattern in wanted.stubs for match in pattern.finditer(sought)]


def _completed(text: str, looked_at: Sequence[Span], wanted: Wanted) -> list[Part]:
    """What suspended hyphens leave out, if the whole word may match: it begins as a chunk looked at, or elsewhere.

    Stubs find no word that has fewer letters before its hyphen (Ein- und Ausgabe) than they look for.
    """
    behind, before = hyphens(text)
    asked = sorted([*before, *(at for at in behind if _within(at, looked_at) or _may_begin(text, at, wanted))])
    return list(completed(text, asked))


def _may_begin(text: str, offset: int, wanted: Wanted) -> bool:
    """Whether a part may begin with the word that ends at an offset, if that has fewer letters than stubs look for."""
    near = " " * (offset < LENGTH) + text[max(0, offset - LENGTH) : offset]
    if near.isalpha():
        return False
    *others, word = near.split()
    if wanted.first_letters is None or not (others or near[0].isspace()):
        return True
    return any(first_letter(char) in wanted.first_letters for char in word)


def _within(offset: int, places: Sequence[Span]) -> bool:
    number = bisect_right(places, (offset, sys.maxsize)) - 1  # the last chunk that begins up to the offset
    return number >= 0 and offset < places[number][1]


def _numbered(text: str, tokens: Sequence[Token], wanted: Wanted) -> Found:
    """Some words of a text by numbers that tell how far apart they are, as far as that matters."""
    reach = wanted.reach(tokens)
    if not reach:
        return dict(enumerate(tokens))
    found: Found = {}
    number = end = 0
    for token in tokens:
        number += 1 + _words_between(text, end, token.start, reach)
        found[number], end = token, token.end
    return found


def _words_between(text: str, start: int, end: int, most: int) -> int:
    """How many words are between the end of one and the start of another; no more than `most` are counted."""
    for count, match in enumerate(TOKEN.finditer(text, start)):
        if count == most or match.start() >= end:
            return count
    return 0
