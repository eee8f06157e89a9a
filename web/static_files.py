"""Our own style, script and fonts: named by what is in them, so that a browser keeps them and never asks again."""

from __future__ import annotations

import re
from functools import cache
from hashlib import blake2b
from pathlib import Path
from typing import Any

from flask import Flask, Response, current_app, request, url_for

from web.language import neutral

_FONT = ".woff2"
_EXTENDED = re.compile("[\u0100-\u024f\u1e9e]")  # letters of the cut that few pages need, as the style sheet has it
_CUTS = ("400", "700")
_YEAR = 365 * 24 * 60 * 60  # seconds


def attach(app: Flask) -> None:
    """Give the static files of `app` addresses with a fingerprint, and let browsers keep what these name."""
    app.after_request(_kept)
    app.after_request(_preloading)
    app.url_defaults(_with_fingerprint)
    app.jinja_env.globals.update(static_address=static_address)


def static_address(name: str) -> str:
    """The address of one of our files, which is the same in all languages."""
    return neutral(url_for("static", filename=name))


def _kept(response: Response) -> Response:
    """A file asked for by its fingerprint is that file forever, and a font that changes gets another name."""
    fixed = request.endpoint == "static" and ("v" in request.args or request.path.endswith(_FONT))
    if fixed and response.status_code in (200, 304):
        response.headers["Cache-Control"] = f"public, max-age={_YEAR}, immutable"
    return response


def _preloading(response: Response) -> Response:
    """A page with letters such as ğ and š has the fonts for them preloaded, or they would come too late to be shown."""
    if (
        response.mimetype == "text/html"
        and not response.is_streamed
        and _EXTENDED.search(response.get_data(as_text=True))
    ):
        for cut in _CUTS:
            address = static_address(f"fonts/newsreader-ext-{cut}{_FONT}")
            response.headers.add("Link", f'<{address}>; rel="preload"; as="font"; type="font/woff2"; crossorigin')
    return response


def _with_fingerprint(endpoint: str, values: dict[str, Any]) -> None:
    """Addresses of our own files change with them; fonts are named in the style sheet, which cannot know."""
    if endpoint == "static" and not values["filename"].endswith(_FONT):
        values.setdefault("v", _fingerprint(str(current_app.static_folder), values["filename"]))


@cache
def _fingerprint(folder: str, name: str) -> str:
    return blake2b((Path(folder) / name).read_bytes(), digest_size=6).hexdigest()
