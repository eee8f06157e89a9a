"""Which words of a text can match? The others need not be analysed, which would take most of the time."""

from __future__ import annotations

import re
import sys
from bisect import bisect_right
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from search.deadline import until_deadline
from search.engines.vocabulary import matching_terms
from search.german.broken_words import whole
from search.german.chunks import Span, analysed_chunk, spans, spans_at
from search.german.open_compounds import OPEN_SIGN, open_compounds_from
from search.german.prefilter import (
    IS_ODD,
    MOST_LETTERS,
    compiled,
    exact_patterns,
    first_letter,
    first_letters,
    folded_bytes,
    open_compound_patterns,
    prefilter_pattern,
    prefilter_patterns,
    sign_pattern,
)
from search.german.romanisation import KEY_SIGN
from search.german.separated_verbs import may_be_separated, separated_verbs
from search.german.suspended_hyphens import completed, suspended_offsets
from search.german.tokens import TOKEN, Part, Token, normalise
from search.hits.effort import WORD, Effort
from search.page import Why
from search.query import terms

# Words of a text that are looked at: those of half a book. Marks beyond would cost more than they tell.
MOST_CANDIDATES = 20_000

_ODD = re.compile(IS_ODD)

# From best to worst; the worst layer that a hit needs is why it matched.
LAYERS: tuple[Why, ...] = ("exact", "form", "part")


ClausesByTerm = dict[str, list[int]]  # a term and the clauses that ask for it
Patterns = Callable[[str, bool], list[str] | None]  # the expressions for a term, where words begin or inside of them
Tokens = dict[int, Token]  # the tokens of a text that can match, by their number


@dataclass
class FieldQuery:
    """What a query asks of one field: for each layer the terms, and whatever takes more than a look-up.

    A phrase has its clause, the layer of its terms, and these. `multi_terms` are wildcards and misspellings, for which
    many words may stand (Lucene: MultiTermQuery).
    """

    words: dict[Why, ClausesByTerm] = field(default_factory=lambda: {layer: {} for layer in LAYERS})
    phrases: list[tuple[int, Why, tuple[str, ...]]] = field(default_factory=list)
    nears: list[tuple[int, tuple[terms.Near, ...]]] = field(default_factory=list)
    multi_terms: list[tuple[int, terms.Wildcard | terms.Fuzzy]] = field(default_factory=list)

    @cached_property
    def open_terms(self) -> frozenset[str]:
        """The terms of compounds in several words, which no word by itself gives."""
        return frozenset(text for text in self.words["part"] if OPEN_SIGN in text)

    @cached_property
    def heads(self) -> frozenset[str]:
        """The form terms of the heads of compounds in several words."""
        return frozenset(text.partition(OPEN_SIGN)[2] for text in self.open_terms)

    @cached_property
    def separable(self) -> frozenset[str]:
        """The terms of verbs that may stand apart from their prefix, which no word by itself gives then."""
        return frozenset(filter(may_be_separated, self.words["part"]))

    @cached_property
    def exact_terms(self) -> set[str]:
        """All terms of the exact layer that are looked for."""
        return {
            *self.words["exact"],
            *(text for _, layer, texts in self.phrases if layer == "exact" for text in texts),
        }

    @cached_property
    def form_terms(self) -> set[str]:
        """All terms of the form layer that are looked for."""
        phrases = (text for _, layer, texts in self.phrases if layer == "form" for text in texts)
        nears = (text for _, together in self.nears for near in together for text in (near.first, near.second))
        return {*self.words["form"], *phrases, *nears}

    @cached_property
    def prefilters(self) -> tuple[re.Pattern[bytes], ...] | None:
        """What finds the words that can match, but for misspellings; None if any word can."""
        parts = self.words["part"].keys() - self.open_terms
        inner = [prefilter_patterns(text, inside=True) for text in parts]
        asked = (
            (prefilter_patterns, self.form_terms),
            (exact_patterns, self.exact_terms),
            (open_compound_patterns, self.open_terms),
        )
        whole = [_anywhere_and_at_beginning(patterns, text) for patterns, texts in asked for text in texts]
        multi_terms = [_prefilter_of(query) for _, query in self.multi_terms if isinstance(query, terms.Wildcard)]
        if None in inner or None in whole or None in multi_terms:
            return None
        known = tuple(pattern for patterns in inner for pattern in patterns or ())
        outer = [
            at_beginning
            for pairs in whole
            for anywhere, at_beginning in pairs or ()
            if not (known and anywhere.startswith(known))
        ]
        signs = map(sign_pattern, {*self.words["part"], *self.exact_terms, *self.form_terms})
        return tuple(map(compiled, _shortest(filter(None, [*known, *outer, *multi_terms, *signs]))))

    @cached_property
    def first_letters(self) -> frozenset[str] | None:
        """What the words begin with that may give the parts looked for, None if that is not known."""
        letters = frozenset(letter for text in self.words["part"] for letter in first_letters(text))
        return None if KEY_SIGN in letters else letters

    @property
    def expressions(self) -> int:
        """How many expressions look through a text; where all words are looked at, that is counted word by word."""
        return len(self.prefilters or ()) + sum(isinstance(leaf, terms.Fuzzy) for _, leaf in self.multi_terms) * 50

    @property
    def looks(self) -> int:
        """How many times each word that can match is looked at."""
        return len(self.phrases) + len(self.multi_terms) + 2 * sum(len(nears) for _, nears in self.nears)

    def reach(self, tokens: Sequence[Token]) -> int:
        """Up to how many words between these matter: none if no phrase or pair of them can match."""
        if not self.phrases and not self.nears:
            return 0
        exact = {token.word.exact for token in tokens}
        form = {token.word.form for token in tokens}
        phrases = any((exact if layer == "exact" else form).issuperset(texts) for _, layer, texts in self.phrases)
        nears = (near for _, together in self.nears for near in together if {near.first, near.second} <= form)
        return max((near.distance + 1 for near in nears), default=int(phrases))


def _anywhere_and_at_beginning(patterns: Patterns, term: str) -> list[tuple[str, str]] | None:
    """What finds a term anywhere, and what finds it where a word begins."""
    anywhere, at_beginning = patterns(term, True), patterns(term, False)
    return None if anywhere is None or at_beginning is None else list(zip(anywhere, at_beginning, strict=True))


def _shortest(prefilters: Iterable[str]) -> list[str]:
    """The patterns without those that go on as another one begins: the shorter one finds what they find."""
    found: list[str] = []
    for shorter in sorted(prefilters, key=len):
        if not shorter.startswith(tuple(found)):
            found.append(shorter)
    return found


def _prefilter_of(query: terms.Wildcard) -> str | None:
    """What finds the words that may fit a pattern."""
    fixed = re.split("[*?]", query.pattern)
    return prefilter_pattern(fixed[0] or max(fixed, key=len), inside=not fixed[0], complete=False)


def candidates(text: str, query: FieldQuery, effort: Effort) -> tuple[Tokens, list[Part]]:
    """The words of a text that can match by their number, and the parts that can; as far as the effort reaches."""
    text = effort.readable(text, query.expressions)
    mended = whole(text)
    if mended is None:
        return _candidates(text, query, effort)
    tokens, parts = _candidates(mended.text, query, effort)
    return (
        {number: Token(*mended.span(start, end), word) for number, (start, end, word) in tokens.items()},
        [Part(*mended.span(start, end), term) for start, end, term in parts],
    )


def _candidates(text: str, query: FieldQuery, effort: Effort) -> tuple[Tokens, list[Part]]:
    offsets, asked = candidate_offsets(text, query), query.words["part"]
    if offsets == []:
        return {}, [*_completed(text, [], query), *_separated(text, query)] if asked else []
    occurrences = (spans(text) if offsets is None else spans_at(text, sorted(offsets)))[
        : min(MOST_CANDIDATES, effort.words())
    ]
    effort.spend(len(occurrences) * WORD)
    exact, form, heads, any_word = query.exact_terms, query.form_terms, query.heads, bool(query.multi_terms)
    tokens: list[Token] = []
    parts: list[Part] = []
    across: list[Part] = []
    for at, end in until_deadline(occurrences, "marking the hits"):
        chunk, is_head = analysed_chunk(text[at:end]), False
        for start, stop, word in chunk.tokens:
            if any_word or word.form in form or word.exact in exact:
                tokens.append(Token(at + start, at + stop, word))
            is_head = is_head or word.form in heads
        for start, stop, term in chunk.parts:
            if term in asked:
                parts.append(Part(at + start, at + stop, term))
        # What begins with its head, or has a blank before it, which only the text tells.
        if query.open_terms and (is_head or text[end + 1 : end + 2].isupper()):
            across += open_compounds_from(text, at, end)
    if asked:
        parts += [*_completed(text, occurrences, query), *_separated(text, query)]
    parts += [part for part in across if part.term in query.open_terms]
    return _numbered(text, tokens, query), parts


def candidate_offsets(text: str, query: FieldQuery) -> list[int] | None:
    """Offsets in the words of a text that can match, None if all must be looked at."""
    if query.prefilters is None:
        return None
    folded = folded_bytes(text)
    found = [match.start() for pattern in query.prefilters for match in pattern.finditer(folded)]
    if IS_ODD in folded:
        found += [match.start() for match in _ODD.finditer(folded)]
    return found + _misspelt_offsets(text, query)


def _misspelt_offsets(text: str, query: FieldQuery) -> list[int]:
    """Offsets of the words that are nearly one asked for, which may begin with any letter: their exact terms tell."""
    asked = [leaf for _, leaf in query.multi_terms if isinstance(leaf, terms.Fuzzy)]
    exact = [(match.start(), normalise(match[0])) for match in TOKEN.finditer(text)] if asked else []
    near = {term for leaf in asked for term in matching_terms(leaf, {term for _, term in exact})}
    return [start for start, term in exact if term in near]


def _completed(text: str, looked_at: Sequence[Span], query: FieldQuery) -> list[Part]:
    """What suspended hyphens leave out, if the whole word may match: it begins as a chunk looked at, or elsewhere.

    The prefilter finds no word that has fewer letters before its hyphen (Ein- und Ausgabe) than it looks for.
    """
    behind, before = suspended_offsets(text)
    asked = sorted([*before, *(at for at in behind if _within(at, looked_at) or _may_begin(text, at, query))])
    return list(completed(text, asked))


def _separated(text: str, query: FieldQuery) -> list[Part]:
    """The verbs apart from their prefix that are looked for."""
    return [part for part in separated_verbs(text) if part.term in query.separable] if query.separable else []


def _may_begin(text: str, offset: int, query: FieldQuery) -> bool:
    """Whether a part may begin with the word that ends at an offset and is too short for the prefilter."""
    near = " " * (offset < MOST_LETTERS) + text[max(0, offset - MOST_LETTERS) : offset]
    if near.isalpha():
        return False
    *others, word = near.split()
    if query.first_letters is None or not (others or near[0].isspace()):
        return True
    return any(first_letter(char) in query.first_letters for char in word)


def _within(offset: int, occurrences: Sequence[Span]) -> bool:
    number = bisect_right(occurrences, (offset, sys.maxsize)) - 1  # the last chunk that begins up to the offset
    return number >= 0 and offset < occurrences[number][1]


def _numbered(text: str, tokens: Sequence[Token], query: FieldQuery) -> Tokens:
    """Some words of a text by numbers that tell how far apart they are, as far as that matters."""
    reach = query.reach(tokens)
    if not reach:
        return dict(enumerate(tokens))
    found: Tokens = {}
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
