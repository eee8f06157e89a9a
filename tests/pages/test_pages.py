"""The pages show what was asked, and lead on from it."""

from __future__ import annotations

from pathlib import Path

import pytest
from flask.testing import FlaskClient

from search import Article, write_archive
from search.query.parser import parse
from tests.pages.markup import link, read, title
from tests.pages.sample import ARTICLES
from web import create_app
from web.pages.help import CHAPTERS, START

EXAMPLES = [example.query for chapter in CHAPTERS for example in chapter.examples]
PATTERNS = [*START, *(query for chapter in CHAPTERS for example in chapter.examples for query, _ in example.instead)]
# What own_words has for an archive in which there is all of it.
WORDS = {"person": "Kohl", "place": '"Bad Ems"', "organisation": "SED", "source": "Post", "section": "Politik",
         "author": "Muster", "year": "1989", "month": "1989-11", "day": "1989-11-09", "noun": "Mauer", "second": "Wahl",
         "phrase": "Berliner Mauer", "beginning": "Mauer", "family": "Brandt", "misspelt": "Brendt"}  # fmt: skip


def test_start_page_counts_the_articles_and_offers_the_newest(client: FlaskClient) -> None:
    """The start page says how many articles there are and links the newest."""
    page = read(client.get("/"))
    assert f"{len(ARTICLES)} Artikel im Archiv" in page.text
    assert "/artikel/Stra%C3%9Fe%20der%20W%C3%B6rter/1%202.txt" in page.links()


def test_results_say_how_many_and_why(client: FlaskClient) -> None:
    """A result page has the query and total in its title, marks, dates in German and the reason of each hit."""
    page = read(client.get("/suche?q=Mauer"))
    assert title(page) == "„Mauer“ – 2 Treffer – Nachlese"
    assert "10. November 1989" in page.text
    assert "3. Oktober 1990" in page.text
    assert set(page.marked) == {"Mauer"}
    assert "genau so" not in page.text  # as all are
    assert "genau so" in read(client.get("/suche?q=Einheit+Programm")).text


@pytest.mark.parametrize(
    ("query", "reason"), [("Einheit Programm", "genau so"), ("Haus", "andere Wortform"), ("Musiksammlung", "Wortteil")]
)
def test_reasons_are_told_in_words(client: FlaskClient, query: str, reason: str) -> None:
    """Exact words, word forms and parts of compounds are told apart."""
    assert reason in read(client.get(f"/suche?q={query}")).text


def test_facets_add_and_take_back_values(client: FlaskClient) -> None:
    """A facet link adds its value to the others, and on the next page takes it back."""
    page = read(client.get("/suche?q=Mauer"))
    page = read(client.get(link(page, q="Mauer", person="Willy Brandt")))
    assert "1 Treffer" in title(page)
    assert "gewählt" in page.text
    assert "Person: Willy Brandt" in page.text
    page = read(client.get(link(page, q="Mauer", person="Willy Brandt", place="Berlin")))
    assert "Ort: Berlin" in page.text
    page = read(client.get(link(page, q="Mauer", place="Berlin")))
    assert "2 Treffer" in title(page)


def test_several_values_of_one_facet_stay_together(client: FlaskClient) -> None:
    """A second source widens, a second person narrows."""
    page = read(client.get("/suche?source=Abendblatt&source=Morgenpost"))
    assert "3 Treffer" in title(page)
    assert "Quelle: Abendblatt" in page.text
    assert "Quelle: Morgenpost" in page.text
    assert "1 Treffer" in title(read(client.get("/suche?person=Helmut+Kohl&person=Willy+Brandt")))


@pytest.mark.parametrize(
    ("query", "name"),
    [
        ("q=Mauer&place=Berlin&from=1989", "„Mauer“, Ort: Berlin, Zeitraum: ab 1989 – 2 Treffer"),
        ("person=Willy+Brandt", "Ausgewählte Artikel, Person: Willy Brandt – 1 Treffer"),
        ("sort=oldest", f"Alle Artikel – {len(ARTICLES)} Treffer"),
        ("size=4&rank=6", f"Alle Artikel – Treffer 5 bis 8 von {len(ARTICLES)}"),
    ],
)
def test_each_page_of_results_has_its_own_title(client: FlaskClient, query: str, name: str) -> None:
    """The title has the words, the filters and the place in the list; filtered articles are not called all."""
    page = read(client.get(f"/suche?{query}"))
    assert title(page) == f"{name} – Nachlese"


def test_bars_of_the_timeline_narrow(client: FlaskClient) -> None:
    """A bar is the range from its month to its month, shown as one filter that can be taken back."""
    page = read(client.get("/suche?q=Mauer"))
    assert "November 1989: 1 Treffer" in page.text
    page = read(client.get(link(page, q="Mauer", **{"from": "1989-11", "to": "1989-11"})))
    assert "Zeitraum: November 1989" in page.text
    assert "1 Treffer" in title(page)
    assert link(page, q="Mauer")
    page = read(client.get(link(page, q="Mauer", **{"from": "1989-11-10", "to": "1989-11-10"})))
    assert "weiter fassen: November 1989" in page.text
    assert link(page, q="Mauer", **{"from": "1989-11", "to": "1989-11"})


def test_the_last_days_of_the_archive_are_a_link(client: FlaskClient) -> None:
    """A search can be narrowed to the last days that the archive has, whatever today is."""
    page = read(client.get("/suche?q=Mauer&from=1989"))
    assert link(page, q="Mauer", **{"from": "2020-12-25"})
    assert link(page, q="Mauer", **{"from": "2020-12-02"})


@pytest.mark.parametrize(
    ("since", "until", "found"),
    [("3.10.1990", "", 1), ("November 1989", "1990", 2), ("", "10. November 1989", 1), ("1990-10", "3.10.1990", 1)],
)
def test_dates_may_be_written_in_german(client: FlaskClient, since: str, until: str, found: int) -> None:
    """Both ends of the range take days, months and years as people write them, and show them in German."""
    page = read(client.get("/suche", query_string={"q": "Mauer", "from": since, "to": until}))
    assert f"{found} Treffer" in title(page)
    typed = [attributes for attributes in page.all("input") if attributes.get("type") != "date"]
    values = {attributes.get("name"): attributes.get("value") for attributes in typed}
    assert (values["from"], values["to"]) == (since.replace("1990-10", "Oktober 1990"), until)


@pytest.mark.parametrize(
    ("query", "complaint"),
    [
        ("from=gestern", "„gestern“ ist kein lesbares Datum"),
        ("to=31.2.2020", "„31.2.2020“ ist kein lesbares Datum"),
        ("from=2005-02-29", "„2005-02-29“ ist kein lesbares Datum"),
        ("from=2005-13", "„2005-13“ ist kein lesbares Datum"),
        ("from=2020&to=2019", "Das Ende liegt vor dem Anfang"),
        ("sort=best", "„best“ ist hier nicht möglich"),
        ("size=1000", "„1000“ ist hier nicht möglich"),
        ("cursor=erfunden", "„erfunden“ ist hier nicht möglich"),
    ],
)
def test_unusable_values_are_explained_without_losing_the_query(
    client: FlaskClient, query: str, complaint: str
) -> None:
    """What cannot be used is explained in the page, everything else is still answered."""
    page = read(client.get(f"/suche?q=Mauer&person=Helmut+Kohl&{query}"))
    assert complaint in page.text
    assert "Person: Helmut Kohl" in page.text
    assert any(attributes.get("value") == "Mauer" for attributes in page.all("input"))


def test_unknown_parameters_are_ignored(client: FlaskClient) -> None:
    """A page asked with parameters that others appended is the same page."""
    assert "2 Treffer" in title(read(client.get("/suche?q=Mauer&utm_source=x")))


def test_too_long_query_is_explained(client: FlaskClient) -> None:
    """Beyond 1,000 characters the page says so, and how long the query is."""
    assert "1.001 Zeichen lang" in read(client.get("/suche?q=" + "x" * 1001), 400).text


@pytest.mark.parametrize("path", ["/suche", "/suche?q=", "/suche?q=+", "/suche?q=&from=&to="])
def test_empty_query_shows_everything_newest_first(client: FlaskClient, path: str) -> None:
    """Without words and filters the whole archive is there to leaf through."""
    page = read(client.get(path))
    assert title(page) == f"Alle Artikel – {len(ARTICLES)} Treffer – Nachlese"
    assert page.text.index("Müller gewinnt") < page.text.index("Einheit in Berlin gefeiert")


def test_paging_leads_on_and_back_to_the_beginning(client: FlaskClient) -> None:
    """Following "Weitere Treffer" shows the rest, and every later page leads back to the first."""
    page = read(client.get("/suche?size=4"))
    following = next(href for href in page.links() if "cursor=" in href and href.startswith("/suche"))
    second = read(client.get(following))
    assert "Zurück zum Anfang" in second.text
    assert "/suche?size=4" in second.links()
    assert {href.split("?")[0] for href in page.links() if "/artikel/" in href}.isdisjoint(
        href.split("?")[0] for href in second.links() if "/artikel/" in href
    )


@pytest.mark.parametrize(("rank", "first"), [(1, 1), (4, 1), (5, 5), (9, 9), (99, 9)])
def test_who_comes_back_from_further_on_finds_that_page(client: FlaskClient, rank: int, first: int) -> None:
    """A rank in the address leafs to the page that has it, forth and back, at most to the last one."""
    pages = [read(client.get(f"/suche?size=4&rank={rank}"))]
    second = next(tag["href"] for tag in pages[0].all("a") if tag.get("rel") in ("prev", "next"))
    pages.append(read(client.get(f"{second}&rank={rank}")))
    for page in pages:
        assert [attributes["start"] for attributes in page.all("ol")] == [str(first)]


def test_empty_result_says_what_to_do_next(client: FlaskClient) -> None:
    """Where nothing is found, each filter can be dropped, and the help is near."""
    page = read(client.get("/suche?q=Gibtesnicht+Niemals&place=Berlin&from=1989&to=1989"))
    assert title(page) == "„Gibtesnicht Niemals“, Ort: Berlin, Zeitraum: 1989 – Kein Treffer – Nachlese"
    assert link(page, q="Gibtesnicht Niemals", **{"from": "1989", "to": "1989"})
    assert link(page, q="Gibtesnicht Niemals", place="Berlin")
    assert link(page, q="Gibtesnicht Niemals")
    assert "/hilfe" in page.links()


def test_what_finds_nothing_as_joined_offers_less(client: FlaskClient) -> None:
    """A query of which nothing may be missing leads to those that ask for less, each with its hits."""
    page = read(client.get("/suche?q=Reichstag+UND+Niemals"))
    assert title(page) == "„Reichstag UND Niemals“ – Kein Treffer – Nachlese"
    address = link(page, q="Reichstag ODER Niemals")
    assert "Kein Treffer" not in title(read(client.get(address)))


def test_a_relaxed_list_can_be_made_strict(client: FlaskClient) -> None:
    """Where words may be missing, a link leads to the articles that have all, and from there one back."""
    page = read(client.get("/suche?q=Reichstag+Niemals&sort=newest"))
    strict = read(client.get(link(page, q="Reichstag Niemals", sort="newest", relax="0")))
    assert "Kein Treffer" in title(strict)
    assert link(strict, q="Reichstag Niemals", sort="newest")
    assert any(address.startswith("/suche.csv?q=Reichstag+ODER+Niemals") for address in page.links())


def test_readers_choose_how_closely_words_match(client: FlaskClient) -> None:
    """Over the hits stand the ways in which words can match, each leading to what it finds."""
    page = read(client.get("/suche?q=Mauer"))
    for matching in ("exact", "forms"):
        assert "Kein Treffer" not in title(read(client.get(link(page, q="Mauer", match=matching))))
    assert link(read(client.get("/suche?q=Mauer&match=exact")), q="Mauer")


@pytest.mark.parametrize(
    ("text", "offered"),
    [
        ("Reichstag Niemals", {"Reichstag": 1}),
        ("Mauer Reichstag Niemals", {"Mauer Reichstag": 0, "Mauer": 0}),
        ("Einheit", {"Einh*": 0}),
        ('"Reichstag Mauer"', {"Reichstag Mauer": 1, "Reichstag": 0}),
        ("Atomkraftgegner", {"Atomkraft*": 0}),
        ("Reichstagsgebäude", {"Reichstags*": 0}),
        ("Kabinettsbeschluss", {"Kabinettsbe*": 0}),
        ("Einheitsfeier -Bonn", {}),
    ],
)
def test_other_searches_are_offered_with_their_hits(client: FlaskClient, text: str, offered: dict[str, int]) -> None:
    """A query that finds little comes with others near to it, each with its number of hits, and only those with any."""
    page = read(client.get("/suche", query_string={"q": text, "section": "Politik"}))
    for other, hits in offered.items():
        if hits:
            address = link(page, q=other, section="Politik")
            assert f"– {hits} Treffer –" in title(read(client.get(address)))
        else:
            with pytest.raises(StopIteration):
                link(page, q=other, section="Politik")


def test_the_compact_view_stays_until_it_is_left(client: FlaskClient) -> None:
    """The compact view shows no passages and is kept by facets, orders and the search box."""
    page = read(client.get(link(read(client.get("/suche?q=Mauer")), q="Mauer", view="compact")))
    assert "Nach 28 Jahren" not in page.text
    assert link(page, q="Mauer", view="compact", person="Willy Brandt")
    assert link(page, q="Mauer", view="compact", sort="newest")
    assert {"type": "hidden", "name": "view", "value": "compact"} in page.all("input")
    assert link(page, q="Mauer")


def test_paging_leads_back(client: FlaskClient) -> None:
    """From the second page a link leads back to a page with the first hits, and ranks go on counting."""
    first = read(client.get("/suche?size=4"))
    second = read(client.get(next(href for href in first.links() if "cursor=" in href and href.startswith("/suche"))))
    assert "5 bis 8" in second.text
    assert [attributes["start"] for attributes in second.all("ol")] == ["5"]
    back = [tag["href"] for tag in second.all("a") if tag.get("rel") == "prev"]
    assert "1 bis 4" in read(client.get(back[0])).text


@pytest.mark.parametrize("query", [*EXAMPLES, *(pattern.format_map(WORDS) for pattern in PATTERNS)])
def test_every_example_is_understood(query: str) -> None:
    """Each query that the help or the start page can show is read without anything odd."""
    assert parse(query).notices == ()


@pytest.mark.parametrize("path", ["/", "/hilfe"])
def test_no_example_is_dead(client: FlaskClient, path: str) -> None:
    """Each query that can be clicked on the start page and in the help finds something as it stands."""
    queries = [
        attributes["href"] for attributes in read(client.get(path)).all("a") if attributes.get("class") == "query"
    ]
    assert len(queries) >= {"/": 3, "/hilfe": 15}[path]
    for address in queries:
        page = read(client.get(address))
        assert "Kein Treffer" not in title(page), address
        assert "Kein Artikel enthält alle Wörter" not in page.text, address


def test_examples_come_from_the_archive_and_follow_it(tmp_path: Path) -> None:
    """Where the words of the help find nothing, the archive's own stand there, of its last commit; else no link."""
    index = tmp_path / "index"
    client = create_app(index).test_client()
    for id, title_of_it, noun in (
        ("1", "Streit um Weizen und Zölle", "Weizen"),
        ("1", "Ernte von Kaffee und Kakao", "Kaffee"),
    ):
        with write_archive(index, engine="whoosh") as writer:
            writer.put(Article(id=id, title=title_of_it, body="Es geht weiter.", source="Blatt"))
        page = read(client.get("/hilfe"))
        assert link(page, q=f"={noun}")
        assert link(page, q="quelle:Blatt")
        assert "person:Kohl" in page.text
        assert not any("person%3A" in address for address in page.links())


@pytest.mark.parametrize(
    ("path", "status", "word"),
    [("/nix", 404, "Hier ist nichts"), ("/artikel/nix", 404, "Hier ist nichts"), ("/artikel", 404, "Hier ist nichts")],
)
def test_wrong_addresses_are_explained_in_german(client: FlaskClient, path: str, status: int, word: str) -> None:
    """What is not there is a German page with a search box."""
    page = read(client.get(path), status)
    assert word in page.text
    assert any(attributes.get("name") == "q" for attributes in page.all("input"))


def test_a_wrong_address_does_not_lose_the_search(client: FlaskClient) -> None:
    """Where an article is gone, the search that led to it is still in the box, with its filters."""
    fields = read(client.get("/artikel/nix?q=Mauer&place=Berlin&rank=2"), 404).all("input")
    assert {field["name"]: field["value"] for field in fields} == {"q": "Mauer", "place": "Berlin"}


def test_wrong_methods_are_explained_in_german(client: FlaskClient) -> None:
    """A page can only be looked at, and says so."""
    response = client.post("/suche")
    assert "nur ansehen" in read(response, 405).text
    assert "GET" in response.headers["Allow"]


def test_missing_index_is_explained_with_the_command(bare_client: FlaskClient) -> None:
    """Without an index every page that needs it says which command builds one; the help still works."""
    for path in ("/", "/suche?q=x", "/artikel/x"):
        assert "nachlese index seeds" in read(bare_client.get(path), 503).text
    read(bare_client.get("/hilfe"))


def test_empty_archive_is_explained_with_the_command(tmp_path: Path) -> None:
    """An archive without articles says which command reads some."""
    with write_archive(tmp_path / "index", engine="whoosh"):
        pass
    page = read(create_app(tmp_path / "index").test_client().get("/"))
    assert "nachlese index seeds" in page.text
