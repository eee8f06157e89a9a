"""Serving the archive until somebody asks to stop: where to listen, and in how many processes."""

from __future__ import annotations

import logging
import os
import socket
from collections.abc import Callable
from functools import partial
from pathlib import Path

from search.german.lexicon import lexicon
from web import create_app
from web.answering import answer

_log = logging.getLogger(__name__)
_BACKLOG = 1024  # connections that may wait to be accepted, as waitress has it
# Processes at most that are started unless told otherwise, as each learns the words of the archive for itself.
MOST_DEFAULT_WORKERS = 4


def serve(
    directory: str | Path,
    host: str = "127.0.0.1",
    port: int = 8000,
    threads: int = 4,
    announce: Callable[[str], object] = _log.info,
    url: str = "",
    workers: int = 0,
    deadline: float = 2.0,
) -> None:
    """Serve the archive in `directory` until SIGTERM or SIGINT; running requests are answered first.

    `announce` is called with the address once the server listens; `port` 0 takes a free one; `url`
    is what others know the archive by, if not that. `workers` is the number of processes, each with
    so many `threads`; 0 is one for each processor, at most MOST_DEFAULT_WORKERS. Where the system cannot
    fork, there is one.
    `deadline` is how many seconds an answer may take; 0 sets no limit.
    Raises OSError if the address cannot be used. Call it from the main thread, which alone gets signals.
    """
    app = create_app(directory, url, deadline)
    sockets = _listen(host, port)
    work = partial(answer, app, sockets, threads)
    started = partial(announce, _url(sockets[0]))
    # Read before processes fork, it lies in memory once; read when first needed, by each thread that needs it then.
    lexicon()
    try:
        if hasattr(os, "fork") and (number := workers or min(_processors(), MOST_DEFAULT_WORKERS)) > 1:
            from web.workers import keep  # which cannot be imported elsewhere

            keep(number, work, started)
        else:
            started()
            work()
    finally:
        for listening in sockets:
            listening.close()


def _listen(host: str, port: int) -> list[socket.socket]:
    """Sockets that listen at all addresses of a host, as a name such as localhost may have several."""
    sockets: list[socket.socket] = []
    try:
        for family, address in _addresses(host, port):
            chosen = port or (sockets[0].getsockname()[1] if sockets else 0)
            sockets.append(socket.create_server((address, chosen), family=family, backlog=_BACKLOG))
    except OSError:
        for listening in sockets:
            listening.close()
        raise
    return sockets


def _addresses(host: str, port: int) -> dict[tuple[socket.AddressFamily, str], None]:
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE)
    return dict.fromkeys((family, str(address[0])) for family, _, _, _, address in found)


def _url(listening: socket.socket) -> str:
    host, port = listening.getsockname()[:2]
    return f"http://[{host}]:{port}/" if ":" in host else f"http://{host}:{port}/"


def _processors() -> int:
    """The processors that this process may use; a container may have fewer than its machine."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
