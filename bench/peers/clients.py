"""Readers who ask a server over HTTP as fast as it answers: `python -m bench.peers.clients`, in a process of its own.

Reads one JSON object from standard input: port, clients, seconds, paths, the kind of requests, and whether each client
keeps its connection. Of the kinds, `packed` takes answers as gzip, and `again` knows what it was answered before and
asks whether that still holds, as browsers and caches do. Every client asks one path after the other, and asks on at
once if it is refused. Prints the milliseconds of all good answers, the number of refused ones (503) and that of
errors, which are all others. The client reads no more of an answer than its length, so that it takes little from the
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
GOOD, UNCHANGED, REFUSED = 200, 304, 503
KINDS = PLAIN, PACKED, AGAIN = "plain", "packed", "again"
_STATUS = re.compile(rb"HTTP/1\.1 (\d{3}) ")
_LENGTH = re.compile(rb"content-length: *(\d+)", re.IGNORECASE)
_TAG = re.compile(rb"\r\netag: *([^\r]+)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Answered:
    """What a server answered: a status, 0 for what is no complete answer, and the tag of the content."""

    status: int
    tag: str = ""


@dataclass
class Readers:
    """All clients together, and what they saw."""

    port: int
    paths: Sequence[str]
    until: float
    keep: bool = True
    kind: str = PLAIN
    tags: dict[str, str] = field(default_factory=dict)  # of what was answered, by path
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
                answered = ask(connection, path, self._headers(path))
            except OSError:
                connection, answered = None, Answered(0)
            self.tags.setdefault(path, answered.tag)
            self._note(answered.status, time.perf_counter() - started)
            if connection and not self.keep:
                connection.close()
                connection = None

    def _headers(self, path: str) -> str:
        if self.kind == PACKED:
            return "Accept-Encoding: gzip\r\n"
        tag = self.tags.get(path) if self.kind == AGAIN else None
        return f"If-None-Match: {tag}\r\n" if tag else ""

    def _note(self, status: int, seconds: float) -> None:
        if status in (GOOD, UNCHANGED):
            self.times.append(seconds * 1000)
        elif status == REFUSED:
            self.refused += 1
        else:
            self.errors += 1


def ask(connection: socket.socket, path: str, headers: str = "") -> Answered:
    """What is answered to a path, asked with lines of more headers. Raises OSError if the connection breaks."""
    connection.sendall(f"GET {path} HTTP/1.1\r\nHost: {HOST}\r\n{headers}\r\n".encode())
    head, _, body = _received(connection, b"", b"\r\n\r\n").partition(b"\r\n\r\n")
    status, length, tag = _STATUS.match(head), _LENGTH.search(head), _TAG.search(head)
    number = int(status[1]) if status else 0
    if number != UNCHANGED:  # which has no content
        missing = int(length[1]) - len(body) if length else 0
        while missing > 0:
            missing -= len(_some(connection))
        if not length:
            return Answered(0)
    return Answered(number, tag[1].decode("latin-1") if tag else "")


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
    readers = Readers(asked["port"], asked["paths"], until, asked.get("keep", True), asked.get("kind", PLAIN))
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
