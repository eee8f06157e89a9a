"""Each request gets an answer, whatever goes wrong while it is worked on."""

from __future__ import annotations

import io
import json
import logging
import re
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from flask import Flask, Response
from werkzeug.test import Client

from web import create_app
from web.headers import SECURITY_HEADERS
from web.operation import admission
from web.operation.access_log import Answer, Lines
from web.operation.answering import Answering
from web.operation.options import Operation


class Panic(BaseException):
    """As a panic in Rust comes to Python: no Exception."""


def client_of(app: Flask) -> Client:
    return Client(Answering(app, 1, Operation(access_log="json", metrics="all")))


@pytest.fixture
def own_app(sample_index: Path) -> Flask:
    """An application that a test may add routes to."""
    return create_app(sample_index)


@pytest.mark.parametrize("error", [Panic("secret"), MemoryError("secret"), SystemExit(1), RuntimeError("secret")])
@pytest.mark.parametrize("path", ["/broken", "/api/broken"])
def test_whatever_is_raised_is_an_answer(
    own_app: Flask, error: BaseException, path: str, caplog: pytest.LogCaptureFixture
) -> None:
    """Panics, lack of memory and all else: 500, logged, and nothing of it told; the next request is answered."""

    def fail() -> str:
        raise error

    own_app.add_url_rule(path, view_func=fail)
    client = client_of(own_app)
    response = client.get(path)
    assert response.status_code == 500
    assert "secret" not in response.text
    assert type(error).__name__ in caplog.text
    assert client.get("/hilfe").status_code == 200


def test_a_log_that_cannot_be_written_is_no_reason_not_to_answer(
    own_app: Flask, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    """On a full disk requests are answered as ever."""

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("web.operation.access_log.AccessLog.note", full)
    client = client_of(own_app)
    assert [client.get("/hilfe").status_code for _ in range(3)] == [200] * 3
    assert caplog.text.count("OSError: [Errno 28] No space left") == 1


def test_a_line_that_cannot_be_written_is_told_by_the_caller() -> None:
    """Python would print a traceback of its own for each line."""

    class Full(io.StringIO):
        def write(self, _text: str) -> int:
            raise OSError(28, "No space left on device")

    with pytest.raises(OSError, match="No space"):
        Lines(Full()).emit(logging.makeLogRecord({"msg": "x"}))


def test_headers_that_http_does_not_allow_are_sent_without_what_is_not(own_app: Flask) -> None:
    """A header with other signs than those of ASCII is sent with question marks, as granian could not send it."""
    own_app.add_url_rule("/odd", view_func=lambda: Response("x", headers={"X-Name": "Müller"}))
    assert client_of(own_app).get("/odd").headers["X-Name"] == "M?ller"


def test_who_would_wait_too_long_is_told_to_come_back(own_app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    """If too many wait, programs and readers get 503 with Retry-After, and supervisors their answer."""
    monkeypatch.setattr(admission, "MOST_WAITING", 0)
    begun, released = threading.Event(), threading.Event()
    own_app.add_url_rule("/slow", view_func=lambda: (begun.set(), str(released.wait(30)))[1])
    client = client_of(own_app)
    slow = threading.Thread(target=client.get, args=("/slow",))
    slow.start()
    assert begun.wait(30)
    refused = client.get("/api/search?q=Mauer")
    page = client.get("/suche?q=Mauer")
    healthy = client.get("/healthz")
    released.set()
    slow.join()
    assert (refused.status_code, refused.headers["Retry-After"], json.loads(refused.text)["status"]) == (503, "5", 503)
    assert (page.status_code, page.mimetype) == (503, "text/html")
    assert healthy.status_code == 200
    assert client.get("/suche?q=Mauer").status_code == 200


@contextmanager
def refusing(app: Flask, operation: Operation, monkeypatch: pytest.MonkeyPatch) -> Iterator[Client]:
    """A client whose turn never comes."""
    monkeypatch.setattr(admission, "MOST_WAITING", 0)
    answering = Answering(app, 1, operation)
    with answering._gate.turn():
        yield Client(answering)


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [
        ("GET", "/healthz", 200),
        ("HEAD", "/static/style.css", 200),
        ("GET", "/static/script/1234/nachlese.js", 200),
        ("POST", "/static/style.css", 503),
        ("GET", "/static/nothing", 503),
        ("GET", "/static/script/1234/nothing.js", 503),
        ("GET", "/healthz?" + "person=a&" * 30, 503),
        ("GET", "/healthzz", 503),
    ],
)
def test_only_what_is_there_and_costs_nothing_is_out_of_turn(
    own_app: Flask, method: str, path: str, status: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Style and script, and what supervisors ask; all else that looks like it waits and counts as any request."""
    with refusing(own_app, Operation(), monkeypatch) as client:
        assert client.open(path, method=method).status_code == status


def test_a_refusal_knows_programs_in_each_language(sample_index: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Below /en the API is refused as it is elsewhere, and scripts of other sites may read that."""
    operation = Operation(cors=("*",))
    with refusing(create_app(sample_index, operation=operation), operation, monkeypatch) as client:
        refused = client.get("/en/api/search?q=x", headers={"Origin": "https://a.example"})
        page = client.get("/en/suche?q=x")
    assert (refused.status_code, refused.mimetype) == (503, "application/problem+json")
    assert refused.headers["Access-Control-Allow-Origin"] == "*"
    assert 'lang="en"' in page.text


@pytest.mark.parametrize("path", ["/archiv/suche?q=Mauer", "/archiv/api/search?q=Mauer"])
def test_a_refusal_has_all_that_answers_have(sample_index: Path, path: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """It may not be kept or framed, links stay below the prefix, HEAD has no body, and no body is waited for."""
    operation = Operation(prefix="/archiv")
    with refusing(create_app(sample_index, operation=operation), operation, monkeypatch) as client:
        refused = client.get(path)
        head = client.head(path)
        posted = client.post(path, data=b"abc")
    assert [each.status_code for each in (refused, head, posted)] == [503] * 3
    assert refused.headers["Cache-Control"] == "no-store"
    assert SECURITY_HEADERS.items() <= dict(refused.headers).items()
    assert len(refused.data) == int(refused.headers["Content-Length"]) == int(head.headers["Content-Length"])
    assert (head.data, posted.headers["Connection"]) == (b"", "close")
    assert "Connection" not in refused.headers
    assert not [link for link in re.findall(r'(?:href|src|action)="(/[^"]*)"', refused.text) if "/archiv/" not in link]


def test_refusals_are_logged_and_counted(sample_index: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The log has who was refused, as the proxies say, and the metrics a route of their own for it."""
    noted = list[Answer]()
    monkeypatch.setattr("web.operation.access_log.AccessLog.note", lambda _log, answer: noted.append(answer))
    operation = Operation(proxies=1, metrics="all", access_log="json")
    with refusing(create_app(sample_index, operation=operation), operation, monkeypatch) as client:
        refused = client.get("/suche?q=Mauer", headers={"X-Forwarded-For": "192.0.2.7"})
        metrics = client.get("/metrics").text
    (answer, _) = noted
    assert (answer.text("REMOTE_ADDR"), answer.status, answer.length) == ("192.0.2.7", 503, len(refused.data))
    assert 'nachlese_requests_total{route="refused",status="503"} 1.0' in metrics


def test_pages_of_other_sites_may_read_refusals(sample_index: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where they may read the API; others may not."""
    operation = Operation(cors=("https://a.example",))
    with refusing(create_app(sample_index, operation=operation), operation, monkeypatch) as client:
        asked = [("/api/search", "https://a.example"), ("/api/search", "https://b.example"), ("/", "https://a.example")]
        found = [client.get(path, headers={"Origin": origin}).headers for path, origin in asked]
    assert [each.get("Access-Control-Allow-Origin") for each in found] == ["https://a.example", None, None]
    assert "Retry-After" in found[0]["Access-Control-Expose-Headers"]
    assert [each.get_all("Cross-Origin-Resource-Policy") for each in found] == [
        ["cross-origin"], ["same-origin"], ["same-origin"],
    ]  # fmt: skip


def test_who_asks_too_often_takes_no_place_in_the_queue(sample_index: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Beyond the limit of a client the answer is 429 at once, even if none has its turn; others wait for theirs."""
    operation = Operation(rate=6)
    with refusing(create_app(sample_index, operation=operation), operation, monkeypatch) as client:
        answers = [client.get("/suche?q=Mauer", environ_base={"REMOTE_ADDR": "192.0.2.7"}) for _ in range(2)]
        other = client.get("/api/search?q=Mauer", environ_base={"REMOTE_ADDR": "192.0.2.8"})
    assert [answer.status_code for answer in (*answers, other)] == [503, 429, 503]
    assert 1 <= int(answers[1].headers["Retry-After"]) <= 10
