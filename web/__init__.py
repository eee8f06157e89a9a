"""How does a reader get there? The page and the JSON API in front of one archive."""

from __future__ import annotations

from pathlib import Path

from flask import Flask
from flask.json.provider import DefaultJSONProvider

from web import (
    addresses,
    compression,
    error_responses,
    headers,
    localisation,
    request_deadline,
    shared_archive,
    static_files,
)
from web.api import routes as api
from web.files import opensearch
from web.files import routes as files
from web.pages import names
from web.pages import routes as pages


class ReadableJSON(DefaultJSONProvider):
    """JSON as people read it: umlauts as they are, keys in the order of the documentation."""

    ensure_ascii = False
    sort_keys = False


def create_app(archive_directory: str | Path, url: str = "", deadline: float = 0.0) -> Flask:
    """The WSGI application for the archive in `archive_directory`.

    `url` is what links that leave the site begin with, such as `https://archiv.example.org`;
    without one they begin with what the browser asked, which is wrong behind a proxy that speaks HTTPS.
    `deadline` is how many seconds an answer may take before it is stopped (503); 0 sets no limit.
    The archive need not exist yet: it is opened when first asked for, and until that works every
    answer that needs it is a 503 with the remedy.
    """
    app = Flask(__name__)
    app.json = ReadableJSON(app)
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    shared_archive.attach(app, archive_directory)
    request_deadline.attach(app, deadline)
    app.config[addresses.PUBLIC_URL] = url.rstrip("/")
    for part in (addresses, localisation, error_responses, compression, static_files, headers):
        part.attach(app)
    for blueprint in (api.blueprint, pages.blueprint, names.blueprint, files.blueprint, opensearch.blueprint):
        app.register_blueprint(blueprint)
    return app
