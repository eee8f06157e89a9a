"""The application in front of the sample archive, and a client for it."""

from __future__ import annotations

from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient

from tests.pages.sample import build
from web import create_app


@pytest.fixture(scope="session")
def sample_index(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The directory of the sample archive; tests only read it."""
    return build(tmp_path_factory.mktemp("sample") / "index")


@pytest.fixture(scope="session")
def app(sample_index: Path) -> Flask:
    """The application in front of the sample archive."""
    return create_app(sample_index)


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    """A client that asks the application directly."""
    return app.test_client()


@pytest.fixture
def bare_client(tmp_path: Path) -> FlaskClient:
    """A client of an application whose index does not exist yet."""
    return create_app(tmp_path / "nothing").test_client()
