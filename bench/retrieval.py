"""How well do both engines rank? Judged questions and known items.

    python -m bench.retrieval DATA [--engine tantivy --engine whoosh] [--compare]

DATA is the folder with `news` and `retrieval`. `headlines` and `news` ask for the article that a headline
belongs to, with the titles left out of the index, among all kinds of articles and among those of a year;
`questions` asks for the one paragraph that answers, among the long paragraphs of an encyclopaedia. `two nouns`
and `three nouns` ask for an article of `news` by the rarest words with a capital in its title, which is indexed
with it. Prints MRR@10, accuracy@1, recall@10 and nDCG@10; `--half` measures every other query, so that weights
can be chosen on one half and reported on the other.
"""

from __future__ import annotations

import argparse
import gzip
import json
import os
import tempfile
import time
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from random import Random
from typing import Any

from indexer import Problem
from indexer.authority import settle
from indexer.resolution.aliases import NO_ALIASES, Aliases
from indexer.workers import entry_workers, make_entries
from search import Article, open_archive, write_archive
from search.german.layers import layers
from search.known_items import KINDS, SEED, questions_of
from search.quality import ABLATIONS, MEASURES, Question, evaluate, read_questions
from search.schema import WEIGHTS

SETS = ("headlines", "questions", "news", "two nouns", "three nouns")
KNOWN_ITEMS = 400  # articles that are asked for by the nouns of their titles
HALVES = {"even": slice(0, None, 2), "odd": slice(1, None, 2)}
SHORTEST_PARAGRAPH = 300  # characters of a paragraph that may distract from the right one


def articles(data: Path, name: str) -> Iterator[Article]:
    """The collection of a set: bodies, with titles only where these are asked for by their words."""
    if name == "headlines":
        for file in ("wikinews", "derstandard", "encyclopaedia"):
            yield from (Article(id=row["id"], body=row["body"]) for row in _rows(data / f"news/{file}.jsonl.gz"))
    elif name == "news":
        yield from (replace(article, title="") for article in news(data))
    elif name in KINDS:
        yield from news(data)
    else:
        for row in _rows(data / "retrieval/questions/corpus.jsonl.gz"):
            yield Article(id=row["id"], body=row["body"])
        yield from _paragraphs(data)


def questions(data: Path, name: str) -> list[Question]:
    """The questions of a set; those that are made of titles are the same each time."""
    if name in KINDS:
        rows = list(news(data))
        words = Counter(
            word for row in rows for word in {*layers(row.title).exact.split(), *layers(row.body).exact.split()}
        )
        drawn = Random(SEED).sample(rows, KNOWN_ITEMS)
        return questions_of(drawn, words.__getitem__)[name]
    return read_questions(data / f"retrieval/{name}/queries.jsonl")


def news(data: Path) -> Iterator[Article]:
    """The articles of a year."""
    for row in _rows(data / "retrieval/news/corpus.jsonl.gz"):
        yield Article(id=row["id"], title=row["title"], body=row["body"])


def _paragraphs(data: Path) -> Iterator[Article]:
    for row in _rows(data / "news/encyclopaedia.jsonl.gz"):
        for number, paragraph in enumerate(row["body"].split("\n")):
            if len(paragraph) > SHORTEST_PARAGRAPH:
                yield Article(id=f"{row['id']}-{number}", body=paragraph)


def _rows(path: Path) -> Iterator[dict[str, Any]]:
    with gzip.open(path, "rt", encoding="utf-8") as file:
        yield from map(json.loads, file)


def build(
    directory: Path, engine: str, found: Iterable[Article], aliases: Aliases | None = NO_ALIASES, jobs: int = 0
) -> None:
    """An index of these articles, made as the indexer makes it, by as many processes as there are processors or `jobs`.

    With `aliases` None, names in the texts are not recognised. Raises RuntimeError if an article cannot be analysed.
    """
    read = ((article, article.fingerprint()) for article in found)
    with write_archive(directory, engine=engine) as writer, entry_workers(jobs or os.cpu_count() or 1) as workers:
        for entry in make_entries(read, workers, aliases):
            if isinstance(entry, Problem):
                raise RuntimeError(str(entry))
            writer.put_entry(entry)
        if aliases is not None:
            writer.checkpoint()
            settle(writer, aliases, workers)


def main() -> None:
    """Build and measure each set on each engine."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("data", type=Path)
    parser.add_argument("--engine", action="append", choices=["tantivy", "whoosh"])
    parser.add_argument("--set", action="append", choices=SETS)
    parser.add_argument("--half", choices=HALVES, help="only every other query")
    parser.add_argument("--compare", action="store_true")
    chosen = parser.parse_args()
    print(f"{'':<48}" + "".join(f"{name:>12}" for name in MEASURES) + f"{'CPU ms':>12}")
    for name in chosen.set or SETS:
        asked = questions(chosen.data, name)[HALVES.get(chosen.half, slice(None))]
        for engine in chosen.engine or ["tantivy", "whoosh"]:
            _measure(chosen.data, name, engine, asked, chosen.compare)


def _measure(data: Path, name: str, engine: str, questions: Sequence[Question], compare: bool) -> None:
    with tempfile.TemporaryDirectory() as directory:
        build(Path(directory), engine, articles(data, name))
        with open_archive(directory) as archive:
            for label, weights in {"": WEIGHTS, **(ABLATIONS if compare else {})}.items():
                started = time.process_time()
                quality = evaluate(archive, questions, weights)
                each = (time.process_time() - started) / len(questions) * 1000
                measures = "".join(f"{quality.measures[measure]:>12.4f}" for measure in MEASURES)
                print(f"{f'{name}, {engine} {label}':<48}{measures}{each:>12.1f}", flush=True)


if __name__ == "__main__":
    main()
