"""Requests over HTTP: is any of them answered by 500, without its headers, too late or never?"""

from __future__ import annotations

import time
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, partial
from pathlib import Path
from random import Random
from urllib.parse import unquote_to_bytes

from flask import Flask
from werkzeug.datastructures import Headers
from werkzeug.test import create_environ, run_wsgi_app

from tests.torture import archives, crew, shapes
from tests.torture.addresses import Addresses, Asked
from tests.torture.catching import Unforeseen, kind_of, tried
from tests.torture.plan import ENGINES, Laboratory
from tests.torture.result import Result, Tally
from web import create_app
from web.shared_archive import shared

PORTION = 40
PATIENCE = 300.0
POLICY = "Content-Security-Policy"


@dataclass(frozen=True, slots=True)
class Requests:
    """So many requests to the application in front of an index."""

    folder: Path
    engine: str
    number: int
    seed: int


def run(laboratory: Laboratory) -> Result:
    """Ask the application itself as often as planned, and the real server what only a socket can carry."""
    started = time.monotonic()
    folder = laboratory.folder / "archives"
    laboratory.progress.say(f"building two archives of {laboratory.plan.articles:,} articles")
    archives.build(folder, laboratory.plan.articles)
    tally = crew.run(attempt, units(laboratory, folder), laboratory, PATIENCE)
    tally.add(shapes.over_sockets(folder / ENGINES[0], laboratory))
    return tally.result("requests", time.monotonic() - started)


def units(laboratory: Laboratory, folder: Path) -> Iterator[Requests]:
    """All requests in portions, to both engines in turn."""
    chance = Random(laboratory.plan.seed)
    for place, number in enumerate(crew.shares(laboratory.plan.requests, PORTION)):
        yield Requests(folder, ENGINES[place % 2], number, chance.randrange(2**31))


@cache
def application(folder: Path) -> Flask:
    """The application, open and ready as long as the process lives."""
    app = create_app(folder)
    shared(app).get().prepare()
    return app


def attempt(unit: Requests, note: crew.Note) -> Tally:
    """Send the requests of a portion."""
    tally, app = Tally(), application(unit.folder / unit.engine)
    rules = [rule.rule for rule in app.url_map.iter_rules()]
    addresses = Addresses(Random(unit.seed), rules, archives.known(unit.folder))
    for _ in range(unit.number):
        asked = addresses.next()
        note(asked)
        addresses.show(asked, send(app, asked, tally))
    return tally


def send(app: Flask, asked: Asked, tally: Tally) -> bytes:
    """The body of the answer to a request; what is wrong with the answer becomes a failure."""
    tally.counts["requests to the application"] += 1
    started = time.process_time()
    try:
        body, status, headers = tried(partial(_answer, app, asked))
    except Unforeseen as error:
        tally.failed(f"no answer but {kind_of(error)}", str(asked))
        return b""
    tally.took("answer of the application", time.process_time() - started, str(asked))
    tally.counts[f"answered {status[:3]}"] += 1
    if status.startswith("5") and not status.startswith(("503", "501")):
        tally.failed(f"answered {status}", str(asked))
    if POLICY not in headers:
        tally.failed(f"answered {status} without {POLICY}", str(asked))
    return body


def _answer(app: Flask, asked: Asked) -> tuple[bytes, str, Headers]:
    environ = create_environ(method=asked.method)
    environ |= {"PATH_INFO": _unescaped(asked.path), "QUERY_STRING": asked.query, "REMOTE_ADDR": "127.0.0.1"}
    environ["REQUEST_URI"] = environ["RAW_URI"] = asked.path + ("?" + asked.query if asked.query else "")
    for name, value in asked.headers:
        key = name.upper().replace("-", "_")
        environ[key if key.startswith("CONTENT_") else f"HTTP_{key}"] = value
    chunks, status, headers = run_wsgi_app(app, environ, buffered=True)
    return b"".join(chunks), status, headers


def _unescaped(path: str) -> str:
    """A path as WSGI has it: the bytes behind its escapes, each as the character of its number."""
    return unquote_to_bytes(path).decode("latin-1")
