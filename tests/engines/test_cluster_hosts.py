"""Of several hosts those are asked that answer; one that takes connections and says nothing is left out."""

from __future__ import annotations

import json
import socket
import threading
import time
from collections.abc import Iterator
from contextlib import closing
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest

from search.deadline import deadline
from search.engines.opensearch import connection, hosts
from search.engines.opensearch.connection import Connection, Login, Refused, waits
from search.errors import ClusterUnavailable, TooExpensive

ADDRESS = "opensearch://one:9200,two:9200/news"


class Well(BaseHTTPRequestHandler):
    """A host that answers at once."""

    def do_GET(self) -> None:
        self.send_response(200)
        self.send_header("content-type", "application/json")
        self.end_headers()
        self.wfile.write(json.dumps({"ok": 1}).encode())

    def do_HEAD(self) -> None:
        self.send_response(200)
        self.end_headers()

    def log_message(self, *_: Any) -> None:
        """Nothing is logged."""


@pytest.fixture
def well() -> Iterator[str]:
    """The URL of a host that is well."""
    with ThreadingHTTPServer(("127.0.0.1", 0), Well) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()


class Hanging:
    """A host whose system takes connections, while nobody reads them."""

    def __init__(self) -> None:
        self._socket = socket.create_server(("127.0.0.1", 0))
        self.url = f"http://127.0.0.1:{self._socket.getsockname()[1]}"

    def connections(self) -> int:
        """How many there were since this was asked last."""
        number = 0
        self._socket.settimeout(0)
        while True:
            try:
                self._socket.accept()[0].close()
            except BlockingIOError:
                return number
            number += 1

    def close(self) -> None:
        """Let go of the port."""
        self._socket.close()


@pytest.fixture
def hanging(monkeypatch: pytest.MonkeyPatch) -> Iterator[Hanging]:
    """A host that hangs; little time is lost to see that."""
    monkeypatch.setattr(hosts, "PROBE", 0.3)
    with closing(Hanging()) as host:
        yield host


def test_a_host_that_hangs_is_left_out(well: str, hanging: Hanging) -> None:
    """It is asked once whether it is there, by nobody who has a deadline to lose, and then no more for a while."""
    asked = Connection((hanging.url, well), ADDRESS, Login())
    with deadline(30.0):
        assert [asked.ask("GET", "/") for _ in range(20)] == [{"ok": 1}] * 20
    assert hanging.connections() == 1


def test_a_host_that_begins_to_hang_is_passed_over(
    well: str, hanging: Hanging, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What it does not answer in time is asked of another host, if nobody waits for the answer with a deadline."""
    monkeypatch.setattr(hosts, "AWAKE", 0.5)
    asked = Connection((hanging.url, well), ADDRESS, Login())
    pool = asked._client.transport
    pool._awake.update(dict.fromkeys(pool.connection_pool.connections, time.monotonic() + 0.2))
    assert [asked.ask("GET", "/", seconds=0.4) for _ in range(3)] == [{"ok": 1}] * 3


def test_if_all_hosts_hang_that_is_told(hanging: Hanging) -> None:
    """Nobody waits longer than for an answer, or than the deadline."""
    with closing(Hanging()) as other:
        asked = Connection((hanging.url, other.url), ADDRESS, Login())
        began = time.monotonic()
        with pytest.raises(ClusterUnavailable, match="does not answer as a whole"):
            asked.ask("GET", "/", seconds=0.3)
        assert time.monotonic() - began < connection.SECONDS / 2
        with deadline(0.5), pytest.raises((ClusterUnavailable, TooExpensive)):
            asked.ask("GET", "/")


def test_a_write_is_tried_for_a_minute_however_long_each_time_takes(monkeypatch: pytest.MonkeyPatch) -> None:
    """Without a manager each attempt waits by itself; the attempts end when there is no patience left."""
    now = [0.0]
    monkeypatch.setattr(connection.time, "monotonic", lambda: now[0])
    monkeypatch.setattr(connection.time, "sleep", lambda seconds: now.__setitem__(0, now[0] + seconds))
    times: list[float] = []

    def slow(*_: Any, **__: Any) -> None:
        times.append(now[0])
        now[0] += 25.0
        raise Refused(503, "cluster_block_exception", "no manager")

    asked = Connection(("http://one:9200",), ADDRESS, Login())
    monkeypatch.setattr(asked, "_asked", slow)
    with pytest.raises(Refused):
        asked.write("POST", "/news/_bulk")
    assert times == [0.0, 25.5, 51.5, 78.5]
    now[0] = 0.0
    assert sum(waits()) == sum(connection.WAITS)
