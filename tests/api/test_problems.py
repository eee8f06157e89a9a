"""Errors of the JSON API: one shape, on every route, that tells what to do and nothing it should not."""

from __future__ import annotations

import logging
import re
import time
from pathlib import Path
from typing import Any
from unittest.mock import patch

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.routing import Rule

from search import Archive
from search.errors import (
    ClusterUnavailable,
    EngineUnavailable,
    IndexDamaged,
    IndexIncompatible,
    IndexLocked,
    IndexMissing,
    IndexUnreadable,
    NachleseError,
    OutOfResources,
)
from tests.api.contract import kept, kept_problem
from tests.pages.sample import ARTICLES, build
from web import create_app
from web.shared_archive import TOLD_FOR, SharedArchive

PARAMETERS = {
    "api.article_by_parameter": "?id=wn-123",
    "api.batch": "?id=wn-123",
    "api.suggest": "?q=Be",
    "files.selection": "?id=wn-123",
    "files.citation": "?id=wn-123",
    "opensearch.suggestions": "?q=Be",
}
FOR_PROGRAMS = ("api.", "files.", "opensearch.", "operation.ready")
WITHOUT_ARCHIVE = {"api.openapi", "opensearch.description"}


def rules_of(app: Flask, *, needing_archive: bool = False) -> list[Rule]:
    """The routes of the API, all of them or those that cannot answer without the archive."""
    rules = [rule for rule in app.url_map.iter_rules() if rule.endpoint.startswith(FOR_PROGRAMS)]
    return [rule for rule in rules if not (needing_archive and rule.endpoint in WITHOUT_ARCHIVE)]


def path_of(rule: Rule) -> str:
    """A path that the rule answers."""
    path = rule.rule.replace("<article_id:id>", "wn-123")
    return re.sub(r"<any\(.*\bris\b.*\):suffix>", "ris", path) + PARAMETERS.get(rule.endpoint, "")


@pytest.mark.parametrize("method", ["POST", "PUT", "PATCH", "DELETE"])
def test_wrong_methods_are_problems_that_name_the_right_ones(app: Flask, method: str) -> None:
    """Every route answers a method it does not have with 405 and `Allow`."""
    for rule in rules_of(app):
        if method in (rule.methods or ()):
            continue
        response = app.test_client().open(path_of(rule), method=method)
        kept_problem(response, 405)
        assert "GET" in response.headers["Allow"]


@pytest.mark.parametrize(
    "path",
    [
        "/api",
        "/api/",
        "/api/nix",
        "/api/search/",
        "/healthz/x",
        "/openapi.json/",
        "/suche.xls",
        "/zitat.",
        "/zitat.csv",
    ],
)
def test_unknown_routes_are_problems(client: FlaskClient, path: str) -> None:
    """What is not there is a 404 problem, for GET as for POST."""
    assert kept_problem(client.get(path), 404)["instance"] == path
    kept_problem(client.post(path), 404)


def test_unknown_articles_are_problems(client: FlaskClient) -> None:
    """An id that no article has is a 404 problem which names it."""
    assert "gibt's nicht" in kept_problem(client.get("/api/articles/gibt's%20nicht"), 404)["detail"]
    kept_problem(client.get("/api/articles?id=nix"), 404)


def test_our_mistakes_are_logged_and_not_told(
    app: Flask, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    """An unexpected exception is a 500 problem without internals, and a traceback in the log."""

    def broken(_: SharedArchive) -> None:
        raise RuntimeError("secret/path")

    monkeypatch.setattr(SharedArchive, "get", broken)
    for rule in rules_of(app, needing_archive=True):
        caplog.clear()
        with caplog.at_level(logging.ERROR, logger="web.error_responses"):
            response = app.test_client().get(path_of(rule))
        kept_problem(response, 500)
        assert "secret" not in response.text
        assert [record.exc_info is not None for record in caplog.records] == [True]


@pytest.mark.parametrize(
    "kind",
    [
        IndexMissing,
        IndexIncompatible,
        IndexDamaged,
        IndexUnreadable,
        IndexLocked,
        EngineUnavailable,
        OutOfResources,
        ClusterUnavailable,
    ],
)
def test_an_index_that_does_not_open_is_a_503(
    app: Flask, monkeypatch: pytest.MonkeyPatch, kind: type[NachleseError]
) -> None:
    """Whatever keeps the index from opening, every route that needs it says 503 and keeps the directory to itself."""

    def closed(_: SharedArchive) -> None:
        raise kind("/srv/secret is closed")

    monkeypatch.setattr(SharedArchive, "get", closed)
    for rule in rules_of(app, needing_archive=True):
        response = app.test_client().get(path_of(rule))
        kept_problem(response, 503)
        assert "secret" not in response.text
        assert response.headers["Cache-Control"] == "no-store"


class PanicException(BaseException):
    """What pyo3 raises for a panic of Rust: no Exception, so that no handler of errors sees it."""


def test_a_panic_is_answered_and_the_next_request_too(sample_index: Path) -> None:
    """If the engine panics, the request gets a 503 that leads to `nachlese check`, and the next one its answer."""
    app = create_app(sample_index)
    client = app.test_client()
    assert client.get("/api/search?q=Mauer").status_code == 200

    def panic(*_: object) -> None:
        raise PanicException("index out of bounds")

    engine: Any = app.extensions["nachlese.archive"].get()._engine
    engine._engine.search = panic
    told = kept_problem(client.get("/api/search?q=Mauer"), 503)
    assert "nachlese check" in told["detail"]
    assert "bounds" not in str(told)
    assert client.get("/api/search?q=Mauer").status_code == 200


def test_what_is_wrong_is_logged_once(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    """However many ask a damaged index, the log tells of it once, and again only when it has been long so."""
    build(tmp_path)
    app = create_app(tmp_path)
    troubles = [IndexDamaged("a.idx is damaged"), IndexDamaged("b.idx is damaged")] * 5
    with patch.object(Archive, "search", side_effect=[*troubles, *troubles]), caplog.at_level(logging.WARNING):
        for _ in troubles:
            kept_problem(app.test_client().get("/api/search?q=Mauer"), 503)
        assert [record.args for record in caplog.records] == [(troubles[0],), (troubles[1],)]
        with patch("web.shared_archive.time.monotonic", return_value=time.monotonic() + TOLD_FOR):
            kept_problem(app.test_client().get("/api/search?q=Mauer"), 503)
        assert len(caplog.records) == 3


def test_process_lives_without_an_index(bare_client: FlaskClient) -> None:
    """Without an index the process is alive, not ready, and still describes itself."""
    assert bare_client.get("/healthz").status_code == 200
    assert bare_client.get("/openapi.json").status_code == 200
    assert "nachlese index" in kept_problem(bare_client.get("/readyz"), 503)["detail"]


def test_an_index_built_later_is_found_without_a_restart(tmp_path: Path) -> None:
    """A server that started before its index was built answers as soon as it is."""
    client = create_app(tmp_path / "index").test_client()
    kept_problem(client.get("/api/search"), 503)
    build(tmp_path / "index")
    kept(client.get("/readyz"))
    assert kept(client.get("/api/search"))["total"] == len(ARTICLES)
