"""A program chooses what an answer has: keys of hits, facets, articles by id; in the address or in a posted form."""

from __future__ import annotations

import json
from importlib import import_module

import pytest
from flask.testing import FlaskClient
from openapi_spec_validator import validate

from search.page import FACETS
from tests.api.contract import DOCUMENT, kept, kept_problem
from tests.pages.sample import ARTICLES, HONEST
from web.decoding import FORM, LARGEST_BODY
from web.hit_fields import HIT_FIELDS

BODIES = {article.id: article.body for article in ARTICLES}


def test_the_document_is_valid() -> None:
    """The description of the API is OpenAPI 3.1."""
    validate(DOCUMENT)


def test_hits_have_the_keys_that_are_asked_for(client: FlaskClient) -> None:
    """With `field` hits have these keys and the id, in their order; without it all but the body."""
    (hit,) = kept(client.get("/api/search?q=Atomprogramm&field=body&field=title"))["hits"]
    assert list(hit) == ["id", "title", "body"]
    assert hit["body"] == HONEST[2].body
    (hit,) = kept(client.get("/api/search?q=Atomprogramm&field="))["hits"]
    assert tuple(hit) == HIT_FIELDS[:-1]


@pytest.mark.parametrize("method", ["GET", "POST"])
def test_full_texts_are_taken_out_at_once(client: FlaskClient, method: str) -> None:
    """Lines of JSON with the key `body` have the whole text of every hit."""
    answer = client.open("/suche.jsonl?size=1000&field=body", method=method)
    assert {hit["id"]: hit["body"] for hit in map(json.loads, answer.text.splitlines())} == BODIES


@pytest.mark.parametrize(
    ("asked", "counted"),
    [
        ("", set(FACETS)),
        ("facet=none", set()),
        ("facet=person&facet=year", {"person", "year"}),
        ("facet=month&facet=none", {"month"}),
    ],
)
def test_facets_can_be_chosen(client: FlaskClient, asked: str, counted: set[str]) -> None:
    """Only the facets that are asked for are counted; all of a page if none is, none for `none`."""
    assert set(kept(client.get(f"/api/search?q=Mauer&{asked}"))["facets"]) == counted


def test_a_facet_has_as_many_values_as_asked(client: FlaskClient) -> None:
    """The size of facets bounds each of them, and the most frequent values are left."""
    page = kept(client.get("/api/search?facet=person&facet_size=1&q=Mauer"))
    assert page["facets"]["person"] == [{"value": "Helmut Kohl", "count": 2}]


def test_months_and_days_make_a_histogram(client: FlaskClient) -> None:
    """Every month and day with articles is counted, newest first; a year alone is in no month."""
    facets = kept(client.get("/api/search?facet=month&facet=day"))["facets"]
    assert [found["value"] for found in facets["month"]] == ["1990-10", "1989-11", "1975-06"]
    assert facets["day"] == [{"value": "1990-10-03", "count": 1}, {"value": "1989-11-10", "count": 1}]


@pytest.mark.parametrize("method", ["get", "post"])
def test_several_articles_are_read_at_once(client: FlaskClient, method: str) -> None:
    """Articles come in the order of their ids, each once; ids that there are not are told."""
    ids = ["wn-123", "nix", "..", "wn-123"]
    answer = (
        client.get("/api/batch", query_string={"id": ids})
        if method == "get"
        else client.post("/api/batch", data={"id": ids})
    )
    found = kept(answer)
    assert [article["id"] for article in found["articles"]] == ["wn-123", ".."]
    assert found["articles"][0] == kept(client.get("/api/articles/wn-123"))
    assert found["missing"] == ["nix"]


def test_a_batch_has_bounds(client: FlaskClient, monkeypatch: pytest.MonkeyPatch) -> None:
    """Articles that are too long together are refused with how many can be had; one alone always can."""
    monkeypatch.setattr(import_module("web.api.routes"), "LARGEST_BATCH", 1)
    assert len(kept(client.get("/api/batch?id=wn-123"))["articles"]) == 1
    problem = kept_problem(client.get("/api/batch?id=wn-123&id=.."), 400)
    assert "ask for the first 1 of them" in problem["detail"]


# Posted forms


def test_a_posted_form_is_the_same_request(client: FlaskClient) -> None:
    """What is posted answers as what stands in the address, with parts in either, and in more bytes than that holds."""
    asked = {"q": "Müller", "facet": "source", "sort": "newest"}
    by_address = kept(client.get("/api/search", query_string=asked))
    by_form = kept(client.post("/api/search?sort=newest", data={"q": "Müller", "facet": "source"}))
    assert by_form["hits"] == by_address["hits"]
    assert by_form["total"] == 1
    many = {"id": [f"{number:060}" for number in range(900)] + ["wn-123"]}
    assert len(kept(client.post("/api/batch", data=many))["articles"]) == 1
    kept_problem(client.get("/api/batch", query_string=many), 414)


@pytest.mark.parametrize(
    ("body", "type", "status"),
    [
        (b'{"q": "Mauer"}', "application/json", 415),
        (b"q=Mauer", "", 415),
        (b"q=" + b"x" * LARGEST_BODY, FORM, 413),
        (b"q=" + b"x" * 1001, FORM, 400),
        (b"", "application/json", 200),
        (b"%", f"{FORM}; charset=utf-8", 400),
        (b"q=%E4pfel", FORM, 200),
    ],
)
def test_other_bodies_are_refused(client: FlaskClient, body: bytes, type: str, status: int) -> None:
    """A body that is no form, or larger than allowed, is refused; without one everything is asked."""
    answer = client.post("/api/search", data=body, content_type=type)
    if status == 200:
        kept(answer)
    else:
        kept_problem(answer, status)
