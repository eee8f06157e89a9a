"""What if nodes die, stop or are full? Nothing is lost, nobody is told too few hits, and who waits is told why."""

from __future__ import annotations

import signal
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from threading import Event

import pytest

from search import Archive, Article, Request, open_archive, write_archive
from search.deadline import deadline
from search.engines.opensearch import connection
from search.errors import ClusterUnavailable, IndexUnwritable, TooExpensive
from tests.cluster.conftest import Archives
from tests.cluster.server import Cluster, Node
from web import create_app

pytestmark = pytest.mark.cluster

QUERIES = ("Mauer", '"Helmut Kohl"', "Bundestag -Berlin", "*straße", "Berlin")
ARTICLES, BLOCK = 300, 100
PATIENCE = 60.0  # seconds until what is to come has come

Answers = list[tuple[int, set[str]]]


def answers(archive: Archive) -> Answers:
    """What an archive finds: total and ids of each query, in no order, as what is written meanwhile changes scores."""
    pages = [archive.search(Request(text, size=100)) for text in QUERIES]
    return [(page.total, {hit.id for hit in page.hits}) for page in pages]


def written(address: str) -> int:
    """How many of the articles of `write` are found."""
    with open_archive(address) as archive:
        return archive.search(Request("Störfallwort", size=0)).total


def write(address: str, committed: Event) -> None:
    """Write articles block by block; the first one is told."""
    with write_archive(address) as writer:
        for number in range(ARTICLES):
            writer.put(Article(f"fault-{number}", f"Störfallwort {number}"))
            if number % BLOCK == BLOCK - 1:
                writer.checkpoint()
                committed.set()


def answered(archive: Archive) -> Answers | None:
    """What an archive finds; None if it says that the cluster is not whole."""
    try:
        return answers(archive)
    except ClusterUnavailable:
        return None


def until_answered(archive: Archive, right: Answers) -> None:
    """Ask until the answer is the right one; until then there must be none."""
    end = time.monotonic() + PATIENCE
    while (found := answered(archive)) != right:
        assert found is None
        assert time.monotonic() < end
        time.sleep(0.2)


@contextmanager
def asleep(node: Node) -> Iterator[None]:
    """A node that does not answer and is not gone, as a machine with a broken disk."""
    node.signal(signal.SIGSTOP)
    yield
    node.signal(signal.SIGCONT)


@pytest.mark.parametrize("manages", [False, True], ids=["data-node", "manager"])
def test_a_node_dies_while_others_write_and_search(three: Cluster, filled: Archives, manages: bool) -> None:
    """With replicas: no answer is wrong, the writer goes on, and all that it wrote is there. Without: no answer."""
    address, bare = filled("replicas=1"), filled("replicas=0")
    manager = three.manager()
    victim = next(node for node in three.nodes if (node == manager) is manages)
    committed = Event()
    with open_archive(address) as archive, open_archive(bare) as partial, ThreadPoolExecutor() as threads:
        right = answers(archive)
        assert answers(partial) == right
        writing = threads.submit(write, address, committed)
        assert committed.wait(PATIENCE)
        victim.kill()
        while not writing.done():
            assert answered(archive) in (right, None)
        writing.result()
        until_answered(archive, right)
        assert answered(partial) is None
        with pytest.raises(ClusterUnavailable), open_archive(bare) as fresh:
            answers(fresh)
    assert written(address) == ARTICLES
    three.start()
    assert written(address) == ARTICLES
    with open_archive(address) as archive, open_archive(bare) as whole:
        assert answers(archive) == answers(whole) == right


@pytest.fixture
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    """Writers give up soon, not after a minute."""
    monkeypatch.setattr(connection, "WAITS", (0.1,))


@pytest.mark.usefixtures("impatient")
def test_all_nodes_are_gone_one_after_the_other(three: Cluster, filled: Archives) -> None:
    """One node alone takes no writes, and answers rightly or not at all; once all are back nothing is lost."""
    address = filled("replicas=1")
    write(address, Event())
    client = create_app(address).test_client()
    with open_archive(address) as archive:
        right = answers(archive)
        manager = three.manager()
        last = next(node for node in three.nodes if node != manager)
        for node in three.nodes:
            if node != last:
                node.kill()
        assert answered(archive) in (right, None)
        with pytest.raises(ClusterUnavailable):
            write(address, Event())
        last.kill()
        assert answered(archive) is None
        told = client.get("/api/search?q=Mauer")
        assert (told.status_code, told.mimetype) == (503, "application/problem+json")
        assert "cluster" in told.json["detail"]
        assert client.get("/readyz").status_code == 503
        three.start()
        until_answered(archive, right)
    assert client.get("/api/search?q=Mauer").json["total"] == right[0][0]
    assert written(address) == ARTICLES


def test_a_node_that_does_not_answer_is_not_waited_for(three: Cluster, filled: Archives) -> None:
    """Whoever has a deadline gets the answer or is told in time; when the node is back, all is as before."""
    address = filled("replicas=1")
    victim = next(node for node in three.nodes if node != three.manager())
    with open_archive(address) as archive:
        right = answers(archive)
        with asleep(victim):
            for _ in range(5):
                began = time.monotonic()
                try:
                    with deadline(2.0):
                        assert answers(archive) == right
                except (ClusterUnavailable, TooExpensive):
                    assert time.monotonic() - began < PATIENCE / 4
        three.wait_until_green()
        until_answered(archive, right)


@pytest.mark.usefixtures("impatient")
def test_full_disks_stop_writers_only(three: Cluster, filled: Archives) -> None:
    """Where no room is left, indexing ends with a sentence and searching goes on; with room it can be done again."""
    address = filled("replicas=1")
    with open_archive(address) as archive:
        right = answers(archive)
        require_free(three, "900tb")
        until_blocked(three, address, True)
        assert "Make room on its disks" in until_refused(address)
        assert answers(archive) == right
        require_free(three, "1mb")
        until_blocked(three, address, False)
        write(address, Event())
        assert answers(archive) == right
    assert written(address) == ARTICLES


def until_refused(address: str) -> str:
    """Write until the cluster takes nothing more; what is said then. It looks at its disks now and then only."""
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end:
        try:
            with write_archive(address) as writer:
                writer.put(Article(f"full-{time.monotonic()}", "Ein Wort zu viel"))
        except IndexUnwritable as error:
            return str(error)
    raise AssertionError("The cluster took everything")


def require_free(cluster: Cluster, room: str) -> None:
    """Have the cluster take nothing for a node with less room than this on its disk."""
    levels = {f"cluster.routing.allocation.disk.watermark.{level}": room for level in ("low", "high", "flood_stage")}
    looking = {"cluster.routing.allocation.disk.threshold_enabled": "true", "cluster.info.update.interval": "10s"}
    cluster.nodes[0].ask("/_cluster/settings", "PUT", {"transient": levels | looking})


def until_blocked(cluster: Cluster, address: str, blocked: bool) -> None:
    """Wait until the cluster takes nothing more for an archive, or does again."""
    name = address.rpartition("/")[2].partition("?")[0]
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end:
        found = cluster.nodes[0].ask(f"/{name}.g*/_settings/index.blocks*?flat_settings=true")
        blocks = [one["settings"].get("index.blocks.read_only_allow_delete") == "true" for one in found.values()]
        if (all if blocked else any)(blocks) is blocked:
            return
        time.sleep(0.2)
    raise AssertionError(f"The cluster should {'' if blocked else 'not '}be full")
