"""The texts that articles are made of: the news set if there is one, else the seeds of the project."""

from __future__ import annotations

import gzip
import json
import random
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from indexer.document import Document
from indexer.readers import read_document
from indexer.sources import find_documents
from search import Article

PROJECT = Path(__file__).parents[2]
NEWSPAPERS = ("wikinews", "derstandard")
FILES = (*NEWSPAPERS, "encyclopaedia")
SHUFFLE_SEED = 4924

_END = re.compile(r"(?<=[^\W\d_]{3}[.!?])\s+(?=[A-ZÄÖÜ\"„])|\n+")
# A word with a capital inside a sentence: a noun or a name.
NOUN = re.compile(r"(?<=[a-zäöüß,] )[A-ZÄÖÜ][a-zäöüß]{3,}\b")
LONGEST_PART = 10  # letters of a noun that compounds are made of


@dataclass(frozen=True, slots=True)
class Material:
    """What articles are made of: sentences, nouns for compounds, and lengths of articles in words."""

    sentences: tuple[str, ...]
    nouns: tuple[str, ...]
    lengths: tuple[int, ...]


def material(data: Path | None) -> Material:
    """The material of the news set in the folder `data`, or of the seeds if it is None."""
    rows = news(data) if data else list(seeds())
    sentences = [sentence for row in rows for sentence in sentences_of(row["body"])]
    found = {noun for sentence in sentences for noun in NOUN.findall(sentence)}
    nouns = sorted(noun for noun in found if len(noun) <= LONGEST_PART)
    # An encyclopaedia's articles are much longer than those of newspapers.
    lengths = [len(row["body"].split()) for row in rows if row["source"] != "Wikipedia"]
    return Material(tuple(sentences), tuple(nouns), tuple(lengths))


def news(data: Path) -> list[dict[str, Any]]:
    """The articles of the news set as they lie in its files, shuffled so that sources are mixed."""
    rows: list[dict[str, Any]] = []
    for name in FILES:
        with gzip.open(data / f"news/{name}.jsonl.gz", "rt", encoding="utf-8") as file:
            rows += map(json.loads, file)
    random.Random(SHUFFLE_SEED).shuffle(rows)
    return rows


def seeds() -> Iterator[dict[str, Any]]:
    """The articles of the small archive that comes with the project."""
    for found in find_documents([str(PROJECT / "seeds")]):
        if isinstance(found, Document):
            for item in read_document(found):
                if isinstance(item, Article):
                    yield {"title": item.title, "body": item.body, "source": item.source}


def sentences_of(text: str) -> list[str]:
    """The sentences of a text of at least four words."""
    return [sentence.strip() for sentence in _END.split(text) if sentence.count(" ") > 2]
