"""Odd and hostile input: never a 500, never an error for query text, never a broken file."""

from __future__ import annotations

from xml.etree import ElementTree

import pytest
from flask import Flask
from flask.testing import FlaskClient
from hypothesis import given, settings
from hypothesis import strategies as st
from werkzeug.test import create_environ, run_wsgi_app

from tests.api.test_hostile import ODD, QUERIES, UNHURRIED
from tests.torture.query_texts import encoded
from web.files.formats import CITATION_FORMATS, EXPORT_FORMATS

PATHS = (*(f"/suche.{suffix}" for suffix in EXPORT_FORMATS), "/vorschlaege")


@settings(UNHURRIED, max_examples=50)
@given(QUERIES)
def test_no_query_text_is_an_error(app: Flask, text: str) -> None:
    """Any text of up to 1,000 characters is answered by each file and by the suggestions."""
    for path in PATHS:
        response = app.test_client().get(f"{path}?q={encoded(text)}")
        assert response.status_code == 200, response.text
        if response.mimetype.endswith("xml"):
            ElementTree.fromstring(response.data)


@settings(UNHURRIED, max_examples=50)
@given(ODD)
def test_no_id_is_our_mistake(app: Flask, id: str) -> None:
    """Whatever the id, the answer is a reference, 404, or 400 if there is none."""
    for suffix in CITATION_FORMATS:
        assert app.test_client().get(f"/zitat.{suffix}?id={encoded(id)}").status_code in (200, 400, 404)


@pytest.mark.parametrize("host", ["a b", "[", "x" * 300, "evil.example:99999", ""])
def test_odd_host_headers_are_not_our_mistake(client: FlaskClient, host: str) -> None:
    """A host header that is no host does not end in a 500, though the files name their own address."""
    for path in (*PATHS, "/opensearch.xml", "/zitat.ris?id=wn-123"):
        assert client.get(path, headers={"Host": host}).status_code < 500


LABELS = st.one_of(
    st.from_regex(r"(?:xn--|XN--)[A-Za-z0-9-]{0,12}", fullmatch=True),
    st.from_regex(r"[a-z0-9_.-]{0,9}", fullmatch=True),
)


def asked_at(app: Flask, host: str, path: str) -> tuple[int, str]:
    """Status and text of an answer; Flask's client fails itself at hosts that cannot be decoded."""
    parts, status, _ = run_wsgi_app(app, create_environ(path, headers={"Host": host}))
    return int(status[:3]), b"".join(parts).decode()


@settings(UNHURRIED)
@given(st.lists(LABELS, min_size=1, max_size=4))
def test_no_host_is_our_mistake(app: Flask, labels: list[str]) -> None:
    """Whatever the labels of a host, in Punycode or not, what names its own address is made of it or refused."""
    for path in ("/opensearch.xml", "/suche?q=Mauer"):
        assert asked_at(app, ".".join(labels), path)[0] in (200, 400)


@pytest.mark.parametrize("host", ["xn--mnchen-3ya.de", "xn--strae-oqa.de:8000"])
def test_addresses_have_the_host_that_was_asked(app: Flask, host: str) -> None:
    """A name with letters beyond ASCII stays as it was sent, as the address of a file must be a URI."""
    assert f"http://{host}/" in asked_at(app, host, "/opensearch.xml")[1]
