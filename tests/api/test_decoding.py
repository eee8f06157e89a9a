"""Addresses are read in the encoding that they come in, whatever their bytes."""

from urllib.parse import quote, urlencode

import pytest
from flask.testing import FlaskClient
from hypothesis import given
from hypothesis import strategies as st

from tests.api.contract import kept
from web.decoding import decoded, decoded_again


@pytest.mark.parametrize(
    ("query", "text"),
    [
        ("q=K%F6ln", "Köln"),
        ("q=K%C3%B6ln", "Köln"),
        ("q=K%25C3%25B6ln", "Köln"),
        ("q=Stra%DFe+in+M%FCnchen", "Straße in München"),
        ("q=%84Mauer%93", "„Mauer“"),
        ("q=Angela%2520Merkel%2520K%25C3%25B6ln", "Angela Merkel Köln"),
        ("q=Angela%2520Merkel", "Angela Merkel"),
        ("q=100%25", "100%"),
        ("q=100%", "100%"),
        ("q=50%2520Euro", "50%20Euro"),
        ("q=100%25+C3%25B6", "100% C3%B6"),
        ("q=a%2Bb", "a+b"),
    ],
)
@pytest.mark.parametrize("path", ["/api/search", "/api/suggest"])
def test_a_query_is_read_in_its_encoding(client: FlaskClient, path: str, query: str, text: str) -> None:
    """UTF-8 and Windows-1252 are read, also if UTF-8 was encoded twice; a percent sign stays one."""
    answer = kept(client.get(f"{path}?{query}"))
    assert (answer["query"]["text"] if path == "/api/search" else answer["query"]) == text


def test_other_parameters_are_decoded_once(client: FlaskClient) -> None:
    """An id may be an address with percent signs of its own."""
    answer = client.get("/api/articles?id=https%3A%2F%2Fexample.org%2FK%25C3%25B6ln").get_json()
    assert "K%C3%B6ln" in answer["detail"]


@given(st.text(st.characters(exclude_categories=["Cs"]), max_size=30))
def test_what_is_encoded_once_or_twice_is_read(text: str) -> None:
    """A text that is encoded once is read as itself, and so is one with a letter beyond ASCII that is encoded twice."""
    assert decoded(urlencode({"": text})[1:].encode()) == text
    assert decoded_again("Käse " + text.replace("%", "")) == "Käse " + text.replace("%", "")
    assert decoded_again(quote("ä" + text)) == "ä" + text


@given(st.binary(max_size=30))
def test_any_bytes_are_read(data: bytes) -> None:
    """Any bytes are read as some text."""
    assert isinstance(decoded_again(decoded(data)), str)
