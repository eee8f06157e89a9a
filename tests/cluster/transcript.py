"""From nothing to an archive in a cluster and back, with real commands; prints what they print, and what they cost.

    python -m tests.cluster.transcript SOURCE...

Three nodes are started; SOURCE is indexed into three shards with a copy each, and served; a node is killed while the
server is asked on; it comes back; the archive is copied to a directory; fifty queries are asked of both. All of it is
removed again.
"""

from __future__ import annotations

import os
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager

from tests.cluster.server import PROJECT, Cluster, begin, folder_for, ready
from tests.commands.running import COMMAND
from tests.server.serving import Server, started

ASKED = "/api/search?q=Bundestag&size=1"
PAUSE = 0.25  # seconds between two questions while a node is gone
QUESTIONS = 20


def run(*command: str) -> None:
    """Run a command, and print it, what it prints and what it took."""
    print(f"\n$ {' '.join(command)}", flush=True)
    with measured():
        arguments = COMMAND if command[0] == "nachlese" else (sys.executable,)
        subprocess.run([*arguments, *command[1:]], cwd=PROJECT, check=True)


@contextmanager
def measured() -> Iterator[None]:
    """Print how long a block took, and how much processor time its processes."""
    began, before = time.monotonic(), resource.getrusage(resource.RUSAGE_CHILDREN)
    yield
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    spent = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    print(f"  [{time.monotonic() - began:.1f} s, {spent:.1f} s of a processor here]", flush=True)


def tell(cluster: Cluster) -> None:
    """Print what the nodes take."""
    for node in cluster.nodes:
        if node.process is not None:
            spent, memory = node.processor_seconds(), node.most_memory()
            print(f"  [{node.name}: {spent:.1f} s of a processor, {memory:,} MB at most]", flush=True)


def ask_while(server: Server, what: str) -> None:
    """Ask the server again and again, and print how often it gave which answer."""
    answers: dict[str, int] = {}
    slowest = 0.0
    for _ in range(QUESTIONS):
        began = time.monotonic()
        status, _, text = server.ask(ASKED)
        slowest = max(slowest, time.monotonic() - began)
        total = text.partition('"total":')[2].partition(",")[0].strip()
        told = f"{status}, total {total}" if total else f"{status}"
        answers[told] = answers.get(told, 0) + 1
        time.sleep(PAUSE)
    print(f"  {what}: GET {ASKED}: {answers}, the slowest after {slowest:.2f} s", flush=True)


def main(*sources: str) -> None:
    """The whole way."""
    folder = folder_for(3, os.getpid())
    print("# three nodes", flush=True)
    with measured():
        begin(folder, 3, os.getpid())
        cluster = ready(folder)
    address = f"opensearch://{cluster.hosts}/archiv?shards=3&replicas=1"
    print(f"  OpenSearch {cluster.version} at {address}", flush=True)
    with tempfile.TemporaryDirectory() as kept:
        os.environ["NACHLESE_CACHE"] = f"{kept}/cache"
        run("nachlese", "index", *sources, "--index", address)
        tell(cluster)
        run("nachlese", "index", *sources, "--index", address)
        run("nachlese", "status", "--index", address)
        with started(address, NACHLESE_CACHE=f"{kept}/cache") as server:
            ask_while(server, "all nodes are there")
            victim = cluster.manager()
            victim.kill()
            print(f"\n# kill -9 of {victim.name}, which managed the cluster", flush=True)
            ask_while(server, "it is gone")
            run("nachlese", "search", "Bundestag", "--limit", "2", "--index", address)
            print("\n# it is started again", flush=True)
            with measured():
                cluster.start()
            ask_while(server, "all are back")
        tell(cluster)
        run("nachlese", "check", "--index", address)
        run("nachlese", "copy", address, f"{kept}/copy")
        run("nachlese", "copy", address, f"{kept}/copy")
        run("python", "-m", "bench.agreement", f"{kept}/copy", address)
        tell(cluster)


if __name__ == "__main__":
    main(*sys.argv[1:])
