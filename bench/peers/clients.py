"""Readers who ask a server over HTTP as fast as it answers: `python -m bench.peers.clients`, in a process of its own.

Reads one JSON object from standard input: port, clients, seconds, paths, and whether each client keeps its
connection. Every client asks one path after the other, and asks on at once if it is refused. Prints the milliseconds
of all good answers, the number of refused ones (503) and that of errors, which are all others. The client reads no
more of an answer than its length, so that it takes little from the server's processors.
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
GOOD, REFUSED = 200, 503
_STATUS = re.compile(rb"HTTP/1\.1 (\d{3}) ")
_LENGTH = re.compile(rb"content-length: *(\d+)", re.IGNORECASE)


@dataclass
class Readers:
    """All clients together, and what they saw."""

    port: int
    paths: Sequence[str]
    until: float
    keep: bool = True
    times: list[float] = field(default_factory=list)
    refused: int = 0
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
                status = ask(connection, path)
            except OSError:
                connection, status = None, 0
            self._note(status, time.perf_counter() - started)
            if connection and not self.keep:
                connection.close()
                connection = None

    def _note(self, status: int, seconds: float) -> None:
        if status == GOOD:
            self.times.append(seconds * 1000)
        elif status == REFUSED:
            self.refused += 1
        else:
            self.errors += 1


def ask(connection: socket.socket, path: str) -> int:
    """The status of a complete answer to a path, 0 if it is none. Raises OSError if the connection breaks."""
    connection.sendall(f"GET {path} HTTP/1.1\r\nHost: {HOST}\r\n\r\n".encode())
    head, _, body = _received(connection, b"", b"\r\n\r\n").partition(b"\r\n\r\n")
    length = _LENGTH.search(head)
    missing = int(length[1]) - len(body) if length else 0
    while missing > 0:
        missing -= len(_some(connection))
    status = _STATUS.match(head)
    return int(status[1]) if status and length else 0


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
    until = time.monotonic() + asked["seconds"]
    readers = Readers(asked["port"], asked["paths"], until, asked.get("keep", True))
    share = max(len(readers.paths) // asked["clients"], 1)  # clients begin at different queries
    threads = [threading.Thread(target=readers.read, args=(number * share,)) for number in range(asked["clients"])]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    seen = {"times": readers.times, "refused": readers.refused, "errors": readers.errors}
    print(json.dumps(seen | {"seconds": asked["seconds"]}))


if __name__ == "__main__":
    main()
