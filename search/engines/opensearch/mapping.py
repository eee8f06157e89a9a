"""How does OpenSearch keep an entry? The settings and fields of a new index.

    news.g000007        articles of a generation
    news.g000007.words  how many of them have each word (search.engines.opensearch.words)

Terms come ready, so the analyzer splits at single spaces only. A column without terms has the marker EMPTY: Lucene
computes idf and mean lengths from the entries that have a column, and ours are of all entries.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from typing import Any

from search import schema
from search.engines.base import BEYOND_ALL_DAYS, Entry

# No word of any text, and too long to be near one.
EMPTY = "\x1f" * 12
LONGEST_TERM = 8_000  # characters; Lucene refuses an entry with a term of 32,766 bytes
LONGEST_WORD = 100  # characters of a word whose number of entries is of interest
# What OpenSearch hands out at once; further hits and buckets are asked for in turn.
MOST_HITS = 10_000
MOST_BUCKETS = 65_535
# Columns of which the words are counted, for spelling and completion.
COUNTED_COLUMNS = (schema.column("body", "exact"), schema.column("title", "exact"))


def article_settings(version: int, shards: int, replicas: int) -> dict[str, Any]:
    """The settings of an index of articles, for a version of OpenSearch: what it calls BM25 as we have it."""
    bm25 = "BM25" if version < 3 else "LegacyBM25"  # since 3 the other one lacks the factor k1 + 1
    return {
        "number_of_shards": shards,
        "number_of_replicas": replicas,
        "refresh_interval": "-1",  # a commit refreshes
        "max_result_window": MOST_HITS,
        "merge": {"policy": {"expunge_deletes_allowed": 0}},  # purge leaves nothing
        "analysis": {
            "tokenizer": {"space": {"type": "char_group", "tokenize_on_chars": [" "], "max_token_length": 1_000_000}},
            "filter": {"short": {"type": "length", "max": LONGEST_TERM}},
            "analyzer": {"words": {"type": "custom", "tokenizer": "space", "filter": ["short"]}},
        },
        "similarity": {
            "default": {"type": bm25, "k1": 1.2, "b": 0.75},
            "presence": {"type": bm25, "k1": 1.2, "b": 0.0},
        },
    }


def article_fields() -> dict[str, Any]:
    """The fields of an article; nothing but what is given back is kept as it came."""
    fields: dict[str, Any] = {
        "id": {"type": "keyword"},
        "first": {"type": "integer"},
        "last": {"type": "integer"},
        "oldest": {"type": "integer"},
        "stored": {"type": "keyword", "index": False, "doc_values": False},
        "fingerprint": {"type": "keyword", "index": False, "doc_values": False},
    }
    for name in schema.COLUMNS:
        options = "positions" if schema.has_positions(name) else "freqs"
        fields[name] = {"type": "text", "analyzer": "words", "index_options": options}
        if has_presence(name):
            fields[name]["fields"] = {
                "present": {
                    "type": "text",
                    "analyzer": "words",
                    "index_options": "docs",
                    "norms": False,
                    "similarity": "presence",
                }
            }
    fields |= {words_field(name): {"type": "keyword"} for name in COUNTED_COLUMNS}
    fields |= {name: {"type": "keyword"} for name in schema.KEYWORDS}
    return {"dynamic": "strict", "_source": {"includes": ["stored", "fingerprint"]}, "properties": fields}


def has_presence(column: str) -> bool:
    """Whether a column has a second field of which each term scores its idf alone; words as typed never need it."""
    return not column.endswith("_exact")


def words_field(column: str) -> str:
    """The field with each word of a column once, which can be counted from the disk."""
    return f"{column}_words"


def key_of(id: str) -> str:
    """The name under which OpenSearch keeps an entry: at most 512 bytes, which an id may have more of."""
    return hashlib.blake2b(id.encode(), digest_size=18).hexdigest()


def document(entry: Entry) -> dict[str, Any]:
    """An entry as OpenSearch gets it."""
    return {
        "id": entry.id,
        **{name: entry.columns.get(name) or EMPTY for name in schema.COLUMNS},
        **{words_field(name): _words(entry.columns, name) for name in COUNTED_COLUMNS},
        **{name: list(values) for name, values in entry.keywords.items() if values},
        "first": entry.first,
        "last": entry.last,
        "oldest": entry.first or BEYOND_ALL_DAYS,
        "stored": entry.stored,
        "fingerprint": entry.fingerprint,
    }


def _words(columns: Mapping[str, str], name: str) -> list[str]:
    return [word for word in dict.fromkeys(columns.get(name, "").split(" ")) if 0 < len(word) <= LONGEST_WORD]
