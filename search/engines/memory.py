"""The slow and obviously right engine: it looks at every entry for every question.

Nothing is indexed; the entries lie in one file of JSON lines. It is the twin that the others are
compared with, and handy for tests and experiments.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict
from functools import cached_property
from pathlib import Path
from typing import Any

from search.engines.base import (
    SCORE_DIGITS,
    EngineRequest,
    EngineResult,
    Entry,
    ListPosition,
    Match,
    OneByOne,
    position_sort_key,
    sort_key,
    split_terms,
    top_values,
)
from search.engines.scoring import bm25, idf
from search.engines.vocabulary import matching_terms
from search.files import replace_file
from search.page import Sort
from search.query import terms
from search.query.terms import Terms
from search.schema import COLUMNS


class MemoryEngine(OneByOne):
    """Entries in a dictionary, and in a file that is replaced as a whole."""

    def __init__(self, directory: Path, create: bool) -> None:
        self._file = directory / "entries.jsonl"
        self._entries: dict[str, Entry] = {}
        if create:
            directory.mkdir(parents=True, exist_ok=True)
            replace_file(self._file, "")
        self.refresh()

    def search(self, request: EngineRequest) -> EngineResult:
        snapshot = _Snapshot(self._entries)
        found = []
        for entry in snapshot.entries.values():
            score = snapshot.score(request.terms, entry)
            if score is not None:
                rounded = round(score, SCORE_DIGITS)
                found.append((sort_key(request.sort, rounded, entry.first, entry.id), rounded, entry))
        found.sort(key=lambda row: row[0])
        matches = [Match(entry.id, score, entry.first, entry.stored) for _, score, entry in _page(found, request)]
        facets = {
            name: top_values(Counter(value for *_, entry in found for value in entry.keywords.get(name, ())), limit)
            for name, limit in request.facets.items()
        }
        return EngineResult(len(found), tuple(matches), facets)

    def ids(self, terms: Terms, most: int) -> list[str]:
        return [match.id for match in self.search(EngineRequest(terms, "newest", most)).matches]

    @contextmanager
    def writer(self) -> Iterator[_Writer]:
        writer = _Writer(dict(self._entries))
        yield writer
        lines = (json.dumps(asdict(entry), ensure_ascii=False) for entry in writer.entries.values())
        replace_file(self._file, "\n".join(lines))

    def merge_segments(self) -> None:
        """There are no segments."""

    def purge(self, make_entry: Callable[[str], Entry]) -> None:
        """Each commit writes the whole file anew."""

    def vocabulary(self, name: str, prefix: str, limit: int) -> list[tuple[str, int]]:
        counts: Counter[str] = Counter()
        for entry in self._entries.values():
            values = split_terms(entry.columns.get(name, "")) if name in COLUMNS else entry.keywords.get(name, ())
            counts.update({value for value in values if value.startswith(prefix)})
        return list(top_values(counts, limit))

    def counts(self, name: str) -> dict[str, int]:
        return dict(Counter(value for entry in self._entries.values() for value in entry.keywords.get(name, ())))

    def frequency(self, name: str, text: str) -> int:
        return _Snapshot(self._entries).containing(name, text)

    def mean_length(self, name: str, text: str) -> float:  # noqa: ARG002 - known without a term
        return _Snapshot(self._entries).mean_lengths[name]

    def get(self, id: str) -> str | None:
        entry = self._entries.get(id)
        return entry.stored if entry else None

    def count(self) -> int:
        return len(self._entries)

    def refresh(self) -> None:
        rows = [json.loads(line) for line in self._file.read_text(encoding="utf-8").split("\n") if line]
        self._entries = {row["id"]: _entry(row) for row in rows}

    def close(self) -> None:
        """There is nothing to let go."""


Ranked = tuple[tuple[float, int, str], float, Entry]


def _page(found: list[Ranked], request: EngineRequest) -> list[Ranked]:
    """The rows of the page that is asked for."""
    if request.after is None:
        return found[: request.size]
    start = _start(found, request.sort, request.after)
    if request.back:
        before = [row for row in found if row[0] < start]
        return before[max(0, len(before) - request.size) :]
    return [row for row in found if row[0] > start][: request.size]


def _start(found: list[Ranked], sort: Sort, after: ListPosition) -> tuple[float, int, str]:
    """The order key of the hit at a position, as it stands now or else as it stood then."""
    return next((key for key, _, entry in found if entry.id == after.id), position_sort_key(sort, after))


def _entry(row: dict[str, Any]) -> Entry:
    keywords = {name: tuple(values) for name, values in row.pop("keywords").items()}
    return Entry(**row, keywords=keywords)


class _Writer:
    def __init__(self, entries: dict[str, Entry]) -> None:
        self.entries = entries

    def put(self, entry: Entry) -> None:
        self.entries[entry.id] = entry

    def delete(self, id: str) -> None:
        self.entries.pop(id, None)


class _Snapshot:
    """The entries at one moment, and the statistics of their columns."""

    def __init__(self, entries: dict[str, Entry]) -> None:
        self.entries = entries
        self._containing: dict[tuple[str, str], int] = {}

    @cached_property
    def mean_lengths(self) -> dict[str, float]:
        total = len(self.entries) or 1
        return {
            name: sum(len(split_terms(entry.columns.get(name, ""))) for entry in self.entries.values()) / total
            for name in COLUMNS
        }

    def score(self, query: terms.Terms, entry: Entry) -> float | None:
        """The score of an entry, None if it does not answer."""
        match query:
            case terms.MatchAll():
                return 0.0
            case terms.MatchNone():
                return None
            case terms.Keyword(name, value):
                return 0.0 if value in (*entry.keywords.get(name, ()), *((entry.id,) if name == "id" else ())) else None
            case terms.DateRange(first, last):
                dated = entry.first and (last is None or entry.first <= last) and (first is None or entry.last >= first)
                return 0.0 if dated else None
            case terms.And(parts):
                scores = [self.score(part, entry) for part in parts]
                return None if None in scores else sum(score for score in scores if score is not None)
            case terms.Or(parts):
                found = [score for part in parts if (score := self.score(part, entry)) is not None]
                return sum(found) if found else None
            case terms.Should(required, optional):
                score = self.score(required, entry)
                return None if score is None else score + (self.score(optional, entry) or 0.0)
            case terms.IdfTerm(column, text, weight):
                present = text in split_terms(entry.columns.get(column, ""))
                return weight * idf(self.containing(column, text), len(self.entries)) if present else None
            case terms.AndNot(base, excluded):
                return self.score(base, entry) if self.score(excluded, entry) is None else None
            case terms.Wildcard() | terms.Fuzzy():
                return query.weight if matching_terms(query, split_terms(entry.columns.get(query.column, ""))) else None
            case terms.Term() | terms.Phrase() | terms.Near():
                return self.bm25(query, entry)

    def bm25(self, query: terms.Term | terms.Phrase | terms.Near, entry: Entry) -> float | None:
        words = split_terms(entry.columns.get(query.column, ""))
        frequency = occurrences(query, list(words))
        if not frequency:
            return None
        rarity = sum(idf(self.containing(query.column, text), len(self.entries)) for text in texts(query))
        return query.weight * bm25(rarity, frequency, len(words), self.mean_lengths[query.column])

    def containing(self, column: str, text: str) -> int:
        if (column, text) not in self._containing:
            number = sum(text in split_terms(entry.columns.get(column, "")) for entry in self.entries.values())
            self._containing[column, text] = number
        return self._containing[column, text]


def texts(query: terms.Term | terms.Phrase | terms.Near) -> tuple[str, ...]:
    """The index terms that a leaf consists of."""
    match query:
        case terms.Term(_, text):
            return (text,)
        case terms.Phrase(_, several):
            return several
        case terms.Near(_, first, second):
            return (first, second)


def occurrences(query: terms.Term | terms.Phrase | terms.Near, words: list[str]) -> int:
    """How often a leaf occurs in the words of a column."""
    match query:
        case terms.Term(_, text):
            return words.count(text)
        case terms.Phrase(_, several):
            return sum(tuple(words[at : at + len(several)]) == several for at in range(len(words)))
        case terms.Near(_, first, second, distance):
            firsts = [at for at, word in enumerate(words) if word == first]
            seconds = [at for at, word in enumerate(words) if word == second]
            return sum(any(abs(at - other) <= distance + 1 for other in seconds) for at in firsts)
