"""Answers packed with gzip, where the client can unpack them and it pays."""

from __future__ import annotations

import gzip

from flask import Flask, Response, request

_LEVEL = 5  # of gzip: beyond it, the time grows faster than the size shrinks
_LEAST = 1024  # bytes; less fits into one packet as it is
_PACKABLE = ("text/", "application/", "image/svg+xml")


def attach(app: Flask) -> None:
    """Pack the answers of `app`; what sets entity tags must be attached later, to run earlier."""
    app.after_request(_packed)


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
