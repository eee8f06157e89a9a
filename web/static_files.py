"""Our own style, script and fonts: named by what is in them, so that a browser keeps them and never asks again."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from hashlib import blake2b
from pathlib import Path
from typing import Any

from flask import Flask, Response, current_app, request, send_from_directory, url_for

from web.language import neutral

_FONT = ".woff2"
_EXTENDED = re.compile("[\u0100-\u024f\u1e9e]")  # letters of the cut that few pages need, as the style sheet has it
_CUTS = ("400", "700")
_SCRIPT = "script"  # folder of the parts of our script
_YEAR = 365 * 24 * 60 * 60  # seconds


def attach(app: Flask) -> None:
    """Give the static files of `app` addresses with a fingerprint, and let browsers keep what these name."""
    app.after_request(_kept)
    app.after_request(_preloading)
    app.url_defaults(_with_fingerprint)
    app.add_url_rule(f"{app.static_url_path}/{_SCRIPT}/<v>/<name>", _SCRIPT, _script_part)
    app.jinja_env.globals.update(static_address=static_address, script_address=script_address)


def static_address(name: str) -> str:
    """The address of one of our files, which is the same in all languages."""
    return neutral(url_for("static", filename=name))


def script_address() -> str:
    """The address of our script.

    Its parts name each other by `./name.js`. So they have one fingerprint together, and it stands in the path.
    """
    return neutral(url_for(_SCRIPT, name="nachlese.js"))


def _script_part(v: str, name: str) -> Response:  # noqa: ARG001 - `v` is for the browser, to keep a part by
    return send_from_directory(Path(str(current_app.static_folder)) / _SCRIPT, name)


def _kept(response: Response) -> Response:
    """A file asked for by its fingerprint is that file forever, and a font that changes gets another name."""
    if response.status_code in (200, 304) and _is_named_by_content():
        response.headers["Cache-Control"] = f"public, max-age={_YEAR}, immutable"
    return response


def _is_named_by_content() -> bool:
    """Whether a request names what it gets.

    It does not by the fingerprint of another version: while servers are renewed, a page of one may ask another for it.
    """
    asked = request.view_args or {}
    if request.endpoint == _SCRIPT:
        return bool(asked["v"] == _fingerprints()[_SCRIPT])
    if request.endpoint != "static":
        return False
    name = str(asked["filename"])
    return name.endswith(_FONT) or request.args.get("v", "") == _fingerprints().get(name)


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
    if endpoint == _SCRIPT:
        values.setdefault("v", _fingerprints()[_SCRIPT])
    elif endpoint == "static" and not values["filename"].endswith(_FONT):
        values.setdefault("v", _fingerprints()[values["filename"]])


def _fingerprints() -> Mapping[str, str]:
    return _fingerprints_in(Path(str(current_app.static_folder)))


@cache
def _fingerprints_in(folder: Path) -> Mapping[str, str]:
    """What is in each file of a folder, by its name, and what is in all parts of the script together."""
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    contents = {path.relative_to(folder).as_posix(): path.read_bytes() for path in files}
    parts = [name.encode() + content for name, content in contents.items() if name.startswith(f"{_SCRIPT}/")]
    contents[_SCRIPT] = b"".join(parts)
    return {name: blake2b(content, digest_size=6).hexdigest() for name, content in contents.items()}
