"""The application in front of the sample archive, and those who ask it: a client and a browser."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient
from playwright.sync_api import Browser, BrowserContext, Page
from werkzeug.serving import make_server

from tests.conftest import Once
from tests.pages.sample import build
from tests.pages.watching import watched
from web import create_app


@pytest.fixture(scope="session")
def sample_index(once: Once) -> Path:
    """The directory of the sample archive; tests only read it."""
    return once("sample", build)


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


@pytest.fixture(scope="session")
def address(app: Flask) -> Iterator[str]:
    """The address of a real server in front of the sample archive."""
    server = make_server("127.0.0.1", 0, app, threaded=True)
    answering = threading.Thread(target=server.serve_forever)
    answering.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    answering.join()
    server.server_close()


@pytest.fixture
def context(browser: Browser, address: str) -> Iterator[BrowserContext]:
    """A fresh browser profile that can click and tap."""
    context = browser.new_context(base_url=address, locale="de-DE", has_touch=True)
    context.set_default_timeout(10_000)
    yield context
    context.close()


@pytest.fixture
def page(context: BrowserContext) -> Iterator[Page]:
    """A page about which the browser has nothing to complain, whatever the test does with it."""
    page, complaints = watched(context)
    page.on("dialog", lambda dialog: complaints.append(dialog.message))
    yield page
    assert complaints == []
