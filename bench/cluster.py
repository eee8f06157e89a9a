"""What does a cluster cost? Writing by several at once, answers by class of query, bytes; beside one directory.

    python -m bench.cluster DIRECTORY [--nodes 1 3] [--writers 1 2 4] [--queries 20]

DIRECTORY is an archive, whose articles are put again with the names they have: what is measured is analysis and
writing, without reading documents and finding names, which cost the same everywhere. The clusters run on this machine,
so seconds of the wall clock tell little; processor time is that of the clients and of all nodes.
"""

from __future__ import annotations

import argparse
import os
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from bench.peers.engines.nachlese import Nachlese
from bench.peers.queries import draw
from bench.peers.questions import CLASSES, Query
from bench.peers.rows import Row
from search import open_archive, write_archive
from search.query.terms import MatchAll
from search.store.directory import IndexDirectory
from search.store.entry import entry_again, to_article
from search.store.place import usable_manifest
from search.store.walking import walk
from tests.cluster.server import PROJECT, Cluster, begin, folder_for, ready

PATIENCE = 600.0  # seconds for merging


@dataclass
class Spent:
    """Seconds of a block: of the clock, of processors in this process and those it started, and in the nodes."""

    clock: float = 0.0
    here: float = 0.0
    nodes: float = 0.0


@contextmanager
def spent(cluster: Cluster | None) -> Iterator[Spent]:
    """Measure a block."""
    found, began, here, nodes = Spent(), time.monotonic(), _here(), _nodes(cluster)
    yield found
    found.clock, found.here, found.nodes = time.monotonic() - began, _here() - here, _nodes(cluster) - nodes


def _here() -> float:
    usages = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(usage.ru_utime + usage.ru_stime for usage in usages)


def _nodes(cluster: Cluster | None) -> float:
    return sum(node.processor_seconds() for node in cluster.nodes) if cluster else 0.0


def stored(directory: str) -> Iterator[str]:
    """What is stored of each article."""
    place = IndexDirectory(Path(directory))
    with closing(place.open_engine(usable_manifest(place))) as engine:
        for match in walk(engine, MatchAll()):
            yield match.stored


def write_part(directory: str, address: str, part: int, parts: int) -> None:
    """Put every so many-th article."""
    with write_archive(address) as writer:
        for text in islice(stored(directory), part, None, parts):
            writer.put_entry(entry_again(text))
            writer.checkpoint_if_due()


def rows(directory: str) -> Iterator[Row]:
    """Articles as the benchmark of the peers has them."""
    for text in stored(directory):
        article = to_article(text, mentions=False)
        yield {"title": article.title, "body": article.body, "source": article.source}


def measure_writing(directory: str, address: str, writers: int, articles: int, cluster: Cluster | None) -> None:
    """Write all articles by so many processes, and print what that took."""
    with spent(cluster) as taken:
        command = [sys.executable, "-m", "bench.cluster", directory, "--put", address, "--of", f"{writers}"]
        running = [subprocess.Popen([*command, "--part", f"{part}"], cwd=PROJECT) for part in range(writers)]
        codes = [process.wait() for process in running]
        if any(codes):
            raise SystemExit("A writer failed.")
    with open_archive(address) as archive:
        assert archive.status().articles == articles
        size = archive.status().bytes
    print(
        f"{writers} writers: {articles / taken.clock:,.0f} articles a second of the clock; processor time for 1,000: "
        f"{1000 * taken.here / articles:.2f} s here, {1000 * taken.nodes / articles:.2f} s in the nodes; "
        f"{size / 1e6:,.0f} MB with all copies",
        flush=True,
    )


def measure_answers(address: str, queries: dict[str, list[Query]], cluster: Cluster | None) -> None:
    """Ask the queries of each class, and print what an answer takes."""
    peer = Nachlese("", False)
    peer.open(address)  # type: ignore[arg-type]  # peers lie in folders; this one takes an address, too
    for some in queries.values():  # once before, as the code of young nodes is not compiled
        for query in some:
            peer.search(query, True)
    print(f"{'class':<16}{'ms of the clock':>16}{'ms here':>10}{'ms in nodes':>13}")
    for name, some in queries.items():
        clocks = []
        with spent(cluster) as taken:
            for query in some:
                began = time.monotonic()
                peer.search(query, True)
                clocks.append(time.monotonic() - began)
        here, nodes = 1000 * taken.here / len(some), 1000 * taken.nodes / len(some)
        clock = 1000 * statistics.median(clocks)
        print(f"{CLASSES[name]:<16}{clock:>16.1f}{here:>10.1f}{nodes:>13.1f}", flush=True)


def merged_bytes(cluster: Cluster) -> int:
    """The bytes of all copies of everything after merging, in a cluster of one archive."""
    node = cluster.nodes[0]
    for path in ("/*/_forcemerge?max_num_segments=1", "/*/_flush?force=true", "/*/_refresh"):
        node.ask(path, "POST", patience=PATIENCE)
    return int(node.ask("/_stats/store")["_all"]["total"]["store"]["size_in_bytes"])


def measure_cluster(directory: str, nodes: int, writers: list[int], queries: dict[str, list[Query]]) -> None:
    """Start so many nodes, and print what writing and answers take there."""
    folder = folder_for(nodes, os.getpid())
    begin(folder, nodes, os.getpid())
    cluster = ready(folder)
    articles = usable_manifest(IndexDirectory(Path(directory))).articles
    spread = f"shards={nodes}&replicas={min(1, nodes - 1)}"
    print(f"\n## OpenSearch {cluster.version}, {nodes} nodes, {spread}\n", flush=True)
    for number in writers:
        cluster.nodes[0].ask("/bench*", "DELETE")
        address = f"opensearch://{cluster.hosts}/bench{number}?{spread}"
        measure_writing(directory, address, number, articles, cluster)
    print(f"{merged_bytes(cluster) / 1e6:,.0f} MB after merging, with all copies\n", flush=True)
    measure_answers(address, queries, cluster)
    print("\nmost memory of a node: " + ", ".join(f"{node.most_memory():,} MB" for node in cluster.nodes), flush=True)
    for node in cluster.nodes:
        node.kill()


def main(directory: str, nodes: list[int], writers: list[int], number: int) -> None:
    """Measure a directory and clusters of each number of nodes."""
    queries = draw(rows(directory), number)
    with tempfile.TemporaryDirectory() as kept:
        os.environ["NACHLESE_CACHE"] = f"{kept}/cache"
        articles = usable_manifest(IndexDirectory(Path(directory))).articles
        print(f"## a directory, {articles:,} articles\n", flush=True)
        measure_writing(directory, f"{kept}/index", 1, articles, None)
        measure_answers(f"{kept}/index", queries, None)
        for count in nodes:
            measure_cluster(directory, count, writers, queries)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("directory", metavar="DIRECTORY")
    parser.add_argument("--nodes", type=int, nargs="*", default=[1, 3])
    parser.add_argument("--writers", type=int, nargs="+", default=[1, 2, 4])
    parser.add_argument("--queries", type=int, default=20)
    parser.add_argument("--put", metavar="ADDRESS", help=argparse.SUPPRESS)
    parser.add_argument("--part", type=int, default=0, help=argparse.SUPPRESS)
    parser.add_argument("--of", type=int, default=1, help=argparse.SUPPRESS)
    asked = parser.parse_args()
    if asked.put:
        write_part(asked.directory, asked.put, asked.part, asked.of)
    else:
        main(asked.directory, asked.nodes, asked.writers, asked.queries)
