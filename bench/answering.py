"""Where does the time of an answer go? Processor time that each step takes, by class of queries, in one process.

    python -m bench.answering DIRECTORY QUERIES

DIRECTORY is an index, QUERIES a file of queries as `python -m bench.peers` draws them, such as
build/bench/articles/50000.queries.json. Each query is asked once uncounted and then ROUNDS times, for ten hits with
what a page shows. Printed are milliseconds, means of all answers of a class.
"""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from pathlib import Path

import search.archive
from bench.peers.engines.nachlese import request_of
from bench.peers.questions import CLASSES, Query, read_queries
from bench.steps import Steps
from search import Archive, open_archive

ROUNDS = 3
WHOLE = "all"
ENGINE = "the engine: matches, ranking, counts"
WATCHED = {  # functions of search.archive, and what they do
    "first_answered": "reading the query, and the engine",
    "matcher_of": "expressions for marks",
    "to_hits": "hits: marks, passages, reasons",
    "families_of": "copies",
}
METHODS = {"_query_info": "corrections and other queries"}


def watched(archive: Archive) -> Steps:
    """The steps of an archive's answers, which are timed from now on."""
    steps = Steps()
    for name, title in WATCHED.items():
        steps.watch(search.archive, name, title)
    for name, title in METHODS.items():
        steps.watch(archive, name, title)
    steps.watch(archive._engine, "search", ENGINE)
    return steps


def asked(archive: Archive, steps: Steps, queries: Sequence[Query]) -> dict[str, float]:
    """The milliseconds that an answer takes in each step, and in all."""
    requests = [request_of(query) for query in queries]
    for request in requests:
        archive.search(request)
    steps.seconds.clear()
    for request in requests * ROUNDS:
        steps.take(WHOLE, archive.search, request)
    return {name: seconds * 1000 / len(requests) / ROUNDS for name, seconds in steps.seconds.items()}


def main(directory: Path, queries: Path) -> None:
    """Print a table: steps by classes."""
    drawn = read_queries(queries)
    with open_archive(directory) as archive:
        archive.prepare()
        steps = watched(archive)
        found = {kind: asked(archive, steps, drawn[kind]) for kind in CLASSES}
    print("| ms of a processor |", " | ".join(CLASSES.values()), "|")
    print("|---|" + "---:|" * len(CLASSES))
    for step in (WHOLE, ENGINE, *WATCHED.values(), *METHODS.values()):
        print(f"| {step} |", " | ".join(f"{found[kind].get(step, 0):.2f}" for kind in CLASSES), "|")


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description="Measures the steps of an answer.")
    parser.add_argument("directory", type=Path)
    parser.add_argument("queries", type=Path)
    main(**vars(parser.parse_args()))
