"""The same application as for the pages, and one in front of articles that want out of their file."""

from __future__ import annotations

from pathlib import Path

import pytest
from flask.testing import FlaskClient

from search import write_archive
from tests.files.sample import MANY, WICKED
from tests.pages.conftest import app, bare_client, client, sample_index
from web import create_app

__all__ = ["app", "bare_client", "client", "many_client", "sample_index", "wicked_client"]


@pytest.fixture(scope="session")
def wicked_client(tmp_path_factory: pytest.TempPathFactory) -> FlaskClient:
    """A client for the archive of WICKED."""
    index = tmp_path_factory.mktemp("wicked") / "index"
    with write_archive(index, engine="whoosh") as writer:
        for article in WICKED:
            writer.put(article)
    return create_app(index).test_client()


@pytest.fixture(scope="session")
def many_client(tmp_path_factory: pytest.TempPathFactory) -> FlaskClient:
    """A client for the archive of MANY."""
    index: Path = tmp_path_factory.mktemp("many") / "index"
    with write_archive(index, engine="whoosh") as writer:
        for article in MANY:
            writer.put(article)
    return create_app(index).test_client()
