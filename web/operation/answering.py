"""What stands around the application: each request gets its turn and an answer, whatever happens, and is noted."""

from __future__ import annotations

import json
import logging
import time
from collections.abc import Iterable
from typing import Any

from flask import Flask, request
from werkzeug.exceptions import ServiceUnavailable

from web.operation.access_log import AccessLog, Answer
from web.operation.admission import Gate
from web.operation.metrics import Metrics
from web.operation.options import Operation
from web.operation.routes import METRICS

_log = logging.getLogger(__name__)
Environment = dict[str, Any]
_OVERLOADED = "nachlese.overloaded"  # key of a request's environment: too many others wait
_RETRY_AFTER = 5  # seconds
_FREE = ("/healthz", "/readyz", "/metrics", "/robots.txt", "/favicon.ico", "/static/")  # answered out of turn
_FAILURE = json.dumps(
    {
        "type": "about:blank",
        "title": "Internal Server Error",
        "status": 500,
        "detail": "Something went wrong on our side; it was logged. Try again in a few minutes.",
    }
).encode()


def attach(app: Flask) -> None:
    """Have `app` tell those whose turn never came to come back."""
    app.before_request(_check)


def _check() -> None:
    if request.environ.get(_OVERLOADED):
        remedy = f"Too many requests wait. Ask again in {_RETRY_AFTER} seconds."
        raise ServiceUnavailable(remedy, retry_after=_RETRY_AFTER)


class Answering:
    """A WSGI application that answers with another one, each request in its turn and as a whole.

    A thread would wait for a slow reader if it handed on an answer bit by bit.
    """

    def __init__(self, app: Flask, at_once: int, operation: Operation) -> None:
        self._app: Any = app
        self._gate = Gate(at_once)
        self._log = AccessLog(operation)
        self._metrics = app.extensions[METRICS] = Metrics() if operation.metrics != "off" else None

    def __call__(self, environ: Environment, start_response: Any) -> Iterable[bytes]:
        begun = time.perf_counter()
        status, headers, body = self._answer(environ)
        start_response(status, headers)
        self._note(Answer(environ, int(status[:3]), len(body), time.perf_counter() - begun))
        return [body]

    def _answer(self, environ: Environment) -> tuple[str, list[tuple[str, str]], bytes]:
        """Status, headers and body of the answer; a problem if there is none."""
        try:
            if str(environ.get("PATH_INFO", "")).startswith(_FREE):
                return self._whole(environ)
            with self._gate.turn() as admitted:
                environ[_OVERLOADED] = not admitted
                return self._whole(environ)
        except BaseException:  # noqa: BLE001 - an engine's panic is no Exception, and its reader would wait for ever
            _log.exception("%s %s failed", environ.get("REQUEST_METHOD"), environ.get("PATH_INFO"))
            return "500 Internal Server Error", [("Content-Type", "application/problem+json")], _FAILURE

    def _whole(self, environ: Environment) -> tuple[str, list[tuple[str, str]], bytes]:
        begun: list[tuple[str, list[tuple[str, str]]]] = []
        parts = self._app(environ, lambda status, headers, *_: begun.append((status, headers)))
        try:
            body = b"".join(parts)
        finally:
            if close := getattr(parts, "close", None):
                close()
        status, headers = begun[-1]
        # granian's process would end the request without an answer at a header that HTTP does not allow.
        return status, [(name, _sendable(text)) for name, text in headers], body

    def _note(self, answer: Answer) -> None:
        """Log and count an answer; whatever goes wrong with that is no reason not to give it."""
        try:
            self._log.note(answer)
            if self._metrics:
                self._metrics.note(answer)
        except Exception:  # noqa: BLE001 - a full disk, a closed standard output
            _log.exception("An answer was not noted.")


def _sendable(text: str) -> str:
    return text if text.isascii() and text.isprintable() else "".join(c if " " <= c <= "~" else "?" for c in text)
