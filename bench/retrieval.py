"""How well do both engines rank? Two sets of judged questions, bodies only.

    python -m bench.retrieval DATA [--engine tantivy --engine whoosh] [--compare]

DATA is the folder with `news` and `retrieval`. `headlines` asks for the article that a headline belongs
to, with the titles left out of the index; `questions` asks for the one paragraph that answers, among the
long paragraphs of an encyclopaedia. Prints MRR@10, accuracy@1, recall@10 and nDCG@10.
"""

from __future__ import annotations

import argparse
import gzip
import json
import os
import tempfile
import time
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from indexer import Problem
from indexer.resolution.aliases import NO_ALIASES, Aliases
from indexer.workers import make_entries
from search import Article, open_archive, write_archive
from search.quality import ABLATIONS, MEASURES, evaluate, read_questions
from search.schema import WEIGHTS

SETS = ("headlines", "questions")
SHORTEST_PARAGRAPH = 300  # characters of a paragraph that may distract from the right one


def articles(data: Path, name: str) -> Iterator[Article]:
    """The collection of a set: bodies without titles."""
    if name == "headlines":
        for file in ("wikinews", "derstandard", "encyclopaedia"):
            yield from (Article(id=row["id"], body=row["body"]) for row in _rows(data / f"news/{file}.jsonl.gz"))
    else:
        for row in _rows(data / "retrieval/questions/corpus.jsonl.gz"):
            yield Article(id=row["id"], body=row["body"])
        yield from _paragraphs(data)


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
    with write_archive(directory, engine=engine) as writer:
        for entry in make_entries(read, jobs or os.cpu_count() or 1, aliases):
            if isinstance(entry, Problem):
                raise RuntimeError(str(entry))
            writer.put_entry(entry)


def main() -> None:
    """Build and measure each set on each engine."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("data", type=Path)
    parser.add_argument("--engine", action="append", choices=["tantivy", "whoosh"])
    parser.add_argument("--compare", action="store_true")
    chosen = parser.parse_args()
    print(f"{'':<48}" + "".join(f"{name:>12}" for name in MEASURES) + f"{'ms a query':>12}")
    for name in SETS:
        for engine in chosen.engine or ["tantivy", "whoosh"]:
            _measure(chosen.data, name, engine, chosen.compare)


def _measure(data: Path, name: str, engine: str, compare: bool) -> None:
    questions = read_questions(data / f"retrieval/{name}/queries.jsonl")
    with tempfile.TemporaryDirectory() as directory:
        build(Path(directory), engine, articles(data, name))
        with open_archive(directory) as archive:
            for label, weights in {"": WEIGHTS, **(ABLATIONS if compare else {})}.items():
                started = time.perf_counter()
                quality = evaluate(archive, questions, weights)
                each = (time.perf_counter() - started) / len(questions) * 1000
                measures = "".join(f"{quality.measures[measure]:>12.4f}" for measure in MEASURES)
                print(f"{f'{name}, {engine} {label}':<48}{measures}{each:>12.1f}", flush=True)


if __name__ == "__main__":
    main()
