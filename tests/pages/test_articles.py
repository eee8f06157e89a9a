"""Articles lead back to their search, on to its next hit, and elsewhere."""

from __future__ import annotations

from urllib.parse import quote, unquote

import pytest
from flask.testing import FlaskClient

from search import Article
from tests.pages.markup import Markup, read, title
from tests.pages.sample import ARTICLES


def test_an_article_leads_to_the_hits_around_it(client: FlaskClient) -> None:
    """Opened from a list, an article links the previous and the next hit of that list, and its place in it."""

    def way(page: Markup) -> dict[str, str]:
        return {tag["rel"]: tag["href"] for tag in page.all("a") if tag.get("rel") in ("prev", "next")}

    page = read(client.get("/artikel/wn-123?q=Mauer&sort=newest&rank=1"))
    assert "Treffer 1 von 2" in page.text
    assert way(page) == {"next": "/artikel/txt/mauerfall.txt?q=Mauer&sort=newest&rank=2"}
    last = read(client.get(way(page)["next"]))
    assert "Treffer 2 von 2" in last.text
    assert way(last) == {"prev": "/artikel/wn-123?q=Mauer&sort=newest&rank=1"}
    assert "/suche?q=Mauer&sort=newest&rank=2#treffer-2" in last.links()
    assert "treffer-2" in {tag.get("id") for tag in read(client.get("/suche?q=Mauer&sort=newest&rank=2")).all("li")}


@pytest.mark.parametrize("rank", ["", "0", "x", "-1", "99999999999999999999", "000000001" + "9" * 5000, "²"])
def test_a_rank_nobody_gave_is_no_way(client: FlaskClient, rank: str) -> None:
    """An article opened with a rank that cannot be is shown without a way through the list."""
    page = read(client.get("/artikel/wn-123", query_string={"q": "Mauer", "rank": rank}))
    assert " von 2" not in page.text
    assert "/suche?q=Mauer" in page.links()


@pytest.mark.parametrize(("id", "told", "true"), [("wn-123", 2, 1), ("wn-123", 9, 1), ("txt/mauerfall.txt", 1, 2)])
def test_a_rank_that_has_changed_is_corrected_at_the_ends(client: FlaskClient, id: str, told: int, true: int) -> None:
    """What has no hit before it is the first, and what has none behind it the last, whatever the address says."""
    assert f"Treffer {true} von 2" in read(client.get(f"/artikel/{id}?q=Mauer&sort=newest&rank={told}")).text


def test_an_article_that_the_search_does_not_find_has_no_place_in_it(client: FlaskClient) -> None:
    """A rank in a list that the article is not in is ignored."""
    assert "Treffer 1 von" not in read(client.get("/artikel/wn-123?q=Atomprogramm&rank=1")).text


def test_names_in_the_text_lead_to_their_pages(client: FlaskClient) -> None:
    """The first mention of each name is a link to the page about it; marks stay inside of it."""
    page = read(client.get("/artikel/wn-123?q=Berlin"))
    inside = [tag["href"] for tag in page.all("a") if tag.get("class") == "name"]
    assert inside == ["/ort/Berlin"]
    assert page.marked.count("Berlin") == 2


def test_an_article_offers_similar_ones_and_its_citation(client: FlaskClient) -> None:
    """An article shows others like it, a reference in words, and files for reference managers."""
    page = read(client.get("/artikel/txt/mauerfall.txt"))
    assert "/artikel/wn-123" in page.links()
    assert "Eva Muster: Die Mauer ist offen. In: Abendblatt, 10. November 1989" in page.text
    assert any(href.startswith("/zitat.ris?") for href in page.links())


@pytest.mark.parametrize("article", ARTICLES, ids=lambda article: article.id)
def test_every_hit_leads_to_its_article_and_back(client: FlaskClient, article: Article) -> None:
    """The link of a hit works for any id, and the article leads back to the same results."""
    results = "/suche?sort=newest&size=100"
    addresses = [href for href in read(client.get(results)).links() if href.startswith("/artikel")]
    pages = {href: read(client.get(href)) for href in addresses}
    (page,) = (page for page in pages.values() if title(page) == f"{article.headline} – Nachlese")
    assert any(href.startswith(f"{results}&rank=") for href in page.links())


def test_article_marks_the_words_that_led_to_it(client: FlaskClient) -> None:
    """An article opened from a search shows where it matches; opened alone, it has no marks."""
    page = read(client.get("/artikel/txt/mauerfall.txt?q=Mauer"))
    assert page.marked.count("Mauer") == 3
    assert "Fundstellen" in page.text
    assert read(client.get("/artikel/txt/mauerfall.txt")).marked == []


def test_article_shows_what_is_known_and_links_its_names(client: FlaskClient) -> None:
    """An article has its date, source, section, authors, paragraphs, original, and links to its names."""
    page = read(client.get("/artikel/txt/mauerfall.txt"))
    for known in ("10. November 1989", "Abendblatt", "Politik", "Von Eva Muster", "Tausende feierten"):
        assert known in page.text
    assert "https://example.org/mauerfall" in page.links()
    assert {"/person/Egon%20Krenz", "/organisation/SED", "/suche?author=Eva+Muster"} <= set(page.links())
    assert {"lang": "de"} in page.all("html")


def test_dates_are_shown_as_precisely_as_they_are_known(client: FlaskClient) -> None:
    """A month is shown as a month, a year as a year, an instant with its time in Berlin, and none as none."""
    month = quote("https://example.org/a?b=1&c=ä#d", safe="")
    for path, date in ((month, "Juni 1975"), ("wn-123", "0.05 Uhr"), ("wn-123", "3. Oktober 1990")):
        assert date in read(client.get(f"/artikel/{path}")).text
    assert "ohne Datum" in read(client.get("/artikel?id=..")).text


def test_the_author_of_an_article_leads_to_the_other_articles(client: FlaskClient) -> None:
    """The name of an author lists what he wrote, as a filter to take back and a facet."""
    page = read(client.get("/suche?author=Eva+Muster"))
    assert "Die Mauer ist offen" in page.text
    assert "Autor: Eva Muster" in page.text
    assert "Eva Muster" in read(client.get("/suche/autoren?q=Mauer")).text


def test_more_articles_like_one_are_a_list(client: FlaskClient) -> None:
    """From an article with others like it a link leads to more of them, each with its beginning; none is itself."""
    article = read(client.get("/artikel/txt/mauerfall.txt"))
    assert "/aehnlich?id=txt/mauerfall.txt" in [unquote(address) for address in article.links()]
    page = read(client.get("/aehnlich?id=txt/mauerfall.txt"))
    assert "/artikel/wn-123" in page.links()
    assert "Vor dem Reichstag" in page.text
    assert page.links().count("/artikel/txt/mauerfall.txt") == 1  # the way back
    assert (
        "Kein anderer Artikel" in read(client.get("/aehnlich", query_string={"id": "Straße der Wörter/1 2.txt"})).text
    )
    for wrong in ("/aehnlich", "/aehnlich?id=nix"):
        read(client.get(wrong), 404)
