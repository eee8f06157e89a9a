"""Headers of every answer: what a browser may do with it, and how long it may be kept."""

from __future__ import annotations

from flask import Flask, Response, request

SECURITY_HEADERS = {
    # Nothing but our own files, and our script asks nobody but us. Nothing inline, so that a
    # document which got past the escaping still could not run anything.
    "Content-Security-Policy": "default-src 'none'; script-src 'self'; connect-src 'self'; style-src 'self'; "
    "font-src 'self'; img-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",  # queries stand in our addresses and concern no other site
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
    "Cross-Origin-Resource-Policy": "same-origin",
}


def attach(app: Flask) -> None:
    """Set the headers on every answer of `app`, errors included."""
    app.after_request(_secure)
    app.after_request(_revalidate)


def _secure(response: Response) -> Response:
    response.headers.update(SECURITY_HEADERS)
    return response


def _revalidate(response: Response) -> Response:
    """A good answer may be kept but must be asked about, as the index can change; an error is not kept."""
    if response.status_code >= 400:
        response.headers["Cache-Control"] = "no-store"
    elif response.status_code == 200 and request.method in ("GET", "HEAD"):
        response.headers.setdefault("Cache-Control", "no-cache")
        if not response.is_streamed:  # Flask has already done this for files
            response.add_etag()
            response.make_conditional(request)
    return response
