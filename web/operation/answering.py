"""What stands around the application: each request gets an answer, whatever happens, and its turn."""

from __future__ import annotations

import json
import logging
from collections.abc import Iterable
from typing import Any

from web.operation.admission import Gate

_log = logging.getLogger(__name__)
Environment = dict[str, Any]
OVERLOADED = "nachlese.overloaded"  # in a request's environment: too many others wait
_FREE = ("/healthz", "/readyz", "/robots.txt", "/favicon.ico", "/static/")  # answered out of turn
_FAILURE = json.dumps(
    {
        "type": "about:blank",
        "title": "Internal Server Error",
        "status": 500,
        "detail": "Something went wrong on our side; it was logged. Try again in a few minutes.",
    }
).encode()


class Answering:
    """A WSGI application that answers with another one, each request in its turn and as a whole.

    A thread would wait for a slow reader if it handed on an answer bit by bit.
    """

    def __init__(self, app: Any, at_once: int) -> None:
        self._app = app
        self._gate = Gate(at_once)

    def __call__(self, environ: Environment, start_response: Any) -> Iterable[bytes]:
        try:
            if str(environ.get("PATH_INFO", "")).startswith(_FREE):
                return self._whole(environ, start_response)
            with self._gate.turn() as admitted:
                environ[OVERLOADED] = not admitted
                return self._whole(environ, start_response)
        except BaseException:  # noqa: BLE001 - an engine's panic is no Exception; without an answer its reader waits for ever
            _log.exception("%s %s failed", environ.get("REQUEST_METHOD"), environ.get("PATH_INFO"))
            headers = [("Content-Type", "application/problem+json"), ("Content-Length", str(len(_FAILURE)))]
            start_response("500 Internal Server Error", headers)
            return [_FAILURE]

    def _whole(self, environ: Environment, start_response: Any) -> list[bytes]:
        parts = self._app(environ, start_response)
        try:
            return [b"".join(parts)]
        finally:
            if close := getattr(parts, "close", None):
                close()
