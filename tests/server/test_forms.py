"""Posted forms at the real server: read whole before a thread is taken, and bounded in bytes and time."""

from __future__ import annotations

import asyncio
import json
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest

from tests.server.serving import Server
from web.decoding import FORM, LARGEST_BODY
from web.operation import asgi
from web.operation.asgi import InThreads

HOST = b"Host: localhost\r\nConnection: close\r\n"


def posted(server: Server, body: bytes, head: bytes = b"", length: int | None = None) -> tuple[int, str]:
    """Status and body of the answer to a search that is posted as a form."""
    fields = head or f"Content-Type: {FORM}\r\n".encode()
    size = len(body) if length is None else length
    request = b"POST /api/search HTTP/1.1\r\n" + HOST + fields + b"Content-Length: %d\r\n\r\n" % size + body
    answer = server.raw(request)
    start, _, rest = answer.partition(b"\r\n\r\n")
    return int(start.split()[1]), rest.decode()


def test_a_form_is_a_search(server: Server) -> None:
    """A form is answered, also one that comes in pieces, and as large as allowed."""
    for body in (b"q=Mauer&field=title", b"q=Mauer&field=title&source=" + b"&source=" * 45):
        status, text = posted(server, body)
        assert status == 200
        assert json.loads(text)["total"] == 2
    with server.connect() as connection:
        connection.sendall(
            b"POST /api/search HTTP/1.1\r\n" + HOST + f"Content-Type: {FORM}\r\nContent-Length: 7\r\n\r\n".encode()
        )
        for byte in b"q=Mauer":
            connection.sendall(bytes([byte]))
        assert b" 200 " in connection.recv(1 << 16).splitlines()[0]


@pytest.mark.parametrize(
    ("body", "head", "length", "expected"),
    [
        (b"q=" + b"x" * LARGEST_BODY, b"", None, 413),
        (b'{"q": "Mauer"}', b"Content-Type: application/json\r\n", None, 415),
        (b"q=Mauer", b"X-Nothing: 1\r\n", None, 415),
        (b"", b"", 0, 200),
    ],
)
def test_other_bodies_are_refused(server: Server, body: bytes, head: bytes, length: int | None, expected: int) -> None:
    """A body that is too large or no form is refused, and what is empty asks for everything."""
    assert posted(server, body, head, length)[0] == expected


def test_a_form_that_does_not_come_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    """After some time the answer is 408, the connection ends, and no thread was taken meanwhile."""
    monkeypatch.setattr(asgi, "FORM_SECONDS", 0.05)
    sent: list[dict[str, Any]] = []

    async def never() -> dict[str, Any]:
        await asyncio.Event().wait()
        raise AssertionError

    async def send(message: dict[str, Any]) -> None:
        sent.append(message)

    scope = {
        "method": "POST", "raw_path": b"/api/search", "query_string": b"", "http_version": "1.1",
        "server": ("127.0.0.1", 80), "client": ("127.0.0.1", 9), "scheme": "http",
        "headers": [(b"content-type", FORM.encode()), (b"content-length", b"7")],
    }  # fmt: skip
    with ThreadPoolExecutor(1) as thread:  # tests in a browser leave a loop of theirs in this one
        thread.submit(lambda: asyncio.run(InThreads(None, 1)(scope, never, send))).result()
    start, body = sent
    assert start["status"] == 408
    assert (b"connection", b"close") in start["headers"]
    assert json.loads(body["body"])["status"] == 408
