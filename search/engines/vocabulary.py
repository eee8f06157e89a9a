"""Which terms fit a pattern, or are near a word? For engines that have their vocabulary in Python."""

from __future__ import annotations

import mmap
import re
from collections.abc import Collection, Iterable, Iterator
from functools import lru_cache
from itertools import chain, count, islice

from search.deadline import EXPANDING, until_deadline
from search.query.terms import Fuzzy, Terms, Wildcard, scoring_leaves

# That a pattern with a star in front stands for, the most frequent of its column. Of 470,000 terms 40,000 fit *ung*,
# and find hardly more.
MOST_TERMS = 5_000
_BATCH = 10_000  # terms that are encoded together: a quarter of the time that each by itself takes
_COMPARED = 20_000  # terms that are compared with a misspelling between two looks at the clock: some milliseconds


@lru_cache(maxsize=256)
def pattern_regex(pattern: str) -> str:
    """The regular expression of a pattern: `*` is any number of characters, `?` is one."""
    signs = {"*": ".*", "?": "."}
    # Only punctuation of ASCII is escaped: Rust refuses a backslash elsewhere, and before < and >.
    return "".join(signs.get(sign) or re.sub(r"[!-/:;=?@\[-^`{-~]", r"\\\g<0>", sign) for sign in pattern)


@lru_cache(maxsize=256)
def _line(pattern: str) -> re.Pattern[bytes]:
    """What finds the lines of a text that fit a pattern, without backtracking: each piece may match where it first can.

    With plain stars, a pattern of ten of them takes seconds for one long word. tantivy needs no such care: it runs an
    automaton.
    """
    first, *rest = [b"".join(map(_sign, run)) for run in pattern.split("*")]
    inner = b"".join(b"(?>[^\n]*?%b)" % run for run in rest[:-1] if run)
    last = b"[^\n]*%b" % rest[-1] if rest else b""
    return re.compile(b"^%b%b%b$" % (first, inner, last), re.MULTILINE)


def _sign(sign: str) -> bytes:
    """What fits a sign of a pattern: itself, or any one character, which may have several bytes."""
    return b"[^\n\x80-\xbf][\x80-\xbf]*" if sign == "?" else re.escape(_encoded(sign))


def _encoded(text: str) -> bytes:
    """A text as UTF-8, also if strangers have put half of a character into it."""
    return text.encode("utf-8", "surrogatepass")


def _needle(pattern: str) -> bytes:
    """What each line that fits a pattern has: its beginning, or else the longest run of letters, if there is any."""
    beginning, *others = re.split("[*?]", pattern)
    return _encoded(max(others, key=len, default="") if not beginning and any(others) else f"\n{beginning}")


def bounded_patterns(asked: Terms, bounded: Collection[tuple[str, str]]) -> tuple[str, ...]:
    """The patterns of a query that are among these columns and patterns, each once."""
    if not bounded:  # nearly always; a long query has hundreds of leaves
        return ()
    patterns = (leaf for leaf in scoring_leaves(asked) if isinstance(leaf, Wildcard))
    return tuple(dict.fromkeys(leaf.pattern for leaf in patterns if (leaf.column, leaf.pattern) in bounded))


def matching_terms(query: Wildcard | Fuzzy, vocabulary: Collection[str]) -> list[str]:
    """The terms of a vocabulary that answer a wildcard or fuzzy query. Raises TooExpensive."""
    if isinstance(query, Wildcard):
        fits = _line(query.pattern).fullmatch
        return [term for term in until_deadline(vocabulary, EXPANDING) if fits(_encoded(term))]
    terms = list(vocabulary)
    return [terms[number] for number in near_terms(query, terms)]


def near_terms(query: Fuzzy, terms: list[str]) -> list[int]:
    """The places in a list of the terms that are at most so many edits away. Raises TooExpensive."""
    from rapidfuzz.distance import OSA  # other queries need not wait for it
    from rapidfuzz.process import extract

    found: list[int] = []
    for first in until_deadline(range(0, len(terms), _COMPARED), EXPANDING, 1):
        some = terms[first : first + _COMPARED]
        near = extract(query.text, some, scorer=OSA.distance, score_cutoff=query.distance, limit=None)
        found += sorted(first + number for _, _, number in near)
    return found


def _batches(terms: Iterable[str]) -> Iterator[list[str]]:
    left = iter(terms)
    while some := list(islice(left, _BATCH)):
        yield some


class TermList:
    """The terms of a column as one text, to be searched for patterns at the speed of memory.

    One text takes a tenth of the memory of a list, as UTF-8 half or a quarter of what Python gives to a text in which
    a single character is Cyrillic or an emoji.
    """

    def __init__(self, terms: Iterable[str]) -> None:
        # Each term has a line break before it. Joined some at a time, as one letter of more bytes widens a whole text.
        self.text: bytes | mmap.mmap = b"\n".join(
            chain((b"",), (_encoded("\n".join(some)) for some in _batches(terms)), (b"",))
        )

    @classmethod
    def read(cls, text: mmap.mmap) -> TermList:
        """The list whose `text` was written to a file, which is mapped."""
        listed = cls(())
        listed.text = text
        return listed

    def matching(self, pattern: str, limit: int | None = None) -> list[str]:
        """The terms that fit a pattern, in order; the first ones if they are more than `limit`. Raises TooExpensive."""
        found = list(islice(self.places(pattern), limit))
        return self.between([start for start, _ in found], [end for _, end in found])

    def places(self, pattern: str) -> Iterator[tuple[int, int]]:
        """Where the terms that fit begin and end in all terms as UTF-8, each with a line break behind it.

        Raises TooExpensive.
        """
        needle, fits, end = _needle(pattern), _line(pattern).fullmatch, 0
        for _ in until_deadline(count(), EXPANDING):
            at = self.text.find(needle, end)
            start = self.text.rfind(b"\n", end, at + 1) + 1
            if at < 0 or start == len(self.text):
                return
            end = self.text.find(b"\n", max(at, start))
            if fits(self.text, start, end):
                yield start - 1, end - 1

    def between(self, starts: Iterable[int], ends: Iterable[int]) -> list[str]:
        """The terms that begin and end at these places, which are those that `places` gives."""
        found = (self.text[start + 1 : end + 1] for start, end in zip(starts, ends, strict=True))
        return [term.decode("utf-8", "surrogatepass") for term in found]
