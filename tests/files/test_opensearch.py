"""A browser can add the archive as a search engine, and gets suggestions from it."""

from __future__ import annotations

from xml.etree import ElementTree

import pytest
from flask.testing import FlaskClient

from tests.api.contract import kept, kept_problem
from tests.files.reading import text_of

NAMESPACE = "{http://a9.com/-/spec/opensearch/1.1/}"


def description(client: FlaskClient) -> ElementTree.Element:
    """The description document."""
    response = client.get("/opensearch.xml")
    assert response.mimetype == "application/opensearchdescription+xml"
    return ElementTree.fromstring(text_of(response))


def test_description_keeps_the_rules(client: FlaskClient) -> None:
    """The required elements are there, in the lengths that OpenSearch 1.1 allows."""
    root = description(client)
    assert root.tag == f"{NAMESPACE}OpenSearchDescription"
    assert root.findtext(f"{NAMESPACE}ShortName") == "Nachlese"
    assert 0 < len(root.findtext(f"{NAMESPACE}Description") or "") <= 1024
    assert 0 < len(root.findtext(f"{NAMESPACE}LongName") or "") <= 48
    assert (root.findtext(f"{NAMESPACE}Language"), root.findtext(f"{NAMESPACE}InputEncoding")) == ("de", "UTF-8")


def test_every_address_of_the_description_works(client: FlaskClient) -> None:
    """With words filled in, each address answers in its media type; so does that of the image."""
    for url in description(client).findall(f"{NAMESPACE}Url"):
        response = client.get(url.attrib["template"].replace("{searchTerms}", "Berliner%20Mauer"))
        assert response.status_code == 200
        assert response.mimetype == url.attrib["type"]
    image = description(client).find(f"{NAMESPACE}Image")
    assert image is not None
    with client.get(image.text or "") as answer:
        assert answer.mimetype == image.attrib["type"] == "image/svg+xml"


def test_suggestions_have_the_form_that_browsers_want(client: FlaskClient) -> None:
    """The text, its completions, and of each a description and an address that answers."""
    text, completions, descriptions, addresses = kept(client.get("/vorschlaege?q=Ber"))
    assert text == "Ber"
    assert len(completions) == len(descriptions) == len(addresses) > 0
    assert completions[0] == "Berlin"
    assert descriptions[0] == "Ort · 2 Artikel"
    assert addresses[0] == "http://localhost/ort/Berlin"
    assert all(client.get(address).status_code == 200 for address in addresses)


def test_suggestions_are_those_of_the_api_each_text_once(client: FlaskClient) -> None:
    """Browsers get the texts of the API's suggestions in their order, none twice."""
    suggested = [suggestion["text"] for suggestion in kept(client.get("/api/suggest?q=Ber"))["suggestions"]]
    assert kept(client.get("/vorschlaege?q=Ber"))[1] == list(dict.fromkeys(suggested))


def test_titles_lead_to_their_articles(client: FlaskClient) -> None:
    """A suggested title has the address of its article."""
    _, completions, descriptions, addresses = kept(client.get("/vorschlaege?q=Einheit"))
    place = completions.index("Einheit in Berlin gefeiert")
    assert (descriptions[place], addresses[place]) == ("Artikel", "http://localhost/artikel/wn-123")


@pytest.mark.parametrize("query", ["", "?q=", "?q=%20", "?q=gibtesnicht", "?q=%FF", "?q=%22%3C%3E"])
def test_nothing_to_suggest_is_no_error(client: FlaskClient, query: str) -> None:
    """Where nothing goes on, the lists are empty."""
    assert kept(client.get(f"/vorschlaege{query}"))[1:] == [[], [], []]


def test_unknown_parameters_are_problems(client: FlaskClient) -> None:
    """The suggestions take `q` and nothing else."""
    assert kept_problem(client.get("/vorschlaege?prefix=x"), 400)["parameter"] == "prefix"
