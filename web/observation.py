"""What is noted of a request while it is answered, for the log and the metrics."""

from __future__ import annotations

from flask import Flask, request

ROUTE = "nachlese.route"  # keys of a request's environment
TOTAL = "nachlese.total"


def attach(app: Flask) -> None:
    """Note which route of `app` answers."""
    app.before_request(_note_route)


def note_total(total: int) -> None:
    """Note how many articles answer the search that is asked."""
    request.environ[TOTAL] = total


def _note_route() -> None:
    request.environ[ROUTE] = request.endpoint or "none"
