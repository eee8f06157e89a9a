"""Which terms fit a pattern, or are near a word? For engines that have their vocabulary in Python."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache

from rapidfuzz.distance import OSA

from search.query.terms import Fuzzy, Pattern


@lru_cache(maxsize=256)
def pattern_regex(pattern: str) -> str:
    """The regular expression of a pattern: `*` is any number of characters, `?` is one."""
    signs = {"*": ".*", "?": "."}
    # Only punctuation of ASCII is escaped: Rust refuses a backslash elsewhere, and before < and >.
    return "".join(signs.get(sign) or re.sub(r"[!-/:;=?@\[-^`{-~]", r"\\\g<0>", sign) for sign in pattern)


def _atomic(pattern: str) -> str:
    """The same expression without backtracking: each piece between stars may match where it first can.

    With plain stars, a pattern of ten of them takes seconds for one long word. tantivy needs
    no such care: it runs an automaton.
    """
    first, *rest = map(pattern_regex, pattern.split("*"))
    if not rest:
        return first
    return first + "".join(f"(?>.*?{piece})" for piece in rest[:-1] if piece) + ".*" + rest[-1]


def fitting(query: Pattern | Fuzzy, vocabulary: Iterable[str]) -> list[str]:
    """The terms of a vocabulary that answer a pattern or fuzzy query."""
    if isinstance(query, Pattern):
        fits = re.compile(_atomic(query.pattern), re.DOTALL).fullmatch
        return [term for term in vocabulary if fits(term)]
    distance = query.distance
    return [term for term in vocabulary if OSA.distance(query.text, term, score_cutoff=distance) <= distance]
