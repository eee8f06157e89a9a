"""Serving the archive with waitress, a production WSGI server, until somebody asks to stop."""

from __future__ import annotations

import errno
import logging
import os
import signal
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from types import FrameType
from typing import Any

from flask import Flask
from waitress import wasyncore
from waitress.server import create_server

from search.errors import NachleseError
from web import create_app
from web.opening import shared

_log = logging.getLogger(__name__)
# waitress warns of each request that has to wait for a moment; under load that is most of them.
_QUEUE_LOG = logging.getLogger("waitress.queue")
_MOST_HEADER = 32_768  # bytes; each filter in an address stands in every link of the page that answers it
_LONGEST_FAREWELL = 5.0  # seconds that a slow reader gets to receive an answer that is ready


def serve(
    directory: str | Path,
    host: str = "127.0.0.1",
    port: int = 8000,
    threads: int = 8,
    announce: Callable[[str], object] = _log.info,
    url: str = "",
) -> None:
    """Serve the archive in `directory` until SIGTERM or SIGINT; running requests are answered first.

    `announce` is called with the address once the server listens; `port` 0 takes a free one; `url`
    is what others know the archive by, if not that.
    Raises OSError if the address cannot be used. Call it from the main thread, which alone gets signals.
    """
    _QUEUE_LOG.setLevel(logging.ERROR)
    app = create_app(directory, url)
    sockets: dict[int, Any] = {}
    try:
        server = create_server(
            app,
            map=sockets,
            host=host,
            port=port,
            threads=threads,
            ident="nachlese",
            max_request_header_size=_MOST_HEADER,
        )
    except ValueError as error:  # waitress' word for an address that cannot be resolved
        raise OSError(errno.EADDRNOTAVAIL, os.strerror(errno.EADDRNOTAVAIL)) from error
    try:
        with _stopping_at_signals():
            announce(_url(server))
            threading.Thread(target=_prepare, args=(app,), daemon=True).start()
            _run(server, sockets)
    finally:
        wasyncore.close_all(sockets)
        shared(app).close()


def _prepare(app: Flask) -> None:
    """Make the archive ready, so that no reader waits for it."""
    try:
        shared(app).get().prepare()
    except NachleseError as error:  # such as no index yet; readers are told when they ask
        _log.info("The archive is not ready: %s", error)


class _Stop(SystemExit):
    """Somebody asked to stop; a SystemExit, because the socket loop logs and forgets other exceptions."""


@contextmanager
def _stopping_at_signals() -> Iterator[None]:
    """Inside, SIGTERM and SIGINT raise _Stop; afterwards they do what they did before."""

    def stop(_number: int, _frame: FrameType | None) -> None:
        raise _Stop

    before = {number: signal.signal(number, stop) for number in (signal.SIGTERM, signal.SIGINT)}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def _run(server: Any, sockets: dict[int, Any]) -> None:
    """Answer until stopped, then let the threads finish and their answers leave."""
    try:
        wasyncore.loop(timeout=1, map=sockets, use_poll=True)
    except _Stop:
        server.task_dispatcher.shutdown()
        deadline = time.monotonic() + _LONGEST_FAREWELL
        while _unsent(sockets) and time.monotonic() < deadline:
            wasyncore.loop(timeout=0.1, map=sockets, use_poll=True, count=1)


def _unsent(sockets: dict[int, Any]) -> bool:
    return any(getattr(channel, "total_outbufs_len", 0) for channel in list(sockets.values()))


def _url(server: Any) -> str:
    """Where the server listens; a name such as localhost may stand for several addresses, the first is told."""
    listen = getattr(server, "effective_listen", None) or [(server.effective_host, server.effective_port)]
    host, port = listen[0]
    return f"http://[{host}]:{port}/" if ":" in host else f"http://{host}:{port}/"
