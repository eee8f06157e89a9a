"""What a cluster answers with is whole, or an error of ours: never the hits of some shards for those of all."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from opensearchpy import Urllib3HttpConnection
from opensearchpy.exceptions import ConnectionError as NobodyAnswers
from opensearchpy.exceptions import TransportError

from search.deadline import deadline
from search.engines.opensearch import connection, state
from search.engines.opensearch.bulk import send
from search.engines.opensearch.connection import Connection, Login
from search.engines.opensearch.state import State
from search.engines.opensearch.view import View
from search.errors import (
    ClusterUnavailable,
    IndexDamaged,
    IndexMissing,
    IndexUnreadable,
    IndexUnwritable,
    NachleseError,
    TooExpensive,
    TooManyClauses,
)

ADDRESS = "opensearch://one:9200,two:9200/news"
Answers = list[Any]  # what each request is answered with, in order: JSON, or an error that is raised


def hits(failed: int = 0, **more: Any) -> dict[str, Any]:
    found = {"hits": {"total": {"value": 3 - failed}, "hits": []}}
    return {**found, "_shards": {"total": 3, "successful": 3 - failed, "failed": failed}, **more}


def refused(status: int, kind: str) -> TransportError:
    cause = {"type": kind, "reason": "it says so"}
    return TransportError(status, kind, {"error": {**cause, "root_cause": [cause]}, "status": status})


POINT = {"pit_id": "a point"}
LOST = refused(404, "search_context_missing_exception")


@pytest.fixture
def cluster(monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[[Answers], Connection]]:
    """A connection to a cluster that answers so."""
    waiting: Answers = []

    def perform(_: Any, method: str, *__: Any, **___: Any) -> tuple[int, dict[str, str], str]:
        if method == "HEAD":  # whether a host is there
            return 200, {}, ""
        answer = waiting.pop(0)
        if isinstance(answer, Exception):
            raise answer
        return 200, {"content-type": "application/json"}, json.dumps(answer)

    monkeypatch.setattr(Urllib3HttpConnection, "perform_request", perform)
    monkeypatch.setattr(connection, "WAITS", (0.0, 0.0))

    def made(answers: Answers) -> Connection:
        waiting[:] = answers
        return Connection(("http://one:9200", "http://two:9200"), ADDRESS, Login())

    yield made
    assert not waiting, "it was not asked so often"


@pytest.mark.parametrize(
    "lost", [hits(failed=1), hits(timed_out=True), LOST, refused(503, "search_phase_execution_exception")]
)
def test_an_answer_of_some_shards_is_asked_once_more(cluster: Callable[[Answers], Connection], lost: Any) -> None:
    """What a shard, or a lost view, does not answer is asked of a new view, and then it is whole."""
    view = View(cluster([POINT, lost, POINT, hits()]), "news.g000001", 3)
    assert view.ask({"size": 0})["hits"]["total"]["value"] == 3


@pytest.mark.parametrize("lost", [hits(failed=1), hits(timed_out=True), LOST])
def test_an_answer_of_some_shards_is_no_answer(cluster: Callable[[Answers], Connection], lost: Any) -> None:
    """If shards are missing from the second answer, too, that is an error and not few hits."""
    view = View(cluster([POINT, lost, POINT, lost]), "news.g000001", 3)
    with pytest.raises(ClusterUnavailable, match=r"one:9200,two:9200/news does not answer as a whole .*try again"):
        view.ask({"size": 0})


@pytest.mark.parametrize("kind", ["too_many_clauses", "too_many_nested_clauses"])
def test_a_query_of_too_many_terms_is_told(cluster: Callable[[Answers], Connection], kind: str) -> None:
    """What no view can answer is not asked again, and is not taken for a lost shard."""
    view = View(cluster([POINT, refused(500, kind)]), "news.g000001", 3)
    with pytest.raises(TooManyClauses, match="Ask for fewer words, or raise"):
        view.ask({"size": 0})


def test_of_several_searches_only_what_lacks_a_shard_is_asked_again(cluster: Callable[[Answers], Connection]) -> None:
    """Searches that go together are each whole."""
    together = {"responses": [hits(), hits(failed=1), {"error": {"type": "x"}, "status": 503}]}
    view = View(cluster([POINT, together, hits(), hits()]), "news.g000001", 3)
    found = view.ask_all([{"size": 0}] * 3)
    assert [answer["hits"]["total"]["value"] for answer in found] == [3, 3, 3]


@pytest.mark.parametrize(
    ("error", "kind", "message"),
    [
        (refused(403, "cluster_block_exception"), IndexUnwritable, "Make room on its disks"),
        (refused(403, "index_create_block_exception"), IndexUnwritable, "Make room on its disks"),
        (refused(429, "cluster_block_exception"), IndexUnwritable, "Make room on its disks"),
        (refused(401, "security_exception"), IndexUnreadable, "NACHLESE_OPENSEARCH_USER"),
        (refused(403, "security_exception"), IndexUnreadable, "NACHLESE_OPENSEARCH_USER"),
        (refused(404, "index_not_found_exception"), IndexMissing, "again"),
        (refused(503, "cluster_block_exception"), ClusterUnavailable, "try again"),
        (refused(500, "exception"), ClusterUnavailable, "try again"),
        (refused(400, "parsing_exception"), IndexDamaged, "nachlese check"),
        (refused(500, "too_many_nested_clauses"), TooManyClauses, "Ask for fewer words"),
    ],
)
def test_a_refusal_is_told_with_its_remedy(
    cluster: Callable[[Answers], Connection], error: Exception, kind: type[NachleseError], message: str
) -> None:
    """What the cluster refuses is an error of ours that names the place and what to do."""
    with pytest.raises(kind, match=message) as caught:
        cluster([error]).ask("GET", "/")
    assert ADDRESS in str(caught.value)
    assert "it says so" in str(caught.value) or kind in (IndexMissing, TooManyClauses)


def test_a_host_that_is_gone_is_passed_over(cluster: Callable[[Answers], Connection]) -> None:
    """As long as one host answers, nobody notices; if none does, that is told."""
    gone = NobodyAnswers("N/A", "refused", Exception("refused"))
    assert cluster([gone, {"ok": 1}]).ask("GET", "/") == {"ok": 1}
    with pytest.raises(ClusterUnavailable, match="try again"):
        cluster([gone, gone, gone]).ask("GET", "/")


def test_nobody_waits_longer_than_the_deadline(cluster: Callable[[Answers], Connection]) -> None:
    """After the deadline nothing is asked."""
    asked = cluster([])
    with deadline(1e-9), pytest.raises(TooExpensive):
        asked.ask("GET", "/")


def bulk_answer(statuses: dict[str, int]) -> dict[str, Any]:
    rows = [
        {"index": {"_id": key, "status": status, **({"error": {"type": "rejected"}} if status > 299 else {})}}
        for key, status in statuses.items()
    ]
    return {"errors": any(status > 299 for status in statuses.values()), "items": rows}


def test_an_index_that_another_has_just_made_is_waited_for(
    cluster: Callable[[Answers], Connection], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Of two indexers that begin at once the second waits for the shard; a reader with a deadline does not."""
    monkeypatch.setattr(state, "BEGINNING", (0.0, 0.0))
    found = {"_source": {"text": "a manifest"}, "_seq_no": 4, "_primary_term": 1}
    begun = refused(503, "illegal_index_shard_state_exception")
    assert State(cluster([begun, begun, found]), "news.state").document("manifest") == ("a manifest", (4, 1))
    with pytest.raises(ClusterUnavailable):
        State(cluster([begun] * 3), "news.state").document("manifest")
    with deadline(10), pytest.raises(ClusterUnavailable):
        State(cluster([begun]), "news.state").document("manifest")


def test_who_has_no_deadline_asks_a_busy_cluster_again(
    cluster: Callable[[Answers], Connection], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whatever an indexer asks is tried again while the nodes have too much to do; readers with a deadline are told."""
    monkeypatch.setattr(connection, "WAITS", (0.0, 0.0))
    busy = refused(429, "circuit_breaking_exception")
    view = View(cluster([busy, POINT, busy, busy, hits()]), "news", 3)
    assert view.ask({}) == hits()
    with pytest.raises(ClusterUnavailable):
        View(cluster([POINT, busy, busy, busy]), "news", 3).ask({})
    with pytest.raises(ClusterUnavailable):  # a write waits no longer than anything else
        cluster([busy] * 3).write("PUT", "/news/_doc/1", {})
    found = {"_source": {"text": "a manifest"}, "_seq_no": 4, "_primary_term": 1}
    assert State(cluster([busy, found]), "news.state").document("manifest") == ("a manifest", (4, 1))
    view = View(cluster([POINT, busy, busy]), "news", 3)
    with deadline(10), pytest.raises(ClusterUnavailable):
        view.ask({})
    view.close()  # which nobody waits for


def test_what_a_busy_cluster_refuses_is_sent_again(cluster: Callable[[Answers], Connection]) -> None:
    """A whole request, or some changes of it, are tried again; what is refused for another reason ends the run."""
    busy = refused(429, "rejected_execution_exception")
    changes = {"0": {"a": 1}, "1": {"a": 2}, "2": None}
    first, still = bulk_answer({"0": 201, "1": 429, "2": 200}), bulk_answer({"1": 429})
    send(cluster([busy, first, bulk_answer({"1": 201})]), "news.open", changes)
    with pytest.raises(ClusterUnavailable):
        send(cluster([first, still, still]), "news.open", changes)
    failed = {"index": {"_id": "0", "status": 400, "error": {"type": "mapper_parsing_exception", "reason": "x"}}}
    with pytest.raises(IndexDamaged, match="mapper"):
        send(cluster([{"errors": True, "items": [failed]}]), "news.open", changes)
    gone = {"delete": {"_id": "2", "status": 404, "result": "not_found"}}
    send(cluster([{"errors": True, "items": [gone]}]), "news.open", changes)
