"""Several archives behind one page, one API and one command."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from threading import Thread
from urllib.parse import quote

import pytest
from flask import Flask
from flask.testing import FlaskClient
from playwright.sync_api import Browser, expect
from werkzeug.serving import make_server

from search.errors import SettingUnusable
from tests.api.contract import kept, kept_problem
from tests.commands.running import Shell
from tests.federation.sample import ARCHIVES, MAUER, SAME_ID
from tests.pages.watching import watched
from tests.server.serving import started
from web import create_app
from web.operation.options import Operation


def test_the_api_finds_in_all_and_narrows_to_one(client: FlaskClient) -> None:
    """The answer has the shape of the document, counts each archive, and takes its name as a filter."""
    answer = kept(client.get("/api/search?q=Mauer"))
    assert {hit["id"] for hit in answer["hits"]} == MAUER
    assert answer["facets"]["archive"] == [{"value": "Abendblatt", "count": 3}, {"value": "Chronik", "count": 3}]
    narrowed = kept(client.get("/api/search?q=Mauer&archive=Chronik"))
    assert {hit["id"] for hit in narrowed["hits"]} == {id for id in MAUER if id.startswith("Chronik")}
    counted = kept(client.get("/api/search?q=Mauer&facet=archive"))
    assert list(counted["facets"]) == ["archive"]
    assert list(kept(client.get("/api/search?q=Mauer&facet=place"))["facets"]) == ["place"]


@pytest.mark.parametrize("path", ["/api/search", "/suche.csv", "/api/typical", "/api/compare"])
def test_an_archive_that_there_is_not_is_refused(client: FlaskClient, path: str) -> None:
    """A misspelt name is a 400 that names those there are, never a wider or an empty search."""
    problem = kept_problem(client.get(f"{path}?archive=Kronik"), 400)
    assert problem["parameter"] == "archive"
    assert "Abendblatt, Chronik" in problem["detail"]


def test_the_document_names_the_archives(client: FlaskClient) -> None:
    """The description of the API has the filter, with the names that it takes."""
    parameters = client.get("/openapi.json").get_json()["paths"]["/api/search"]["get"]["parameters"]
    (archive,) = (parameter for parameter in parameters if parameter["name"] == "archive")
    assert archive["schema"]["items"]["enum"] == list(ARCHIVES)


def test_one_archive_is_as_it_was(folder: Path) -> None:
    """Where there is one archive, nothing is said of archives: no facet, no filter, no page, no parameter."""
    client = create_app(folder / "one", operation=Operation(metrics="all")).test_client()
    assert "archive" not in kept(client.get("/api/search?q=Mauer"))["facets"]
    assert kept_problem(client.get("/api/search?q=Mauer&archive=one"), 400)["parameter"] == "archive"
    assert kept_problem(client.get("/api/search?facet=archive"), 400)["parameter"] == "facet"
    assert kept_problem(client.get("/api/typical?archive=one"), 400)["parameter"] == "archive"
    assert '"archive"' not in json.dumps(client.get("/openapi.json").get_json()["paths"])
    assert client.get("/suche/archive").status_code == 404
    assert "facette-archive" not in client.get("/suche?q=Mauer").text
    assert "nachlese_index_ready 1.0" in client.get("/metrics").text
    assert "nachlese_archive_ready" not in client.get("/metrics").text


def test_the_page_narrows_by_archive(client: FlaskClient) -> None:
    """The facet has each archive, a choice becomes a filter that can be taken back, each hit says where it is from."""
    page = client.get("/suche?q=Mauer").text
    assert 'id="facette-archive"' in page
    assert "/suche?q=Mauer&amp;archive=Chronik" in page
    narrowed = client.get("/suche?q=Mauer&archive=Chronik").text
    assert "Archiv: Chronik" in narrowed
    assert "<span>Chronik</span>" in narrowed
    assert "3 Treffer" in narrowed
    assert "Kronik" in client.get("/suche?q=Mauer&archive=Kronik").text
    listed = client.get("/suche/archive?q=Mauer").text
    assert listed.count("archive=Abendblatt") == 1
    boxes = client.get("/suche/erweitert?archive=Chronik").text
    assert boxes.count('name="archive" value="Abendblatt">') == 1
    assert boxes.count('name="archive" value="Chronik" checked>') == 1


def test_each_id_leads_to_its_article(client: FlaskClient) -> None:
    """Every article has its page, under the name of its archive; ids of before lead there, with the search."""
    for name, articles in ARCHIVES.items():
        for article in articles:
            page = client.get("/artikel", query_string={"id": f"{name}/{article.id}"})
            assert page.status_code == 200
            assert (
                kept(client.get("/api/articles", query_string={"id": f"{name}/{article.id}"}))["body"] == article.body
            )
    moved = client.get("/artikel/wn-123?q=Mauer")
    assert (moved.status_code, moved.location) == (302, "/artikel/Chronik/wn-123?q=Mauer")
    assert client.get("/artikel/Morgenpost/wn-123").status_code == 404
    assert "<mark>Mauer</mark>" in client.get(f"/artikel/Chronik/{SAME_ID}?q=Mauer").text


@pytest.mark.parametrize("suffix", ["csv", "ris", "bib", "json", "jsonl", "atom"])
def test_files_and_feeds_have_the_articles_of_all(client: FlaskClient, suffix: str) -> None:
    """A file of hits has those of all archives, with links that lead to them; so have chosen hits."""
    text = client.get(f"/suche.{suffix}?q=Mauer").text
    for id in (f"Abendblatt/{SAME_ID}", f"Chronik/{SAME_ID}"):
        assert id in text or "https://example.org/mauerfall" in text
    if suffix not in ("json", "atom"):
        chosen = client.get(f"/auswahl.{suffix}?id=Chronik/wn-123&id=Abendblatt/kopie-1").text
        assert "Einheit in Berlin gefeiert" in chosen
        assert "Kanzler spricht" in chosen


@pytest.mark.parametrize(
    "path",
    ["/", "/hilfe", "/namen", "/person/Helmut%20Kohl", "/ort/Berlin", "/vorschlaege?q=mau", "/api/suggest?q=mau",
     "/api/entities", "/kurven?q=Mauer&q=Berlin", "/konkordanz?q=Mauer", "/typisch?q=Mauer&archive=Chronik",
     "/vergleich?q=Mauer&other_q=Berlin", "/beleg?q=Mauer", "/beleg.json?q=Mauer&archive=Chronik",
     "/api/curves?q=Mauer&by=source", "/readyz", "/healthz", "/opensearch.xml", "/suche?q=Mauer&collapse=1",
     "/suche/erweitert", "/merkliste",
     f"/fassungen?id={quote('Abendblatt/kopie-1')}", f"/aehnlich?id={quote('Chronik/kopie-3')}"],
)  # fmt: skip
def test_every_page_answers(client: FlaskClient, path: str) -> None:
    """No page or answer needs one archive."""
    assert client.get(path).status_code == 200


def test_what_is_missing_is_told(folder: Path, tmp_path: Path) -> None:
    """With one archive gone the others answer, with a notice and a number for Prometheus; with none, it is a 503."""
    addresses = str(folder / "Chronik"), f"Weg={tmp_path / 'weg'}"
    client = create_app(addresses, operation=Operation(metrics="all")).test_client()
    assert client.get("/readyz").status_code == 200
    assert "nicht durchsucht: Weg." in client.get("/suche?q=Mauer").text
    metrics = client.get("/metrics").text
    assert 'nachlese_archive_ready{archive="Weg"} 0.0' in metrics
    assert 'nachlese_archive_ready{archive="Chronik"} 1.0' in metrics
    nothing = create_app((str(tmp_path / "a"), str(tmp_path / "b"))).test_client()
    assert kept_problem(nothing.get("/api/search?q=Mauer"), 503)
    assert nothing.get("/").status_code == 503
    with pytest.raises(SettingUnusable, match="two archives have the name"):
        create_app((str(tmp_path / "x/a"), str(tmp_path / "y/a")))


def test_what_is_absent_is_not_gone(folder: Path, tmp_path: Path) -> None:
    """An article of an absent archive is a 503, no 404; pages say what is left out; no file or citation lacks it."""
    client = create_app((str(folder / "Chronik"), f"Weg={tmp_path / 'weg'}")).test_client()
    for path in ("/suche?q=Mauer&archive=Weg", "/artikel/Weg/a.txt", "/artikel/a.txt", "/aehnlich?id=Weg/a.txt"):
        answer = client.get(path)
        assert (answer.status_code, answer.headers["Retry-After"]) == (503, "5"), path
    assert kept_problem(client.get("/api/articles?id=Weg/a.txt"), 503)
    assert client.get("/artikel/Chronik/wn-123").status_code == 200
    assert client.get("/artikel/Chronik/nichts").status_code == 404
    for path in ("/kurven?q=Mauer", "/konkordanz?q=Mauer", "/typisch?q=Mauer", "/vergleich?q=Mauer&other_q=Berlin"):
        assert "nicht durchsucht: Weg." in client.get(path).text, path
    for path in ("/suche.csv?q=Mauer", "/suche.atom?q=Mauer", "/suche.ris?q=Mauer", "/kurven.csv?q=Mauer",
                 "/api/curves?q=Mauer", "/api/concordance?q=Mauer", "/api/typical?q=Mauer",
                 "/api/compare?q=Mauer&other_q=Berlin", "/auswahl.csv?id=Chronik/wn-123&id=Weg/a.txt"):  # fmt: skip
        assert client.get(path).status_code == 503, path
        if not path.startswith("/auswahl"):
            assert client.get(f"{path}&archive=Chronik").status_code == 200, path
    assert client.get("/auswahl.csv?id=Chronik/wn-123").status_code == 200
    assert [notice["code"] for notice in client.get("/suche.json?q=Mauer").json["query"]["notices"]] == [
        "archives_absent"
    ]
    assert client.get("/beleg?q=Mauer").status_code == 503
    assert kept_problem(client.get("/beleg.json?q=Mauer"), 503)
    assert "nicht durchsucht: Weg." in client.get("/beleg?q=Mauer&archive=Chronik").text


def test_commands_ask_several(folder: Path, tmp_path: Path) -> None:
    """Commands that search take several; others say that they work on one, and a name that there is not is refused."""
    shell = Shell(tmp_path)
    both = [part for name in ARCHIVES for part in ("--index", str(folder / name))]
    found = shell.run("search", "Mauer", *both, "--archive", "Chronik", "--json").json
    assert found["total"] == 3
    assert found["facets"]["archive"] == [{"value": "Chronik", "count": 3}]
    assert shell.run("entities", *both, "--type", "person").out.split()[:1] == ["2"]
    record = shell.write("beleg.json", shell.run("record", "Mauer", *both).out)
    assert "The same articles as then." in shell.run("rerun", str(record), *both).out
    assert "places in" in shell.run("concordance", "Mauer", *both).out
    for arguments in (("status",), ("check",), ("delete", "x"), ("index", "x"), ("names",), ("watch", "x.toml")):
        refused = shell.run(*arguments, *both)
        assert (refused.code, "works on one index" in refused.err) == (2, True), arguments
    unknown = shell.run("search", "Mauer", *both, "--archive", "Kronik")
    assert (unknown.code, "known are Abendblatt, Chronik" in unknown.err) == (2, True)
    assert shell.run("search", "Mauer", *both[:2], "--archive", "Abendblatt").code == 2


def test_a_real_server_serves_several(folder: Path) -> None:
    """`nachlese serve --index a --index b` answers from both, in each of its processes."""
    with started(
        folder / "Abendblatt", "--index", f"Stadtchronik={folder / 'Chronik'}", "--workers", "2", NACHLESE_DEADLINE="0"
    ) as server:
        for _ in range(4):
            status, _, text = server.ask("/api/search?q=Mauer&archive=Stadtchronik")
            assert (status, json.loads(text)["total"]) == (200, 3)
        assert server.ask(f"/artikel/Stadtchronik/{SAME_ID}")[0] == 200


@pytest.fixture
def address(app: Flask) -> Iterator[str]:
    """The address of a server in front of the archives."""
    server = make_server("127.0.0.1", 0, app, threaded=True)
    answering = Thread(target=server.serve_forever)
    answering.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    answering.join()
    server.server_close()


@pytest.mark.browser
def test_a_reader_narrows_to_an_archive(browser: Browser, address: str) -> None:
    """Search, choose an archive, open an article of it, go back, take the choice back; without JavaScript."""
    context = browser.new_context(base_url=address, java_script_enabled=False, locale="de-DE")
    context.set_default_timeout(20_000)
    page, complaints = watched(context)
    page.goto("/suche?q=Mauer")
    facet = page.get_by_role("region", name="Archive")
    expect(facet.get_by_role("listitem")).to_have_count(2)
    facet.get_by_role("link", name="Chronik").click()
    expect(page.locator(".total")).to_contain_text("3 Treffer")
    page.get_by_role("link", name="Grenze offen").click()
    expect(page.locator(".kicker").first).to_contain_text("Chronik")
    page.get_by_role("link", name="Zurück zu den Treffern").click()
    page.get_by_role("link", name="Archiv: Chronik zurücknehmen").click()
    expect(page.locator(".total")).to_contain_text("6 Treffer")
    context.close()
    assert complaints == []
