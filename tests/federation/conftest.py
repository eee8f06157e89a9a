"""Two archives as one, as a library, an application and a command."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient

from search import Archive, open_archive
from tests.conftest import Once
from tests.federation.sample import ARCHIVES, build
from web import create_app


@pytest.fixture(scope="session")
def folder(once: Once) -> Path:
    """The folder with the archives; tests only read it."""
    return once("archives", build)


@pytest.fixture(scope="session")
def addresses(folder: Path) -> tuple[str, ...]:
    """Where the archives are that are asked as one."""
    return tuple(str(folder / name) for name in ARCHIVES)


@pytest.fixture
def several(addresses: tuple[str, ...]) -> Iterator[Archive]:
    """The archives as one."""
    with open_archive(*addresses) as archive:
        yield archive


@pytest.fixture
def one(folder: Path) -> Iterator[Archive]:
    """The archive with all of their articles."""
    with open_archive(folder / "one") as archive:
        yield archive


@pytest.fixture(scope="session")
def app(addresses: tuple[str, ...]) -> Flask:
    """The application in front of the archives."""
    return create_app(addresses)


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    """A client that asks the application directly."""
    return app.test_client()
