"""What is no proper HTTP is refused by the real server, and who is slow or silent keeps nobody else waiting."""

from __future__ import annotations

import json
import resource
import socket
from collections.abc import Iterator
from contextlib import ExitStack

import pytest

from tests.server.serving import PATIENCE, Server

END = b"Connection: close\r\n\r\n"
HOST = b"Host: archiv.example\r\n"


def status(answer: bytes) -> int:
    return int(answer.split(maxsplit=2)[1])


NO_HOSTS = (
    "x y",
    "[::1",
    "[:::::]",
    "a." * 140,
    "<script>",
    "a/b",
    "a@b",
    "a:b",
    "a:99999",
    "a?b",
    "ä.de",
    ".",
    "a,b",
    "",
    "a\r\nHost: b",
    "xn--a",
    "xn--0",
    "xn--a.de",
    "a.xn--0.b:80",
    "xn--",
    "XN--abc-.de",
)


@pytest.mark.parametrize("header", ["", *(f"Host: {name}\r\n" for name in NO_HOSTS)])
def test_a_request_needs_one_host(server: Server, header: str) -> None:
    """HTTP/1.1 without a host, with two or with what is none is 400, and no address is made of it."""
    head = f"GET /suche.atom?q=Mauer HTTP/1.1\r\n{header}".encode()
    answer = server.raw(head + END)
    assert status(answer) == 400
    assert json.loads(answer.partition(b"\r\n\r\n")[2])["status"] == 400


@pytest.mark.parametrize(
    "host",
    [
        "archiv.example",
        "archiv.example:8000",
        "127.0.0.1",
        "[::1]:80",
        "my_host",
        "a.",
        "xn--mnchen-3ya.de",
        "xn--strae-oqa.de:8000",
    ],
)
def test_hosts_are_hosts(server: Server, host: str) -> None:
    """Names and addresses, each perhaps with a port, are answered; HTTP/1.0 needs none."""
    assert status(server.raw(f"GET /healthz HTTP/1.1\r\nHost: {host}\r\n".encode() + END)) == 200
    assert status(server.raw(b"GET /healthz HTTP/1.0\r\n\r\n")) == 200


@pytest.mark.parametrize(
    ("head", "body", "expected"),
    [
        (b"Content-Length: 5\r\nTransfer-Encoding: chunked\r\n", b"0\r\n\r\n", 411),
        (b"Transfer-Encoding: chunked\r\n", b"5\r\nhello\r\n0\r\n\r\n", 411),
        (b"Content-Length: 150000000\r\n", b"x" * 100_000, 413),
        (b"Content-Length: 65537\r\n", b"", 413),
        (b"Content-Length: 2\r\nContent-Length: 3\r\n", b"ab", 400),
        (b"Content-Length: -1\r\n", b"", 400),
    ],
)
@pytest.mark.parametrize("method", [b"GET", b"POST"])
def test_bodies_are_refused_and_the_connection_closed(
    server: Server, method: bytes, head: bytes, body: bytes, expected: int
) -> None:
    """A body that is long, or whose end is in doubt, is not read: the connection ends with the answer."""
    answer = server.raw(method + b" /suche HTTP/1.1\r\n" + HOST + head + b"\r\n" + body)
    assert status(answer) == expected
    assert answer.count(b"HTTP/1.1 ") == 1


def test_a_body_that_never_comes_keeps_nobody_waiting(server: Server) -> None:
    """A request is answered without its body, and its connection is closed."""
    assert status(server.raw(b"GET /healthz HTTP/1.1\r\n" + HOST + b"Content-Length: 100\r\n\r\nab")) == 200


@pytest.mark.parametrize("head", [b"GET /suche?source=" + b"x" * 40_000, b"GET /suche?q=" + b"x" * 3_000_000])
def test_endless_addresses_are_refused(server: Server, head: bytes) -> None:
    """An address of 40,000 letters, which would stand in every link of its page, is refused."""
    with server.connect() as connection:
        try:
            connection.sendall(head + b" HTTP/1.1\r\n" + HOST + END)
        except OSError:
            return  # closed before the end
        assert status(connection.recv(1 << 16)) in (414, 431)


@pytest.mark.parametrize("size", [33_000, 40_000])
@pytest.mark.parametrize("fields", [1, 30])
def test_long_headers_are_refused(server: Server, size: int, fields: int) -> None:
    """Be it one long field or many, and whether it comes in one piece or in several."""
    header = b"".join(b"X-%d: %s\r\n" % (number, b"x" * (size // fields)) for number in range(fields))
    assert status(server.raw(b"GET /suche HTTP/1.1\r\n" + HOST + header + END)) == 431


@pytest.mark.parametrize("method", [b"get", b"Get", b"FOO", b"foo", b"G-T"])
def test_other_methods_are_not_allowed(server: Server, method: bytes) -> None:
    """Methods differ by case, and what is none of ours is told which are."""
    answer = server.raw(method + b" /suche HTTP/1.1\r\n" + HOST + END)
    assert status(answer) == 405
    assert b"GET" in answer.partition(b"llow: ")[2].splitlines()[0]


@pytest.fixture
def many_files() -> Iterator[None]:
    """As many open files as the test's connections need."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (min(4096, hard), hard))
    yield
    resource.setrlimit(resource.RLIMIT_NOFILE, (soft, hard))


def test_idle_and_slow_clients_keep_nobody_waiting(server: Server, many_files: None) -> None:
    """Beside 1,000 connections that say nothing and 200 that never end their header others are answered."""
    with ExitStack() as stack:
        for number in range(1200):
            begun = b"GET / HTTP/1.1\r\n" + HOST if number % 6 == 0 else b""
            stack.enter_context(server.connect(begun))
        for _ in range(20):
            assert server.ask("/healthz")[0] == 200
            assert server.ask("/api/search?q=Mauer")[0] == 200


def test_who_does_not_end_the_header_is_cut_off(server: Server) -> None:
    """A connection that is idle, or trickles a header line by line, ends after ten seconds."""
    idle, slow = server.connect(), server.connect(b"GET / HTTP/1.1\r\n" + HOST)
    with idle, slow:
        slow.settimeout(1)
        for number in range(PATIENCE):
            try:
                slow.sendall(b"X-%d: 1\r\n" % number)
                if slow.recv(1) == b"":
                    break
            except TimeoutError:
                continue
            except OSError:
                break
        else:
            pytest.fail("The connection stays open.")
        assert idle.recv(1) == b""


def test_who_takes_nothing_of_an_answer_keeps_nobody_waiting(server: Server) -> None:
    """Readers that ask for long answers and do not read them hold no thread."""
    with ExitStack() as stack:
        for _ in range(150):
            connection = socket.socket()
            connection.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 1)
            stack.enter_context(connection).connect(("127.0.0.1", server.port))
            connection.sendall(b"GET /static/style.css HTTP/1.1\r\n" + HOST + b"\r\n")
        assert server.ask("/api/search?q=Mauer")[0] == 200
