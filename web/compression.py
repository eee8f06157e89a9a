"""How answers travel: packed where the client can unpack, kept where they cannot have changed."""

from __future__ import annotations

import gzip
from functools import cache
from hashlib import blake2b
from pathlib import Path
from typing import Any

from flask import Flask, Response, current_app, request

_LEVEL = 5  # of gzip: beyond it, the time grows faster than the size shrinks
_LEAST = 1024  # bytes; less fits into one packet as it is
_PACKABLE = ("text/", "application/", "image/svg+xml")
_FONT = ".woff2"
_YEAR = 365 * 24 * 60 * 60


def attach(app: Flask) -> None:
    """Pack and keep the answers of `app`; what sets entity tags must be attached later, to run earlier."""
    app.after_request(_packed)
    app.after_request(_kept)
    app.url_defaults(_with_fingerprint)


def _packed(response: Response) -> Response:
    """The answer as gzip, if the client takes that and it pays; a 304 has the headers of what it stands for."""
    if not (response.mimetype or "").startswith(_PACKABLE):
        return response
    response.vary.add("Accept-Encoding")
    if not (request.accept_encodings["gzip"] and _pays(response)):
        return response
    if response.status_code != 304:
        _pack(response)
    tag, _ = response.get_etag()
    if tag:
        response.set_etag(tag, weak=True)  # the same content in other bytes
    return response


def _pays(response: Response) -> bool:
    """Whether there is enough to pack; what is part of a file (206) stays part of the plain one."""
    return response.status_code != 206 and (response.content_length or 0) >= _LEAST


def _pack(response: Response) -> None:
    response.direct_passthrough = False
    # Without a time, so that equal answers stay equal.
    response.set_data(gzip.compress(response.get_data(), _LEVEL, mtime=0))
    response.content_encoding = "gzip"


def _kept(response: Response) -> Response:
    """A file asked for by its fingerprint is that file forever, and a font that changes gets another name."""
    fixed = request.endpoint == "static" and ("v" in request.args or request.path.endswith(_FONT))
    if fixed and response.status_code in (200, 304):
        response.headers["Cache-Control"] = f"public, max-age={_YEAR}, immutable"
    return response


def _with_fingerprint(endpoint: str, values: dict[str, Any]) -> None:
    """Addresses of our own files change with them; fonts are named in the style sheet, which cannot know."""
    if endpoint == "static" and not values["filename"].endswith(_FONT):
        values.setdefault("v", _fingerprint(str(current_app.static_folder), values["filename"]))


@cache
def _fingerprint(folder: str, name: str) -> str:
    return blake2b((Path(folder) / name).read_bytes(), digest_size=6).hexdigest()
