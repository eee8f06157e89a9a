"""What stands around the application: each request gets its turn and an answer, whatever happens, and is noted."""

from __future__ import annotations

import json
import logging
import re
import time
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from flask import Flask

from web.operation.access_log import AccessLog, Answer
from web.operation.admission import Gate
from web.operation.clients import believing
from web.operation.limits import Limits
from web.operation.metrics import Metrics
from web.operation.options import Operation
from web.operation.preparing import preparation
from web.operation.refusing import Environment, Refusals, Whole
from web.operation.routes import METRICS
from web.safe_text import loggable

_log = logging.getLogger(__name__)
_FREE = frozenset({"/healthz", "/readyz", "/metrics", "/robots.txt", "/favicon.ico"})  # answered out of turn
_LONGEST_FREE = 200  # characters of what is asked there; more is no browser, and costs to be read
_VERSION = re.compile("(?<=^/static/script)/[^/]*(?=/)")  # of the script, in the address of a part
_FAILURE = "Something went wrong on our side; it was logged. Try again in a few minutes."


class Answering:
    """A WSGI application that answers with another one, each request in its turn and as a whole.

    A thread would wait for a slow reader if it handed on an answer bit by bit.
    """

    def __init__(self, app: Flask, at_once: int, operation: Operation) -> None:
        self._app: Any = app
        self._files = _static_files(app)
        self._preparation = preparation(app)
        self._gate = Gate(at_once)
        self._believe = believing(operation.proxies)
        self._limits = Limits(operation.rate, operation.shared)
        self._refusals = Refusals(app, operation)
        self._prefix = operation.prefix
        self._log = AccessLog(operation)
        self._trouble = ""  # why the last answer was not noted
        self._metrics = app.extensions[METRICS] = Metrics() if operation.metrics != "off" else None

    def __call__(self, environ: Environment, start_response: Any) -> Iterable[bytes]:
        begun = time.perf_counter()
        status, headers, body = self._answer(environ)
        start_response(status, headers)
        self._note(Answer(environ, int(status[:3]), len(body), time.perf_counter() - begun))
        return [body]

    def _answer(self, environ: Environment) -> Whole:
        """Status, headers and body of the answer; a problem if there is none."""
        if not _enter(environ, self._prefix):
            return _problem("404 Not Found", f"The archive lies below {self._prefix}/.")
        try:
            self._believe(environ)
            if self._is_free(environ):
                return self._whole(environ)
            return self._in_turn(environ)
        except BaseException:  # noqa: BLE001 - an engine's panic is no Exception, and its reader would wait for ever
            method, path = (str(environ.get(key, "")) for key in ("REQUEST_METHOD", "PATH_INFO"))
            _log.exception("%s %s failed", loggable(method), loggable(path, encoding="latin-1"))
            return _problem("500 Internal Server Error", _FAILURE)

    def _is_free(self, environ: Environment) -> bool:
        """Whether a request costs next to nothing: it sends nothing, and its short address names what is there."""
        if environ["REQUEST_METHOD"] not in ("GET", "HEAD") or len(environ.get("QUERY_STRING", "")) > _LONGEST_FREE:
            return False
        path = str(environ.get("PATH_INFO", ""))
        return path in _FREE or path in self._files or _VERSION.sub("", path, count=1) in self._files

    def _in_turn(self, environ: Environment) -> Whole:
        """The answer to a request in its turn, or a refusal if too many wait or its client asks too much."""
        client = self._limits.limited(environ)
        if wait := self._limits.wait(client):
            return self._refusals.too_often(environ, wait)
        with self._gate.turn(client) as admitted:
            if not admitted:
                return self._refusals.too_many(environ)
            if wait := self._limits.debt(client):
                return self._refusals.too_often(environ, wait)
            if self._preparation:
                self._preparation.wait()  # before the deadline begins
            with self._limits.charging(client):
                return self._whole(environ)

    def _whole(self, environ: Environment) -> Whole:
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
            self._trouble = ""
        except Exception as error:  # noqa: BLE001 - a full disk, a closed standard output
            if repr(error) != self._trouble:  # which would be told for each answer
                self._trouble = repr(error)
                _log.exception("An answer was not noted.")


def _static_files(app: Flask) -> frozenset[str]:
    """The paths of our style, script and fonts."""
    folder = Path(str(app.static_folder))
    files = (path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file())
    return frozenset(f"{app.static_url_path}/{name}" for name in files)


def _enter(environ: Environment, prefix: str) -> bool:
    """Take the prefix off the path, as WSGI wants it (SCRIPT_NAME); False if the path does not lie below it.

    granian would take off as many characters, whatever they are.
    """
    path = str(environ.get("PATH_INFO", ""))
    if prefix and path != prefix and not path.startswith(f"{prefix}/"):
        return False
    if prefix:
        environ["SCRIPT_NAME"], environ["PATH_INFO"] = prefix, path[len(prefix) :] or "/"
    return True


def _problem(status: str, detail: str) -> Whole:
    """A problem of RFC 9457 that the application does not tell itself."""
    number, _, title = status.partition(" ")
    told = {"type": "about:blank", "title": title, "status": int(number), "detail": detail}
    return status, [("Content-Type", "application/problem+json")], json.dumps(told).encode()


def _sendable(text: str) -> str:
    return text if text.isascii() and text.isprintable() else "".join(c if " " <= c <= "~" else "?" for c in text)
