"""What supervisors, crawlers and Prometheus ask for."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from flask import Blueprint, Response, abort, current_app, jsonify, request
from werkzeug.exceptions import ServiceUnavailable

from web.addresses import absolute
from web.language import LANGUAGES
from web.operation.clients import is_forwarded, is_loopback
from web.operation.metrics import CONTENT_TYPE, Metrics
from web.operation.options import Operation
from web.operation.preparing import preparation
from web.shared_archive import archive

blueprint = Blueprint("operation", __name__)
OPERATION, METRICS = "nachlese.operation", "nachlese.metrics"  # extensions of the application
# Lists and files of hits are endless, and say nothing that the articles do not.
_NO_CRAWLING = (
    "/suche", "/zitat", "/vorschlaege", "/api/", "/kurven", "/konkordanz", "/kollokationen", "/typisch", "/vergleich",
    "/beleg", "/auswahl", "/aenderungen",
)  # fmt: skip
_VALID = timedelta(days=180)  # RFC 9116, 2.5.5 recommends less than a year


@blueprint.get("/healthz")
def healthz() -> Response:
    """The process lives."""
    return jsonify({"status": "alive"})


@blueprint.get("/readyz")
def readyz() -> Response:
    """The index opens, and nobody would wait for what is loaded first; if not, the error is a 503 that says why.

    What is in it is told by /metrics, to those who may know.
    """
    archive().status()
    preparing = preparation(current_app)
    if preparing and not preparing.is_ready:
        raise ServiceUnavailable("The archive is being made ready. Ask again in a second.", retry_after=1)
    return jsonify({"status": "ready"})


@blueprint.get("/metrics")
def metrics() -> Response:
    """What was counted, for Prometheus; there is no such page for those who may not know."""
    wanted = _operation().metrics
    if wanted == "off" or (wanted == "local" and (is_forwarded(request.environ) or not is_loopback(request.environ))):
        abort(404)
    counted: Metrics = current_app.extensions.get(METRICS) or Metrics()
    return Response(counted.text(), content_type=CONTENT_TYPE)


@blueprint.get("/robots.txt")
def robots() -> Response:
    """What crawlers may read: articles and names, or nothing if there is a password.

    They ask for it at the root of the host, so a proxy must hand that on where the site lies below a path.
    """
    operation = _operation()
    everywhere = [f"{said}{path}" for said in ("", *(f"/{known}" for known in LANGUAGES)) for path in _NO_CRAWLING]
    refused = ["/"] if operation.access else everywhere
    lines = [f"Disallow: {operation.prefix}{path}\n" for path in refused]
    return _text("User-agent: *\n" + "".join(lines))


@blueprint.get("/favicon.ico")
def favicon() -> Response:
    """The icon, for browsers and readers of feeds that look for it here."""
    return current_app.send_static_file("favicon.ico")


@blueprint.get("/.well-known/security.txt")
def security() -> Response:
    """Whom to tell of a hole (RFC 9116), if the operator has said so."""
    contact = _operation().contact or abort(404)
    day = datetime.now(UTC).replace(hour=0, minute=0, second=0, microsecond=0)
    here = absolute("/.well-known/security.txt")
    expires = (day + _VALID).strftime("%Y-%m-%dT%H:%M:%SZ")
    return _text(f"Contact: {contact}\nExpires: {expires}\nPreferred-Languages: de, en\nCanonical: {here}\n")


def _operation() -> Operation:
    operation: Operation = current_app.extensions[OPERATION]
    return operation


def _text(text: str) -> Response:
    return Response(text, content_type="text/plain; charset=utf-8")
