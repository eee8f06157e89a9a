"""The sample archive of the pages, and an index that a test may write to."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from search import Article, write_archive
from tests.pages.conftest import app, client, sample_index
from tests.server.serving import Server, started

__all__ = ["app", "client", "sample_index"]


@pytest.fixture
def own_index(tmp_path: Path) -> Path:
    """An index of one article that the test may add to."""
    with write_archive(tmp_path / "index") as writer:
        writer.put(Article("1", "Gipfel"))
    return tmp_path / "index"


@pytest.fixture(scope="session")
def server(sample_index: Path) -> Iterator[Server]:
    """A server in front of the sample archive, for tests that leave it as it is."""
    with started(sample_index, "--workers", "2") as running:
        yield running
