"""How many entries have each value? From the disk, exactly, however many values there are."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from search.engines.base import top_values
from search.engines.opensearch.mapping import EMPTY, MOST_BUCKETS
from search.engines.opensearch.view import View

Counted = tuple[tuple[str, int], ...]
SHARD_SIZE = 1_000  # values that each shard names at first; the most frequent of all are nearly always among them
TOGETHER = 50_000  # values that are read at once where all are wanted; each time all articles are looked at
LOOKING = 600.0  # seconds that this may take
# All articles, but said so that OpenSearch does not notice: where it knows that all are meant, it goes from value to
# value instead of from article to article, and unpacks a block of values for each pair of both. That takes a hundred
# times as long: 60 s of a processor for the words of 1,000 articles.
_ALL = {"bool": {"must_not": {"term": {"id": EMPTY}}}}
LONGEST_PREFIX = 200  # characters of a beginning that OpenSearch is told; it takes 1,000 with all backslashes
MOST_TERMS = 500  # whose entries are counted at once


def facet_requests(limits: Mapping[str, int], shards: int, shard_size: int = SHARD_SIZE) -> dict[str, Any]:
    """What asks for the most frequent values of keywords."""
    return {name: values_request(name, limit, shards, shard_size) for name, limit in limits.items() if limit}


def values_request(name: str, limit: int, shards: int, shard_size: int, prefix: str = "") -> dict[str, Any]:
    """What asks for the most frequent values of one keyword that begin so; a single shard knows them by itself."""
    size = min(limit, MOST_BUCKETS)
    asked = {"field": name, "size": size, "shard_size": size if shards == 1 else min(MOST_BUCKETS, size + shard_size)}
    return {"terms": {**asked, **({"include": f"{quoted(prefix[:LONGEST_PREFIX])}.*"} if prefix else {})}}


def facets(found: Mapping[str, Any], limits: Mapping[str, int]) -> dict[str, Counted]:
    """The most frequent values of keywords, from what was answered."""
    return {name: _values(found[name], limit) if limit else () for name, limit in limits.items()}


def unsure(found: Mapping[str, Any], limits: Mapping[str, int]) -> dict[str, int]:
    """The keywords of which a shard may have left out a value, or a count, that belongs to the most frequent of all."""
    return {name: limit for name, limit in limits.items() if limit and _is_unsure(found[name], limit)}


def _is_unsure(answer: Mapping[str, Any], limit: int) -> bool:
    least = answer["buckets"][limit - 1]["doc_count"] if len(answer["buckets"]) >= limit else 0
    # What all shards together may have of a value that none of them has named.
    return bool(answer["doc_count_error_upper_bound"]) and answer["doc_count_error_upper_bound"] >= least


def _values(answer: Mapping[str, Any], limit: int) -> Counted:
    return top_values({row["key"]: row["doc_count"] for row in answer["buckets"]}, limit)


def all_values(view: View, field: str) -> Iterator[tuple[str, int]]:
    """All values of a field with their number of entries, in order."""
    after: dict[str, Any] = {}
    while True:
        sources = [{"value": {"terms": {"field": field}}}]
        asked = {"composite": {"size": TOGETHER, "sources": sources, **after}}
        body = {"query": _ALL, "size": 0, "track_total_hits": False, "aggs": {"values": asked}}
        answer = view.ask(body, LOOKING)["aggregations"]["values"]
        yield from ((row["key"]["value"], row["doc_count"]) for row in answer["buckets"])
        if len(answer["buckets"]) < TOGETHER:
            return
        after = {"after": answer["after_key"]}


def frequencies(view: View, name: str, texts: Sequence[str]) -> list[int]:
    """The number of entries with each of these terms in a column."""
    counts: list[int] = []
    for first in range(0, len(texts), MOST_TERMS):
        some = texts[first : first + MOST_TERMS]
        filters = {str(number): {"term": {name: text}} for number, text in enumerate(some)}
        asked = {"size": 0, "track_total_hits": False, "aggs": {"terms": {"filters": {"filters": filters}}}}
        buckets = view.ask(asked)["aggregations"]["terms"]["buckets"]
        counts += [int(buckets[str(number)]["doc_count"]) for number in range(len(some))]
    return counts


def quoted(text: str) -> str:
    """A text in a regular expression of Lucene, in which letters and digits alone stand for themselves."""
    return re.sub(r"([^\w])", r"\\\1", text, flags=re.ASCII) if text.isascii() else "".join(map(_quoted_sign, text))


def _quoted_sign(sign: str) -> str:
    return sign if sign.isalnum() or not sign.isascii() else f"\\{sign}"
