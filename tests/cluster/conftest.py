"""Three nodes for the tests of faults, and archives in them."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from pathlib import Path
from uuid import uuid4

import pytest
from filelock import FileLock

from search.store.copying import copy_archive
from tests.cluster.server import Cluster
from tests.cluster.shared import cluster_of

PATIENCE = 120.0  # seconds until the cluster has looked at its disks again

Archives = Callable[[str], str]


@pytest.fixture
def three() -> Iterator[Cluster]:
    """Three nodes for this test alone, all well in the beginning, whatever became of them in the test before."""
    cluster = cluster_of(3)
    with FileLock(cluster.folder / "in-use.lock"):
        cluster.start()
        until_open(cluster)
        yield cluster
        cluster.start()
        # That no indexes are made is such a setting, too.
        cluster.nodes[0].ask("/_cluster/settings", "PUT", {"transient": {"*": None}, "persistent": {"*": None}})
        cluster.nodes[0].ask("/faults*", "DELETE")


def until_open(cluster: Cluster) -> None:
    """Wait until the cluster makes indexes, which it does not for some time after its disks were full."""
    end = time.monotonic() + PATIENCE
    while "error" in cluster.nodes[0].ask("/faults-open", "PUT"):
        assert time.monotonic() < end, "The cluster makes no indexes"
        time.sleep(0.5)
    cluster.nodes[0].ask("/faults-open", "DELETE")


@pytest.fixture
def filled(
    three: Cluster, seeds_index: Callable[[str], Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Archives:
    """Makes an archive of seeds/ in the cluster, with three shards and options such as `replicas=1`; its address."""
    monkeypatch.setenv("NACHLESE_CACHE", str(tmp_path / "cache"))

    def fill(options: str) -> str:
        address = f"opensearch://{three.hosts}/faults-{uuid4().hex[:8]}?shards=3&{options}"
        copy_archive(seeds_index("tantivy"), address)
        three.wait_until_green()
        return address

    return fill
