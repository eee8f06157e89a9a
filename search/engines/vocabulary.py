"""Which terms fit a pattern, or are near a word? For engines that have their vocabulary in Python."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator
from functools import lru_cache
from itertools import islice

from search.deadline import EXPANDING, check_deadline
from search.query.terms import Fuzzy, Wildcard

# Characters of a term list that are searched between two looks at the deadline: some hundredths of a second.
BLOCK = 1_000_000


@lru_cache(maxsize=256)
def pattern_regex(pattern: str) -> str:
    """The regular expression of a pattern: `*` is any number of characters, `?` is one."""
    signs = {"*": ".*", "?": "."}
    # Only punctuation of ASCII is escaped: Rust refuses a backslash elsewhere, and before < and >.
    return "".join(signs.get(sign) or re.sub(r"[!-/:;=?@\[-^`{-~]", r"\\\g<0>", sign) for sign in pattern)


@lru_cache(maxsize=256)
def _line(pattern: str) -> re.Pattern[str]:
    """What finds the lines of a text that fit a pattern, without backtracking: each piece may match where it first can.

    With plain stars, a pattern of ten of them takes seconds for one long word. tantivy needs no such care: it runs an
    automaton.
    """
    first, *rest = ["".join("[^\n]" if sign == "?" else re.escape(sign) for sign in run) for run in pattern.split("*")]
    inner = "".join(f"(?>[^\n]*?{run})" for run in rest[:-1] if run)
    last = f"[^\n]*{rest[-1]}" if rest else ""
    return re.compile(f"^{first}{inner}{last}$", re.MULTILINE)


def matching_terms(query: Wildcard | Fuzzy, vocabulary: Collection[str]) -> list[str]:
    """The terms of a vocabulary that answer a wildcard or fuzzy query. Raises TooExpensive."""
    if isinstance(query, Wildcard):
        return TermList(vocabulary).matching(query.pattern) or []
    terms = list(vocabulary)
    return [terms[number] for number in near_terms(query, terms)]


def near_terms(query: Fuzzy, terms: list[str]) -> list[int]:
    """The places in a list of the terms that are at most so many edits away."""
    from rapidfuzz.distance import OSA  # other queries need not wait for it
    from rapidfuzz.process import extract

    check_deadline(EXPANDING)
    near = extract(query.text, terms, scorer=OSA.distance, score_cutoff=query.distance, limit=None)
    return sorted(number for _, _, number in near)


class TermList:
    """The terms of a column as one text, to be searched for patterns at the speed of memory.

    One text takes a tenth of the memory of a list.
    """

    def __init__(self, terms: Iterable[str]) -> None:
        self._text = "\n".join([*terms, ""])

    def matching(self, pattern: str, limit: int | None = None) -> list[str] | None:
        """The terms that fit a pattern, in order; None if they are more than `limit`. Raises TooExpensive."""
        stop = None if limit is None else limit + 1
        found = [self._text[start:end] for start, end in islice(self.places(pattern), stop)]
        return found if limit is None or len(found) <= limit else None

    def places(self, pattern: str) -> Iterator[tuple[int, int]]:
        """Where the terms that fit begin and end in the text that has all of them, each on a line.

        Raises TooExpensive.
        """
        line, start = _line(pattern), 0
        while start < len(self._text):
            check_deadline(EXPANDING)
            end = self._text.find("\n", start + BLOCK)
            end = len(self._text) - 1 if end < 0 else end
            for match in line.finditer(self._text, start, end):
                yield match.span()
            start = end + 1

    def terms(self) -> list[str]:
        """All terms, in order."""
        return self._text.split("\n")[:-1]
