"""How does a request of granian's become one of Flask's? ASGI becomes WSGI, and each request gets a thread.

granian speaks WSGI, too, but there `X-Forwarded-For` and `X_Forwarded_For` are one variable, and the second is what any
client may send past its proxy. ASGI keeps the names of headers as they were sent.
"""

from __future__ import annotations

import asyncio
import json
import sys
from collections.abc import Awaitable, Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from io import BytesIO
from typing import Any
from urllib.parse import unquote_to_bytes

from web.decoding import FORM, LARGEST_BODY

Environment = dict[str, Any]
Scope = dict[str, Any]
Headers = list[tuple[bytes, bytes]]
Receive = Callable[[], Awaitable[dict[str, Any]]]
FORM_SECONDS = 10  # as long as headers may take
_LATE = f"The form was not there within {FORM_SECONDS} seconds. Send it anew."
_PREFIXED = "HTTP_"
_NOT_PREFIXED = ("CONTENT_TYPE", "CONTENT_LENGTH")
_ENCODING = "latin-1"  # of bytes as WSGI has them in text (PEP 3333)


class InThreads:
    """An ASGI application that has a WSGI application answer, in at most so many threads.

    Of bodies only forms are read that are posted, whole, before a thread is taken; of others the WSGI application sees
    an empty one. A form that is not there in time is answered with 408.
    """

    def __init__(self, application: Any, threads: int) -> None:
        self._application = application
        self._threads = ThreadPoolExecutor(threads)

    async def __call__(self, scope: Scope, receive: Receive, send: Callable[[dict[str, Any]], Awaitable[None]]) -> None:
        environ = environment(scope)
        if is_form(environ):
            try:
                environ["wsgi.input"] = BytesIO(await asyncio.wait_for(_body(receive), FORM_SECONDS))
            except TimeoutError:
                await _too_late(send)
                return
        running = asyncio.get_running_loop().run_in_executor(self._threads, self._answer, environ)
        status, headers, body = await running
        await send({"type": "http.response.start", "status": status, "headers": headers})
        await send({"type": "http.response.body", "body": body, "more_body": False})

    def _answer(self, environ: Environment) -> tuple[int, Headers, bytes]:
        begun: list[tuple[str, Iterable[tuple[str, str]]]] = []
        body = b"".join(self._application(environ, lambda status, headers: begun.append((status, headers))))
        ((status, headers),) = begun
        return (
            int(status[:3]),
            [(name.lower().encode(_ENCODING), text.encode(_ENCODING)) for name, text in headers],
            body,
        )


def is_form(environ: Environment) -> bool:
    """Whether the body of a request is to be read: a form that tells its length, which is no more than allowed."""
    length = environ.get("CONTENT_LENGTH", "")
    return (
        environ["REQUEST_METHOD"] == "POST"
        and "HTTP_TRANSFER_ENCODING" not in environ
        and environ.get("CONTENT_TYPE", "").partition(";")[0].strip().lower() == FORM
        and length.isascii()
        and length.isdigit()
        and len(length) <= len(str(LARGEST_BODY))
        and int(length) <= LARGEST_BODY
    )


async def _body(receive: Receive) -> bytes:
    parts, more = [], True
    while more:
        message = await receive()
        parts.append(message.get("body", b""))
        more = message.get("more_body", False)
    return b"".join(parts)


async def _too_late(send: Callable[[dict[str, Any]], Awaitable[None]]) -> None:
    problem = {"type": "about:blank", "title": "Request Timeout", "status": 408, "detail": _LATE}
    headers = [(b"content-type", b"application/problem+json"), (b"connection", b"close")]
    await send({"type": "http.response.start", "status": 408, "headers": headers})
    await send({"type": "http.response.body", "body": json.dumps(problem).encode(), "more_body": False})


def environment(scope: Scope) -> Environment:
    """A request of ASGI as WSGI has it; without the headers whose names have `_`, where WSGI has it for `-`."""
    server, client = scope["server"], scope["client"]
    environ: Environment = {
        "REQUEST_METHOD": scope["method"],
        "SCRIPT_NAME": "",
        "PATH_INFO": unquote_to_bytes(scope["raw_path"]).decode(_ENCODING),
        "QUERY_STRING": scope["query_string"].decode(_ENCODING),
        "SERVER_NAME": server[0],
        "SERVER_PORT": str(server[1]),
        "SERVER_PROTOCOL": f"HTTP/{scope['http_version']}",
        "REMOTE_ADDR": client[0],
        "wsgi.version": (1, 0),
        "wsgi.url_scheme": scope["scheme"],
        "wsgi.input": BytesIO(),
        "wsgi.errors": sys.stderr,
        "wsgi.multithread": True,
        "wsgi.multiprocess": True,
        "wsgi.run_once": False,
    }
    for name, value in scope["headers"]:
        if b"_" not in name:
            variable, text = _variable(name.decode(_ENCODING)), value.decode(_ENCODING)
            environ[variable] = f"{environ[variable]},{text}" if variable in environ else text
    return environ


def _variable(header: str) -> str:
    name = header.upper().replace("-", "_")
    return name if name in _NOT_PREFIXED else _PREFIXED + name
