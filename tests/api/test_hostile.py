"""Odd and hostile input: never a 500, never an error for query text."""

from __future__ import annotations

import base64
import json

import pytest
from flask import Flask
from flask.testing import FlaskClient
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.api.contract import kept
from tests.torture.query_texts import SIGNS, WORDS, encoded

ODD = st.text(alphabet=st.one_of(st.sampled_from(SIGNS), st.characters()))
WORD = st.sampled_from(WORDS)
QUERIES = st.one_of(ODD, st.lists(st.one_of(WORD, ODD), max_size=12).map(" ".join)).filter(
    lambda text: len(text) <= 1000
)
UNHURRIED = settings(
    deadline=None, max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)


@UNHURRIED
@given(QUERIES)
def test_no_query_text_is_an_error(app: Flask, text: str) -> None:
    """Any text of up to 1,000 characters is answered by the API with 200 and the promised shape."""
    response = app.test_client().get(f"/api/search?q={encoded(text)}")
    assert response.status_code == 200, response.text
    kept(response)


@UNHURRIED
@given(QUERIES)
def test_no_query_text_breaks_a_page(app: Flask, text: str) -> None:
    """Any text of up to 1,000 characters yields pages of results, values, an article and names, and suggestions."""
    for path in (
        "/suche?q=",
        "/suche/personen?q=",
        "/artikel/wn-123?q=",
        "/namen?prefix=",
        "/api/suggest?q=",
        "/api/entities?prefix=",
        "/api/articles/wn-123?q=",
    ):
        response = app.test_client().get(path + encoded(text))
        assert response.status_code == 200, response.text


@UNHURRIED
@given(st.dictionaries(st.sampled_from(["person", "source", "from", "to", "sort", "size", "cursor", "x"]), ODD))
def test_no_parameter_is_our_mistake(app: Flask, parameters: dict[str, str]) -> None:
    """Whatever the values, the API answers 200 or 400 and the page 200."""
    query = "&".join(f"{name}={encoded(value)}" for name, value in parameters.items())
    assert app.test_client().get(f"/api/search?{query}").status_code in (200, 400)
    assert app.test_client().get(f"/suche?{query}").status_code == 200


@pytest.mark.parametrize("sort", ["relevance", "newest", "oldest"])
@pytest.mark.parametrize(("place", "value"), [(5, 999_999_999), (5, 10**30), (4, "\ud800"), (2, float("nan")), (3, -1)])
def test_a_changed_cursor_is_refused(client: FlaskClient, sort: str, place: int, value: object) -> None:
    """A cursor with a number beyond the list, or with what no cursor has, is 400 for programs, in files too."""
    row = json.loads(decoded(kept(client.get(f"/api/search?size=2&sort={sort}"))["next"]))
    row[place] = value
    cursor = base64.urlsafe_b64encode(json.dumps(row).encode()).decode().rstrip("=")
    for path in ("/api/search", "/suche.csv", "/suche.jsonl"):
        assert client.get(f"{path}?size=2&sort={sort}&cursor={cursor}").status_code == 400, path
    assert client.get(f"/suche?size=2&sort={sort}&cursor={cursor}").status_code == 200


def decoded(cursor: str) -> bytes:
    return base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4))


@UNHURRIED
@given(ODD)
def test_no_id_is_our_mistake(app: Flask, id: str) -> None:
    """Whatever the id, the answer is the article or 404, and without an id 400 or 404."""
    for path in ("/api/articles/", "/artikel/", "/api/articles?id=", "/artikel?id="):
        assert app.test_client().get(path + encoded(id)).status_code in (200, 400, 404)


@UNHURRIED
@given(ODD)
def test_no_name_is_our_mistake(app: Flask, name: str) -> None:
    """Whatever the name, the answer is its page or 404."""
    for path in ("/person/", "/ort/", "/organisation?name="):
        assert app.test_client().get(path + encoded(name)).status_code in (200, 404)


@pytest.mark.parametrize(
    "path", ["/api/search?%FF=%FE", "/api/search?&&&=&", "/api/articles/%FF", "/api/articles/%00", "/api/%F0%28"]
)
def test_bytes_that_are_not_text_are_refused_calmly(client: FlaskClient, path: str) -> None:
    """Addresses that are not UTF-8 or not well-formed get an ordinary answer."""
    assert client.get(path).status_code in (200, 400, 404)


@pytest.mark.parametrize("host", ["a b", "[", "x" * 300, "evil.example:99999", ""])
def test_odd_host_headers_are_not_our_mistake(client: FlaskClient, host: str) -> None:
    """A host header that is no host does not end in a 500."""
    assert client.get("/suche?q=Mauer", headers={"Host": host}).status_code < 500
