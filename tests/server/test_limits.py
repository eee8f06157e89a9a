"""A client has a budget, of requests and of the time that they take; this machine has none."""

from __future__ import annotations

import re
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask
from werkzeug.test import Client

from web import create_app
from web.operation import limits
from web.operation.answering import Answering
from web.operation.limits import SECONDS, TokenBuckets
from web.operation.options import Operation

FAR = {"REMOTE_ADDR": "203.0.113.9"}
OTHER = {"REMOTE_ADDR": "203.0.113.10"}
HERE = {"REMOTE_ADDR": "127.0.0.1"}


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """The time that the buckets see, which a test may set."""
    now = [1000.0]
    monkeypatch.setattr("web.operation.limits.time.time", lambda: now[0])
    return now


def test_what_was_dear_is_paid_later(clock: list[float]) -> None:
    """What an answer cost beyond its request is owed, and may be more than there is; time pays it back."""
    buckets = TokenBuckets(60)  # 10 at once, and one a second
    assert buckets.take("a") == 0
    buckets.charge("a", 39)
    assert buckets.take("a") == pytest.approx(31)
    assert buckets.debt("a") == pytest.approx(30)
    assert (buckets.take("b"), buckets.debt("b")) == (0, 0)
    clock[0] += 25
    assert buckets.debt("a") == 0  # what was let in already is answered
    assert buckets.take("a") == pytest.approx(6)
    clock[0] += 6
    assert buckets.take("a") == 0


def test_processes_that_start_at_once_share_their_buckets(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """One process may begin while another one makes the file of the buckets: both have the whole of the same file."""
    path, others = tmp_path / "requests", list[TokenBuckets]()

    def begin_another(number: int) -> bytes:
        monkeypatch.undo()
        others.append(TokenBuckets(60, path))
        return bytes(number)

    monkeypatch.setattr("web.operation.limits.secrets.token_bytes", begin_another)
    buckets = TokenBuckets(60, path)
    buckets.charge("a", 100)
    assert others[0].debt("a") == pytest.approx(90, abs=5)
    assert [file.name for file in tmp_path.iterdir()] == ["requests"]


@pytest.fixture
def dear(sample_index: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Client]:
    """A client of an application with a page that takes two seconds of a processor, and one that takes little."""
    spent = [0.0]
    monkeypatch.setattr("web.operation.limits.time.thread_time", lambda: spent[0])
    app: Flask = create_app(sample_index)

    def spend(seconds: float) -> str:
        spent[0] += seconds
        return "x"

    app.add_url_rule("/dear", "dear", view_func=lambda: spend(2.0))
    app.add_url_rule("/cheap", "cheap", view_func=lambda: spend(SECONDS / 2))
    return Client(Answering(app, 1, Operation(rate=600)))


def test_a_client_of_dear_requests_may_ask_less_often(dear: Client, clock: list[float]) -> None:
    """Ten seconds of a processor empty the budget of 600 cheap requests a minute; others and this machine go on."""
    assert [dear.get("/cheap", environ_base=OTHER).status_code for _ in range(100)] == [200] * 100
    answers = [dear.get("/dear", environ_base=FAR) for _ in range(10)]
    assert [each.status_code for each in answers] == [200] * 3 + [429] * 7
    assert int(answers[-1].headers["Retry-After"]) <= 60
    assert dear.get("/dear", environ_base={"REMOTE_ADDR": "198.51.100.7"}).status_code == 200
    assert [dear.get("/dear", environ_base=HERE).status_code for _ in range(10)] == [200] * 10
    clock[0] += 60
    assert dear.get("/dear", environ_base=FAR).status_code == 200


def test_over_time_a_client_gets_half_a_processor(dear: Client, clock: list[float]) -> None:
    """Twice a second, as long as it likes: what is answered takes no more than that."""
    seconds, answered = 600, 0
    for _ in range(seconds * 2):
        clock[0] += 0.5
        answered += dear.get("/dear", environ_base=FAR).status_code == 200
    assert answered * 2.0 <= seconds * 600 / 60 * SECONDS + 15


def test_the_time_is_that_of_a_processor() -> None:
    """Who waits pays nothing, who works does."""
    budget = limits.Limits(60, None)
    budget.wait("a")
    with budget.charging("a"):
        time.sleep(0.2)
    assert budget.wait("a") == 0
    with budget.charging("a"):
        begun = time.thread_time()
        while time.thread_time() - begun < 20 * SECONDS:
            pass
    assert budget.wait("a") > 0


def test_a_stranger_does_not_make_a_proxy(caplog: pytest.LogCaptureFixture) -> None:
    """Who sends the header of a proxy from this machine is told of once, as a proxy or as somebody who sends it."""
    budget = limits.Limits(60, None)
    for _ in range(2):
        assert budget.limited({"REMOTE_ADDR": "127.0.0.1", "HTTP_X_FORWARDED_FOR": "x"}) == ""
    (record,) = caplog.records
    assert re.search(
        r"If one stands before .* NACHLESE_PROXIES=1\. Otherwise a client .* ignore it", record.getMessage()
    )
