"""Which terms fit a pattern? The terms of each segment as a list, kept for the commits that still have the segment.

tantivy takes almost a second to list the terms of 28,000 articles. A segment never changes, so a commit costs only the
lists of its new segments, which are small.
"""

from __future__ import annotations

from heapq import nsmallest
from itertools import chain
from pathlib import Path

import tantivy

from search.deadline import EXPANDING, check_deadline
from search.engines.tantivy.read_only import Commit, open_segment
from search.engines.vocabulary import MOST_TERMS, TermList


class TermLists:
    """The lists of the segments of the last commit, as far as they were needed; threads may share them."""

    def __init__(self, directory: Path) -> None:
        self._directory = directory
        self._known: dict[tuple[str, tuple[str, ...]], TermList] = {}  # by column and segments

    def fitting(self, commit: Commit, column: str, pattern: str) -> tuple[list[str], bool]:
        """The terms of a column that fit a pattern, and whether there are more: then the most frequent MOST_TERMS.

        Raises TooExpensive.
        """
        lists = [listed.matching(pattern, MOST_TERMS + 1) for listed in self._of(commit, column)]
        found = dict.fromkeys(chain.from_iterable(lists))
        if len(found) <= MOST_TERMS or len(lists) == 1:
            return list(found)[:MOST_TERMS], len(found) > MOST_TERMS
        counts = {term: commit.searcher.doc_freq(column, term) for term in found}
        return nsmallest(MOST_TERMS, found, key=lambda term: (-counts[term], term)), True

    def _of(self, commit: Commit, column: str) -> list[TermList]:
        """The terms of a column of each segment of a commit, the most frequent first."""
        known = {key: listed for key, listed in self._known.items() if set(key[1]) <= set(commit.segments)}
        whole = column, commit.segments
        singly = [(column, (segment,)) for segment in commit.segments]
        for key in [key for key in singly if key not in known and whole not in known]:
            check_deadline(EXPANDING)
            try:
                known[key] = _listed(open_segment(self._directory, *key[1]), column)
            except (OSError, ValueError):  # a newer commit has merged it; this one still has its terms in memory
                known[whole] = _listed(commit.searcher, column)
                break
        self._known = known
        return [known[whole]] if whole in known else [known[key] for key in singly]


def _listed(searcher: tantivy.Searcher, column: str) -> TermList:
    return TermList(text for text, _ in searcher.terms_with_prefix(column, ""))
