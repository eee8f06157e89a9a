"""Which words does an archive have, for suggestions and spelling? OpenSearch lists no terms: they are counted beside.

    news.g000007.words   a document for each column (c) and word (w) with its number of entries (n)

Each article has its words once in a field that can be counted from the disk, so that a count takes no memory of the
cluster that grows with the archive. It takes a look at all articles, and so it is made when snapshots are, and the
counts that differ are written. Several may do so at once: all of them write what is true.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from typing import Any

from search.engines.opensearch.bulk import send
from search.engines.opensearch.connection import Connection
from search.engines.opensearch.counting import all_values
from search.engines.opensearch.creating import create_index
from search.engines.opensearch.mapping import COUNTED_COLUMNS, MOST_HITS, words_field
from search.engines.opensearch.view import View

SIFTED_FROM = 300_000  # words of a column: of more, those in a single article are left out
FIELDS = {
    "dynamic": "strict",
    "properties": {"c": {"type": "keyword"}, "w": {"type": "keyword"}, "n": {"type": "integer"}},
}
_BY_COUNT = [{"n": "desc"}, {"w": "asc"}]
_BY_WORD = [{"w": "asc"}]


class CountedWords:
    """The index with the words of another one."""

    def __init__(self, connection: Connection, index: str) -> None:
        self._connection = connection
        self._index = index

    def create(self, replicas: int) -> None:
        """Make an empty index, unless there is one."""
        settings = {"number_of_shards": 1, "number_of_replicas": replicas, "refresh_interval": "-1"}
        create_index(self._connection, self._index, settings, FIELDS)

    def update(self, view: View) -> None:
        """Count the words of all articles, and write what differs."""
        changes: dict[str, dict[str, Any] | None] = {}
        for column in COUNTED_COLUMNS:
            now = dict(all_values(view, words_field(column)))
            if len(now) > SIFTED_FROM:
                now = {word: count for word, count in now.items() if count > 1}
            before = dict(self._walk(column, "", _BY_WORD))
            for word in before.keys() | now.keys():
                if before.get(word) != now.get(word):
                    count = now.get(word)
                    changes[_key(column, word)] = {"c": column, "w": word, "n": count} if count else None
        send(self._connection, f"{self._index}.open", changes)
        self._connection.write("POST", f"/{self._index}/_refresh")

    def most_frequent(self, column: str, prefix: str, limit: int) -> list[tuple[str, int]]:
        """At most so many words of a column that begin so, the most frequent first, equally frequent ones in order."""
        if limit < 1:
            return []
        return list(self._walk(column, prefix, _BY_COUNT, limit))

    def _walk(
        self, column: str, prefix: str, sort: list[dict[str, str]], limit: int | None = None
    ) -> Iterator[tuple[str, int]]:
        asked: list[dict[str, Any]] = [{"term": {"c": column}}]
        if prefix:
            asked.append({"prefix": {"w": prefix}})
        body: dict[str, Any] = {
            "query": {"bool": {"filter": asked}}, "sort": sort, "track_total_hits": False,
        }  # fmt: skip
        left = limit
        while left is None or left > 0:
            size = min(MOST_HITS, left or MOST_HITS)
            options = {"allow_partial_search_results": "false"}
            rows = self._connection.ask("POST", f"/{self._index}/_search", {**body, "size": size}, options)
            found = rows["hits"]["hits"]
            yield from ((row["_source"]["w"], int(row["_source"]["n"])) for row in found)
            if len(found) < size:
                return
            left = left and left - len(found)
            body["search_after"] = found[-1]["sort"]


def _key(column: str, word: str) -> str:
    return hashlib.blake2b(f"{column} {word}".encode(), digest_size=18).hexdigest()
