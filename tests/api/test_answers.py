"""The answers of the JSON API: their shape, and that they say what was asked."""

from __future__ import annotations

import re
from urllib.parse import quote

import pytest
from flask import Flask
from flask.testing import FlaskClient

from search import Article, parse_date
from search.page import SORTS
from tests.api.contract import DOCUMENT, DOCUMENT_OF_SEVERAL, kept
from tests.pages.sample import ARTICLES, HONEST
from web.parameters import SEARCH_PARAMETERS

SEARCHES = (
    "",
    "q=Mauer",
    "q=Berliner+Mauer&size=1",
    'q="Berliner+Mauer"',
    "q=Programm",
    "q=gibtesnicht",
    "q=(((+UND+ODER",
    "person=Helmut+Kohl&person=Willy+Brandt",
    "place=Berlin&source=Abendblatt&source=Morgenpost&section=Politik",
    "organisation=SED",
    "from=1989&to=1990-12",
    "from=3.10.1990&to=3.10.1990",
    "q=Mauer&sort=newest&size=100",
    "sort=oldest&cursor=&from=",
)


@pytest.mark.parametrize("query", SEARCHES)
def test_searches_keep_the_promised_shape(client: FlaskClient, query: str) -> None:
    """Every search is answered as the document says, and no page is longer than asked."""
    response = client.get(f"/api/search?{query}")
    page = kept(response)
    assert response.status_code == 200
    assert len(page["hits"]) <= min(page["total"], 100)


@pytest.mark.parametrize(
    "path", ["/openapi.json", "/healthz", "/readyz", "/api/suggest?q=Be", "/api/suggest?q=&limit=3"]
)
def test_other_answers_keep_the_promised_shape(client: FlaskClient, path: str) -> None:
    """Every other route is answered as the document says."""
    response = client.get(path)
    kept(response)
    assert response.status_code == 200


def test_every_route_is_documented_and_every_documented_route_exists(app: Flask) -> None:
    """The document and the application know the same paths."""
    rules = {
        re.sub(r"<.+:(\w+)>", r"{\1}", rule.rule)
        for rule in app.url_map.iter_rules()
        if rule.endpoint.startswith(
            ("api.", "corpus.", "files.", "study_files.", "opensearch.", "operation.healthz", "operation.readyz")
        )
    }
    assert rules == set(DOCUMENT["paths"])


def test_documented_search_parameters_are_the_accepted_ones() -> None:
    """The document names exactly the parameters that a search takes."""
    parameters = DOCUMENT_OF_SEVERAL["paths"]["/api/search"]["get"]["parameters"]
    assert tuple(parameter["name"] for parameter in parameters) == (*SEARCH_PARAMETERS, "field", "facet", "facet_size")


def test_filters_of_one_kind_narrow_as_documented(client: FlaskClient) -> None:
    """Two persons must both be named, of two sources one is enough."""

    def total(query: str) -> int:
        found: int = kept(client.get(f"/api/search?{query}"))["total"]
        return found

    assert total("person=Helmut+Kohl") == 2
    assert total("person=Helmut+Kohl&person=Willy+Brandt") == 1
    assert total("source=Abendblatt") == 2
    assert total("source=Abendblatt&source=Morgenpost") == 3


def test_from_and_to_include_their_whole_month_or_year(client: FlaskClient) -> None:
    """A year as `to` reaches to its last day, a month as `from` begins with its first."""
    page = kept(client.get("/api/search?from=November+1989&to=1990"))
    assert {hit["id"] for hit in page["hits"]} == {"txt/mauerfall.txt", "wn-123"}


@pytest.mark.parametrize("sort", SORTS)
def test_cursor_walk_meets_each_article_once(client: FlaskClient, sort: str) -> None:
    """Following `next` from page to page shows every article exactly once, in one order."""
    seen: list[str] = []
    cursor = ""
    while cursor is not None:
        page = kept(client.get("/api/search", query_string={"sort": sort, "size": 3, "cursor": cursor}))
        seen += [hit["id"] for hit in page["hits"]]
        cursor = page["next"]
    assert sorted(seen) == sorted(article.id for article in ARTICLES)


def test_marks_point_at_the_words_in_title_and_snippet(client: FlaskClient) -> None:
    """The offsets of a hit cut out the words that were asked for."""
    hit = kept(client.get("/api/search?q=Mauer"))["hits"][0]
    start, end = hit["title_marks"][0]
    assert hit["title"][start:end] == "Mauer"
    assert {hit["snippet"]["text"][start:end] for start, end in hit["snippet"]["marks"]} == {"Mauer"}


@pytest.mark.parametrize("article", ARTICLES, ids=lambda article: article.id)
def test_articles_are_found_by_any_id(client: FlaskClient, article: Article) -> None:
    """Whatever its id, an article is answered whole, by path and by parameter."""
    by_path = kept(client.get(f"/api/articles/{quote(article.id, safe='')}"))
    by_parameter = kept(client.get("/api/articles", query_string={"id": article.id}))
    assert by_path == by_parameter == article.as_json() | {"family": None}


def test_article_tells_where_it_matches_only_if_asked(client: FlaskClient) -> None:
    """With `q` an article has marks that cut out the matching words, without it has none."""
    article = kept(client.get("/api/articles/txt/mauerfall.txt?q=Mauer"))
    assert {article["body"][start:end] for start, end in article["marks"]["body"]} == {"Mauer"}
    assert "marks" not in kept(client.get("/api/articles/txt/mauerfall.txt"))


def test_umlauts_are_sent_as_they_are(client: FlaskClient) -> None:
    """The JSON is UTF-8 and readable, not escaped to ASCII."""
    assert "Häuser" in client.get("/api/articles", query_string={"id": HONEST[2].id}).text


def test_suggestions_continue_what_was_typed(client: FlaskClient) -> None:
    """Suggestions begin like the query, know their number of articles, and are at most `limit`."""
    answer = kept(client.get("/api/suggest?q=Ber&limit=1"))
    assert answer["query"] == "Ber"
    assert [s["text"].lower()[:3] for s in answer["suggestions"]] == ["ber"]
    assert answer["suggestions"][0]["count"] >= 1


def test_names_are_listed_with_their_articles(client: FlaskClient) -> None:
    """Names begin like the prefix, are of the type, the most frequent first, and are what filters take."""
    answer = kept(client.get("/api/entities?prefix=KOH&type=person"))
    assert answer == {"entities": [{"type": "person", "name": "Helmut Kohl", "count": 2}]}
    first, second = kept(client.get("/api/entities?limit=2"))["entities"]
    assert (first["name"], second["name"]) == ("Berlin", "Helmut Kohl")
    for entity in kept(client.get("/api/entities?limit=1000"))["entities"]:
        found = kept(client.get("/api/search", query_string={entity["type"]: entity["name"]}))
        assert found["total"] == entity["count"]
    assert kept(client.get("/api/entities?prefix=nobody"))["entities"] == []


@pytest.mark.parametrize("path", ["/api/articles/wn-123", "/api/search?q=Mauer", "/api/search?q=%22took_ms%22:7"])
def test_unchanged_answers_are_not_sent_twice(client: FlaskClient, path: str) -> None:
    """Asked again with the ETag of an earlier answer, the API answers 304, however long it took."""
    first = client.get(path)
    again = client.get(path, headers={"If-None-Match": first.headers["ETag"]})
    assert (again.status_code, again.data) == (304, b"")
    assert client.get("/api/search?q=Wahl").headers["ETag"] != first.headers["ETag"]


@pytest.mark.parametrize("path", ["/api/search?q=Mauer", "/api/articles/wn-123", "/healthz"])
def test_head_and_options_are_answered(client: FlaskClient, path: str) -> None:
    """HEAD has the status of GET and no body, OPTIONS tells the methods, and no other site is let in."""
    head, options = client.head(path), client.options(path)
    assert (head.status_code, head.data) == (200, b"")
    assert {"GET", "HEAD", "OPTIONS"} == set(options.headers["Allow"].split(", ")) - {"POST"}
    assert "Access-Control-Allow-Origin" not in head.headers


def test_dates_keep_their_precision(client: FlaskClient) -> None:
    """A month stays a month, and an undated article has no date."""
    hits = kept(client.get("/api/search?size=100"))["hits"]
    dates = {hit["id"]: hit["date"] for hit in hits}
    assert dates["https://example.org/a?b=1&c=ä#d"] == "1975-06"
    assert dates[".."] is None
    assert all(parse_date(date).text == date for date in dates.values() if date)
