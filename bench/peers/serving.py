"""How many requests a second does the server answer, and how long do server and command take to start?"""

from __future__ import annotations

import json
import re
import socket
import statistics
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from itertools import chain, zip_longest
from pathlib import Path
from urllib.parse import urlencode

from bench.peers.clients import GOOD, HOST, KINDS, PLAIN, ask
from bench.peers.figures import percentile
from bench.peers.material import PROJECT
from bench.peers.memory import Watch, largest
from bench.peers.processes import PeerFailed
from bench.peers.questions import Query
from bench.peers.store import Result

CLIENTS = (1, 8, 32)
ASKED = ("rare", "common", "three")  # classes of queries of content words, as readers ask them
WARMING = 3  # times the seconds of one load, uncounted: each process of the server learns the words of the archive
NACHLESE = (sys.executable, "nachlese.py")


def requests(directory: Path, queries: dict[str, list[Query]], seconds: float) -> Result:
    """Requests a second, times and errors of each kind with each number of CLIENTS, the classes ASKED mixed.

    Also the bytes of all processes of the server together, and without files of the largest one.
    """
    paths = asked_paths(queries)
    with served(directory) as (port, process):
        watch = Watch(process.pid)
        _load(port, paths, max(CLIENTS), seconds * WARMING, PLAIN)
        found = {
            kind: {str(clients): _load(port, paths, clients, seconds, kind) for clients in CLIENTS} for kind in KINDS
        }
        peak, process_bytes = watch.peak(), largest(process.pid)
        watch.stop()
    return {"clients": found, "process": process_bytes, **peak}


def asked_paths(queries: dict[str, list[Query]]) -> list[str]:
    """The queries of content words as the JSON API is asked them, the classes mixed."""
    return [path(query) for query in chain(*zip_longest(*map(queries.__getitem__, ASKED))) if query]


def starts(directory: Path, query: Query, number: int) -> Result:
    """Median seconds of the command from its start to its end, and of the server to its first answer."""
    command = [_command(directory, query) for _ in range(number + 1)]
    server = [_first_answer(directory, query) for _ in range(number + 1)]
    # The first ones read the files from disk.
    return {"command": statistics.median(command[1:]), "server": statistics.median(server[1:])}


def path(query: Query) -> str:
    """The query as the JSON API is asked it."""
    values = {"q": query.text, "source": query.source, "from": query.since, "to": query.until}
    return "/api/search?" + urlencode({name: value for name, value in values.items() if value})


@contextmanager
def served(directory: Path) -> Iterator[tuple[int, subprocess.Popen[str]]]:
    """The port of a running server, and its process."""
    command = [*NACHLESE, "serve", "--index", str(directory), "--port", "0"]
    with subprocess.Popen(command, cwd=PROJECT, stderr=subprocess.PIPE, text=True) as server:
        assert server.stderr is not None
        line = server.stderr.readline()
        url = re.search(r"http://\S+:(\d+)", line)
        try:
            if not url:
                raise PeerFailed(f"the server did not start: {line.strip()}")
            yield int(url[1]), server
        finally:
            server.terminate()


def _load(port: int, paths: Sequence[str], clients: int, seconds: float, kind: str) -> Result:
    asked = json.dumps({"port": port, "paths": paths, "clients": clients, "seconds": seconds, "kind": kind})
    command = [sys.executable, "-m", "bench.peers.clients"]
    done = subprocess.run(command, cwd=PROJECT, input=asked, capture_output=True, text=True, check=True)
    seen = json.loads(done.stdout)
    times = seen["times"]
    return {
        "rate": len(times) / seconds,
        "errors": seen["errors"] + seen["refused"],
        "median": statistics.median(times),
        "p99": percentile(times, 99),
    }


def _command(directory: Path, query: Query) -> float:
    started = time.perf_counter()
    command = [*NACHLESE, "search", query.text, "--index", str(directory)]
    subprocess.run(command, cwd=PROJECT, check=True, capture_output=True)
    return time.perf_counter() - started


def _first_answer(directory: Path, query: Query) -> float:
    started = time.perf_counter()
    with served(directory) as (port, _), socket.create_connection((HOST, port)) as connection:
        if ask(connection, path(query)).status != GOOD:
            raise PeerFailed("the server's first answer was an error")
        return time.perf_counter() - started
