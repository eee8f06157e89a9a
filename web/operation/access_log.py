"""One line for each request, for people and programs; and one for each that took long."""

from __future__ import annotations

import json
import logging
import sys
import time
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote

from web.observation import ROUTE, TOTAL
from web.operation.options import Operation
from web.safe_text import LONGEST_LOGGED, loggable

USER = "nachlese.user"  # key of a request's environment: the name of the key that was shown, if one was
_log = logging.getLogger(__name__)
_LONGEST_METHOD = 20


@dataclass(frozen=True, slots=True)
class Answer:
    """A request and how it was answered: status, bytes and seconds."""

    environ: dict[str, Any]
    status: int
    length: int
    seconds: float

    @property
    def path(self) -> str:
        """The path as it stood in the address."""
        return loggable(self.text("SCRIPT_NAME") + self.text("PATH_INFO"), encoding="latin-1")

    @property
    def method(self) -> str:
        """The method, `-` if it is none."""
        method = self.text("REQUEST_METHOD")
        return method if method.isascii() and method.isalpha() and len(method) < _LONGEST_METHOD else "-"

    @property
    def route(self) -> str:
        """The name of what answered, one of a few."""
        return self.text(ROUTE) or "none"

    @property
    def total(self) -> int | None:
        """How many articles answer, if a search was asked."""
        total: int | None = self.environ.get(TOTAL)
        return total

    def address(self, with_query: bool) -> str:
        """The path, and what was asked if that may be told; quotes and control characters are percent-encoded."""
        query = self.text("QUERY_STRING") if with_query else ""
        return f"{self.path}?{loggable(query, safe='%?', encoding='latin-1')}" if query else self.path

    def text(self, key: str) -> str:
        """A value of the environment, "" if there is none."""
        return str(self.environ.get(key) or "")


class Lines(logging.StreamHandler[Any]):
    """Lines on a stream; that one could not be written is for the caller to tell."""

    def handleError(self, record: logging.LogRecord) -> None:  # noqa: ARG002, N802 - the library's signature
        """Raise what went wrong, in place of printing it for each line."""
        raise


class AccessLog:
    """Writes the lines that the operator wants."""

    def __init__(self, operation: Operation) -> None:
        self._operation = operation
        self._format = {"common": self._common, "json": self._json}.get(operation.access_log)
        self._lines = _lines()

    def note(self, answer: Answer) -> None:
        """Write what is to be written of an answer."""
        if self._format is not None:
            self._lines.info("%s", self._format(answer))
        if 0 < self._operation.slow <= answer.seconds:
            _log.warning("%.1f s for %s", answer.seconds, answer.address(self._operation.log_queries))

    def _common(self, answer: Answer) -> str:
        """As Apache's common log format, which most programs read."""
        at = time.strftime("%d/%b/%Y:%H:%M:%S +0000", time.gmtime())
        asked = f"{answer.method} {answer.address(self._operation.log_queries)} {answer.text('SERVER_PROTOCOL')}"
        user = quote(answer.text(USER)) or "-"
        return f'{answer.text("REMOTE_ADDR") or "-"} - {user} [{at}] "{asked}" {answer.status} {answer.length}'

    def _json(self, answer: Answer) -> str:
        row = {
            "time": time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime()),
            "client": answer.text("REMOTE_ADDR"),
            "user": answer.text(USER) or None,
            "method": answer.method,
            "path": answer.path,
            "query": answer.text("QUERY_STRING")[:LONGEST_LOGGED] if self._operation.log_queries else None,
            "route": answer.route,
            "status": answer.status,
            "bytes": answer.length,
            "ms": round(answer.seconds * 1000, 1),
            "hits": answer.total,
            "agent": answer.text("HTTP_USER_AGENT")[:LONGEST_LOGGED],
        }
        return json.dumps(row, ensure_ascii=True)


def _lines() -> logging.Logger:
    """Where the lines go: standard output, if there is one, each as a whole whichever process writes it."""
    lines = logging.getLogger("nachlese.access")
    if not lines.handlers:
        lines.addHandler(Lines(sys.stdout) if sys.stdout else logging.NullHandler())
        lines.setLevel(logging.INFO)
        lines.propagate = False
    return lines
