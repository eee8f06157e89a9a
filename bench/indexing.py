"""Where does the time of indexing go? Processor time that each step takes for an article, in one process.

    python -m bench.indexing FILE [--engine NAME] [--names]

FILE is anything that `nachlese index` reads, such as build/bench/articles/5000.jsonl. New words are what the same texts
take longer when they are analysed for the first time; the engine's share has all of its threads and the commit. NumPy
has one thread, as in the processes of the indexer.
"""

from __future__ import annotations

import argparse
import os
import tempfile
from collections.abc import Iterable, Iterator
from itertools import islice
from pathlib import Path

os.environ["OPENBLAS_NUM_THREADS"] = "1"  # before anything imports NumPy

from bench.steps import Steps
from indexer import entities
from indexer.document import Document
from indexer.readers import read_document
from indexer.recognition import inference
from indexer.recognition.network import Network
from indexer.sources import find_documents
from search import Article
from search.engines.base import Entry
from search.engines.choice import default_engine, load_engine
from search.german.layers import layers
from search.german.lexicon import lexicon
from search.store.entry import to_entry

BATCH = 32  # articles whose names are found together, as the indexer does


def articles_of(path: Path) -> Iterator[Article]:
    """The articles of a document or folder."""
    for document in find_documents([str(path)]):
        if isinstance(document, Document):
            yield from (item for item in read_document(document) if isinstance(item, Article))


def analysed(articles: Iterable[Article], names: bool, steps: Steps) -> list[Entry]:
    """The entries of articles, and the time that it took to make them."""
    rest, entries = iter(articles), list[Entry]()
    while batch := steps.take("reading", some, rest):
        if names:
            batch = steps.take("names", entities.annotate_all, batch)
        prints = steps.take("fingerprints", fingerprints, batch)
        steps.take("first analysis", analyse, batch)
        steps.take("known words", analyse, batch)
        entries += steps.take("entries", entries_of, batch, prints)
    return entries


def some(articles: Iterator[Article]) -> list[Article]:
    """The next articles."""
    return list(islice(articles, BATCH))


def fingerprints(batch: list[Article]) -> list[str]:
    """What tells whether they have changed."""
    return [article.fingerprint() for article in batch]


def analyse(batch: list[Article]) -> None:
    """Make the terms of their texts."""
    for article in batch:
        layers(article.title)
        layers(article.body)


def entries_of(batch: list[Article], prints: list[str]) -> list[Entry]:
    """Make them ready for an engine."""
    return list(map(to_entry, batch, prints))


def indexed(entries: list[Entry], engine: str, directory: Path, steps: Steps) -> None:
    """Put all entries into a new index."""
    opened = load_engine(engine, directory / "index", create=True)

    def put() -> None:
        with opened.writer() as writer:
            for entry in entries:
                writer.put(entry)

    steps.take("engine", put)
    opened.close()


def main(file: Path, engine: str, names: bool) -> None:
    """Print the microseconds of each step."""
    lexicon()
    steps = Steps()
    if names:
        steps.watch(inference, "tokenise", "of that: words")
        steps.watch(Network, "scores", "of that: network")
        steps.watch(inference, "best_paths", "of that: labels")
        steps.watch(entities, "resolve", "of that: resolution")
    entries = analysed(articles_of(file), names, steps)
    with tempfile.TemporaryDirectory() as directory:
        indexed(entries, engine, Path(directory), steps)
    took = steps.seconds
    took["new words"] = took.pop("first analysis") - took["known words"]
    took["rest of the entries"] = took.pop("entries") - took["known words"]
    for name, seconds in took.items():
        print(f"{name:<20} {seconds / len(entries) * 1e6:>8.0f} µs")
    together = sum(seconds for name, seconds in took.items() if not name.startswith("of that"))
    print(f"{'together':<20} {together / len(entries) * 1e6:>8.0f} µs for each of {len(entries):,} articles")


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description="Measures the steps of indexing.")
    parser.add_argument("file", type=Path)
    parser.add_argument("--engine", default=default_engine())
    parser.add_argument("--names", action="store_true", help="find names in the texts, too")
    main(**vars(parser.parse_args()))
