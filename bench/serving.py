"""Does the server answer many readers while an indexer commits? Counts answers, errors and times.

    python -m bench.serving DIRECTORY [--seconds 30] [--clients 20]

Starts `nachlese serve` for the index in DIRECTORY, lets clients ask, and commits a few articles
every second (they are removed at the end). Any answer but 200 with the right shape is an error.
"""

from __future__ import annotations

import argparse
import json
import re
import statistics
import subprocess
import sys
import threading
import time
import urllib.parse
import urllib.request
from pathlib import Path

from search import Article, write_archive

PATHS = (
    "/api/search?q=Polizei", "/api/search?q=Regierung+Berlin&size=20", "/api/search?q=%22Vereinte+Nationen%22",
    "/suche?q=Wahl", "/api/suggest?q=bund", "/api/search?q=Ukrain*&sort=newest", "/suche?q=Kohl&source=Wikinews", "/",
)  # fmt: skip


class Load:
    """What the clients saw."""

    def __init__(self, url: str, until: float) -> None:
        self.url = url
        self.until = until
        self.times: list[float] = []
        self.errors: list[str] = []

    def client(self, number: int) -> None:
        """Ask one path after the other until the time is over."""
        asked = number
        while time.monotonic() < self.until:
            path = PATHS[asked % len(PATHS)]
            asked += 1
            started = time.monotonic()
            try:
                with urllib.request.urlopen(self.url + path, timeout=30) as answer:
                    body = answer.read()
                if path.startswith("/api/"):
                    json.loads(body)
            except (OSError, ValueError) as error:
                self.errors.append(f"{path}: {error}")
            self.times.append(time.monotonic() - started)


def commit_until(directory: Path, until: float) -> int:
    """Commit ten articles every second; the number of commits."""
    commits = 0
    while time.monotonic() < until:
        with write_archive(directory) as writer:
            for place in range(10):
                writer.put(Article(f"load-{place}", f"Die Polizei meldet: Bericht {commits} über die Wahl in Berlin."))
        commits += 1
        time.sleep(1)
    return commits


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("directory", type=Path)
    parser.add_argument("--seconds", type=float, default=30)
    parser.add_argument("--clients", type=int, default=20)
    asked = parser.parse_args()
    command = [sys.executable, "nachlese.py", "serve", "--index", str(asked.directory), "--port", "0"]
    with subprocess.Popen(command, stderr=subprocess.PIPE, text=True) as server:
        assert server.stderr is not None
        url = re.search(r"http://\S+", server.stderr.readline())
        assert url is not None, "the server did not start"
        until = time.monotonic() + asked.seconds
        load = Load(url[0].rstrip("/"), until)
        threads = [threading.Thread(target=load.client, args=(number,)) for number in range(asked.clients)]
        for thread in threads:
            thread.start()
        commits = commit_until(asked.directory, until)
        for thread in threads:
            thread.join()
        server.terminate()
        noise = server.stderr.read()
    with write_archive(asked.directory) as writer:
        for place in range(10):
            writer.delete(f"load-{place}")
    times = sorted(load.times)
    print(f"{asked.clients} clients, {asked.seconds:.0f} s, {commits} commits meanwhile")
    print(f"{len(times):,} answers ({len(times) / asked.seconds:.0f}/s), {len(load.errors)} errors")
    slowest = times[int(len(times) * 0.99)]
    print(f"median {statistics.median(times) * 1000:.0f} ms, 99th percentile {slowest * 1000:.0f} ms")
    print(f"server ended with {server.returncode}; it said: {noise.strip() or 'nothing'}")
    for error in load.errors[:10]:
        print(f"  {error}")


if __name__ == "__main__":
    main()
