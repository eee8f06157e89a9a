"""The feed of a search keeps the rules of Atom and says what the search says."""

from __future__ import annotations

import re
from urllib.parse import urlsplit
from xml.etree.ElementTree import Element

import pytest
from flask.testing import FlaskClient

from tests.files import reading
from tests.files.reading import ATOM
from tests.files.sample import BREAKOUTS, MANY
from tests.files.test_files import QUERIES
from web.files.formats import EXPORT_FORMATS

RFC_3339 = re.compile(r"\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d+)?(Z|[+-]\d{2}:\d{2})")


def lawful(root: Element) -> list[Element]:
    """The entries of a feed after it was held to the rules of RFC 4287, sections 4.1.1, 4.1.2 and 4.2."""
    entries = root.findall(f"{ATOM}entry")
    for element in (root, *entries):
        for name in ("id", "title", "updated"):
            assert len(element.findall(f"{ATOM}{name}")) == 1
        assert urlsplit(one(element, "id")).scheme
        for name in ("updated", "published"):
            assert all(RFC_3339.fullmatch(date.text or "") for date in element.findall(f"{ATOM}{name}"))
        assert reading.links(element)["alternate"].startswith("http://localhost/")
        assert all(author.findtext(f"{ATOM}name") for author in element.findall(f"{ATOM}author"))
        assert all(re.fullmatch(r"[!-~]+", address) for address in reading.links(element).values())
    assert "self" in reading.links(root)
    assert root.findall(f"{ATOM}author")
    assert len({one(entry, "id") for entry in entries}) == len(entries)
    return entries


def one(element: Element, name: str) -> str:
    """The text of an element's only child of this name."""
    return element.findtext(f"{ATOM}{name}") or ""


@pytest.mark.parametrize("query", QUERIES)
def test_every_search_has_a_lawful_feed(client: FlaskClient, query: str) -> None:
    """Whatever is asked, the feed keeps the rules and has the articles of the search, newest first if not told."""
    entries = lawful(reading.feed(reading.text_of(client.get(f"/suche.atom?{query}"))))
    sort = "" if "sort=" in query else "&sort=newest"
    found = reading.hits(client, query + sort)
    assert [one(entry, "summary") for entry in entries] == [hit["snippet"]["text"] for hit in found]


def test_feed_names_itself_and_its_neighbours(client: FlaskClient) -> None:
    """A feed links itself, its first and next page, the results for readers and the search engine."""
    address = "http://localhost/suche.atom?q=Mauer&size=1"
    root = reading.feed(reading.text_of(client.get(address)))
    links = reading.links(root)
    assert (links["self"], links["first"], one(root, "id")) == (address, address, address)
    assert links["alternate"] == "http://localhost/suche?q=Mauer"
    assert links["search"] == "http://localhost/opensearch.xml"
    second = reading.feed(reading.text_of(client.get(links["next"])))
    assert reading.links(second)["first"] == one(second, "id") == address
    assert reading.links(second)["self"] == links["next"]
    assert "next" not in reading.links(second)
    assert one(root, "title") == "Nachlese: Mauer"


def test_entry_says_what_is_known_of_its_article(client: FlaskClient) -> None:
    """An entry has address, original, day, author, section and the passage that was found."""
    root = reading.feed(reading.text_of(client.get("/suche.atom?q=Mauer&from=1989&to=1989")))
    (entry,) = lawful(root)
    assert one(entry, "id") == reading.permalink("txt/mauerfall.txt") == reading.links(entry)["alternate"]
    assert reading.links(entry)["via"] == "https://example.org/mauerfall"
    assert one(entry, "title") == "Die Mauer ist offen"
    assert one(entry, "published") == one(entry, "updated") == "1989-11-10T00:00:00+00:00"
    assert entry.findtext(f"{ATOM}author/{ATOM}name") == "Eva Muster"
    assert [category.get("term") for category in entry.findall(f"{ATOM}category")] == ["Politik"]
    assert "Berliner Mauer" in one(entry, "summary")


def test_dates_are_never_made_up(client: FlaskClient) -> None:
    """Only what has a day is published then; a month counts from its first day, the undated change with the archive."""
    root = reading.feed(reading.text_of(client.get("/suche.atom")))
    dates = {one(entry, "title"): (one(entry, "published"), one(entry, "updated")) for entry in lawful(root)}
    assert dates["Einheit in Berlin gefeiert"] == ("1990-10-02T23:05:00+00:00",) * 2
    assert dates["Atomprogramm beschlossen"] == ("", "1975-06-01T00:00:00+00:00")
    assert dates["Müller gewinnt"] == ("", "2020-01-01T00:00:00+00:00")
    assert dates["Ein Angriff mit Punkten."] == ("", one(root, "updated"))


def test_feed_is_short_unless_told_otherwise(many_client: FlaskClient) -> None:
    """A feed has the newest few, and leads to the others."""
    root = reading.feed(reading.text_of(many_client.get("/suche.atom?q=Fund")))
    assert len(lawful(root)) == EXPORT_FORMATS["atom"].size
    assert root.findtext("{http://a9.com/-/spec/opensearch/1.1/}totalResults") == str(len(MANY))
    following = reading.feed(reading.text_of(many_client.get(reading.links(root)["next"])))
    assert following.findtext("{http://a9.com/-/spec/opensearch/1.1/}startIndex") == str(
        EXPORT_FORMATS["atom"].size + 1
    )


def test_wicked_articles_stay_in_their_entries(wicked_client: FlaskClient) -> None:
    """Whatever articles say, the feed stays lawful and has an entry for each."""
    entries = lawful(reading.feed(reading.text_of(wicked_client.get("/suche.atom?q=Fund"))))
    assert len(entries) == len(BREAKOUTS)
    assert any("]]></summary><script>" in one(entry, "summary") for entry in entries)


@pytest.mark.parametrize("text", ["\x00\x08", "]]>", '<a href="x">', "\ufffe", "&amp;"])
def test_hostile_queries_are_only_text(client: FlaskClient, text: str) -> None:
    """Whatever is asked, the feed stays well-formed and shows the query in its title."""
    root = reading.feed(reading.text_of(client.get("/suche.atom", query_string={"q": text})))
    lawful(root)
    assert one(root, "title").startswith("Nachlese:")
