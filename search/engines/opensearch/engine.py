"""Entries in a cluster of OpenSearch: many machines, one archive (extra `cluster`).

The promises of search.engines.base hold, with these differences:

- Near: a place where two words stand apart counts 1 / (1 + the words between them), as Lucene has it: it scores less.
- The mean length of a column counts an entry without it as one word: for columns that many entries lack, scores differ.
- A block of changes that a killed process leaves may be there in parts; each entry is whole. So may a block, for the
  moment, while several write: whoever commits shows what all of them have sent. A rebuild is all or nothing.
- Words of columns are those of the last `update_vocabulary`.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any

from search.engines.base import (
    BEYOND_ALL_DAYS,
    SCORE_DIGITS,
    UNDATED,
    EngineRequest,
    EngineResult,
    Entry,
    ListPosition,
    Match,
    top_values,
)
from search.engines.opensearch import counting
from search.engines.opensearch.bulk import Document, Version, send
from search.engines.opensearch.connection import Connection
from search.engines.opensearch.creating import create_index, major_version, raise_most_clauses
from search.engines.opensearch.mapping import (
    COUNTED_COLUMNS,
    MOST_BUCKETS,
    MOST_HITS,
    article_fields,
    article_settings,
    document,
    key_of,
)
from search.engines.opensearch.queries import compiled
from search.engines.opensearch.view import Answer, View
from search.engines.opensearch.words import CountedWords
from search.engines.scoring import idf
from search.query.terms import Terms, scores
from search.schema import COLUMNS

SORTS: dict[str, list[dict[str, str]]] = {
    "relevance": [{"_score": "desc"}, {"first": "desc"}, {"id": "asc"}],
    "newest": [{"first": "desc"}, {"id": "asc"}],
    "oldest": [{"oldest": "asc"}, {"id": "asc"}],
}
TOGETHER = 1_000  # entries that are looked up at once
MUCH = 0.5  # of an index: whoever has put so much leaves it with few segments
SEGMENT_BYTES = 4_000_000_000  # OpenSearch never merges one of more than 5 GB again


class OpenSearchEngine:
    """An index of a cluster, and the one of its words beside it."""

    def __init__(self, connection: Connection, index: str, spread: tuple[int, int] | None = None) -> None:
        """Open an index, or create it with so many shards and replicas (`spread`) unless it is there."""
        self._connection = connection
        self._index = index
        self._words = CountedWords(connection, f"{index}.words")
        if spread:
            raise_most_clauses(connection)
            create_index(connection, index, article_settings(major_version(connection), *spread), article_fields())
            self._words.create(spread[1])
        found = connection.ask("GET", f"/{index}/_settings")[index]["settings"]["index"]
        self._shards = int(found["number_of_shards"])
        self._lock = threading.Lock()
        self._view = View(connection, index, self._shards)
        self._before: View | None = None  # others may still be searching it
        self._put = 0

    def search(self, request: EngineRequest) -> EngineResult:
        (found,) = self.search_many([request])
        return found

    def search_many(self, requests: Sequence[EngineRequest]) -> list[EngineResult]:
        view = self._view
        queries = [compiled(request.terms, self._idf) for request in requests]
        starts = self._starts(view, requests, queries)
        asked = [self._body(*each) for each in zip(requests, queries, starts, strict=True)]
        return [self._result(view, *each) for each in zip(requests, asked, view.ask_all(asked), strict=True)]

    def ids(self, terms: Terms, most: int) -> list[str]:
        request, view = EngineRequest(terms, "newest", most), self._view
        asked = self._body(request, compiled(terms, self._idf), None) | {"_source": False}
        rows = view.ask(asked)["hits"]["hits"] if most else []
        return [row["sort"][-1] for row in (*rows, *_rest(view, asked, rows, most))]

    def _starts(
        self, view: View, requests: Sequence[EngineRequest], queries: Sequence[dict[str, Any]]
    ) -> list[list[Any] | None]:
        """Where each page begins that is not the first one: the sort values of the hit before, as it stands now."""
        after = [
            (number, request.after, _sort(request), queries[number])
            for number, request in enumerate(requests)
            if request.after
        ]
        starts: list[list[Any] | None] = [None] * len(requests)
        bodies = [
            {
                "query": {"bool": {"must": [query], "filter": [{"term": {"id": position.id}}]}},
                "size": 1,
                "sort": SORTS[sort],
                "_source": False,
            }
            for _, position, sort, query in after
        ]
        for (number, position, sort, _), answer in zip(after, view.ask_all(bodies), strict=True):
            rows = answer["hits"]["hits"]
            starts[number] = list(rows[0]["sort"]) if rows else _remembered(position, sort)
        return starts

    def _body(self, request: EngineRequest, query: dict[str, Any], start: list[Any] | None) -> dict[str, Any]:
        sort = SORTS[_sort(request)]
        if request.back:
            sort = [{name: "asc" if way == "desc" else "desc"} for part in sort for name, way in part.items()]
        body: dict[str, Any] = {
            "query": query if _sort(request) == "relevance" else {"bool": {"filter": query}},
            "size": min(request.size, MOST_HITS),
            "sort": sort,
            "track_total_hits": True,
            "_source": ["stored"],
        }
        if aggregations := counting.facet_requests(request.facets, self._shards):
            body["aggs"] = aggregations
        return body | ({"search_after": start} if start else {})

    def _result(self, view: View, request: EngineRequest, body: dict[str, Any], answer: Answer) -> EngineResult:
        rows = answer["hits"]["hits"]
        if request.size > MOST_HITS:
            rows = [*rows, *_rest(view, body, rows, request.size)]
        matches = [_match(row, _sort(request)) for row in rows]
        return EngineResult(
            int(answer["hits"]["total"]["value"]),
            tuple(reversed(matches) if request.back else matches),
            self._facets(view, request, body, answer),
        )

    def _facets(
        self, view: View, request: EngineRequest, body: dict[str, Any], answer: Answer
    ) -> dict[str, counting.Counted]:
        found = answer.get("aggregations", {})
        if unsure := counting.unsure(found, request.facets):
            again = counting.facet_requests(unsure, self._shards, MOST_BUCKETS)
            asked = {"query": body["query"], "size": 0, "aggs": again}
            found = {**found, **view.ask(asked)["aggregations"]}
        return counting.facets(found, request.facets)

    def _idf(self, column: str, text: str) -> float:
        return idf(self.frequency(column, text), self.count())

    @contextmanager
    def writer(self) -> Iterator[_Writer]:
        writer = _Writer()
        yield writer
        versions = self._versions(writer.renewed)
        changed = writer.renewed.keys() - versions.keys()
        changes = {key: one for key, one in writer.changes.items() if key not in changed}
        send(self._connection, f"{self._index}.open", changes, versions)
        self._connection.write("POST", f"/{self._index}/_refresh")
        self._put += len(writer.changes)

    def _versions(self, fingerprints: Mapping[str, str]) -> dict[str, Version]:
        """The versions of those entries that have these fingerprints still, whatever the view says."""
        keys, versions = list(fingerprints), dict[str, Version]()
        for first in range(0, len(keys), TOGETHER):
            asked = [{"_id": key, "_source": ["fingerprint"]} for key in keys[first : first + TOGETHER]]
            for found in self._connection.ask("POST", f"/{self._index}/_mget", {"docs": asked})["docs"]:
                if found.get("found") and found["_source"]["fingerprint"] == fingerprints[found["_id"]]:
                    versions[found["_id"]] = int(found["_seq_no"]), int(found["_primary_term"])
        return versions

    def merge_segments(self) -> None:
        if self._put < MUCH * max(1, self.count()) or not self._put:
            return  # OpenSearch merges by itself
        size = self._connection.ask("GET", f"/{self._index}/_stats/store")["_all"]["primaries"]["store"][
            "size_in_bytes"
        ]
        segments = max(1, round(size / self._shards / SEGMENT_BYTES))
        options = {"max_num_segments": str(segments), "wait_for_completion": "false"}
        self._connection.write("POST", f"/{self._index}/_forcemerge", None, options)

    def purge(self, make_entry: Callable[[str], Entry]) -> None:  # noqa: ARG002 - segments can be written again
        """Have the words forget; the place of the archive purges the files of all its indexes together."""
        self.refresh()
        self.update_vocabulary()

    def update_vocabulary(self) -> None:
        self._words.update(self._view)

    def vocabulary(self, name: str, prefix: str, limit: int) -> list[tuple[str, int]]:
        if name in COUNTED_COLUMNS:
            return self._words.most_frequent(name, prefix, limit)
        if name in COLUMNS:
            raise ValueError(f"the words of {name} are not counted, only those of {', '.join(COUNTED_COLUMNS)}")
        if 0 < limit <= counting.SHARD_SIZE and len(prefix) <= counting.LONGEST_PREFIX:
            asked = counting.values_request(name, limit, self._shards, counting.SHARD_SIZE, prefix)
            found = self._view.ask({"size": 0, "aggs": {name: asked}})["aggregations"]
            if not counting.unsure(found, {name: limit}):
                return list(counting.facets(found, {name: limit})[name])
        counted = counting.all_values(self._view, name)
        return list(top_values({value: count for value, count in counted if value.startswith(prefix)}, limit))

    def counts(self, name: str) -> dict[str, int]:
        return dict(counting.all_values(self._view, name))

    def frequency(self, name: str, text: str) -> int:
        return self.frequencies(name, [text])[0]

    def frequencies(self, name: str, texts: Sequence[str]) -> list[int]:
        return counting.frequencies(self._view, name, texts)

    def mean_length(self, name: str, text: str) -> float:  # noqa: ARG002 - each shard has its own
        return 0.0

    def get(self, id: str) -> str | None:
        return self.get_many([id]).get(id)

    def get_many(self, ids: Sequence[str]) -> dict[str, str]:
        return self._looked_up(ids, "stored")

    def fingerprints(self, ids: Sequence[str], read: Callable[[str], str]) -> dict[str, str]:  # noqa: ARG002 - kept apart
        return self._looked_up(ids, "fingerprint")

    def _looked_up(self, ids: Sequence[str], field: str) -> dict[str, str]:
        found: dict[str, str] = {}
        for first in range(0, len(ids), TOGETHER):
            keys = {key_of(id): id for id in ids[first : first + TOGETHER]}
            asked = {"query": {"ids": {"values": list(keys)}}, "size": len(keys), "_source": [field]}
            rows = self._view.ask({**asked, "track_total_hits": False})["hits"]["hits"]
            found |= {keys[row["_id"]]: str(row["_source"][field]) for row in rows}
        return found

    def count(self) -> int:
        return self._view.count()

    def refresh(self) -> None:
        with self._lock:
            gone, self._before = self._before, self._view
            self._view = View(self._connection, self._index, self._shards)
        if gone:
            gone.close()

    def close(self) -> None:
        for view in (self._before, self._view):
            if view:
                view.close()


class _Writer:
    """Keeps the changes of a block; they are sent at its end."""

    def __init__(self) -> None:
        self.changes: dict[str, Document | None] = {}
        self.renewed: dict[str, str] = {}  # the fingerprints of entries that are only written if they are the same

    def put(self, entry: Entry) -> None:
        key = key_of(entry.id)
        self.renewed.pop(key, None)
        if entry.renewed and key not in self.changes:
            self.renewed[key] = entry.fingerprint
        self.changes[key] = document(entry)

    def delete(self, id: str) -> None:
        self.renewed.pop(key_of(id), None)
        self.changes[key_of(id)] = None


def _sort(request: EngineRequest) -> str:
    """The order of a list: by date if nothing has a score."""
    return "newest" if request.sort == "relevance" and not scores(request.terms) else request.sort


def _remembered(position: ListPosition, sort: str) -> list[Any]:
    """The sort values of a hit that is gone."""
    if sort == "relevance":
        return [position.score, position.day, position.id]
    return [position.day if sort == "newest" else position.day or BEYOND_ALL_DAYS, position.id]


def _rest(view: View, body: dict[str, Any], rows: list[Any], size: int) -> Iterator[Any]:
    """What is beyond the most hits of one answer."""
    left = size - len(rows)
    while rows and left > 0:
        asked = {**body, "aggs": {}, "search_after": rows[-1]["sort"], "size": min(left, MOST_HITS)}
        rows = view.ask(asked)["hits"]["hits"]
        left -= len(rows)
        yield from rows


def _match(row: dict[str, Any], sort: str) -> Match:
    *_, day, id = row["sort"]
    score = round(float(row["sort"][0]), SCORE_DIGITS) if sort == "relevance" else 0.0
    return Match(id, score, UNDATED if day == BEYOND_ALL_DAYS else day, row["_source"]["stored"])
