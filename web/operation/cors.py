"""Which other sites may read the JSON API in a browser (https://fetch.spec.whatwg.org/#http-cors-protocol)?"""

from __future__ import annotations

from collections.abc import Collection

from flask import Flask, Response, request

_PATHS = ("/api/", "/openapi.json")
_ANY = "*"
_DAY = "86400"  # seconds that a browser remembers the answer


def attach(app: Flask, origins: Collection[str]) -> None:
    """Let pages of these origins, such as `https://example.org`, read the API of `app`; `*` is all of them.

    No cookies are sent along, as there are none; who needs a key shows it.
    """

    def allow(response: Response) -> Response:
        if not request.path.startswith(_PATHS):
            return response
        origin = request.headers.get("Origin", "")
        if _ANY not in origins:
            response.vary.add("Origin")
        if origin and (_ANY in origins or origin in origins):
            _allow(response, _ANY if _ANY in origins else origin)
        return response

    if origins:
        app.after_request(allow)


def _allow(response: Response, origin: str) -> None:
    response.headers["Access-Control-Allow-Origin"] = origin
    response.headers["Access-Control-Expose-Headers"] = "Link, Retry-After"
    response.headers["Cross-Origin-Resource-Policy"] = "cross-origin"
    if request.method == "OPTIONS":
        response.headers["Access-Control-Allow-Methods"] = "GET, HEAD"
        response.headers["Access-Control-Allow-Headers"] = "Authorization, X-API-Key"
        response.headers["Access-Control-Max-Age"] = _DAY
