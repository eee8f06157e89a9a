"""How does a reader get there? The page and the JSON API in front of an archive, or of several as one."""

from __future__ import annotations

from flask import Flask
from flask.json.provider import DefaultJSONProvider

from web import (
    addresses,
    compression,
    error_responses,
    headers,
    language,
    localisation,
    observation,
    shared_archive,
    static_files,
    translation,
)
from web.api import corpus as corpus_api
from web.api import routes as api
from web.decoding import DecodedRequest
from web.files import opensearch
from web.files import routes as files
from web.files import studies as study_files
from web.operation import cors, deadlines, protocol
from web.operation import routes as operation_routes
from web.operation.access import Credentials, Guard
from web.operation.options import Operation
from web.pages import accessibility, families, names, studies
from web.pages import routes as pages
from web.shared_archive import Addresses


class ReadableJSON(DefaultJSONProvider):
    """JSON as people read it: umlauts as they are, keys in the order of the documentation."""

    ensure_ascii = False
    sort_keys = False


def create_app(address: Addresses, url: str = "", operation: Operation | None = None) -> Flask:
    """The WSGI application for the archive at `address` (search.store.places), or for several as one.

    `url` is what links that leave the site begin with, such as `https://archiv.example.org`;
    without one they begin with what the browser asked, which is wrong behind a proxy that speaks HTTPS.
    `operation` says how the site is run; without it, it is open to all, and no answer is ever stopped. Its proxies and
    the limit of each client are those of `Answering`, which stands before the application.
    The archive need not exist yet: it is opened when first asked for, and until that works every
    answer that needs it is a 503 with the remedy.
    """
    app = Flask(__name__)
    app.request_class = DecodedRequest
    app.json = ReadableJSON(app)
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    shared_archive.attach(app, address)
    app.config[addresses.PUBLIC_URL] = url.rstrip("/")
    for part in (
        addresses, language, translation, localisation, error_responses, compression, static_files, headers,
        observation, protocol,
    ):  # fmt: skip
        part.attach(app)
    _operate(app, operation or Operation())
    for room in (api, corpus_api, pages, names, families, studies, accessibility, files, study_files, opensearch):
        app.register_blueprint(room.blueprint)
    return app


def _operate(app: Flask, operation: Operation) -> None:
    """Have `app` run as the operator wants; SettingUnusable if a file of his cannot be used."""
    app.extensions[operation_routes.OPERATION] = operation
    app.config[accessibility.CONTACT] = operation.accessibility_contact
    app.config[accessibility.ENFORCEMENT] = operation.accessibility_enforcement
    app.register_blueprint(operation_routes.blueprint)
    deadlines.attach(app, operation.deadline, operation.work)
    if operation.access:
        Guard(Credentials.read(operation.access), operation.shared).attach(app)
    cors.attach(app, operation.cors)
