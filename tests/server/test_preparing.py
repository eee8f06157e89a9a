"""Nobody waits for what a process loads first, and it says that it is ready only when nobody would."""

from __future__ import annotations

import logging
import threading
import time
from pathlib import Path
from unittest.mock import patch

import pytest
from werkzeug.test import Client

from search import Archive, Article, write_archive
from search.german import forms
from search.hits.hit import matcher_of
from web import create_app
from web.operation import preparing
from web.operation.answering import Answering
from web.operation.options import Operation


def index(directory: Path) -> Path:
    """An index with an article."""
    with write_archive(directory) as writer:
        writer.put(Article("wall", "Die Mauer ist offen, und der Kanzler spricht.", title="Mauer"))
    return directory


def test_ready_is_who_has_loaded_all(tmp_path: Path) -> None:
    """Before the archive was made ready /readyz asks to come back; then it is 200, also after another commit."""
    app = create_app(index(tmp_path))
    preparation = preparing.attach(app)
    answer = app.test_client().get("/readyz")
    assert (answer.status_code, answer.headers["Retry-After"]) == (503, "1")
    preparation.prepare()
    assert app.test_client().get("/readyz").json == {"status": "ready"}
    with write_archive(tmp_path) as writer:
        writer.put(Article("other", "Ein anderer Artikel."))
    assert app.test_client().get("/readyz").status_code == 200


def test_no_word_list_is_read_for_the_first_marks(tmp_path: Path) -> None:
    """What is read to mark words, and for nothing else, is read before the archive is ready."""
    for cached in (forms._stems_of_verbs, forms.other_beginnings, matcher_of):
        cached.cache_clear()
    preparing.attach(create_app(index(tmp_path))).prepare()
    with patch.object(forms, "known_forms", side_effect=AssertionError):
        assert "gegang" in forms.other_beginnings("geh")


def test_who_cannot_get_ready_says_why_and_tries_again(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    """Without an index /readyz says so, the log does once, and with one the next attempt makes the archive ready."""
    app = create_app(tmp_path / "none")
    preparation = preparing.attach(app)
    with caplog.at_level(logging.WARNING, "web.operation.preparing"):
        preparation.prepare()
        preparation.prepare()
    assert len(caplog.records) == 1
    answer = app.test_client().get("/readyz")
    assert answer.status_code == 503
    assert "nachlese index" in answer.json["detail"]
    index(tmp_path / "none")
    preparation.prepare()
    assert app.test_client().get("/readyz").status_code == 200


def test_each_commit_is_made_ready_once(tmp_path: Path) -> None:
    """What a commit has new is loaded by the thread, and nothing is while there is none."""
    app = create_app(index(tmp_path))
    preparation = preparing.attach(app)
    with patch.object(Archive, "prepare", autospec=True, side_effect=Archive.prepare) as loaded:
        preparation.prepare()
        preparation.prepare()
        assert loaded.call_count == 1
        index(tmp_path)
        with write_archive(tmp_path) as writer:
            writer.put(Article("other", "Ein anderer Artikel."))
        preparation.prepare()
        assert loaded.call_count == 2


@pytest.mark.parametrize("address", preparing.REHEARSED)
def test_what_is_rehearsed_is_answered(tmp_path: Path, address: str) -> None:
    """Each request of the rehearsal is one that readers could send."""
    assert create_app(index(tmp_path)).test_client().get(address).status_code == 200


def test_a_page_that_fails_does_not_end_the_preparation(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    """What goes wrong in a rehearsal is logged, and the thread lives on."""
    app = create_app(index(tmp_path))
    preparation = preparing.attach(app)
    with patch.object(app, "dispatch_request", side_effect=ZeroDivisionError):
        preparation.prepare()
    assert not preparation.is_ready
    assert "ZeroDivisionError" in caplog.text
    preparation.prepare()
    assert preparation.is_ready


def test_loading_takes_no_time_of_a_request(tmp_path: Path) -> None:
    """A request that comes while the archive is loaded waits, and its deadline begins after that."""
    app = create_app(index(tmp_path), operation=Operation(deadline=1.0))
    preparation = preparing.attach(app)
    client = Client(Answering(app, 1, Operation()))
    answers: list[int] = []
    asking = threading.Thread(target=lambda: answers.append(client.get("/suche?q=Mauer").status_code))
    asking.start()
    time.sleep(1.2)  # longer than its deadline
    assert client.get("/healthz").status_code == 200
    assert not answers
    preparation.prepare()
    asking.join()
    assert answers == [200]
