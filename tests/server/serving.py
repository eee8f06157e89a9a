"""The real server as a process, and clients that speak to it byte by byte."""

from __future__ import annotations

import os
import re
import socket
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from http.client import HTTPConnection, HTTPResponse
from pathlib import Path

from tests.commands.running import COMMAND

PATIENCE = 30  # seconds


@dataclass(frozen=True)
class Server:
    """A running server: its process, and where it listens."""

    process: subprocess.Popen[str]
    port: int

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def ask(self, path: str, method: str = "GET", **headers: str) -> tuple[int, dict[str, str], str]:
        """Status, headers in lower case and text of an answer; `_` in a header's name stands for `-`."""
        connection = HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE)
        try:
            connection.request(method, path, headers={name.replace("_", "-"): text for name, text in headers.items()})
            answer: HTTPResponse = connection.getresponse()
            found = {name.lower(): text for name, text in answer.getheaders()}
            return answer.status, found, answer.read().decode("utf-8", "replace")
        finally:
            connection.close()

    def connect(self, sent: bytes = b"") -> socket.socket:
        """A connection over which something was sent."""
        connection = socket.create_connection(("127.0.0.1", self.port), PATIENCE)
        connection.sendall(sent)
        return connection

    def raw(self, sent: bytes) -> bytes:
        """What comes back for these bytes until the server closes the connection; they must make it do so."""
        with self.connect(sent) as connection:
            return b"".join(iter(lambda: connection.recv(1 << 16), b""))


@contextmanager
def started(index: Path | str, *options: str, group: bool = False, **settings: str) -> Iterator[Server]:
    """`nachlese serve` for an index, with these settings in its environment; it is ended if the test did not.

    Its processes are a group of their own if `group`.
    """
    command = [*COMMAND, "serve", "--index", str(index), "--port", "0", *options]
    environment = {**{name: text for name, text in os.environ.items() if not name.startswith("NACHLESE_")}, **settings}
    with subprocess.Popen(
        command,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env=environment,
        start_new_session=group,
    ) as process:
        try:
            assert process.stderr
            line = process.stderr.readline()
            address = re.search(r"https?://\S+:(\d+)/", line)
            assert address, line + process.stderr.read()
            yield Server(process, int(address[1]))
        finally:
            process.kill()


def ended(server: Server) -> tuple[str, str]:
    """What the server printed to standard output and error until it ended, asked to and without an error."""
    server.process.terminate()
    out, err = server.process.communicate(timeout=PATIENCE)
    assert server.process.returncode == 0
    return out, err


def becomes(condition: Callable[[], bool]) -> bool:
    """Whether a condition holds sooner or later."""
    until = time.monotonic() + PATIENCE
    while not condition() and time.monotonic() < until:
        time.sleep(0.05)
    return condition()


def ready(server: Server) -> str:
    """What /readyz says when the archive is loaded; until then it asks to come back."""
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end:
        status, headers, text = server.ask("/readyz")
        if status == 200:
            return text
        assert (status, headers["retry-after"]) == (503, "1"), text
        time.sleep(0.1)
    raise AssertionError("The server does not get ready.")
