"""The API and the files about many articles at once: their shape, and which parameters they take."""

from __future__ import annotations

import csv
import io
import json

import pytest
from flask import Flask
from flask.testing import FlaskClient
from hypothesis import given
from hypothesis import strategies as st

from tests.api.contract import DOCUMENT_OF_SEVERAL, kept, kept_problem, valid
from tests.api.test_hostile import ODD, QUERIES, UNHURRIED
from tests.torture.query_texts import encoded
from web.studies import COMPARED_PARAMETERS, CURVE_PARAMETERS, LINE_PARAMETERS, STUDY_PARAMETERS

ANSWERS = (
    "/api/curves",
    "/api/curves?q=Mauer&q=Berlin&unit=year&from=1980",
    "/api/curves?q=Mauer&by=source&source=Abendblatt&source=Morgenpost",
    "/api/curves?place=Berlin&from=1800&to=1801",
    "/api/curves?q=Mauer&unit=year&collapse=1",
    "/api/concordance?q=Mauer&order=left&window=3&size=1",
    "/api/concordance?q=Mauer&match=exact&place=Berlin",
    "/api/concordance",
    "/api/typical?q=Mauer",
    "/api/typical",
    "/api/compare?q=Mauer&other_q=Einheit&other_from=1990",
    "/api/compare",
)


@pytest.mark.parametrize("path", ANSWERS)
def test_answers_keep_the_promised_shape(client: FlaskClient, path: str) -> None:
    """Every answer is as the document says."""
    response = client.get(path)
    assert response.status_code == 200
    kept(response)


def test_what_is_cut_short_says_so(client: FlaskClient, monkeypatch: pytest.MonkeyPatch) -> None:
    """Programs are told by a value, those who save a table by its name."""
    assert not kept(client.get("/api/concordance?q=Mauer"))["cut_short"]
    assert "stichprobe" not in client.get("/konkordanz.csv?q=Mauer").headers["Content-Disposition"]
    monkeypatch.setattr("search.corpus.concordance.time_is_short", lambda _: True)
    assert kept(client.get("/api/concordance?q=Mauer"))["cut_short"]
    assert "stichprobe" in client.get("/konkordanz.csv?q=Mauer").headers["Content-Disposition"]


def test_the_lines_are_those_that_are_asked_for(client: FlaskClient) -> None:
    """`places` counts all lines, `lines` has as many as are asked for, marked where the word stands."""
    answer = kept(client.get("/api/concordance?q=Mauer&size=2"))
    assert (answer["total"], answer["read"], len(answer["lines"])) == (2, 2, 2)
    assert answer["places"] > 2
    line = answer["lines"][0]
    assert "mauer" in line["match"][slice(*line["mark"])].lower()


def test_documented_parameters_are_the_accepted_ones() -> None:
    """The document names exactly the parameters that each path takes."""
    for path, known in (
        ("/api/curves", CURVE_PARAMETERS), ("/kurven.csv", CURVE_PARAMETERS), ("/api/typical", STUDY_PARAMETERS),
        ("/api/concordance", (*LINE_PARAMETERS, "size")), ("/konkordanz.csv", (*LINE_PARAMETERS, "size")),
        ("/kollokationen.csv", LINE_PARAMETERS), ("/typisch.csv", STUDY_PARAMETERS), ("/beleg.json", STUDY_PARAMETERS),
        ("/api/compare", COMPARED_PARAMETERS),
    ):  # fmt: skip
        documented = [parameter["name"] for parameter in DOCUMENT_OF_SEVERAL["paths"][path]["get"]["parameters"]]
        assert sorted(documented) == sorted(known), path


UNUSABLE = (
    ("/api/curves?by=person", "by", "source, section"),
    ("/api/curves?q=a&q=b&by=source", "by", "once"),
    ("/api/curves?unit=week", "unit", "decade, year, month, day"),
    ("/api/curves?collapse=ja", "collapse", "0 or 1"),
    ("/api/curves?q=Mauer&unit=day", "unit", "longer unit"),
    ("/api/curves?" + "&".join(f"q={n}" for n in range(7)), "q", "6"),
    ("/api/curves?by=source&" + "&".join(f"source={n}" for n in range(7)), "source", "at most 6"),
    ("/api/curves?q=" + "x" * 1001, "q", "1000"),
    ("/api/curves?sort=newest", "sort", "q, person"),
    ("/kurven.csv?relax=1", "relax", "q, person"),
    ("/api/concordance?order=best", "order", "newest, oldest"),
    ("/api/concordance?window=16", "window", "1 to 15"),
    ("/konkordanz.csv?size=10001", "size", "1 to 10000"),
    ("/kollokationen.csv?size=1", "size", "window"),
    ("/api/typical?from=gestern", "from", "2025-08-13"),
    ("/api/compare?q=a&other_from=gestern", "other_from", "2025-08-13"),
    ("/api/compare?other_sort=newest", "other_sort", "other_q"),
    ("/beleg.json?hash=1", "hash", "q, person"),
)


@pytest.mark.parametrize(("path", "parameter", "remedy"), UNUSABLE, ids=[case[0][:40] for case in UNUSABLE])
def test_unusable_parameters_are_named_with_their_remedy(
    client: FlaskClient, path: str, parameter: str, remedy: str
) -> None:
    """A parameter that cannot be used is a 400 that names it and says what can."""
    problem = kept_problem(client.get(path), 400)
    assert problem["parameter"] == parameter
    assert remedy in problem["detail"]


PARAMETERS = ("by", "unit", "collapse", "order", "window", "size", "from", "other_q")


@UNHURRIED
@given(QUERIES, st.dictionaries(st.sampled_from(PARAMETERS), ODD))
def test_no_request_is_our_mistake(app: Flask, text: str, parameters: dict[str, str]) -> None:
    """Any text is answered; whatever the other values, the answer is 200 or 400."""
    query = "&".join(f"{name}={encoded(value)}" for name, value in parameters.items())
    for path in ("/api/curves", "/api/concordance", "/api/typical", "/api/compare", "/beleg.json", "/konkordanz.csv"):
        assert app.test_client().get(f"{path}?q={encoded(text)}").status_code == 200
        assert app.test_client().get(f"{path}?q={encoded(text)}&{query}").status_code in (200, 400)


def rows(text: str) -> list[list[str]]:
    assert text.startswith("\ufeff")
    return list(csv.reader(io.StringIO(text[1:])))


def test_tables_have_what_the_api_has(client: FlaskClient) -> None:
    """A file has a row for each curve and period, line, collocate, or typical word of the JSON."""
    curves = kept(client.get("/api/curves?q=Mauer&q=Berlin"))
    table = rows(client.get("/kurven.csv?q=Mauer&q=Berlin").text)
    assert len(table) == 1 + len(curves["periods"]) * 2
    assert table[1][:4] == ["Mauer", curves["periods"][0], str(curves["curves"][0]["counts"][0]),
                            str(curves["curves"][0]["articles"][0])]  # fmt: skip
    lines = kept(client.get("/api/concordance?q=Mauer"))
    table = rows(client.get("/konkordanz.csv?q=Mauer").text)
    assert [(row[0], row[7]) for row in table[1:]] == [(line["id"], line["match"]) for line in lines["lines"]]
    assert len(rows(client.get("/konkordanz.csv?q=Mauer&size=1").text)) == 2
    assert len(rows(client.get("/kollokationen.csv?q=Mauer").text)) == 1 + len(lines["collocates"])
    typical = kept(client.get("/api/typical?q=Mauer"))
    assert len(rows(client.get("/typisch.csv?q=Mauer").text)) == 1 + len(typical["words"]) + len(typical["names"])


@pytest.mark.parametrize("path", ["/kurven.csv", "/konkordanz.csv?q=Angriff", "/typisch.csv", "/beleg.json?q=x%0D%0Ay"])
def test_files_are_saved_and_not_indexed(client: FlaskClient, path: str) -> None:
    """A file has a name of plain letters and is kept out of search engines; no cell of a table is a formula."""
    response = client.get(path)
    assert response.status_code == 200
    assert response.headers["Content-Disposition"].startswith('attachment; filename="nachlese-')
    assert response.headers["X-Robots-Tag"] == "noindex"
    if path.partition("?")[0].endswith(".csv"):
        assert not [cell for row in rows(response.text) for cell in row if cell.startswith(("=", "+", "-", "@"))]


def test_a_record_is_what_is_promised(client: FlaskClient) -> None:
    """The file of a record has the promised shape, and the address at which it is compared later."""
    record = json.loads(client.get("/beleg.json?q=Mauer&place=Berlin").text)
    valid(record, {"$ref": "#/components/schemas/SearchRecord"})
    assert record["query"] == {"q": "Mauer", "match": "all", "place": ["Berlin"]}
    assert f"hash={record['hash']}" in record["url"]
