"""How much memory does a process of the server take after many requests of all kinds?

    python -m bench.server_memory DIRECTORY [--requests 18000] [--clients 4] [--seed 1]

Starts `nachlese serve` for the index in DIRECTORY with two processes and asks for pages, files, suggestions and JSON,
made of words, names and articles that are drawn from the archive. Printed are 20 lines: after so many requests the
megabytes of the process that takes most. *dirty* is what it has written itself (Private_Dirty), *own* also what it has
read of files that nobody else has (USS), *resident* all that is in memory, the files of the index among it. Linux.
"""

from __future__ import annotations

import argparse
import random
import sys
import threading
import urllib.error
import urllib.request
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

from bench.crowds import PROJECT, Server, served
from bench.peers.memory import PROC, family
from search import open_archive

SAMPLES = 20
ARTICLES = 2_000  # that are drawn for their words
TEXTS = (
    "{0}", "{0} {1}", "{0} {1} {2}", '"{0} {1}"', '"{0} {1}"~5', "{0} ODER {1}", "{0} -{1}", "{0}*", "*{0}", "{0}~",
    "titel:{0}", "ort:{0}", "datum:2020 {0}",
)  # fmt: skip
PATHS = (
    *["/suche?q={text}"] * 6, "/suche?q={text}&sort=newest", "/suche?q={text}&sort=recent", "/suche?q={text}&size=100",
    "/suche?q={text}&person={name}", "/suche?q=&person={name}", "/api/search?q={text}", "/api/search?q={text}&size=50",
    "/suche.atom?q={text}", "/suche.csv?q={text}", "/api/suggest?q={start}", "/artikel/{id}", "/artikel/{id}?q={text}",
    "/api/articles/{id}", "/namen?q={start}", "/namen", "/",
)  # fmt: skip


def requests(directory: Path, seed: int) -> Iterator[str]:
    """Paths without end, the same ones for the same archive and seed."""
    chance = random.Random(seed)
    with open_archive(directory) as archive:
        articles = archive.sample(ARTICLES, seed)
        names = [found.name for found in archive.entities(limit=ARTICLES)]
    words = [word for article in articles for word in article.body.split()[:50] if word.isalpha()]
    while True:
        text = chance.choice(TEXTS).format(*chance.sample(words, 3))
        start, name = chance.choice(words)[:4], chance.choice(names or words)
        parts = {"text": text, "start": start, "name": name, "id": chance.choice(articles).id}
        yield chance.choice(PATHS).format(**{key: quote(value, safe="") for key, value in parts.items()})


class Clients:
    """Ask for one path after the other, and look at the server between them."""

    def __init__(self, server: Server, paths: Iterator[str], number: int) -> None:
        self._server = server
        self._paths = paths
        self._number = number
        self._lock = threading.Lock()
        self.answers: Counter[object] = Counter()

    def run(self) -> None:
        """Ask until enough is asked."""
        while True:
            with self._lock:
                asked = sum(self.answers.values())
                if asked >= self._number:
                    return
                if asked % max(1, self._number // SAMPLES) == 0:
                    print(f"{asked:,}\t" + "\t".join(f"{size:,.0f}" for size in largest(self._server.pid)), flush=True)
                path, self.answers["asked"] = next(self._paths), self.answers["asked"] + 1
            status = self._status(path)
            with self._lock:
                self.answers[status] += 1
                self.answers["asked"] -= 1

    def _status(self, path: str) -> object:
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{self._server.port}{path}", timeout=60) as answer:
                answer.read()
                return answer.status
        except urllib.error.HTTPError as error:
            return error.code
        except OSError as error:
            return type(error).__name__


def largest(pid: int) -> tuple[float, float, float]:
    """Megabytes of the process of a family that has written most: dirty, own, resident."""
    return max((_megabytes(each) for each in family(pid)), default=(0.0, 0.0, 0.0))


def _megabytes(pid: int) -> tuple[float, float, float]:
    try:
        lines = [line.split() for line in (PROC / str(pid) / "smaps_rollup").read_text().splitlines()[1:]]
    except OSError:  # it has gone meanwhile
        return 0.0, 0.0, 0.0
    sizes = {name: int(kilobytes) / 1024 for name, kilobytes, *_ in lines}
    return sizes["Private_Dirty:"], sizes["Private_Dirty:"] + sizes["Private_Clean:"], sizes["Rss:"]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("directory", type=Path)
    parser.add_argument("--requests", type=int, default=18_000)
    parser.add_argument("--clients", type=int, default=4)
    parser.add_argument("--seed", type=int, default=1)
    asked = parser.parse_args()
    with served("here", PROJECT, sys.executable, asked.directory) as server:
        print("requests\tdirty\town\tresident")
        clients = Clients(server, requests(asked.directory, asked.seed), asked.requests)
        threads = [threading.Thread(target=clients.run) for _ in range(asked.clients)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        print(f"{asked.requests:,}\t" + "\t".join(f"{size:,.0f}" for size in largest(server.pid)))
    print({str(status): count for status, count in clients.answers.items() if count})


if __name__ == "__main__":
    main()
