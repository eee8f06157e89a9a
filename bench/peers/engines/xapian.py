"""Xapian with its German stemmer: TermGenerator and QueryParser as its guide "Getting Started" shows them.

Facets are counted by match spies over value slots; the total is exact because every match is
checked. BM25 and the stemming strategy are Xapian's defaults. Runs in Debian's own Python.
"""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path
from typing import Any

import xapian

from bench.peers.questions import FACET_VALUES, SIZE, SNIPPET, YEARS, Answer, Peer, Query
from bench.peers.rows import read

SOURCE, YEAR, PERSON, DAY = range(4)  # value slots
PREFIXES = {"title": "S", "source": "XS", "section": "XSEC"}
NAME_PREFIXES = {"person": "XP", "place": "XL", "organisation": "XO"}
SEPARATOR = "\x1f"
FLAGS = xapian.QueryParser.FLAG_DEFAULT | xapian.QueryParser.FLAG_WILDCARD
LONGEST_TERM = 240  # bytes, less than Xapian's limit


class PersonSpy(xapian.MatchSpy):
    """Counts each of several values in one slot, which Xapian 1.4 has no spy for."""

    def __init__(self) -> None:
        super().__init__()
        self.counts: Counter[str] = Counter()

    def __call__(self, document: xapian.Document, _weight: float) -> None:
        self.counts.update(document.get_value(PERSON).decode().split(SEPARATOR))


class Xapian(Peer):
    """A database directory of Xapian."""

    def __init__(self) -> None:
        self._stemmer = xapian.Stem("german")

    def version(self) -> str:
        return f"Xapian {xapian.version_string()}"

    def build(self, directory: Path, articles: Path) -> None:
        self.add(directory, articles)

    def add(self, directory: Path, articles: Path) -> None:
        database = xapian.WritableDatabase(str(directory), xapian.DB_CREATE_OR_OPEN)
        generator = xapian.TermGenerator()
        generator.set_stemmer(self._stemmer)
        for row in read(articles):
            database.add_document(_document(row, generator))
        database.commit()
        database.close()

    def open(self, directory: Path) -> None:
        self._database = xapian.Database(str(directory))
        self._parser = xapian.QueryParser()
        self._parser.set_database(self._database)
        self._parser.set_stemmer(self._stemmer)
        self._parser.set_stemming_strategy(self._parser.STEM_SOME)
        self._parser.set_default_op(xapian.Query.OP_AND)

    def search(self, query: Query, whole: bool) -> Answer:
        enquire = xapian.Enquire(self._database)
        enquire.set_query(self._query(query))
        spies = {"source": xapian.ValueCountMatchSpy(SOURCE), "year": xapian.ValueCountMatchSpy(YEAR)} if whole else {}
        persons = PersonSpy()
        for spy in (*spies.values(), *([persons] if whole else [])):
            enquire.add_matchspy(spy)
        found = enquire.get_mset(0, SIZE, self._database.get_doccount())
        rows = [json.loads(match.document.get_data()) for match in found]
        ids = [row["id"] for row in rows]
        total = found.get_matches_estimated()  # exact, as all matches were checked
        if not whole:
            return Answer(total, ids)
        snippets = [found.snippet(row["body"], SNIPPET, self._stemmer).decode() for row in rows]
        counts = {name: _top(spy) for name, spy in spies.items()}
        return Answer(total, ids, snippets, {**counts, "person": dict(persons.counts.most_common(FACET_VALUES))})

    def _query(self, query: Query) -> xapian.Query:
        # Its parser takes a word with a capital for a name and does not stem it; German nouns all have one.
        words = self._parser.parse_query(query.text.lower(), FLAGS)
        if not query.source:
            return words
        days = xapian.Query(xapian.Query.OP_VALUE_RANGE, DAY, query.since, query.until)
        source = xapian.Query(_term("source", query.source))
        return xapian.Query(xapian.Query.OP_FILTER, xapian.Query(xapian.Query.OP_FILTER, words, source), days)


def _document(row: dict[str, Any], generator: xapian.TermGenerator) -> xapian.Document:
    document = xapian.Document()
    generator.set_document(document)
    title = row.get("title", "")
    generator.index_text(title, 1, PREFIXES["title"])
    generator.index_text(title)
    generator.increase_termpos()
    generator.index_text(row["body"])
    document.add_boolean_term(_term("source", row["source"]))
    document.add_boolean_term(_term("section", row["section"]))
    for kind, prefix in NAME_PREFIXES.items():
        for name in row["entities"][kind]:
            document.add_boolean_term((prefix + name)[:LONGEST_TERM])
    for slot, value in _values(row):
        document.add_value(slot, value)
    document.set_data(json.dumps(row, ensure_ascii=False))
    return document


def _values(row: dict[str, Any]) -> list[tuple[int, str]]:
    persons = SEPARATOR.join(row["entities"]["person"])
    return [(SOURCE, row["source"]), (YEAR, row["date"][:4]), (PERSON, persons), (DAY, row["date"])]


def _term(field: str, value: str) -> str:
    return PREFIXES[field] + ":" + value


def _top(spy: xapian.ValueCountMatchSpy) -> dict[str, int]:
    return {item.term.decode(): item.termfreq for item in spy.top_values(YEARS)}


def peer(_variant: str) -> Xapian:
    """The peer."""
    return Xapian()
