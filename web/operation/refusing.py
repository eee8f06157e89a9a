"""What is told to those whose turn never comes? Answers that are made once: a refusal must cost next to nothing.

If many ask on at once, the server would else do nothing but refuse them.
"""

from __future__ import annotations

from typing import Any

from flask import Flask
from werkzeug.exceptions import ServiceUnavailable

from web.error_responses import error_response, is_for_programs
from web.observation import ROUTE
from web.operation import cors
from web.operation.clients import believe
from web.operation.options import Operation

Environment = dict[str, Any]
Whole = tuple[str, list[tuple[str, str]], bytes]  # status, headers and body of an answer
RETRY_AFTER = 5  # seconds
REFUSED = "refused"  # what the log and the metrics call the route of such a request
_REMEDY = f"Too many requests wait. Ask again in {RETRY_AFTER} seconds."


class Refusals:
    """503 with Retry-After, as a problem for programs and as a page for readers."""

    def __init__(self, app: Flask, operation: Operation) -> None:
        self._operation = operation
        self._problem, self._page = (_made(app, path, operation.prefix) for path in ("/api", "/"))

    def answer(self, environ: Environment) -> Whole:
        """The refusal of a request, of which what the log says is noted."""
        environ[ROUTE] = REFUSED
        believe(environ, self._operation.proxies)
        path = str(environ.get("PATH_INFO", ""))
        status, headers, body = self._problem if is_for_programs(path) else self._page
        permitted = cors.permission(path, str(environ.get("HTTP_ORIGIN", "")), self._operation.cors)
        headers = [*(each for each in headers if each[0] not in permitted), *permitted.items()]
        if environ.get("CONTENT_LENGTH", "0") not in ("", "0") or "HTTP_TRANSFER_ENCODING" in environ:
            headers.append(("Connection", "close"))  # nobody has read the body
        return status, headers, b"" if environ.get("REQUEST_METHOD") == "HEAD" else body


def _made(app: Flask, path: str, prefix: str) -> Whole:
    """The refusal of a request for a path, as the application would make it, but for what differs among them."""
    with app.test_request_context(path, environ_overrides={"SCRIPT_NAME": prefix}) as context:
        response = app.process_response(error_response(ServiceUnavailable(_REMEDY, retry_after=RETRY_AFTER)))
        body, status, headers = response.get_wsgi_response(context.request.environ)
        return status, headers, b"".join(body)
