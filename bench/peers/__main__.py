"""python -m bench.peers: prepare articles and queries, measure every engine, write the report."""

from __future__ import annotations

import argparse
from pathlib import Path

from bench.peers import rows
from bench.peers.articles import collection
from bench.peers.contenders import chosen
from bench.peers.growth import growth_of
from bench.peers.machine import describe
from bench.peers.material import PROJECT, material
from bench.peers.measures import QUICK, Limits, measure
from bench.peers.queries import draw, save
from bench.peers.report import write_report
from bench.peers.store import Store
from bench.peers.turns import Passes

MANY, FEW, QUICKLY = 50, 30, 5  # queries of a class; fewer of a collection beyond LARGE
LARGE = 100_000


def main() -> None:
    """Measure what was not measured yet, then write the report of all results there are."""
    asked = arguments()
    store = Store(asked.work.absolute())
    sizes = asked.sizes.split(",")
    limits = QUICK if asked.quick else Limits(asked.patience, passes=Passes(asked.seconds))
    if not asked.report_only:
        store.put("all", "machine", "described", describe())
        prepare(store, sizes, asked.data, asked.quick)
        for size in sizes:
            engines = chosen(asked.only)
            for engine in engines if asked.again else ():
                store.forget(size, engine.name)
            measure(store, size, engines, limits)
    write_report(store, sizes, asked.out)


def arguments() -> argparse.Namespace:
    """The command line."""
    parser = argparse.ArgumentParser(prog="python -m bench.peers", description=__doc__)
    parser.add_argument("--data", type=Path, help="folder with news/; without it, texts are made of the seeds")
    parser.add_argument("--sizes", default="5000,50000,200000", help="numbers of articles, or news: the real ones")
    parser.add_argument("--only", action="append", default=[], metavar="PEER", help="may be repeated")
    parser.add_argument("--again", action="store_true", help="measure the chosen peers anew")
    parser.add_argument("--report-only", action="store_true", help="only write the report of what was measured")
    parser.add_argument("--patience", type=float, default=3600, metavar="S", help="seconds a build may take")
    parser.add_argument("--seconds", type=float, default=20, metavar="S", help="seconds for a class of queries, once")
    parser.add_argument("--quick", action="store_true", help="only see that everything works; the figures say little")
    parser.add_argument("--work", type=Path, default=PROJECT / "build/bench", metavar="DIR")
    parser.add_argument("--out", type=Path, default=PROJECT / "bench/RESULTS.md", metavar="FILE")
    return parser.parse_args()


def prepare(store: Store, sizes: list[str], data: Path | None, quick: bool) -> None:
    """Make articles and queries where they are missing."""
    lacking = [size for size in sizes if not store.articles(size).exists()]
    made = material(data) if lacking else None
    for size in sizes:
        articles, queries = store.articles(size), store.queries(size)
        if made and size in lacking:
            rows.write(collection(size, data, made), articles)
        if store.get(size, "articles", "growth") is None:
            store.put(size, "articles", "growth", growth_of(rows.read(articles)))
        if not queries.exists():
            save(draw(rows.read(articles), QUICKLY if quick else number_for(size)), queries)


def number_for(size: str) -> int:
    """How many queries of a class a collection is asked."""
    return FEW if size.isdigit() and int(size) > LARGE else MANY


if __name__ == "__main__":
    main()
