"""The real server as a process of its own, and what its processes take."""

from __future__ import annotations

import re
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from bench.peers.memory import family
from tests.commands.running import COMMAND

HOST = "127.0.0.1"
PATIENCE = 60.0  # seconds until the server must answer
_ADDRESS = re.compile(r"http://\S+?:(\d+)")
_STATUS = re.compile(rb"HTTP/1\.[01] (\d{3})")


@dataclass(frozen=True, slots=True)
class Server:
    """A server that runs: its first process, its port, and what it has told."""

    process: subprocess.Popen[bytes]
    port: int
    log: IO[bytes]

    def workers(self) -> list[int]:
        """The processes that answer."""
        return [pid for pid in family(self.process.pid)[1:] if b"resource_tracker" not in _read(pid, "cmdline")]

    def megabytes(self) -> int:
        """The memory of the largest of all its processes."""
        lines = [_read(pid, "status") for pid in (self.process.pid, *self.workers())]
        found = [int(size[1]) for text in lines if (size := re.search(rb"VmRSS:\s*(\d+)", text))]
        return max(found, default=0) // 1024

    def descriptors(self) -> int:
        """The open files of the process that has most."""
        counts = []
        for pid in (self.process.pid, *self.workers()):
            try:
                counts.append(len(list(Path(f"/proc/{pid}/fd").iterdir())))
            except OSError:  # it has just ended
                continue
        return max(counts, default=0)

    def told(self) -> str:
        """All that the server has written to its standard error."""
        return Path(self.log.name).read_text(errors="replace")

    def seconds_to_health(self, timeout: float) -> float | None:
        """How long /healthz takes, None if it fails or takes longer."""
        started = time.monotonic()
        try:
            answer = ask(self.port, b"GET /healthz HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n", timeout)
        except OSError:
            return None
        return time.monotonic() - started if status_of(answer) == 200 else None


def _read(pid: int, name: str) -> bytes:
    try:
        return Path(f"/proc/{pid}/{name}").read_bytes()
    except OSError:
        return b""


@contextmanager
def serving(directory: Path, *options: str) -> Iterator[Server]:
    """A server for an index; it is stopped at the end, by force if it does not stop."""
    command = [*COMMAND, "serve", "--index", str(directory), "--port", "0", *options]
    with (
        tempfile.NamedTemporaryFile() as log,
        subprocess.Popen(command, stderr=log, stdout=log, start_new_session=True) as process,
    ):
        server = Server(process, 0, log)
        try:
            server = Server(process, _port(server), log)
            yield server
        finally:
            process.terminate()
            try:
                process.wait(20)
            except subprocess.TimeoutExpired:
                process.kill()


def _port(server: Server) -> int:
    """The port of a server, as soon as it answers there."""
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until and server.process.poll() is None:
        if found := _ADDRESS.search(server.told()):
            started = Server(server.process, int(found[1]), server.log)
            if started.seconds_to_health(5) is not None:
                return started.port
        time.sleep(0.1)
    raise OSError(f"The server did not start: {server.told()[-300:]}")


def ask(port: int, data: bytes, timeout: float) -> bytes:
    """What comes back for some bytes until the server closes, or the whole first answer. Raises OSError."""
    until = time.monotonic() + timeout
    received = b""
    with socket.create_connection((HOST, port), timeout) as connection:
        with suppress(OSError):  # it may have answered before it has read all
            connection.sendall(data)
        while not _is_whole(received):
            connection.settimeout(max(0.01, until - time.monotonic()))
            more = connection.recv(1 << 16)
            if not more:
                break
            received += more
    return received


def status_of(answer: bytes) -> int | None:
    """The status of an answer, None if it is none."""
    found = _STATUS.match(answer)
    return int(found[1]) if found else None


def _is_whole(answer: bytes) -> bool:
    head, end, body = answer.partition(b"\r\n\r\n")
    length = re.search(rb"(?i)\ncontent-length: *(\d+)", head)
    if not end or status_of(answer) in (100, None):
        return False
    return length is not None and len(body) >= int(length[1])
