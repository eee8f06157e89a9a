"""Servers that take what is sent: one for webhooks, which can fail or kill, and one for mail."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any


@dataclass
class Hook:
    """What a webhook got: keys and contents; `answers` are the next status codes, `before` is called before each."""

    address: str = ""
    got: list[tuple[str, Any]] = field(default_factory=list)
    answers: list[int] = field(default_factory=list)
    before: Callable[[], None] = lambda: None

    @property
    def keys(self) -> list[str]:
        return [key for key, _ in self.got]


@contextmanager
def dripping() -> Iterator[tuple[str, list[int]]]:
    """A server that answers a byte now and then, without an end; the list has a one for each connection."""
    stop, connections = threading.Event(), list[int]()

    class Handler(BaseHTTPRequestHandler):
        def handle(self) -> None:
            connections.append(1)
            with suppress(OSError):
                while not stop.wait(0.02):
                    self.connection.sendall(b"2")

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
    thread.start()
    try:
        yield f"127.0.0.1:{server.server_port}", connections
    finally:
        stop.set()
        server.shutdown()
        thread.join()
        server.server_close()


@contextmanager
def webhook() -> Iterator[Hook]:
    """A server for webhooks on a free port."""
    hook = Hook()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            content = self.rfile.read(int(self.headers["Content-Length"]))
            hook.got.append((self.headers["Idempotency-Key"], json.loads(content)))
            hook.before()
            self.send_response(hook.answers.pop(0) if hook.answers else 204)
            self.send_header("Location", "/anderswo")
            self.send_header("Content-Length", "0")
            self.end_headers()

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    hook.address = f"http://127.0.0.1:{server.server_port}/neu"
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
    thread.start()
    try:
        yield hook
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
