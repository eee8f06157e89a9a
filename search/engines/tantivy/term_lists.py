"""Which terms fit a pattern? The terms of each segment as a list, kept for the commits that still have the segment.

tantivy takes almost a second to list the terms of 28,000 articles. A segment never changes, so a commit costs only the
lists of its new segments. Those of large segments are written beside them when a run ends, and mapped by readers; those
of small ones are listed by each process that needs them.
"""

from __future__ import annotations

import mmap
from collections.abc import Iterable
from contextlib import suppress
from heapq import nsmallest
from itertools import chain
from pathlib import Path

import tantivy

from search import schema
from search.deadline import EXPANDING, check_deadline
from search.engines.tantivy.merging import segments
from search.engines.tantivy.read_only import Commit, open_segment
from search.engines.vocabulary import MOST_TERMS, TermList
from search.files import replace_file

SUFFIX = ".terms"
# Entries of segments that are listed by who needs the list: it takes some tenths of a second.
MOST_LISTED = 100_000
# Entries of a segment whose lists are written: many such segments together would take each process too long.
LEAST_WRITTEN = 20_000
# Columns that patterns are looked for in.
COLUMNS = tuple(schema.column(field.name, "exact") for field in schema.FIELDS.values() if "exact" in field.layers)


class TermLists:
    """The lists of the segments of the last commit, as far as they were needed; threads may share them."""

    def __init__(self, directory: Path) -> None:
        self._directory = directory
        self._known: dict[tuple[str, tuple[str, ...]], TermList] = {}  # by column and segments

    def fitting(self, commit: Commit, column: str, pattern: str) -> tuple[list[str], bool] | None:
        """The terms of a column that fit a pattern, and whether there are more: then the most frequent MOST_TERMS.

        None if too much is not listed yet: who asks would wait too long. Raises TooExpensive.
        """
        every = self._of(commit, column)
        if every is None:
            return None
        lists = [listed.matching(pattern, MOST_TERMS + 1) for listed in every]
        found = dict.fromkeys(chain.from_iterable(lists))
        if len(found) <= MOST_TERMS or len(lists) == 1:
            return list(found)[:MOST_TERMS], len(found) > MOST_TERMS
        counts = {term: commit.searcher.doc_freq(column, term) for term in found}
        return nsmallest(MOST_TERMS, found, key=lambda term: (-counts[term], term)), True

    def _of(self, commit: Commit, column: str) -> list[TermList] | None:
        """The terms of a column of each segment of a commit, the most frequent first."""
        known = {key: listed for key, listed in self._known.items() if set(key[1]) <= set(commit.segments)}
        whole = column, tuple(commit.segments)
        singly = {segment: (column, (segment,)) for segment in commit.segments}
        missing = [segment for segment, key in singly.items() if key not in known and whole not in known]
        for segment in missing:
            with suppress(FileNotFoundError):  # of a small segment, or of one that a newer commit has merged
                known[singly[segment]] = TermList.read(_mapped(_file(self._directory, segment, column)))
        missing = [segment for segment in missing if singly[segment] not in known]
        if sum(commit.segments[segment] for segment in missing) > MOST_LISTED:
            return None
        for segment in missing:
            check_deadline(EXPANDING)
            try:
                known[singly[segment]] = TermList(_terms(open_segment(self._directory, segment), column))
            except (OSError, ValueError):  # a newer commit has merged it; this one still has its terms in memory
                known[whole] = TermList(_terms(commit.searcher, column))
                break
        self._known = known
        return [known[whole]] if whole in known else [known[key] for key in singly.values()]


def write_term_lists(directory: Path) -> None:
    """Write the lists that large segments of the last commit lack, and remove those of segments that are gone."""
    sizes = {segment["segment_id"]: int(segment["max_doc"]) for segment in segments(directory)}
    kept = {_file(directory, segment, column) for segment in sizes for column in COLUMNS}
    for path in set(directory.glob(f"*{SUFFIX}")) - kept:
        with suppress(PermissionError):  # Windows: a reader still holds it; the next run gets it
            path.unlink(missing_ok=True)
    for segment, size in sizes.items():
        missing = [column for column in COLUMNS if not _file(directory, segment, column).exists()]
        if size >= LEAST_WRITTEN and missing:
            try:
                searcher = open_segment(directory, segment)
            except ValueError:  # Windows, where no segment can be opened by itself: who needs a list makes it
                return
            for column in missing:
                replace_file(_file(directory, segment, column), bytes(TermList(_terms(searcher, column)).text))


def _file(directory: Path, segment: str, column: str) -> Path:
    return directory / f"{segment.replace('-', '')}.{column}{SUFFIX}"


def _mapped(path: Path) -> mmap.mmap:
    with path.open("rb") as file:
        return mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)


def _terms(searcher: tantivy.Searcher, column: str) -> Iterable[str]:
    return (text for text, _ in searcher.terms_with_prefix(column, ""))
