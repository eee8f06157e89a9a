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
        if _ANY not in origins:
            response.vary.add("Origin")
        permitted = permission(request.path, request.headers.get("Origin", ""), origins)
        response.headers.update(permitted)
        if permitted and request.method == "OPTIONS":
            response.headers["Access-Control-Allow-Methods"] = "GET, HEAD, POST"
            response.headers["Access-Control-Allow-Headers"] = "Authorization, X-API-Key"
            response.headers["Access-Control-Max-Age"] = _DAY
        return response

    if origins:
        app.after_request(allow)


def permission(path: str, origin: str, origins: Collection[str]) -> dict[str, str]:
    """The headers by which pages of an origin, "" if none asks, may read what lies at a path; none if they may not."""
    if not origin or not path.startswith(_PATHS) or (_ANY not in origins and origin not in origins):
        return {}
    return {
        "Access-Control-Allow-Origin": _ANY if _ANY in origins else origin,
        "Access-Control-Expose-Headers": "Link, Retry-After",
        "Cross-Origin-Resource-Policy": "cross-origin",
    }
