"""Which terms fit a pattern, or are near a word? For engines that have their vocabulary in Python."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from functools import lru_cache
from itertools import islice

from search.query.terms import Fuzzy, Wildcard


@lru_cache(maxsize=256)
def pattern_regex(pattern: str) -> str:
    """The regular expression of a pattern: `*` is any number of characters, `?` is one."""
    signs = {"*": ".*", "?": "."}
    # Only punctuation of ASCII is escaped: Rust refuses a backslash elsewhere, and before < and >.
    return "".join(signs.get(sign) or re.sub(r"[!-/:;=?@\[-^`{-~]", r"\\\g<0>", sign) for sign in pattern)


@lru_cache(maxsize=256)
def _fits(pattern: str) -> Callable[[str], re.Match[str] | None]:
    """What tells whether a term fits a pattern."""
    return re.compile(_atomic(pattern), re.DOTALL).fullmatch


def _atomic(pattern: str) -> str:
    """The same expression without backtracking: each piece between stars may match where it first can.

    With plain stars, a pattern of ten of them takes seconds for one long word. tantivy needs
    no such care: it runs an automaton.
    """
    first, *rest = map(pattern_regex, pattern.split("*"))
    if not rest:
        return first
    return first + "".join(f"(?>.*?{piece})" for piece in rest[:-1] if piece) + ".*" + rest[-1]


def matching_terms(query: Wildcard | Fuzzy, vocabulary: Iterable[str]) -> list[str]:
    """The terms of a vocabulary that answer a pattern or fuzzy query."""
    if isinstance(query, Wildcard):
        return list(filter(_fits(query.pattern), vocabulary))
    from rapidfuzz.distance import OSA  # other queries need not wait for it

    distance = query.distance
    return [term for term in vocabulary if OSA.distance(query.text, term, score_cutoff=distance) <= distance]


class TermList:
    """The terms of a column, for patterns that begin with a wildcard: no order helps to find what fits them."""

    def __init__(self, terms: Iterable[str]) -> None:
        # One text takes a tenth of the memory of a list, and is searched at the speed of memory.
        self._text = "\n".join(["", *terms, ""])

    def matching(self, pattern: str, limit: int) -> list[str] | None:
        """The terms that fit a pattern, in order; None if they are more than `limit`."""
        having = self._having(max(re.split("[*?]", pattern), key=len))
        found = list(islice(filter(_fits(pattern), having), limit + 1))
        return found if len(found) <= limit else None

    def _having(self, piece: str) -> Iterator[str]:
        """The terms with this piece, all if it is empty."""
        text, at = self._text, 1
        while (at := text.find(piece, at)) >= 0 and at < len(text):
            end = text.find("\n", at)
            yield text[text.rfind("\n", 0, at) + 1 : end]
            at = end + 1
