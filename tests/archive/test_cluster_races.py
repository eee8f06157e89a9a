"""What several do to an archive in a cluster at the same moment, or halfway before they are killed, loses nothing."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from contextlib import suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest

from search import Article, open_archive
from search.errors import IndexIncompatible, IndexMissing, IndexUnreadable, RebuildBegun, RebuildMissing
from search.store import cluster_manifests
from search.store.checking import check_archive
from search.store.checksums import checksum_of_bytes
from search.store.cluster import ENGINE, ClusterPlace
from search.store.places import shared_place
from tests.archive.test_cluster import found, put
from tests.engines.samples import cluster_address, remove_archive

pytestmark = pytest.mark.cluster


@pytest.fixture
def address(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """The address of an archive with one article; readers look for commits each time."""
    monkeypatch.setenv("NACHLESE_CACHE", str(tmp_path / "cache"))
    monkeypatch.setattr(cluster_manifests, "LOOK_AGAIN", 0.0)
    name = f"race-{abs(hash(str(tmp_path))):x}"
    address = cluster_address(name)
    put(address, Article("old", "Wort"))
    yield address
    with suppress(IndexMissing):
        remove_archive(name)


def test_a_switch_that_was_killed_halfway(address: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """What readers use then is no rebuild: it cannot be given up, runs go into it, and a switch is done to its end."""
    place = shared_place(address)
    place.begin_rebuild()
    put(address, Article("new", "Wort"), rebuild=True)

    def killed(self: ClusterPlace, generation: int) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr(cluster_manifests.Manifests, "end_rebuild", killed)
        with pytest.raises(KeyboardInterrupt):
            place.switch()
    assert found(address) == ["new"]
    with pytest.raises(RebuildMissing):
        place.give_up_rebuild()
    put(address, Article("later", "Wort"))
    assert found(address) == ["later", "new"]
    place.switch()
    assert found(address) == ["later", "new"]
    assert check_archive(address).is_sound
    place.begin_rebuild()
    place.give_up_rebuild()
    assert found(address) == ["later", "new"]


def test_what_is_published_while_another_one_switches(address: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """It is in the manifest that readers use."""
    place, other = shared_place(address), shared_place(address)
    number = place.begin_rebuild()
    use = cluster_manifests.Manifests.use
    done: list[int] = []

    def after_another(self: cluster_manifests.Manifests, *asked: Any) -> bool:
        if not done:
            done.append(number)
            other.keep(number, "other", b"kept")
            other.publish(ENGINE, number, 42)
        return use(self, *asked)

    monkeypatch.setattr(cluster_manifests.Manifests, "use", after_another)
    place.switch()
    manifest = place.manifest()
    assert manifest
    assert (manifest.generation, manifest.articles) == (number, 42)
    assert place.kept(number, "other") == b"kept"
    assert place.being_rebuilt() is None


def test_two_that_begin_a_rebuild_at_once(address: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """One is told so, and the other one's is there."""
    together = threading.Barrier(2)
    next_generation = ClusterPlace.next_generation

    def both(self: ClusterPlace, current: Any) -> int:
        number = next_generation(self, current)
        together.wait(60)
        return number

    monkeypatch.setattr(ClusterPlace, "next_generation", both)
    results: list[object] = []

    def begin() -> None:
        try:
            results.append(shared_place(address).begin_rebuild())
        except RebuildBegun as error:
            results.append(error)

    threads = [threading.Thread(target=begin) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(type(result).__name__ for result in results) == ["RebuildBegun", "int"]
    put(address, Article("new", "Wort"), rebuild=True)
    shared_place(address).switch()
    assert found(address) == ["new"]


def test_a_run_into_an_archive_whose_first_generation_is_begun(address: str) -> None:
    """It is told so, and does not vanish into what nobody sees."""
    other = f"{address.partition('?')[0]}-first"
    shared_place(other).begin_rebuild()
    with pytest.raises(RebuildBegun, match="--switch"):
        put(other, Article("a", "Wort"))
    put(other, Article("b", "Wort"), rebuild=True)
    shared_place(other).switch()
    assert found(other) == ["b"]
    remove_archive(other.rpartition("/")[2])


def test_an_index_of_another_program_with_the_name_of_the_archive(address: str) -> None:
    """Nothing is made, and the error says so."""
    name = f"{address.partition('?')[0].rpartition('/')[2]}-other"
    other = f"{address.partition('?')[0]}-other"
    connection = shared_place(address)._connection
    connection.ask("PUT", f"/{name}", {"settings": {"index": {"number_of_replicas": 0}}})
    try:
        with pytest.raises(IndexIncompatible, match="another program"):
            put(other, Article("a", "Wort"))
        assert list(connection.ask("GET", f"/{name}*")) == [name]
    finally:
        connection.ask("DELETE", f"/{name}")


def test_values_that_another_one_forgets_while_they_are_published(
    address: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What is published is there afterwards, although `delete --forget` removed it before it was named."""
    place = shared_place(address)
    manifest = place.manifest()
    assert manifest
    put_blob = ClusterPlace._put_blob
    forgotten: list[str] = []

    def forgotten_at_once(self: ClusterPlace, content: bytes) -> str:
        sum = put_blob(self, content)
        if not forgotten:
            forgotten.append(sum)
            shared_place(address).purge()
        return sum

    monkeypatch.setattr(ClusterPlace, "_put_blob", forgotten_at_once)
    place.keep(manifest.generation, "other", b"kept")
    place.publish(ENGINE, manifest.generation, 1)
    assert forgotten
    assert shared_place(address).verify().is_sound
    assert place.kept(manifest.generation, "other") == b"kept"


def test_a_value_that_is_kept_again_while_another_one_sweeps(address: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """An old one that nobody named a moment ago is left to who has just kept it again."""
    sweeper, writer = shared_place(address), shared_place(address)
    manifest = writer.manifest()
    assert manifest
    sum = checksum_of_bytes(b"kept")
    writer._state.put_blob(sum, b"kept")
    path = f"/{writer._state.index}/_update/{sum}-000000"
    writer._connection.ask("POST", path, {"doc": {"at": time.time() - 7200}})
    connection = sweeper._connection
    ask = connection.ask
    again: list[str] = []

    def kept_before(method: str, path: str, *asked: Any, **named: Any) -> Any:
        if method == "DELETE" and sum in path and not again:
            again.append(sum)
            writer.keep(manifest.generation, "other", b"kept")
            writer.publish(ENGINE, manifest.generation, 1)
        return ask(method, path, *asked, **named)

    monkeypatch.setattr(connection, "ask", kept_before)
    sweeper.sweep(None)
    assert again
    assert shared_place(address).verify().is_sound


@pytest.mark.parametrize(
    ("kind", "body"), [("text/plain", b"hello"), ("text/html", b"<p>"), ("application/json", b"{}")]
)
def test_a_host_that_is_no_opensearch(kind: str, body: bytes, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The error says that the address is wrong."""
    monkeypatch.setenv("NACHLESE_CACHE", str(tmp_path))

    class Other(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(200)
            self.send_header("Content-Type", kind)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *said: Any) -> None:
            """Say nothing."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Other) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        with pytest.raises(IndexUnreadable, match="no OpenSearch"):
            open_archive(f"opensearch://127.0.0.1:{server.server_port}/news")
        server.shutdown()
