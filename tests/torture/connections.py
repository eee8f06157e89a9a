"""Idle and slow clients: does the server answer others meanwhile, and let go of them in time?"""

from __future__ import annotations

import resource
import socket
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress

from tests.torture.damage import build
from tests.torture.plan import ENGINES, Laboratory, Plan
from tests.torture.result import Result, Tally
from tests.torture.servers import HOST, Server, serving

LONGEST_ANSWER = 1.0  # seconds for /healthz, whoever else is connected
LONGEST_HEADER = 10.0  # seconds that the server waits for a header
GRACE = 10.0  # seconds more until it must have noticed
ASK_EVERY = 0.5  # seconds; each time the slow clients send a line
LONGEST_WATCH = 30.0  # seconds
BODIES = 3  # large bodies at once
BODY = 20_000_000
SPARE = 200  # descriptors for everything else
_SLOW = b"GET / HTTP/1.1\r\n"


def run(laboratory: Laboratory) -> Result:
    """Connect as many idle and slow clients as planned, and ask for /healthz beside them."""
    started = time.monotonic()
    tally, plan = Tally(), laboratory.plan
    _allow_descriptors(plan.idle + plan.slow + SPARE)
    index = build(laboratory.folder / "index", ENGINES[0])
    with serving(index) as server:
        laboratory.progress.say(f"{plan.idle:,} idle connections and {plan.slow:,} slow headers")
        _watch(server, plan, tally)
        laboratory.progress.say("large bodies")
        _send_bodies(server, plan, tally)
        tally.peak("megabytes of a process at most", server.megabytes())
        if "Traceback" in server.told():
            tally.failed("a traceback in the log of the server", server.told().partition("Traceback")[2].strip()[-300:])
    return tally.result("connections", time.monotonic() - started)


def _watch(server: Server, plan: Plan, tally: Tally) -> None:
    """Slow clients send a line now and then; the server must close them, and answer others until then."""
    with _connected(server, plan.idle, b"") as idle, _connected(server, plan.slow, _SLOW) as slow:
        tally.counts["idle connections"] += len(idle)
        tally.counts["slow headers"] += len(slow)
        started, waiting = time.monotonic(), slow
        enough, most = started + min(LONGEST_WATCH, plan.seconds), started + LONGEST_HEADER + GRACE * plan.patience
        while time.monotonic() < enough or (waiting and time.monotonic() < most):
            _ask(server, f"{len(idle):,} idle connections and {len(slow):,} slow headers", plan, tally)
            waiting = [each for each in waiting if not _is_closed(each)]
    tally.counts["slow headers that the server closed"] += len(slow) - len(waiting)
    if waiting:
        tally.failed(f"a header may take longer than {LONGEST_HEADER:.0f} s", f"{len(waiting):,} of {len(slow):,}")


def _ask(server: Server, beside: str, plan: Plan, tally: Tally) -> None:
    started, longest = time.monotonic(), LONGEST_ANSWER * plan.patience
    took = server.seconds_to_health(longest)
    tally.counts["asked for /healthz"] += 1
    if took is None:
        tally.failed(f"/healthz takes more than {longest:.0f} s or fails", f"beside {beside}")
    else:
        tally.times[f"/healthz beside {beside} (wall clock)"].append(took)
    time.sleep(max(0.0, ASK_EVERY - (time.monotonic() - started)))


def _send_bodies(server: Server, plan: Plan, tally: Tally) -> None:
    """The server must refuse large bodies before it has taken them."""
    head = f"POST /suche HTTP/1.1\r\nHost: {HOST}\r\nContent-Length: {BODY}\r\n\r\n".encode()
    for _ in range(BODIES):
        tally.counts["large bodies"] += 1
        sent = 0
        # The server refuses by closing the connection while we still send; how much it took till then is counted.
        with socket.create_connection((HOST, server.port), 10) as connection, suppress(OSError):
            connection.sendall(head)
            while sent < BODY:
                connection.sendall(bytes(100_000))
                sent += 100_000
                time.sleep(0.005)
        tally.peak("bytes taken of a large body", sent)
    if tally.peaks["bytes taken of a large body"] >= BODY:
        tally.failed("a large body is taken whole", f"POST /suche with {BODY:,} bytes")
    _ask(server, "large bodies", plan, tally)


@contextmanager
def _connected(server: Server, number: int, greeting: bytes) -> Iterator[list[socket.socket]]:
    """Connections that have sent no more than a greeting."""
    with ExitStack() as stack:
        sockets = []
        for _ in range(number):
            try:
                connection = stack.enter_context(socket.create_connection((HOST, server.port), 10))
                connection.sendall(greeting)
            except OSError:  # the server takes no more of them
                break
            sockets.append(connection)
        yield sockets


def _is_closed(connection: socket.socket) -> bool:
    """Whether the server has closed a connection, to which one more line is sent if not."""
    try:
        connection.sendall(b"X-Slow: a\r\n")
        connection.setblocking(False)
        while connection.recv(1 << 16):
            pass
    except BlockingIOError:
        connection.setblocking(True)
        return False
    except OSError:
        return True
    return True


def _allow_descriptors(number: int) -> None:
    """Let this process and the server have so many open files, as far as the system allows."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    if soft < number:
        resource.setrlimit(resource.RLIMIT_NOFILE, (min(number, hard), hard))
