"""Which words does an archive have, for suggestions and spelling? OpenSearch lists no terms: they are counted beside.

    news.g000007.words   a document for each column (c) and beginning (b) with the words that begin so, and in how many
                         entries each of them is (words: JSON)

Each article has its words once in a field that can be counted from the disk, so that a count takes no memory of the
cluster that grows with the archive. It takes a look at all articles, and so it is made when snapshots are, and what
differs is written. Several may do so at once: all of them write what is true. A document for each word would be more
to write than the articles: 4,000 of them have 157,000 words, and most of those in the next ones have other counts then.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping
from typing import Any

from search.engines.base import top_values
from search.engines.opensearch.bulk import send
from search.engines.opensearch.connection import Connection
from search.engines.opensearch.counting import all_values
from search.engines.opensearch.creating import create_index
from search.engines.opensearch.mapping import COUNTED_COLUMNS, words_field
from search.engines.opensearch.view import View

SIFTED_FROM = 300_000  # words of a column: of more, those in a single article are left out
LETTERS = 3  # of a beginning; a word that is shorter has one of its own
GROUPS = 1_000  # documents that are read at once
FIELDS = {
    "dynamic": "strict",
    "properties": {
        "c": {"type": "keyword"},
        "b": {"type": "keyword"},
        "words": {"type": "keyword", "index": False, "doc_values": False},
    },
}


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
            before, after = dict(self._groups(column, "")), _grouped(now)
            for beginning in before.keys() | after.keys():
                if (words := after.get(beginning)) != before.get(beginning):
                    group = {"c": column, "b": beginning, "words": words} if words else None
                    changes[_key(column, beginning)] = group
        send(self._connection, f"{self._index}.open", changes)
        self._connection.write("POST", f"/{self._index}/_refresh")

    def most_frequent(self, column: str, prefix: str, limit: int) -> list[tuple[str, int]]:
        """At most so many words of a column that begin so, the most frequent first, equally frequent ones in order."""
        if limit < 1:
            return []
        counted: dict[str, int] = {}
        for _, words in self._groups(column, prefix):
            counted |= {word: count for word, count in json.loads(words).items() if word.startswith(prefix)}
        return list(top_values(counted, limit))

    def _groups(self, column: str, prefix: str) -> Iterator[tuple[str, str]]:
        """The beginnings and words of the groups that may have words which begin so, in order."""
        beginning = prefix[:LETTERS]
        asked: list[dict[str, Any]] = [{"term": {"c": column}}]
        if beginning:
            asked.append({("term" if len(beginning) == LETTERS else "prefix"): {"b": beginning}})
        body: dict[str, Any] = {
            "query": {"bool": {"filter": asked}}, "sort": [{"b": "asc"}], "track_total_hits": False, "size": GROUPS,
        }  # fmt: skip
        while True:
            options = {"allow_partial_search_results": "false"}
            rows = self._connection.ask("POST", f"/{self._index}/_search", body, options)
            found = rows["hits"]["hits"]
            yield from ((row["_source"]["b"], row["_source"]["words"]) for row in found)
            if len(found) < GROUPS:
                return
            body["search_after"] = found[-1]["sort"]


def _grouped(counts: Mapping[str, int]) -> dict[str, str]:
    """The words of each beginning, as they are kept."""
    groups: dict[str, dict[str, int]] = {}
    for word, count in sorted(counts.items()):
        groups.setdefault(word[:LETTERS], {})[word] = count
    return {beginning: json.dumps(words, ensure_ascii=False) for beginning, words in groups.items()}


def _key(column: str, beginning: str) -> str:
    return hashlib.blake2b(f"{column} {beginning}".encode(), digest_size=18).hexdigest()
