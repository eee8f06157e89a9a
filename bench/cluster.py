"""What does a cluster cost? Writing by several at once, answers by class of query, bytes; beside one directory.

    python -m bench.cluster DIRECTORY [--articles 28000] [--nodes 0 1 3] [--writers 1 2 4] [--queries 20]

DIRECTORY is an archive, whose articles are put again with the names they have: what is measured is analysis and
writing, without reading documents and finding names, which cost the same everywhere. `--articles` takes the first ones,
or all of them again and again under other ids. 0 nodes are a directory; a run of one number of nodes and of writers is
a piece of the whole, as a large archive takes hours. The clusters run on this machine, so seconds of the wall clock
tell little; processor time is that of the clients and of all nodes.
"""

from __future__ import annotations

import argparse
import json
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
from itertools import count, islice
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


@dataclass(frozen=True, slots=True)
class Material:
    """So many articles, made of those of a directory."""

    directory: str
    number: int

    def stored(self) -> Iterator[str]:
        """What is stored of each; articles that come again have other ids."""
        place = IndexDirectory(Path(self.directory))
        with closing(place.open_engine(usable_manifest(place))) as engine:
            several = ((match.stored, again) for again in count() for match in walk(engine, MatchAll()))
            for text, again in islice(several, self.number):
                yield _with_other_id(text, again) if again else text

    def rows(self) -> Iterator[Row]:
        """Articles as the benchmark of the peers has them."""
        for text in self.stored():
            article = to_article(text, mentions=False)
            yield {"title": article.title, "body": article.body, "source": article.source}


def _with_other_id(text: str, again: int) -> str:
    kept = json.loads(text)
    return json.dumps({**kept, "id": f"{kept['id']}#{again}"}, ensure_ascii=False)


def write_part(material: Material, address: str, part: int, parts: int) -> None:
    """Put every so many-th article."""
    with write_archive(address) as writer:
        for text in islice(material.stored(), part, None, parts):
            writer.put_entry(entry_again(text))
            writer.checkpoint_if_due()


def measure_writing(material: Material, address: str, writers: int, cluster: Cluster | None) -> None:
    """Write all articles by so many processes, and print what that took."""
    articles = material.number
    with spent(cluster) as taken:
        command = [sys.executable, "-m", "bench.cluster", material.directory, "--articles", f"{articles}"]
        command += ["--put", address, "--of", f"{writers}"]
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


def measure_cluster(material: Material, nodes: int, writers: list[int], queries: dict[str, list[Query]]) -> None:
    """Start so many nodes, and print what writing and answers take there."""
    folder = folder_for(nodes, os.getpid())
    begin(folder, nodes, os.getpid())
    cluster = ready(folder)
    spread = f"shards={nodes}&replicas={min(1, nodes - 1)}"
    print(f"\n## OpenSearch {cluster.version}, {nodes} nodes, {spread}\n", flush=True)
    for number in writers:
        cluster.nodes[0].ask("/bench*", "DELETE")
        address = f"opensearch://{cluster.hosts}/bench{number}?{spread}"
        measure_writing(material, address, number, cluster)
    print(f"{merged_bytes(cluster) / 1e6:,.0f} MB after merging, with all copies\n", flush=True)
    measure_answers(address, queries, cluster)
    print("\nmost memory of a node: " + ", ".join(f"{node.most_memory():,} MB" for node in cluster.nodes), flush=True)
    for node in cluster.nodes:
        node.kill()


def main(material: Material, nodes: list[int], writers: list[int], number: int) -> None:
    """Measure each number of nodes, of which 0 are a directory."""
    queries = draw(material.rows(), number)
    with tempfile.TemporaryDirectory() as kept:
        os.environ["NACHLESE_CACHE"] = f"{kept}/cache"
        print(f"# {material.number:,} articles", flush=True)
        for several in nodes:
            if several:
                measure_cluster(material, several, writers, queries)
                continue
            print("\n## a directory\n", flush=True)
            measure_writing(material, f"{kept}/index", 1, None)
            measure_answers(f"{kept}/index", queries, None)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("directory", metavar="DIRECTORY")
    parser.add_argument("--nodes", type=int, nargs="+", default=[0, 1, 3])
    parser.add_argument("--articles", type=int, help="as many as DIRECTORY has, if no number is given")
    parser.add_argument("--writers", type=int, nargs="+", default=[1, 2, 4])
    parser.add_argument("--queries", type=int, default=20)
    parser.add_argument("--put", metavar="ADDRESS", help=argparse.SUPPRESS)
    parser.add_argument("--part", type=int, default=0, help=argparse.SUPPRESS)
    parser.add_argument("--of", type=int, default=1, help=argparse.SUPPRESS)
    asked = parser.parse_args()
    number = asked.articles or usable_manifest(IndexDirectory(Path(asked.directory))).articles
    chosen = Material(asked.directory, number)
    if asked.put:
        write_part(chosen, asked.put, asked.part, asked.of)
    else:
        main(chosen, asked.nodes, asked.writers, asked.queries)
