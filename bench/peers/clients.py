"""Readers who ask a server over HTTP as fast as it answers: `python -m bench.peers.clients`, in a process of its own.

Reads one JSON object from standard input: port, clients, seconds, paths. Every client keeps its
connection and asks one path after the other. Prints the milliseconds of all answers and the number
of errors. The client reads no more of an answer than its length, so that it takes little from the
server's processors.
"""

from __future__ import annotations

import json
import re
import socket
import sys
import threading
import time
from collections.abc import Sequence
from dataclasses import dataclass, field

HOST = "127.0.0.1"
TIMEOUT = 60
CHUNK = 1 << 18
_LENGTH = re.compile(rb"content-length: *(\d+)", re.IGNORECASE)


@dataclass
class Readers:
    """All clients together, and what they saw."""

    port: int
    paths: Sequence[str]
    until: float
    times: list[float] = field(default_factory=list)
    errors: int = 0

    def read(self, number: int) -> None:
        """One client's work until the time is over."""
        connection = None
        while time.monotonic() < self.until:
            path = self.paths[number % len(self.paths)]
            number += 1
            started = time.perf_counter()
            try:
                connection = connection or socket.create_connection((HOST, self.port), TIMEOUT)
                good = ask(connection, path)
            except OSError:
                connection, good = None, False
            self.times.append((time.perf_counter() - started) * 1000)
            self.errors += not good


def ask(connection: socket.socket, path: str) -> bool:
    """Whether the answer to a path is 200 and complete. Raises OSError if the connection breaks."""
    connection.sendall(f"GET {path} HTTP/1.1\r\nHost: {HOST}\r\n\r\n".encode())
    head, _, body = _received(connection, b"", b"\r\n\r\n").partition(b"\r\n\r\n")
    length = _LENGTH.search(head)
    missing = int(length[1]) - len(body) if length else 0
    while missing > 0:
        missing -= len(_some(connection))
    return head.startswith(b"HTTP/1.1 200") and length is not None


def _received(connection: socket.socket, before: bytes, end: bytes) -> bytes:
    """What comes until `end`, and perhaps more."""
    while end not in before:
        before += _some(connection)
    return before


def _some(connection: socket.socket) -> bytes:
    received = connection.recv(CHUNK)
    if not received:
        raise ConnectionError("the server ended the connection")
    return received


def main() -> None:
    """Let all clients work and print what they saw."""
    asked = json.load(sys.stdin)
    readers = Readers(asked["port"], asked["paths"], time.monotonic() + asked["seconds"])
    share = max(len(readers.paths) // asked["clients"], 1)  # clients begin at different queries
    threads = [threading.Thread(target=readers.read, args=(number * share,)) for number in range(asked["clients"])]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    print(json.dumps({"times": readers.times, "errors": readers.errors, "seconds": asked["seconds"]}))


if __name__ == "__main__":
    main()
