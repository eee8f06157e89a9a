"""How many good answers does a crowd of readers get, who ask on at once when they are refused?

    python -m bench.crowds DIRECTORY [--clients 4 16 50 100 200] [--seconds 8] [--rounds 3] [--close]
    python -m bench.crowds DIRECTORY --beside CHECKOUT INDEX [--queries FILE [--also '&relax=0']] [--kind packed]

Starts `nachlese serve` for the index in DIRECTORY; with --beside also that of another CHECKOUT, which has a .venv, for
an INDEX that this one has built. All are asked in turns, so that whatever else the machine does is the same for all.
Printed for each server and number of clients: good answers a second, the median of the rounds and their range;
refusals a second (503) and errors; median and 99th percentile of the time to a good answer; and processor time of the
server for a good answer, refusals included. With --close each request has a connection of its own.

Asked are the pages of bench.serving or, over the JSON API, the content words of a file of queries as `python -m
bench.peers` draws them: as they are, packed with gzip, or whether what was answered before still holds (again).
"""

from __future__ import annotations

import argparse
import json
import re
import statistics
import subprocess
import sys
import threading
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bench.peers.clients import KINDS, PLAIN
from bench.peers.figures import percentile
from bench.peers.processor import processor_seconds
from bench.peers.questions import read_queries
from bench.peers.serving import asked_paths
from bench.serving import PATHS

PROJECT = Path(__file__).parents[1]
WARMING = 10.0  # seconds, uncounted: each process learns the words of the archive
WORKERS = 2


@dataclass(frozen=True, slots=True)
class Server:
    """A running server: how it is called in the table, where it listens, its process."""

    name: str
    port: int
    pid: int

    def seconds(self) -> float:
        """Processor time that its processes have taken so far; Linux."""
        return processor_seconds(self.pid)


@dataclass(frozen=True, slots=True)
class Load:
    """What so many seconds of a crowd brought: milliseconds of good answers, refusals, errors, processor seconds."""

    seconds: float
    times: list[float]
    refused: int
    errors: int
    processor: float

    @property
    def rate(self) -> float:
        """Good answers a second."""
        return len(self.times) / self.seconds


@contextmanager
def served(name: str, checkout: Path, python: str, index: Path) -> Iterator[Server]:
    """The server of a checkout, in front of an index."""
    command = [python, "nachlese.py", "serve", "--index", str(index.absolute()), "--port", "0"]
    command += ["--workers", str(WORKERS)]
    with subprocess.Popen(command, cwd=checkout, stderr=subprocess.PIPE, text=True) as process:
        assert process.stderr is not None
        address = re.search(r"http://\S+:(\d+)", line := process.stderr.readline())
        try:
            if address is None:
                raise SystemExit(f"The server of {name} did not start: {line.strip()}")
            threading.Thread(target=process.stderr.read, daemon=True).start()  # or its messages fill the pipe
            yield Server(name, int(address[1]), process.pid)
        finally:
            process.terminate()


def crowd(server: Server, clients: int, seconds: float, asked: Mapping[str, Any]) -> Load:
    """Let so many clients ask a server; `asked` says what and how, as bench.peers.clients reads it."""
    asked = {**asked, "port": server.port, "clients": clients, "seconds": seconds}
    command = [sys.executable, "-m", "bench.peers.clients"]
    before = server.seconds()
    done = subprocess.run(command, cwd=PROJECT, input=json.dumps(asked), capture_output=True, text=True, check=True)
    seen = json.loads(done.stdout)
    return Load(seconds, seen["times"], seen["refused"], seen["errors"], server.seconds() - before)


def row(name: str, clients: int, loads: list[Load]) -> str:
    """A line of the table, from all rounds of a server and a number of clients."""
    rates = [load.rate for load in loads]
    times = [each for load in loads for each in load.times] or [0.0]
    seconds = sum(load.seconds for load in loads)
    refused, errors = (sum(getattr(load, what) for load in loads) for what in ("refused", "errors"))
    processor = sum(load.processor for load in loads) / len(times) * 1000
    good = f"{statistics.median(rates):.0f} ({min(rates):.0f} to {max(rates):.0f})"
    cells = (
        name, clients, good, f"{refused / seconds:,.0f}", errors, f"{statistics.median(times):,.0f}",
        f"{percentile(times, 99):,.0f}", f"{processor:.1f}",
    )  # fmt: skip
    return "| " + " | ".join(map(str, cells)) + " |"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("directory", type=Path)
    parser.add_argument("--clients", type=int, nargs="+", default=[4, 16, 50, 100, 200])
    parser.add_argument("--seconds", type=float, default=8)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--close", action="store_true")
    parser.add_argument("--beside", type=Path, nargs=2, action="append", default=[], metavar=("CHECKOUT", "INDEX"))
    parser.add_argument("--queries", type=Path)
    parser.add_argument("--also", default="", help="more parameters for each of the queries, such as &relax=0")
    parser.add_argument("--kind", choices=KINDS, default=PLAIN)
    asked = parser.parse_args()
    what = {
        "paths": [path + asked.also for path in asked_paths(read_queries(asked.queries))] if asked.queries else PATHS,
        "keep": not asked.close, "kind": asked.kind,
    }  # fmt: skip
    checkouts = [("here", PROJECT, sys.executable, asked.directory)]
    checkouts += [(path.name, path, str(path.absolute() / ".venv/bin/python"), index) for path, index in asked.beside]
    found: dict[tuple[int, str], list[Load]] = {}
    with ExitStack() as stack:
        servers = [stack.enter_context(served(*checkout)) for checkout in checkouts]
        for server in servers:
            crowd(server, 16, WARMING, {**what, "keep": True, "kind": PLAIN})
        for _ in range(asked.rounds):
            for clients in asked.clients:
                for server in servers:
                    load = crowd(server, clients, asked.seconds, what)
                    found.setdefault((clients, server.name), []).append(load)
    print("| server | clients | good/s | refused/s | errors | median, ms | 99 %, ms | processor ms for a good answer |")
    print("|---|---:|---:|---:|---:|---:|---:|---:|")
    for (clients, name), loads in found.items():
        print(row(name, clients, loads))


if __name__ == "__main__":
    main()
