"""The accessibility statement is one link away from every page, and says whom to tell of barriers."""

from __future__ import annotations

from pathlib import Path

import pytest
from flask.testing import FlaskClient

from tests.pages.markup import read
from tests.pages.test_accessibility import PAGES
from web import create_app
from web.operation.options import Operation


@pytest.mark.parametrize("path", PAGES.values(), ids=PAGES)
def test_each_page_leads_to_the_statement(client: FlaskClient, path: str) -> None:
    """The foot of every page, errors included, has the link."""
    response = client.get(path)
    statement = "/en/barrierefreiheit" if path.startswith("/en/") else "/barrierefreiheit"
    assert statement in read(response, response.status_code).links()


def test_the_statement_says_how_far_and_how_it_was_tested(client: FlaskClient) -> None:
    """It has the parts of the European model, and hides nothing."""
    text = read(client.get("/barrierefreiheit")).text
    for part in ("teilweise vereinbar", "Selbstbewertung vom", "Nicht geprüft", "Barrieren melden", "Durchsetzung"):
        assert part in text


def test_the_operator_says_whom_to_tell(tmp_path: Path) -> None:
    """What the operator has set stands there as links; without it, the page says that there is none."""
    operation = Operation(
        accessibility_contact="mailto:zugang@example.org?subject=Barriere",
        accessibility_enforcement="https://schlichtung.example/",
    )
    page = read(create_app(tmp_path, operation=operation).test_client().get("/barrierefreiheit"))
    assert {"mailto:zugang@example.org?subject=Barriere", "https://schlichtung.example/"} <= set(page.links())
    assert "zugang@example.org" in page.text
    assert "noch nicht genannt" in read(create_app(tmp_path).test_client().get("/barrierefreiheit")).text
