"""Queries written for the reader find what the boxes say, whatever is typed into them."""

from __future__ import annotations

from urllib.parse import parse_qsl, urlsplit

import pytest
from flask.testing import FlaskClient
from hypothesis import given
from hypothesis import strategies as st

from search.query.parser import parse
from tests.pages.markup import read, title
from web.pages.writing import FIELD_BOXES, PLACES, WORD_BOXES, filled_in, within, written

NAMES = [box.name for box in (*WORD_BOXES, *FIELD_BOXES)]


@pytest.mark.parametrize(
    ("form", "query"),
    [
        ({"alle": "Mauer Berlin"}, "Mauer UND Berlin"),
        ({"folge": 'die "Berliner Mauer"'}, '"die Berliner Mauer"'),
        ({"eines": "Bonn Berlin"}, "(Bonn ODER Berlin)"),
        ({"eines": "Bonn"}, "Bonn"),
        ({"alle": "Wahl", "keines": "Sport -Fußball"}, "Wahl -Sport -Fußball"),
        ({"alle": "Mauer", "eines": "Bonn Berlin", "stelle": "titel"}, "titel:Mauer UND titel:(Bonn ODER Berlin)"),
        ({"feld_person": "Helmut Kohl", "feld_ort": "Bonn", "feld_quelle": "Die Zeit"},
         'person:"Helmut Kohl" UND ort:Bonn UND quelle:"Die Zeit"'),
        ({"alle": "Hund UND Katze"}, "Hund UND Katze"),
        ({"alle": "Merkel UND", "stelle": "titel"}, "titel:Merkel"),
        ({"alle": "M?ller Ukrain* Selenskij~"}, "M?ller UND Ukrain* UND Selenskij~"),
        ({"stelle": "nirgends", "alle": "Mauer"}, "Mauer"),
        ({"keines": "Sport"}, "-Sport"),
        ({}, ""),
    ],
)  # fmt: skip
def test_boxes_become_a_query(form: dict[str, str], query: str) -> None:
    """Each box becomes its part of the query, which stands in the search box afterwards."""
    assert written(form) == query
    assert parse(query).notices == ()


@given(
    st.dictionaries(st.sampled_from(NAMES), st.text(st.sampled_from("aBü 1\"'()[]:-+=~,;„“|&"), max_size=12)),
    st.sampled_from([*PLACES, "x"]),
)
def test_nothing_typed_into_a_box_is_syntax(form: dict[str, str], place: str) -> None:
    """Brackets, quotes, colons and signs are no part of the query that is written: all of it is understood."""
    codes = {code for code, _ in parse(written(form | {"stelle": place})).notices}
    assert codes <= {"no_words", "short_wildcard", "wildcards", "too_many_errors"}


@pytest.mark.parametrize(
    ("text", "more", "query"),
    [
        ("Mauer", "Berlin", "Mauer UND Berlin"),
        ("Mauer ODER Wahl", "Berlin", "(Mauer ODER Wahl) UND Berlin"),
        ('"Berliner Mauer"', "Kohl Krenz", '("Berliner Mauer") UND (Kohl Krenz)'),
        ("", "Berlin", "Berlin"),
        ("Wahl -Sport", " =Kohl ", "(Wahl -Sport) UND (=Kohl)"),
    ],
)
def test_a_query_within_hits_asks_for_both(text: str, more: str, query: str) -> None:
    """Both queries hold, each as it was."""
    assert within(text, more) == query
    assert parse(query).notices == ()


@pytest.mark.parametrize(
    ("text", "more", "query"),
    [
        ('"Berliner Mauer', "Kohl", '("Berliner Mauer") UND Kohl'),
        ("„Mauer", "Kohl", '(„Mauer") UND Kohl'),
        ("Mauer", "(Kohl", "Mauer UND ((Kohl))"),
        ("Mauer) ODER (Wahl", "Kohl", "(Mauer ODER (Wahl)) UND Kohl"),
        ('"Mauer (Berlin', "Kohl)", '("Mauer (Berlin") UND Kohl'),
    ],
)
def test_what_is_left_open_does_not_reach_into_the_other_query(text: str, more: str, query: str) -> None:
    """Quotes and parentheses without a counterpart are read as by a search, and both queries stay apart."""
    assert within(text, more) == query
    assert parse(query).notices == ()


@given(*[st.text(st.sampled_from('ab "„“()-'), max_size=12)] * 2)
def test_queries_within_hits_are_closed(text: str, more: str) -> None:
    """However the two queries are written, nothing of the one written of them is without its counterpart."""
    codes = {code for code, _ in parse(within(text, more)).notices}
    assert not codes & {"quote", "parenthesis"}


def test_the_form_leads_to_the_search_that_it_writes(client: FlaskClient) -> None:
    """What is filled in is the query of the result page, with dates, exactness and order as its parameters."""
    form = {
        "alle": "Mauer",
        "folge": "",
        "feld_person": "Helmut Kohl",
        "match": "forms",
        "from": "1990",
        "to": "",
        "sort": "newest",
    }
    answer = client.get("/suche/erweitert", query_string=form)
    assert answer.status_code == 302
    asked = dict(parse_qsl(urlsplit(answer.location).query))
    assert asked == {"q": 'Mauer UND person:"Helmut Kohl"', "match": "forms", "from": "1990", "sort": "newest"}
    assert "1 Treffer" in title(read(client.get(answer.location)))


@pytest.mark.parametrize(
    ("query", "boxes"),
    [
        ("Mauer Berlin", {"alle": "Mauer Berlin"}),
        ("M?ller Ukrain*", {"alle": "M?ller Ukrain*"}),
        ("Mauer ODER Wahl", {"q": "Mauer ODER Wahl"}),
        ("Wahl -Sport", {"q": "Wahl -Sport"}),
        ('titel:"die Mauer"', {"q": 'titel:"die Mauer"'}),
        ("Wort " * 60, {"q": "Wort " * 60}),
    ],
)
def test_a_search_stands_in_the_form(query: str, boxes: dict[str, str]) -> None:
    """Plain words stand in their box, any other query in its own, and sent as it is the form asks the same."""
    assert filled_in(query) == boxes
    asked = " UND ".join(query.split()) if "alle" in boxes else query
    assert parse(written(boxes)) == parse(asked)


def test_the_form_goes_on_with_a_search(client: FlaskClient) -> None:
    """From the results it has their query, filters, time and order; what else is typed is asked besides."""
    search = {"q": "Mauer ODER Wahl", "place": "Berlin", "from": "1989", "sort": "oldest", "collapse": "1"}
    (link,) = (href for href in read(client.get("/suche", query_string=search)).links() if "erweitert" in href)
    fields = read(client.get(link)).all("input")
    sent = [
        (tag["name"], tag.get("value", ""))
        for tag in fields
        if tag.get("type") not in ("radio", "checkbox") or "checked" in tag
    ]
    assert {"place", "collapse", "sort"} <= {*dict(sent)}
    assert dict(sent)["q"] == search["q"]
    answer = client.get("/suche/erweitert", query_string=dict(sent) | {"feld_person": "Kohl"})
    asked = dict(parse_qsl(urlsplit(answer.location).query))
    assert asked == search | {"q": "(Mauer ODER Wahl) UND (person:Kohl)", "match": "all"}


def test_hits_can_be_searched_further(client: FlaskClient) -> None:
    """The box beside the hits keeps filters and finds fewer of them; a relaxed query counts as it was understood."""
    relaxed = read(client.get("/suche?q=Mauer+Niemals")).all("input")
    assert {"type": "hidden", "name": "q", "value": "Mauer ODER Niemals"} in relaxed
    assert not any(tag.get("id") == "within" for tag in read(client.get("/suche?q=Atomprogramm")).all("input"))
    page = read(client.get("/suche?q=Mauer&place=Berlin"))
    fields = [(tag["name"], tag.get("value", "")) for tag in page.all("input") if tag.get("type") == "hidden"]
    assert ("q", "Mauer") in fields
    answer = client.get("/suche?q=Mauer&place=Berlin&within=Reichstag")
    assert answer.location == "/suche?q=Mauer+UND+Reichstag&place=Berlin"
    assert "1 Treffer" in title(read(client.get(answer.location)))


@pytest.mark.parametrize(
    "address",
    [f"/suche/erweitert?alle={'Wort+' * 2000}", f"/suche?q=Mauer&within={'(' * 9000}"],
    ids=["form", "within"],
)
def test_what_is_written_too_long_is_explained(client: FlaskClient, address: str) -> None:
    """A query that is too long is told at once: no address is made of it that servers and proxies refuse."""
    answer = client.get(address)
    assert answer.status_code == 400
    assert "Diese Suche ist zu lang" in answer.text
