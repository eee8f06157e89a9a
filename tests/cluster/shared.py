"""The OpenSearch that all processes share which run tests; it is gone when they are."""

from __future__ import annotations

import os
from typing import NoReturn

import pytest

from tests.cluster import server
from tests.cluster.java import Missing


def begin(nodes: int) -> None:
    """Start so many nodes in the background, unless another process of this run did."""
    server.begin(server.folder_for(nodes, _this_run()), nodes, _this_run())


def cluster_of(nodes: int) -> server.Cluster:
    """So many nodes, once they run; without Java or mvn the test is skipped, but fails where CI promises them."""
    begin(nodes)
    try:
        return server.ready(server.folder_for(nodes, _this_run()))
    except Missing as error:
        without(f"no OpenSearch: {error}")


def _this_run() -> int:
    """The process that stands for all that run tests."""
    return os.getppid() if "PYTEST_XDIST_WORKER" in os.environ else os.getpid()


def without(reason: str) -> NoReturn:
    """Skip a test for what this machine lacks; where CI promises it, fail."""
    (pytest.fail if os.environ.get("CI") else pytest.skip)(reason)
