"""Plain Whoosh (the fork whoosh3) with a PyStemmer filter; facets by `groupedby`, snippets by `highlights`.

Writers as its page "How to speed up batch indexing" has them: limitmb=256, one process for each
core, segments of theirs kept apart.
"""

from __future__ import annotations

import os
from datetime import datetime
from pathlib import Path
from typing import Any

import whoosh
from whoosh import analysis, fields, highlight, index, qparser, query, sorting

from bench.peers.questions import SIZE, SNIPPET, Answer, Peer, Query
from bench.peers.rows import read

MEGABYTES = 256
SEPARATOR = ","
NAMES = ("person", "place", "organisation")


class Whoosh(Peer):
    """An index directory of Whoosh."""

    def version(self) -> str:
        return "whoosh3 " + ".".join(map(str, whoosh.__version__))

    def build(self, directory: Path, articles: Path) -> None:
        made = index.create_in(str(directory), _schema())
        _write(made.writer(limitmb=MEGABYTES, procs=os.cpu_count() or 1, multisegment=True), articles)

    def add(self, directory: Path, articles: Path) -> None:
        _write(index.open_dir(str(directory)).writer(limitmb=MEGABYTES), articles)

    def open(self, directory: Path) -> None:
        self._searcher = index.open_dir(str(directory)).searcher()
        self._parser = qparser.MultifieldParser(["title", "body"], self._searcher.schema)

    def search(self, query: Query, whole: bool) -> Answer:
        asked = _prefix(query.words[0]) if query.kind == "prefix" else self._parser.parse(query.text)
        narrowed = _filter(query) if query.source else None
        if not whole:
            results = self._searcher.search(asked, limit=SIZE, filter=narrowed)
            return Answer(len(results), [hit["id"] for hit in results])
        results = self._searcher.search(asked, limit=SIZE, filter=narrowed, groupedby=_facets(), maptype=sorting.Count)
        results.fragmenter = highlight.ContextFragmenter(maxchars=SNIPPET)
        snippets = [hit.highlights("body", top=1) for hit in results]
        groups = {name: {str(key): n for key, n in results.groups(name).items()} for name in results.facet_names()}
        return Answer(len(results), [hit["id"] for hit in results], snippets, groups)


def _schema() -> fields.Schema:
    german = (
        analysis.RegexTokenizer() | analysis.LowercaseFilter() | analysis.PyStemmerFilter("german", cachesize=100_000)
    )
    names = {name: fields.KEYWORD(stored=True, commas=True) for name in NAMES}
    return fields.Schema(
        id=fields.ID(stored=True, unique=True),
        title=fields.TEXT(analyzer=german, stored=True),
        body=fields.TEXT(analyzer=german, stored=True),
        source=fields.ID(stored=True, sortable=True),
        section=fields.ID(stored=True, sortable=True),
        date=fields.DATETIME(stored=True, sortable=True),
        year=fields.ID(sortable=True),
        **names,
    )


def _write(writer: Any, articles: Path) -> None:
    for row in read(articles):
        writer.add_document(**_document(row))
    writer.commit()


def _document(row: dict[str, Any]) -> dict[str, Any]:
    plain: dict[str, Any] = {name: row[name] for name in ("id", "title", "body", "source", "section") if name in row}
    names = {name: SEPARATOR.join(row["entities"][name]) for name in NAMES}
    return {**plain, **names, "date": datetime.fromisoformat(row["date"]), "year": row["date"][:4]}


def _prefix(beginning: str) -> query.Query:
    """As a query, since the parser would stem the beginning."""
    return query.Or([query.Prefix(name, beginning) for name in ("title", "body")])


def _filter(asked: Query) -> query.Query:
    days = query.DateRange("date", datetime.fromisoformat(asked.since or ""), datetime.fromisoformat(asked.until or ""))
    return query.And([query.Term("source", asked.source), days])


def _facets() -> sorting.Facets:
    facets = sorting.Facets().add_field("source").add_field("year")
    return facets.add_field("person", allow_overlap=True)


def peer(_variant: str) -> Whoosh:
    """The peer."""
    return Whoosh()
