"""Articles with one text: a hit names them, a list can have each once, and what one has changed can be seen."""

from __future__ import annotations

import re
import threading

import pytest
from flask import Flask
from flask.testing import FlaskClient
from hypothesis import given
from hypothesis import strategies as st
from playwright.sync_api import Browser
from werkzeug.serving import make_server

from search import Article, NewsDate, write_archive
from tests.pages.markup import link, read
from tests.pages.sample import SCRIPT
from tests.pages.test_accessibility import violations
from web import create_app
from web.pages.word_diff import MOST_CHARACTERS, MOST_WORDS, word_diff

REPORT = (
    "Der Pegel des Rheins ist in Köln über die Marke von zehn Metern gestiegen. Die Altstadt ist überflutet, "
    "die Feuerwehr bringt Bewohner mit Booten in Sicherheit.\n\nAm Wochenende erwarten die Meteorologen weiteren Regen."
)
ARTICLES = (
    Article("post", REPORT, "Hochwasser in Köln", NewsDate("1993-12-23"), "Morgenpost"),
    Article("blatt", REPORT.replace("zehn", "elf"), "Köln unter Wasser", NewsDate("1993-12-24"), "Abendblatt"),
    Article("bote", f"{REPORT} (dpa) {SCRIPT}", f"Flut {SCRIPT}", NewsDate("1993-12-24"), "Bote"),
    Article("allein", "Ein Hochwasser an der Elbe bleibt aus.", "Elbe", NewsDate("1993-12-25"), "Bote"),
)


@pytest.fixture(scope="module")
def app(tmp_path_factory: pytest.TempPathFactory) -> Flask:
    index = tmp_path_factory.mktemp("index")
    with write_archive(index, "whoosh") as writer:
        for article in ARTICLES:
            writer.put(article)
    return create_app(index)


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    return app.test_client()


def test_hits_name_their_copies(client: FlaskClient) -> None:
    """A hit of several papers says in how many, the earliest first, with a way to compare them."""
    page = read(client.get("/suche?q=Rhein"))
    assert page.text.count("in 3 Blättern") == 3
    assert "Morgenpost, 23. Dezember 1993" in page.text
    assert "/fassungen?id=post" in page.links()
    assert "Blättern" not in read(client.get("/suche?q=Elbe")).text


def test_a_list_can_have_each_text_once(client: FlaskClient) -> None:
    """The page leads to the list without copies and back, and says what its numbers count."""
    page = read(client.get("/suche?q=Rhein&sort=newest"))
    collapsed = read(client.get(link(page, q="Rhein", sort="newest", collapse="1")))
    assert [tag["id"] for tag in collapsed.all("li") if tag.get("id", "").startswith("treffer-")] == ["treffer-3"]
    assert "3 Treffer" in collapsed.text
    assert "zählen alle Artikel" in collapsed.text
    assert link(collapsed, q="Rhein", sort="newest")
    assert "Jede Meldung einmal" not in read(client.get("/suche?q=Elbe")).text


def test_versions_are_listed_and_compared(client: FlaskClient) -> None:
    """The page of all versions has the earliest first, and compares each with the one before it."""
    page = read(client.get("/fassungen?id=blatt"))
    assert page.text.index("Hochwasser in Köln") < page.text.index("Flut <script>")
    (first, _) = [href for href in page.links() if href.startswith("/aenderungen")]
    compared = read(client.get(first))
    assert {"ins", "del"} <= {tag for tag, _ in compared.tags}
    assert "gestrichen: zehn" in compared.text
    assert "neu: elf" in compared.text
    assert "gestrichen: Hochwasser in Köln" in compared.text


def test_an_article_leads_to_its_versions(client: FlaskClient) -> None:
    """An article's page names its copies, which are no similar articles; one without any says nothing."""
    page = read(client.get("/artikel/post"))
    assert "Fassungen dieser Meldung" in page.text
    assert page.links().count("/artikel/blatt") == 1
    assert "Fassungen" not in read(client.get("/artikel/allein")).text
    assert "Nur diese eine" in read(client.get("/fassungen?id=allein")).text


def test_scripts_in_versions_are_text(client: FlaskClient) -> None:
    """What a document brings stands in comparisons as it is, and never runs."""
    for address in ("/suche?q=Rhein", "/fassungen?id=bote", "/aenderungen?a=post&b=bote"):
        text = client.get(address).text
        assert SCRIPT not in text
        assert "&lt;script&gt;" in text


@pytest.mark.parametrize(
    "address", ["/fassungen", "/fassungen?id=nix", "/aenderungen?a=post", "/aenderungen?a=nix&b=post"]
)
def test_what_is_not_there_is_not_found(client: FlaskClient, address: str) -> None:
    """Without articles there is nothing to show."""
    assert client.get(address).status_code == 404


def test_the_api_has_families(client: FlaskClient) -> None:
    """A hit and an article have their family, whole lists can be collapsed, a wrong value is refused."""
    found = client.get("/api/search?q=Rhein&collapse=1").json
    assert found
    assert [(hit["id"], hit["family"]["size"]) for hit in found["hits"]] == [("post", 3)]
    assert found["total"] == 3
    article = client.get("/api/articles/blatt").json
    assert article
    assert [member["id"] for member in article["family"]["articles"]] == ["post", "blatt", "bote"]
    assert (client.get("/api/articles/allein").json or {})["family"] is None
    assert client.get("/api/search?collapse=ja").status_code == 400


def test_the_page_has_the_lines_to_watch_a_search(client: FlaskClient) -> None:
    """What is searched stands there as lines of TOML, with its filters."""
    page = read(client.get("/suche?q=Rhein+%22K%C3%B6ln%22&source=Bote"))
    assert 'query = "Rhein \\"Köln\\""' in page.text
    assert 'filters = { source = ["Bote"] }' in page.text


WORDS = st.lists(st.sampled_from("a b c d \n\n".split(" ")), max_size=25).map(" ".join)


@given(WORDS, WORDS)
def test_a_comparison_has_both_texts(before: str, after: str) -> None:
    """What is equal and deleted is the first text, what is equal and inserted the second one."""
    found = word_diff(before, after)
    runs = [run for paragraph in found.paragraphs for run in paragraph]
    for kind, text in (("delete", before), ("insert", after)):
        words = [word for run in runs if run.kind in ("equal", kind) for word in run.text.split()]
        assert kind == "delete" or words == text.split()
        assert sorted(words) == sorted(text.split())
    assert found.equal + found.deleted == len(before.split())
    assert found.equal + found.inserted == len(after.split())


def test_curves_can_count_each_text_once(client: FlaskClient) -> None:
    """The page says what it counts, keeps the choice, and each number leads to a list with so many hits."""
    asked = "/kurven?q=Rhein&unit=day&collapse=1"
    response = client.get(asked)
    page = read(response)
    assert "Meldungen je tausend, nach Tagen" in page.text
    assert "23. Dezember 1993: 1.000 von tausend Meldungen" in page.text
    assert [option["value"] for option in page.all("option") if "selected" in option] == ["day", "", "1"]
    cells = re.findall(r'<td><a href="(/suche[^"]*)" rel="nofollow">(\d+)</a>', response.text)
    assert [count for _, count in cells] == ["1", "1"]
    for address, count in cells:
        hits = read(client.get(address.replace("&amp;", "&"))).all("li")
        assert len([tag for tag in hits if tag.get("id", "").startswith("treffer-")]) == int(count)
    assert [row.split(",")[1:4] for row in client.get(f"/kurven.csv?{asked.partition('?')[2]}").text.split()[1:]] == [
        ["1993-12-23", "1", "1"], ["1993-12-24", "1", "1"], ["1993-12-25", "0", "1"],
    ]  # fmt: skip
    numbers = read(client.get(f"{asked}&value=count"))
    assert "Meldungen, nach Tagen" in numbers.text
    assert "24. Dezember 1993: 1 Meldung" in numbers.text
    assert "24. Dezember 1993: 2 Artikel" in read(client.get("/kurven?q=Rhein&unit=day&value=count")).text


def test_curves_say_so_where_copies_are_not_known(client: FlaskClient, monkeypatch: pytest.MonkeyPatch) -> None:
    """In an archive that knows no copies the page counts articles and tells why; programs are refused."""
    monkeypatch.setattr("search.store.holding.OneIndex.knows_copies", lambda _: False)
    page = read(client.get("/kurven?q=Rhein&unit=day&collapse=1&value=count"))
    assert "weiß nicht, welche Artikel gleiche Meldungen sind; gezählt werden alle" in page.text
    assert "24. Dezember 1993: 2 Artikel" in page.text
    assert client.get("/api/curves?q=Rhein&collapse=1").status_code == 400


def test_a_long_text_is_compared_in_part() -> None:
    """What takes the product of two lengths has a bound, and says so."""
    long = " ".join(map(str, range(MOST_WORDS + 10)))
    found = word_diff(long, long)
    assert (found.equal, found.whole) == (MOST_WORDS, False)
    endless = word_diff("a" * 10 * MOST_CHARACTERS, "a")
    assert not endless.whole
    assert sum(len(run.text) for paragraph in endless.paragraphs for run in paragraph) == MOST_CHARACTERS + 1


@pytest.mark.browser
def test_everybody_can_read_versions(app: Flask, browser: Browser) -> None:
    """Lists with copies, versions and comparisons have nothing that axe-core objects to, on any screen."""
    server = make_server("127.0.0.1", 0, app, threaded=True)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    context = browser.new_context(base_url=f"http://127.0.0.1:{server.server_port}")
    page = context.new_page()
    found: list[str] = []
    for address in (
        "/suche?q=Rhein",
        "/suche?q=Rhein&collapse=1",
        "/fassungen?id=blatt",
        "/aenderungen?a=post&b=blatt",
        "/kurven?q=Rhein&collapse=1",
    ):
        page.goto(address)
        page.evaluate("document.querySelectorAll('details').forEach((one) => { one.open = true })")
        found += violations(page)
    context.close()
    server.shutdown()
    thread.join()
    server.server_close()
    assert found == []
