"""What is told to those who are refused? Answers that are made once: a refusal must cost next to nothing.

If many ask on at once, the server would else do nothing but refuse them.
"""

from __future__ import annotations

import math
from typing import Any

from flask import Flask
from werkzeug.datastructures import LanguageAccept
from werkzeug.exceptions import HTTPException, ServiceUnavailable, TooManyRequests
from werkzeug.http import parse_accept_header

from web.error_responses import error_response, is_for_programs
from web.language import LANGUAGES, language_of, preferred
from web.observation import ROUTE
from web.operation import cors
from web.operation.options import Operation

Environment = dict[str, Any]
Whole = tuple[str, list[tuple[str, str]], bytes]  # status, headers and body of an answer
RETRY_AFTER = 5  # seconds
REFUSED = "refused"  # what the log and the metrics call the route of such a request
TOO_OFTEN = "You ask too often. Wait as many seconds as Retry-After says, then ask again."
_TOO_MANY = f"Too many requests wait. Ask again in {RETRY_AFTER} seconds."


class Refusals:
    """503 and 429 with Retry-After, each as a problem for programs and as a page for readers of each language."""

    def __init__(self, app: Flask, operation: Operation) -> None:
        self._origins = operation.cors
        self._too_many, self._too_often = (
            {"": _made(app, error, "/api", operation.prefix)}
            | {known: _made(app, error, "/", operation.prefix, known) for known in LANGUAGES}
            for error in (ServiceUnavailable(_TOO_MANY), TooManyRequests(TOO_OFTEN))
        )

    def too_many(self, environ: Environment) -> Whole:
        """The answer to a request whose turn never came, as too many others wait."""
        return self._answer(environ, self._too_many, RETRY_AFTER)

    def too_often(self, environ: Environment, wait: float) -> Whole:
        """The answer to a request of a client that has to wait so many seconds."""
        return self._answer(environ, self._too_often, wait)

    def _answer(self, environ: Environment, made: dict[str, Whole], wait: float) -> Whole:
        environ[ROUTE] = REFUSED
        path = str(environ.get("PATH_INFO", ""))
        said = language_of(path)
        known = path.removeprefix(f"/{said}") if said else path
        status, headers, body = made["" if is_for_programs(known) else said or _accepted(environ)]
        permitted = cors.permission(known, str(environ.get("HTTP_ORIGIN", "")), self._origins)
        headers = [*(each for each in headers if each[0] not in permitted), *permitted.items()]
        headers.append(("Retry-After", str(math.ceil(wait))))
        if environ.get("CONTENT_LENGTH", "0") not in ("", "0") or "HTTP_TRANSFER_ENCODING" in environ:
            headers.append(("Connection", "close"))  # nobody has read the body
        return status, headers, b"" if environ.get("REQUEST_METHOD") == "HEAD" else body


def _accepted(environ: Environment) -> str:
    """The language that the browser of a request likes, which the application does not see."""
    return preferred(parse_accept_header(environ.get("HTTP_ACCEPT_LANGUAGE"), LanguageAccept))


def _made(app: Flask, error: HTTPException, path: str, prefix: str, language: str = "") -> Whole:
    """The refusal of a request for a path, as the application would make it, but for what differs among them."""
    overrides = {"SCRIPT_NAME": prefix, "HTTP_ACCEPT_LANGUAGE": language}
    with app.test_request_context(path, environ_overrides=overrides) as context:
        response = app.process_response(error_response(error))
        body, status, headers = response.get_wsgi_response(context.request.environ)
        return status, headers, b"".join(body)
