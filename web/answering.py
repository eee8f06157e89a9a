"""Answering requests in one process, with waitress, until somebody asks to stop."""

from __future__ import annotations

import logging
import signal
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from socket import socket
from types import FrameType
from typing import Any

from flask import Flask
from waitress import wasyncore
from waitress.adjustments import Adjustments
from waitress.server import TcpWSGIServer

from search.errors import NachleseError
from web.dispatching import PATIENCE, Dispatcher
from web.shared_archive import shared

_log = logging.getLogger(__name__)
_MOST_HEADER = 32_768  # bytes; each filter in an address stands in every link of the page that answers it
_LONGEST_FAREWELL = 5.0  # seconds that a slow reader gets to receive an answer that is ready
# Seconds that a connection is left to other processes, for each one that this process has.
_COURTESY = 0.0001
_LONGEST_COURTESY = 0.002
_STOPS = (signal.SIGTERM, signal.SIGINT)


def answer(app: Flask, sockets: Sequence[socket], threads: int) -> None:
    """Answer what comes to sockets that listen, until SIGTERM or SIGINT; running requests are answered first."""
    channels: dict[int, Any] = {}
    dispatcher = Dispatcher()
    dispatcher.set_thread_count(threads)
    adjustments = Adjustments(ident="nachlese", max_request_header_size=_MOST_HEADER)
    for listening in sockets:
        _Listener(app, channels, listening, dispatcher, adjustments)
    try:
        with _stopping_at_signals():
            threading.Thread(target=_prepare, args=(app,), daemon=True).start()
            _run(dispatcher, channels)
    finally:
        wasyncore.close_all(channels)
        shared(app).close()


class _Listener(TcpWSGIServer):
    """Takes connections from a socket from which other processes take some, too.

    All of them wake up for each connection; who has more waits longer and so leaves it to another. If the
    quickest took it, that one would often be the one that is busy already.
    """

    def __init__(
        self,
        app: Flask,
        channels: dict[int, Any],
        listening: socket,
        dispatcher: Dispatcher,
        adjustments: Adjustments,
    ) -> None:
        self._channels = channels
        info = (listening.family, listening.type, listening.proto, listening.getsockname())
        super().__init__(
            app, channels, _sock=listening, dispatcher=dispatcher, adj=adjustments, sockinfo=info, bind_socket=False
        )

    def handle_accept(self) -> None:
        time.sleep(min(len(self._channels) * _COURTESY, _LONGEST_COURTESY))
        super().handle_accept()


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
    """Inside, the first SIGTERM or SIGINT raises _Stop; afterwards they do what they did before."""

    def stop(_number: int, _frame: FrameType | None) -> None:
        # A supervisor may tell us both by itself and through our parent; who presses Ctrl-C again is in a hurry.
        signal.signal(signal.SIGTERM, signal.SIG_IGN)
        signal.signal(signal.SIGINT, before[signal.SIGINT])
        raise _Stop

    before = {number: signal.signal(number, stop) for number in _STOPS}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def _run(dispatcher: Dispatcher, channels: dict[int, Any]) -> None:
    """Answer until stopped, then let the threads finish and their answers leave."""
    try:
        while True:
            wasyncore.loop(timeout=PATIENCE if dispatcher.is_busy else 1, map=channels, use_poll=True, count=1)
            dispatcher.relieve()
    except _Stop:
        dispatcher.shutdown()
        deadline = time.monotonic() + _LONGEST_FAREWELL
        while _unsent(channels) and time.monotonic() < deadline:
            wasyncore.loop(timeout=0.1, map=channels, use_poll=True, count=1)


def _unsent(channels: dict[int, Any]) -> bool:
    return any(getattr(channel, "total_outbufs_len", 0) for channel in list(channels.values()))
