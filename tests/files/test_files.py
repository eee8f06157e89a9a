"""Each result page as a file: the same hits in the same order, more of them, in every format."""

from __future__ import annotations

import json
import re

import pytest
from flask.testing import FlaskClient
from werkzeug.http import parse_options_header

from search import Article
from tests.api.contract import DOCUMENT_OF_SEVERAL, kept, kept_problem
from tests.files import reading
from tests.files.sample import BREAKOUTS, MANY, WICKED
from tests.pages.sample import ARTICLES
from web.files.formats import DEFAULT_EXPORTED, EXPORT_FORMATS, MOST_EXPORTED, SELECTION_FORMATS
from web.files.tables import CSV_COLUMNS
from web.parameters import SEARCH_PARAMETERS

QUERIES = (
    "q=Mauer",
    "q=Berliner+Mauer",
    'q="Berliner+Mauer"',
    "q=Angriff&sort=oldest",
    "q=gibtesnicht",
    "q=(((+UND+ODER",
    "person=Helmut+Kohl&person=Willy+Brandt",
    "source=Abendblatt&source=Morgenpost&section=Politik&from=1989&to=1990",
    "q=Mauer&sort=newest",
    "sort=oldest",
    "",
)


def ids(suffix: str, text: str) -> list[str]:
    """The ids of the articles in a file, in its order; a feed's entries have their addresses for one."""
    match suffix:
        case "csv":
            return [row["id"] for row in reading.table(text)]
        case "json":
            return [hit["id"] for hit in json.loads(text)["hits"]]
        case "jsonl":
            return [hit["id"] for hit in reading.lines(text)]
        case "ris":
            return [reference["accession_number"] for reference in reading.ris(text)]
        case _:
            raise AssertionError(suffix)


@pytest.mark.parametrize("query", QUERIES)
@pytest.mark.parametrize("suffix", ["csv", "json", "jsonl", "ris"])
def test_files_have_the_hits_of_the_search_in_its_order(client: FlaskClient, suffix: str, query: str) -> None:
    """The same query finds the same articles in the same order, in a file as by the API."""
    text = reading.text_of(client.get(f"/suche.{suffix}?{query}"))
    assert ids(suffix, text) == [hit["id"] for hit in reading.hits(client, query)]


@pytest.mark.parametrize(
    "query", ["q=Mauer+gibtesnicht", "q=Mauer+gibtesnicht+Berlin", 'q="Berliner+Mauern"', "q=a+UND+b"]
)
def test_files_are_never_relaxed(client: FlaskClient, query: str) -> None:
    """A file has what has all that is asked, or nothing, where the page has more and says so; `relax=0` is as well."""
    for suffix in ("csv", "json", "jsonl", "ris"):
        for relax in ("", "&relax=0"):
            assert ids(suffix, reading.text_of(client.get(f"/suche.{suffix}?{query}{relax}"))) == []
    assert "<entry>" not in client.get(f"/suche.atom?{query}").text


@pytest.mark.parametrize("suffix", EXPORT_FORMATS)
def test_a_suffix_behind_the_path_of_a_page_is_enough(client: FlaskClient, suffix: str) -> None:
    """Parameters of a page that say how it shows its hits are no matter in a file, and not in its addresses either."""
    page = client.get(f"/suche.{suffix}?q=Mauer&size=1&view=compact&rank=2")
    assert reading.text_of(page)
    assert "view=" not in page.text + page.headers["Link"]


@pytest.mark.parametrize("query", QUERIES)
def test_bibtex_has_the_hits_of_the_search_in_its_order(client: FlaskClient, query: str) -> None:
    """The titles in BibTeX are the headlines of the hits."""
    titles = [entry["title"] for entry in reading.bibtex(reading.text_of(client.get(f"/suche.bib?{query}")))]
    headlines = {article.id: article.headline for article in ARTICLES}
    expected = [headlines[hit["id"]] for hit in reading.hits(client, query)]
    assert [reading.printed(title.removeprefix("{").removesuffix("}")) for title in titles] == expected


@pytest.mark.parametrize("suffix", ["bib", "ris"])
def test_references_are_made_of_the_hits(client: FlaskClient, suffix: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """A hit says all that a reference does, so a file of a thousand reads no article twice."""
    monkeypatch.setattr("search.engines.guard.GuardedEngine.get_many", None)
    whole = reading.text_of(client.get(f"/suche.{suffix}?q=Mauer"))
    for hit in reading.hits(client, "q=Mauer"):
        single = reading.text_of(client.get(f"/zitat.{suffix}", query_string={"id": hit["id"]}))
        assert single.strip() in whole


@pytest.mark.parametrize("query", QUERIES)
def test_json_files_have_the_shape_of_the_api(client: FlaskClient, query: str) -> None:
    """The file is the page of the API, and the lines are its hits."""
    page = kept(client.get(f"/suche.json?{query}"))
    assert page["hits"] == reading.lines(reading.text_of(client.get(f"/suche.jsonl?{query}")))
    assert page["hits"] == reading.hits(client, query)


def test_table_says_what_the_hits_say(client: FlaskClient) -> None:
    """A row has the values of its hit, the names joined, and the article's address."""
    hit = reading.hits(client, "q=Mauer")[0]
    row = reading.table(reading.text_of(client.get("/suche.csv?q=Mauer")))[0]
    assert tuple(row) == CSV_COLUMNS
    for name in ("id", "title", "date", "source", "section", "url"):
        assert row[name] == hit[name]
    assert row["permalink"] == reading.permalink(hit["id"])
    assert row["persons"] == "Helmut Kohl; Egon Krenz"
    assert (row["places"], row["organisations"]) == ("Berlin", "SED")
    assert row["snippet"] == hit["snippet"]["text"]


def test_table_without_hits_still_has_its_header(client: FlaskClient) -> None:
    """A search that finds nothing is a table of no rows."""
    assert reading.text_of(client.get("/suche.csv?q=gibtesnicht")) == f"\ufeff{','.join(CSV_COLUMNS)}\r\n"


@pytest.mark.parametrize("suffix", sorted(EXPORT_FORMATS))
def test_link_leads_through_all_hits(client: FlaskClient, suffix: str) -> None:
    """Following the header `Link` piece by piece, each article comes exactly once, and the last piece has none."""
    pieces = []
    address = f"http://localhost/suche.{suffix}?q=&size=4&sort=oldest"
    while address:
        response = client.get(address)
        pieces.append(reading.text_of(response))
        following = re.fullmatch(r'<(http://localhost/[^>]+)>; rel="next"', response.headers.get("Link", ""))
        address = following[1] if following else ""
        assert bool(following) == (len(pieces) < 3)
    if suffix in ("csv", "json", "jsonl", "ris"):
        found = [id for piece in pieces for id in ids(suffix, piece)]
        assert found == [hit["id"] for hit in reading.hits(client, "sort=oldest")]


@pytest.mark.parametrize("suffix", ["csv", "jsonl", "ris", "json"])
def test_files_have_the_stated_number_of_hits_at_most(many_client: FlaskClient, suffix: str) -> None:
    """An answer ends after MOST_EXPORTED hits, if so many are asked for, and the next one has the rest."""
    assert len(ids(suffix, reading.text_of(many_client.get(f"/suche.{suffix}?q=Fund")))) == DEFAULT_EXPORTED
    response = many_client.get(f"/suche.{suffix}?q=Fund&size={MOST_EXPORTED}")
    first = ids(suffix, reading.text_of(response))
    following = response.headers["Link"].partition(">")[0].removeprefix("<")
    rest = ids(suffix, reading.text_of(many_client.get(following)))
    assert len(first) == MOST_EXPORTED
    assert sorted(first + rest) == [article.id for article in MANY]


def test_json_cursor_goes_on_where_the_answer_ended(many_client: FlaskClient) -> None:
    """`next` of a JSON file is a cursor for the same file."""
    asked = {"q": "Fund", "size": MOST_EXPORTED}
    page = kept(many_client.get("/suche.json", query_string=asked))
    rest = kept(many_client.get("/suche.json", query_string={**asked, "cursor": page["next"]}))
    assert (len(page["hits"]), len(rest["hits"]), rest["next"]) == (MOST_EXPORTED, 5, None)


@pytest.mark.parametrize("suffix", sorted(EXPORT_FORMATS))
def test_files_say_what_they_are(client: FlaskClient, suffix: str) -> None:
    """Each file has its media type, is revalidated by its ETag, and stays out of search engines."""
    response = client.get(f"/suche.{suffix}?q=Mauer")
    assert response.headers["Content-Type"] == EXPORT_FORMATS[suffix].media_type
    assert response.headers["X-Content-Type-Options"] == "nosniff"
    assert response.headers["X-Robots-Tag"] == "noindex"
    assert response.headers["Cache-Control"] == "no-cache"
    if suffix != "json":  # which tells how long the search took
        again = client.get(f"/suche.{suffix}?q=Mauer", headers={"If-None-Match": response.headers["ETag"]})
        assert again.status_code == 304


@pytest.mark.parametrize(
    ("query", "name"),
    [
        ("q=Mauer", "nachlese-mauer.csv"),
        ("q=Häuser+in+Köln!", "nachlese-haeuser-in-koeln.csv"),
        ("", "nachlese.csv"),
        ("q=%22%0D%0ASet-Cookie:+a=b", "nachlese-set-cookie-a-b.csv"),
        ("q=../../etc/passwd", "nachlese-etc-passwd.csv"),
        ("q=日本", "nachlese.csv"),
        ("q=" + "wort+" * 100, "nachlese-" + "-".join(["wort"] * 12) + ".csv"),
        ("q=" + "ab" * 250, "nachlese-" + "ab" * 30 + ".csv"),
    ],
)
def test_saved_files_are_named_after_the_query(client: FlaskClient, query: str, name: str) -> None:
    """The name is of ASCII letters, digits and hyphens, whatever was asked."""
    header = client.get(f"/suche.csv?{query}").headers["Content-Disposition"]
    assert parse_options_header(header) == ("attachment", {"filename": name})


@pytest.mark.parametrize("suffix", ["json", "atom"])
def test_what_programs_show_is_not_saved(client: FlaskClient, suffix: str) -> None:
    """JSON and feeds are shown by browsers that can."""
    assert "Content-Disposition" not in client.get(f"/suche.{suffix}").headers


@pytest.mark.parametrize(
    ("query", "parameter"),
    [
        ("size=1001", "size"),
        ("size=0", "size"),
        ("sort=best", "sort"),
        ("match=some", "match"),
        ("relax=1", "relax"),
        ("from=gestern", "from"),
        ("cursor=erfunden", "cursor"),
        ("persn=Kohl", "persn"),
        ("q=" + "x" * 1001, "q"),
    ],
)
@pytest.mark.parametrize("suffix", sorted(EXPORT_FORMATS))
def test_unusable_parameters_are_problems(client: FlaskClient, suffix: str, query: str, parameter: str) -> None:
    """A file is for programs: what cannot be used is a 400 that names it, never a wider search."""
    assert kept_problem(client.get(f"/suche.{suffix}?{query}"), 400)["parameter"] == parameter


def test_formats_and_their_limit_are_documented() -> None:
    """The description of the API names each media type, the suffixes and the most hits of an answer."""
    operation = DOCUMENT_OF_SEVERAL["paths"]["/suche.{suffix}"]["get"]
    content = operation["responses"]["200"]["content"]
    assert set(content) == {format.media_type.partition(";")[0] for format in EXPORT_FORMATS.values()}
    parameters = {parameter["name"]: parameter["schema"] for parameter in operation["parameters"]}
    assert parameters["suffix"]["enum"] == list(EXPORT_FORMATS)
    assert parameters["size"]["maximum"] == MOST_EXPORTED
    assert tuple(parameters)[1:] == (*SEARCH_PARAMETERS, "field")


@pytest.mark.parametrize("suffix", sorted(EXPORT_FORMATS))
def test_missing_index_is_a_problem(bare_client: FlaskClient, suffix: str) -> None:
    """Without an index a file is a 503 with the remedy."""
    assert "nachlese index" in kept_problem(bare_client.get(f"/suche.{suffix}"), 503)["detail"]


def test_wicked_articles_stay_in_their_cells(wicked_client: FlaskClient) -> None:
    """Whatever articles say, the table has a row for each, and no cell that a spreadsheet would compute."""
    rows = reading.table(reading.text_of(wicked_client.get("/suche.csv?q=Fund")))
    assert len(rows) == len(BREAKOUTS)
    for row in rows:
        assert set(row) == set(CSV_COLUMNS)
        assert not any(value.startswith(tuple("=+-@\t\r\n")) for value in row.values())


def test_wicked_articles_stay_in_their_references(wicked_client: FlaskClient) -> None:
    """Whatever articles say, each is one reference in RIS and one entry in BibTeX."""
    references = reading.ris(reading.text_of(wicked_client.get("/suche.ris?q=Fund")))
    entries = reading.bibtex(reading.text_of(wicked_client.get("/suche.bib?q=Fund")))
    assert len(references) == len(entries) == len(BREAKOUTS)
    assert {reference["type_of_reference"] for reference in references} == {"NEWS"}
    assert len({entry["key"] for entry in entries}) == len(BREAKOUTS)


@pytest.mark.parametrize("article", WICKED, ids=lambda article: article.id[:20])
def test_each_wicked_article_can_be_cited(wicked_client: FlaskClient, article: Article) -> None:
    """Whatever its id and its words, an article alone is one reference under a harmless name."""
    for suffix, read in (("ris", reading.ris), ("bib", reading.bibtex)):
        response = wicked_client.get(f"/zitat.{suffix}", query_string={"id": article.id})
        assert len(read(reading.text_of(response))) == 1
        _, options = parse_options_header(response.headers["Content-Disposition"])
        assert re.fullmatch(rf"nachlese[a-z0-9-]*\.{suffix}", options["filename"])


# Chosen articles


@pytest.mark.parametrize("suffix", sorted(SELECTION_FORMATS))
def test_chosen_articles_are_a_file_in_their_order(client: FlaskClient, suffix: str) -> None:
    """By address or by a posted form, the chosen articles come in their order, without those that there are not."""
    ids = ["wn-123", "nix", "txt/mauerfall.txt"]
    answers = (
        client.get(f"/auswahl.{suffix}", query_string={"id": ids}),
        client.post(f"/auswahl.{suffix}", data={"id": ids}),
    )
    for answer in answers:
        assert answer.status_code == 200
        assert answer.headers["Content-Disposition"] == f'attachment; filename="nachlese-auswahl.{suffix}"'
        first, second = (answer.text.index(words) for words in ("Einheit", "Die Mauer ist offen"))
        assert first < second


def test_tables_have_the_columns_that_are_asked_for(client: FlaskClient) -> None:
    """A table has the columns of the keys that are asked for, and the whole text if it is; the link is always there."""
    (row,) = reading.table(reading.text_of(client.get("/suche.csv?q=Atomprogramm&field=title&field=body")))
    assert list(row) == ["id", "title", "permalink", "body"]
    assert "Das Kabinett in Bonn" in row["body"]
    (row,) = reading.table(reading.text_of(client.get("/auswahl.csv?id=wn-123&field=entities")))
    assert list(row) == ["id", "permalink", "persons", "places", "organisations"]


def test_what_is_chosen_can_have_its_text(client: FlaskClient) -> None:
    """Lines of JSON have the keys that are asked for."""
    answer = client.get("/auswahl.jsonl?id=wn-123&field=body")
    assert list(json.loads(answer.text)) == ["id", "body"]
