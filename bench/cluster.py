"""What does a cluster cost? Writing by several at once, answers by class of query, bytes; beside one directory.

    OPENSEARCH_HEAP=1g python -m bench.cluster DIRECTORY [--articles 28000] [--nodes 0 1 3] [--writers 1 2 4]

DIRECTORY is an archive, whose articles are analysed once, with the names they have, and then put: reading documents and
analysis cost the same everywhere, and so they are no part of what is measured. `--articles` takes the first ones, or
all of them again and again under other ids; then a rare word is as often as much less rare. 0 nodes are a directory; a
run of one number of nodes and of writers is a piece of the whole. The clusters run on this machine, so seconds of the
wall clock tell little; processor time is that of the clients and of all nodes, of which only the fast compiler of Java
has made the code (`tests/cluster/server.py`). The heap of a test, 384 MB, is too small for 28,000 articles.
"""

from __future__ import annotations

import argparse
import json
import os
import pickle
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, replace
from itertools import count, islice
from pathlib import Path

from bench.peers.engines.nachlese import Nachlese
from bench.peers.queries import draw
from bench.peers.questions import CLASSES, Query
from bench.peers.rows import Row
from search import open_archive, write_archive
from search.engines.base import Entry
from search.query.terms import MatchAll
from search.store.directory import IndexDirectory
from search.store.entry import entry_again, to_article
from search.store.place import usable_manifest
from search.store.walking import walk
from tests.cluster.server import PROJECT, Cluster, begin, folder_for, ready

PATIENCE = 600.0  # seconds for merging
PORTION = 250  # articles
SPREAD = 0x9E3779B1  # makes hashes into others


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


class Source:
    """The articles of a directory that are put, no more than are wanted."""

    def __init__(self, directory: str, most: int) -> None:
        self._place = IndexDirectory(Path(directory))
        self._most = most

    def stored(self) -> Iterator[str]:
        """What is stored of each."""
        with closing(self._place.open_engine(usable_manifest(self._place))) as engine:
            yield from (match.stored for match in islice(walk(engine, MatchAll()), self._most))

    def rows(self) -> Iterator[Row]:
        """The same as the benchmark of the peers has articles."""
        for text in self.stored():
            article = to_article(text, mentions=False)
            yield {"title": article.title, "body": article.body, "source": article.source}


@dataclass(frozen=True, slots=True)
class Material:
    """So many entries, made of those that are kept in a folder, a portion in a file."""

    folder: Path
    number: int

    def prepare(self, texts: Iterator[str]) -> int:
        """Analyse what is stored of articles, and keep it; how many there were."""
        self.folder.mkdir()
        for place in count():
            entries = [entry_again(text) for text in islice(texts, PORTION)]
            (self.folder / f"{place:06}").write_bytes(pickle.dumps(entries))
            if len(entries) < PORTION:
                return place * PORTION + len(entries)
        raise AssertionError("counting ends never")

    def entries(self, part: int, parts: int) -> Iterator[Entry]:
        """Every so many-th portion, as often as it takes until all together are as many as are wanted.

        Portions are repeated, not articles: what stands side by side is packed together, and would be too well.
        """
        files = sorted(self.folder.iterdir())
        there = (len(files) - 1) * PORTION + len(_entries(files[-1]))
        whole, rest = divmod(self.number, there)
        for place, file in list(enumerate(files))[part::parts]:
            entries = _entries(file)
            for again in range(whole):
                yield from (_another(entry, again) for entry in entries)
            yield from (_another(entry, whole) for entry in entries[: max(0, rest - place * PORTION)])


def _entries(file: Path) -> list[Entry]:
    entries: list[Entry] = pickle.loads(file.read_bytes())
    return entries


def _another(entry: Entry, again: int) -> Entry:
    """An entry that stands for another article: it has another id, and is no copy."""
    if not again:
        return entry
    id = f"{entry.id}#{again}"
    stored = json.dumps({**json.loads(entry.stored), "id": id}, ensure_ascii=False)
    sketch = tuple(sorted(hash ^ again * SPREAD % 2**32 for hash in entry.sketch))
    return replace(entry, id=id, stored=stored, sketch=sketch)


def write_part(material: Material, address: str, part: int, parts: int) -> None:
    """Put every so many-th portion."""
    with write_archive(address) as writer:
        for entry in material.entries(part, parts):
            writer.put_entry(entry)
            writer.checkpoint_if_due()


def measure_writing(material: Material, address: str, writers: int, cluster: Cluster | None) -> None:
    """Write all articles by so many processes, and print what that took."""
    articles = material.number
    with spent(cluster) as taken:
        command = [sys.executable, "-m", "bench.cluster", f"{material.folder}", "--articles", f"{articles}"]
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


def main(directory: str, articles: int, nodes: list[int], writers: list[int], number: int) -> None:
    """Measure each number of nodes, of which 0 are a directory."""
    source = Source(directory, articles)
    queries = draw(source.rows(), number)
    with tempfile.TemporaryDirectory() as kept:
        os.environ["NACHLESE_CACHE"] = f"{kept}/cache"
        material = Material(Path(kept) / "entries", articles)
        with spent(None) as taken:
            analysed = material.prepare(source.stored())
        each = 1000 * taken.here / analysed
        print(f"# {articles:,} articles, made of {analysed:,}; analysing each takes {each:.1f} ms here", flush=True)
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
    if asked.put:  # a writer of such a run: the directory is that of the entries
        write_part(Material(Path(asked.directory), asked.articles), asked.put, asked.part, asked.of)
    else:
        wanted = asked.articles or usable_manifest(IndexDirectory(Path(asked.directory))).articles
        main(asked.directory, wanted, asked.nodes, asked.writers, asked.queries)
