"""What only a socket can carry: requests that HTTP does not allow, and bytes that are none."""

from __future__ import annotations

import time
from dataclasses import dataclass
from pathlib import Path
from random import Random

from tests.torture.plan import Laboratory
from tests.torture.result import Tally
from tests.torture.servers import Server, ask, serving, status_of

PATIENCE = 15.0  # seconds until an answer or the end of the connection
RANDOM_SHARE = 0.01  # of the requests, sent with some bytes changed
_HOST = b"Host: 127.0.0.1\r\n"
_CHUNKED = b"Transfer-Encoding: chunked\r\n"
_GET = b"GET /suche?q=Mauer HTTP/1.1\r\n" + _HOST + b"Connection: close\r\n\r\n"
CLOSED = None  # instead of an answer
ANY = (*range(200, 500), 501, 505, CLOSED)


@dataclass(frozen=True, slots=True)
class Shape:
    """Bytes, and the statuses that may answer them."""

    name: str
    data: bytes
    allowed: tuple[int | None, ...]


def _get(path: bytes, headers: bytes = b"", host: bytes = _HOST) -> bytes:
    return b"GET " + path + b" HTTP/1.1\r\n" + host + headers + b"Connection: close\r\n\r\n"


def _post(body: bytes, headers: bytes) -> bytes:
    return b"POST /suche HTTP/1.1\r\n" + _HOST + headers + b"\r\n" + body


REFUSED = (400, CLOSED)
NOT_FOUND = (400, 404, CLOSED)
SHAPES = (
    Shape("an ordinary request", _GET, (200,)),
    Shape("HTTP/1.1 without Host", _get(b"/suche?q=a", host=b""), REFUSED),
    Shape("Host with a space", _get(b"/suche?q=a", host=b"Host: x y\r\n"), REFUSED),
    Shape("Host of half an address", _get(b"/suche?q=a", host=b"Host: [::1\r\n"), REFUSED),
    Shape("Host with a tag", _get(b"/suche?q=a", host=b"Host: <script>\r\n"), REFUSED),
    Shape("two Hosts", _get(b"/suche?q=a", host=b"Host: a\r\nHost: b\r\n"), (400, 200, CLOSED)),
    Shape("parent folders", _get(b"/static/../../pyproject.toml"), NOT_FOUND),
    Shape("parent folders, escaped", _get(b"/static/%2e%2e/%2e%2e/pyproject.toml"), NOT_FOUND),
    Shape("half an escape", _get(b"/artikel/%f"), (200, 400, 404, CLOSED)),
    Shape("NUL", _get(b"/artikel/%00"), (400, 404, CLOSED)),
    Shape("a surrogate as a filter", _get(b"/api/search?person=%ED%A0%80"), (200, 400)),
    Shape("a surrogate in an id", _get(b"/api/articles/%ED%A0%80"), (400, 404)),
    Shape("an injected header", _get(b"/suche?q=a%0d%0aX-Injected:%20yes"), (200,)),
    Shape("an address of 100,000 letters", _get(b"/suche?q=" + b"a" * 100_000), (400, 414, 431, CLOSED)),
    Shape("a header of 100,000 letters", _get(b"/", b"X-Long: " + b"a" * 100_000 + b"\r\n"), (400, 413, 431, CLOSED)),
    Shape("5,000 headers", _get(b"/", b"X-Many: a\r\n" * 5_000), (400, 413, 431, CLOSED)),
    Shape("TRACE", b"TRACE / HTTP/1.1\r\n" + _HOST + b"Connection: close\r\n\r\n", (400, 405, 501, CLOSED)),
    Shape("CONNECT", b"CONNECT a.example:443 HTTP/1.1\r\n" + _HOST + b"\r\n", (400, 404, 405, 501, CLOSED)),
    Shape("an unknown method", b"BREW / HTTP/1.1\r\n" + _HOST + b"Connection: close\r\n\r\n", (400, 405, 501, CLOSED)),
    Shape("length and chunks at once", _post(b"0\r\n\r\n", b"Content-Length: 4\r\nTransfer-Encoding: chunked\r\n"),
          (400, 405, 411, 501, CLOSED)),
    Shape("two lengths", _post(b"abc", b"Content-Length: 3\r\nContent-Length: 4\r\n"), (400, 405, CLOSED)),
    Shape("a negative length", _post(b"", b"Content-Length: -1\r\n"), (400, 405, 413, CLOSED)),
    Shape("a length of no number", _post(b"", b"Content-Length: abc\r\n"), (400, 405, CLOSED)),
    Shape("a promised body of 1 TB", _post(b"a" * 100_000, b"Content-Length: 1000000000000\r\n"),
          (400, 405, 413, CLOSED)),
    Shape("a body of 5 MB", _post(b"a" * 5_000_000, b"Content-Length: 5000000\r\n"), (400, 405, 413, CLOSED)),
    Shape("chunks of 5 MB", _post(b"4C4B40\r\n" + b"a" * 5_000_000 + b"\r\n0\r\n\r\n", _CHUNKED),
          (400, 405, 411, 413, 501, CLOSED)),
    Shape("a chunk of no size", _post(b"xyz\r\nabc\r\n0\r\n\r\n", _CHUNKED), (400, 405, 411, 501, CLOSED)),
    Shape("HTTP/1.0", b"GET /healthz HTTP/1.0\r\n\r\n", (200, 400)),
    Shape("HTTP/9.9", b"GET / HTTP/9.9\r\n" + _HOST + b"\r\n", (200, 400, 505, CLOSED)),
    Shape("no HTTP", b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03\r\n\r\n", (400, CLOSED)),
    Shape("HTTP/2 at once", b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", (400, 404, 405, 505, CLOSED)),
    Shape("only line ends", b"\r\n" * 1_000 + _GET, (200, 400, CLOSED)),
    Shape("a folded header", _get(b"/", b"X-Folded: a\r\n b\r\n"), (200, 400, CLOSED)),
    Shape("a header without a name", _get(b"/", b": a\r\n"), (200, 400, CLOSED)),
    Shape("a space before the colon", _get(b"/", b"X-Space : a\r\n"), (200, 400, CLOSED)),
)  # fmt: skip


def over_sockets(directory: Path, laboratory: Laboratory) -> Tally:
    """Send all shapes, and ordinary requests with some bytes changed, to the real server."""
    tally, chance = Tally(), Random(laboratory.plan.seed)
    number = max(5, round(laboratory.plan.requests * RANDOM_SHARE))
    changed = [Shape("changed bytes", mutated(_GET, chance), ANY)
               for _ in range(number)]  # fmt: skip
    with serving(directory) as server:
        for shape in (*SHAPES, *changed):
            if not laboratory.progress.is_over:
                _send(server, shape, tally)
        if server.seconds_to_health(PATIENCE) is None:
            tally.failed("the server answers no longer", "after all shapes")
        if "Traceback" in server.told():
            tally.failed("a traceback in the log of the server", server.told().partition("Traceback")[2].strip()[-300:])
    return tally


def mutated(data: bytes, chance: Random) -> bytes:
    """The bytes with some of the line and headers replaced; the end stays, so that it is a whole request."""
    found = bytearray(data)
    for _ in range(chance.randint(1, 4)):
        found[chance.randrange(len(data) - 4)] = chance.randrange(256)
    return bytes(found)


def _send(server: Server, shape: Shape, tally: Tally) -> None:
    tally.counts["requests over sockets"] += 1
    started = time.monotonic()
    try:
        answer = ask(server.port, shape.data, PATIENCE)
    except TimeoutError:
        tally.failed("no answer and no end over a socket", f"{shape.name}: {shape.data[:200]!r}")
        return
    except ConnectionError:
        answer = b""
    tally.times["answer over a socket (wall clock)"].append(time.monotonic() - started)
    status = status_of(answer)
    if status not in shape.allowed:
        tally.failed(f"{shape.name} is answered {status}", repr(shape.data[:200]))
    head = answer.partition(b"\r\n\r\n")[0].lower()
    if status in (200, 404) and b"content-security-policy" not in head:
        tally.failed(f"answered {status} without its headers", f"{shape.name}: {shape.data[:200]!r}")
    if b"\nx-injected" in head:
        tally.failed("a header was injected", repr(shape.data[:200]))
