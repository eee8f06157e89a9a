"""The pages about names: one for each, the list of them all, and all values of a facet."""

from __future__ import annotations

import json
import re
from html import unescape
from pathlib import Path
from urllib.parse import quote

import pytest
from flask.testing import FlaskClient

from indexer.resolution import read_aliases
from indexer.resolution.aliases import Canonical
from search import Article, Entities, NewsDate, write_archive
from search.alias_lines import name_lines, no_name_lines
from search.article import ENTITY_TYPES, EntityName
from search.store.entry import to_entry
from tests.pages.markup import Markup, link, read, title
from tests.pages.sample import ARTICLES
from web import create_app

ODD_NAMES = (
    "AC/DC",
    "..",
    "/x",
    "a//b",
    ".",
    "x/",
    "Was?",
    "50 % & mehr",
    "a#b",
    "C++",
    "Ä" * 300,
    "a\\b",
    "%2e%2e",
    "\n",
)
MANY = 620


@pytest.fixture(scope="module")
def crowd(tmp_path_factory: pytest.TempPathFactory) -> FlaskClient:
    """A client of an archive with articles that name odd names, and very many."""
    directory: Path = tmp_path_factory.mktemp("crowd")
    people = tuple(f"Person {number}" for number in range(MANY))
    with write_archive(directory, "tantivy") as writer:
        writer.put(Article("odd", "a", "Seltsam", entities=Entities(ODD_NAMES, ODD_NAMES, ODD_NAMES)))
        writer.put(Article("many", "b", "Viele", NewsDate("1990"), entities=Entities(people, ("Bonn",))))
        writer.put(Article("few", "c", "Wenige", NewsDate("1991-05"), entities=Entities(people[:21], ("Bonn",))))
    return create_app(directory).test_client()


@pytest.fixture(scope="module")
def renamed(tmp_path_factory: pytest.TempPathFactory) -> FlaskClient:
    """A client of an archive that lists *Trump* as Donald Trump, and *Oder* not at all."""
    directory: Path = tmp_path_factory.mktemp("renamed")
    renamings = {EntityName("person", "Trump"): EntityName("person", "Donald Trump"), EntityName("place", "Oder"): None}
    with write_archive(directory, "tantivy") as writer:
        for id, names in {"full": ("Donald Trump",), "alone": ("Trump",)}.items():
            writer.put_entry(to_entry(Article(id, "a", entities=Entities(names, ("Oder",))), id, renamings))
    return create_app(directory).test_client()


def test_a_name_says_how_articles_have_it(renamed: FlaskClient) -> None:
    """A name shows what it is listed in place of, whose address leads to it; what is no name has no page."""
    page = read(renamed.get("/person/Donald%20Trump"))
    assert "2 Artikel" in page.text
    assert "In Artikeln auch: Trump 1" in page.text
    response = renamed.get("/person/Trump")
    assert (response.status_code, response.location) == (302, "/person/Donald%20Trump")
    assert renamed.get("/ort/Oder").status_code == 404
    assert renamed.get("/ort/Trump").status_code == 404


def test_a_name_can_be_reported(renamed: FlaskClient, tmp_path: Path) -> None:
    """What could be wrong with a name comes with lines for the file of aliases, which takes them."""
    found = re.findall(r"<dt>(.*?)</dt>\s*<dd><pre>(.*?)</pre>", renamed.get("/person/Donald%20Trump").text, re.DOTALL)
    claims = {unescape(claim): unescape(lines) for claim, lines in found}
    assert list(claims) == [
        "„Donald Trump“ ist kein Name", "„Donald Trump“ ist ein Ort", "„Donald Trump“ ist eine Organisation",
        "„Donald Trump“ heißt anders", "„Trump“ ist nicht immer Donald Trump",
    ]  # fmt: skip
    assert claims["„Trump“ ist nicht immer Donald Trump"].splitlines()[-1] == 'not = ["Trump"]'
    for lines in claims.values():
        (tmp_path / "aliases.toml").write_text(lines, encoding="utf-8")
        read_aliases(tmp_path / "aliases.toml")


def test_lines_for_a_word_of_sentences_are_taken(tmp_path: Path) -> None:
    """Of a function word, and of a name that is listed in place of itself in another type, only what the file takes."""
    anne, will = EntityName("person", "Anne Will"), EntityName("person", "Will")
    with write_archive(tmp_path, "tantivy") as writer:
        for id, names in {"a": Entities(("Will",)), "b": Entities((), ("Anne Will",))}.items():
            renamings = {EntityName("place", "Anne Will"): anne}
            writer.put_entry(to_entry(Article(id, "a", entities=names), id, renamings if id == "b" else {}))
    client = create_app(tmp_path).test_client()
    for name, number in ((anne, 4), (will, 3)):
        found = re.findall(r"<dd><pre>(.*?)</pre>", client.get(f"/person/{quote(name.name)}").text, re.DOTALL)
        assert len(found) == number
        for lines in found:
            (tmp_path / "aliases.toml").write_text(unescape(lines), encoding="utf-8")
            read_aliases(tmp_path / "aliases.toml")


@pytest.mark.parametrize("name", ['Quote "x"', "back\\slash", "\x7f", "Zeile\nzwei", "Ä’„“"])
def test_lines_for_aliases_hold_any_name(tmp_path: Path, name: str) -> None:
    """Whatever the characters of a name, the lines that are offered say it."""
    odd = EntityName("place", name)
    path = tmp_path / "aliases.toml"
    lines = name_lines(odd, [name], [f"{name} Z"])
    path.write_text(f"{lines}\n{no_name_lines(EntityName('person', name))}", encoding="utf-8")
    aliases = read_aliases(path)
    assert [canonical.type for canonical in aliases.names.values()] == ["place"] * len(aliases.names)
    assert aliases.refuses(Canonical(" ".join(name.split()), "person"))


def test_the_page_of_a_name_says_what_is_known_of_it(client: FlaskClient) -> None:
    """A name has its kind, the number of articles and their time, the newest of them, and ways to more."""
    page = read(client.get("/person/Helmut%20Kohl"))
    assert title(page) == "Helmut Kohl (Person) – Nachlese"
    for known in ("2 Artikel", "10. November 1989 bis 3. Oktober 1990", "Einheit in Berlin gefeiert"):
        assert known in page.text
    assert page.text.index("Einheit in Berlin gefeiert") < page.text.index("Die Mauer ist offen")
    assert link(page, person="Helmut Kohl")
    assert link(page, person="Helmut Kohl", sort="oldest")
    assert "/suche.atom?person=Helmut+Kohl" in page.links()
    assert {"type": "hidden", "name": "person", "value": "Helmut Kohl"} in page.all("input")


def test_a_name_leads_to_the_names_beside_it(client: FlaskClient) -> None:
    """Names that share articles with one are linked to their pages, their counts to these articles."""
    page = read(client.get("/person/Helmut%20Kohl"))
    assert {"/person/Egon%20Krenz", "/person/Willy%20Brandt", "/ort/Berlin", "/organisation/SED"} <= set(page.links())
    assert "/person/Helmut%20Kohl" not in page.links()
    assert "2 gemeinsame Artikel mit Berlin" in page.text
    together = client.get(link(page, person="Helmut Kohl", organisation="SED"))
    assert "1 Treffer" in title(read(together))


def test_a_bar_of_a_name_narrows_the_search_for_it(client: FlaskClient) -> None:
    """The chart of a name has a bar for each time, which is a search for the name in that time."""
    page = read(client.get("/ort/Berlin"))
    assert "November 1989: 1 Artikel" in page.text
    narrowed = link(page, place="Berlin", **{"from": "1989-11", "to": "1989-11"})
    assert "1 Treffer" in title(read(client.get(narrowed)))


def test_a_name_without_dates_has_none(client: FlaskClient, crowd: FlaskClient) -> None:
    """What is only in undated articles has neither a time nor a chart; a month stays a month."""
    page = read(crowd.get("/person/Was%3F"))
    assert "1 Artikel" in page.text
    assert page.all("svg") == []
    assert "2 Artikel, 1990 bis Mai 1991" in read(crowd.get("/ort/Bonn")).text
    assert "1 Artikel, Juni 1975" in read(client.get("/ort/Bonn")).text


def test_a_name_tells_programs_what_it_is(client: FlaskClient) -> None:
    """The page has JSON-LD of its kind, a canonical address, and a feed."""
    response = client.get("/organisation/SED")
    (data,) = re.findall(r'<script type="application/ld\+json">(.*?)</script>', response.text)
    address = "http://localhost/organisation/SED"
    assert json.loads(data) == {
        "@context": "https://schema.org", "@type": "Organization", "name": "SED", "url": address,
    }  # fmt: skip
    links = {tag.get("rel"): tag["href"] for tag in read(response).all("link")}
    assert (links["canonical"], links["alternate"]) == (address, "/suche.atom?organisation=SED")


@pytest.mark.parametrize("path", ["/person/", "/ort/", "/organisation/"])
@pytest.mark.parametrize("name", ODD_NAMES)
def test_any_name_has_a_page(crowd: FlaskClient, path: str, name: str) -> None:
    """Whatever its characters, a name is found by path and by parameter, and its article links one of them."""
    by_path = read(crowd.get(path + quote(name, safe="")))
    by_parameter = read(crowd.get(path.rstrip("/"), query_string={"name": name}))
    assert (by_path.text, by_path.marked) == (by_parameter.text, by_parameter.marked)
    assert _but_languages(by_path) == _but_languages(by_parameter)
    canonical = next(tag["href"] for tag in by_path.all("link") if tag.get("rel") == "canonical")
    assert canonical.removeprefix("http://localhost") in read(crowd.get("/artikel/odd")).links()
    assert not any(segment in ("", ".", "..") for segment in canonical.partition("?")[0].split("/")[3:])


def _but_languages(page: Markup) -> list[tuple[str, dict[str, str]]]:
    """The tags of a page but for its links to itself in other languages."""
    return [(tag, attributes) for tag, attributes in page.tags if "hreflang" not in attributes]


@pytest.mark.parametrize(
    ("path", "near"),
    [
        ("/person/Helmud%20Kol", "/person/Helmut%20Kohl"),
        ("/person/Berlin", "/ort/Berlin"),
        ("/person/wily%20brandt", "/person/Willy%20Brandt"),
        ("/ort/Berlinn", "/ort/Berlin"),
        ("/organisation?name=sedd", "/organisation/SED"),
        ("/person/Xq", None),
        ("/person/%20", None),
    ],
)
def test_an_unknown_name_is_not_found_but_others_near_to_it(client: FlaskClient, path: str, near: str | None) -> None:
    """A name that no article has is a 404 with a search box and the names that may have been meant, if any."""
    page = read(client.get(path), 404)
    assert "kennt das Archiv nicht" in title(page)
    found = [href for href in page.links() if href.startswith(("/person", "/ort", "/organisation"))]
    assert near in found if near else found == []
    assert any(field.get("name") == "q" for field in page.all("input"))


@pytest.mark.parametrize(
    ("path", "way"),
    [
        ("/person/willy%20brandt", "/person/Willy%20Brandt"),
        ("/person/WILLY-BRANDT", "/person/Willy%20Brandt"),
        ("/organisation?name=sed", "/organisation/SED"),
    ],
)
def test_a_name_in_another_spelling_leads_to_the_listed_one(client: FlaskClient, path: str, way: str) -> None:
    """Capitals, umlauts and hyphens need not be typed as the archive has them."""
    response = client.get(path)
    assert (response.status_code, response.location) == (302, way)


def test_a_spelling_leads_to_what_is_listed_in_place_of_it(renamed: FlaskClient) -> None:
    """Nor need those of a name that is listed as another one."""
    response = renamed.get("/person/trump")
    assert (response.status_code, response.location) == (302, "/person/Donald%20Trump")
    assert renamed.get("/person/tru").status_code == 404


def test_a_spelling_is_found_among_many(tmp_path: Path) -> None:
    """However many names begin with the same word, one in small letters leads to its page."""
    people = tuple(f"Markus Nr{number}" for number in range(MANY))
    with write_archive(tmp_path, "tantivy") as writer:
        for id in ("a", "b"):
            writer.put(Article(id, id, entities=Entities(people)))
        writer.put(Article("c", "c", entities=Entities(("Markus Söder", "Jean-Luc X"))))
    client = create_app(tmp_path).test_client()
    assert client.get("/person/markus%20söder").location == "/person/Markus%20S%C3%B6der"
    assert client.get("/person/markus%20soeder").location == "/person/Markus%20S%C3%B6der"
    assert client.get("/person/jean%20luc%20x").location == "/person/Jean-Luc%20X"


def test_a_page_of_no_name_is_none(client: FlaskClient) -> None:
    """Without a name there is nothing to show."""
    assert "Hier ist nichts" in read(client.get("/person"), 404).text


def test_the_list_has_all_names_by_type(client: FlaskClient) -> None:
    """Every name of the archive stands in the list, with a link to its page."""
    page = read(client.get("/namen"))
    pages = [read(client.get(href)) for href in page.links() if href.startswith(("/person", "/ort", "/organisation"))]
    every_name = {name for article in ARTICLES for type in ENTITY_TYPES for name in article.entities.of(type)}
    assert len(pages) == len(every_name)
    assert page.text.index("Personen") < page.text.index("Orte") < page.text.index("Organisationen")


def test_the_list_narrows_by_type_and_beginning(client: FlaskClient) -> None:
    """A type, a letter or some letters leave the names that fit; what fits nothing says so."""
    assert "/ort/Berlin" not in read(client.get("/namen?type=person")).links()
    page = read(client.get("/namen?type=person&prefix=KO"))
    assert "/person/Helmut%20Kohl" in page.links()
    assert "/person/Egon%20Krenz" not in page.links()
    assert "/namen?type=person&prefix=K" in page.links()
    assert "/namen?type=place&prefix=KO" in page.links()
    assert "Kein Name im Archiv beginnt mit „zzz“" in read(client.get("/namen?prefix=zzz")).text
    assert "/ort/Berlin" in read(client.get("/namen?type=animal")).links()


def test_long_lists_end_somewhere(crowd: FlaskClient) -> None:
    """The list shows the most frequent names, and says how to see others."""
    every_type = read(crowd.get("/namen"))
    assert "/namen?type=person" in every_type.links()
    assert "Mehr Personen" in every_type.text
    assert "Das sind die 300 häufigsten" in read(crowd.get("/namen?type=person")).text


def test_all_values_of_a_facet_narrow_the_search(client: FlaskClient) -> None:
    """The page of a facet lists its values among the hits; each adds itself to the search, or takes itself back."""
    page = read(client.get("/suche/personen?q=Mauer&place=Berlin&cursor=x"))
    assert title(page) == "Personen zu „Mauer“ – Nachlese"
    assert "3 Personen" in page.text
    assert link(page, q="Mauer", place="Berlin", person="Willy Brandt")
    assert link(page, q="Mauer")
    chosen = read(client.get("/suche/orte?q=Mauer&place=Berlin"))
    assert "1 Ort" in chosen.text
    assert link(chosen, q="Mauer")
    assert "Keine Treffer" in read(client.get("/suche/quellen?q=nirgends")).text
    read(client.get("/suche/personen?q=" + "x" * 1001), 400)
    read(client.get("/suche/jahre"), 404)


def test_facets_lead_to_all_their_values(crowd: FlaskClient) -> None:
    """Where a facet has more values than it shows, a link leads to all of them, at most the 500 most frequent."""
    page = read(crowd.get("/suche?q=b+ODER+c"))
    assert "/suche/personen?q=b+ODER+c" in page.links()
    assert "/suche/orte?q=b+ODER+c" not in page.links()
    assert "Die 500 häufigsten" in read(crowd.get("/suche/personen?q=b+ODER+c")).text
    assert "/suche/personen?place=Bonn" in read(crowd.get("/ort/Bonn")).links()


def test_a_search_for_a_name_leads_to_its_page(client: FlaskClient) -> None:
    """A search narrowed by names links the pages about them; a source has none."""
    page = read(client.get("/suche?person=Helmut+Kohl&source=Abendblatt"))
    assert "/person/Helmut%20Kohl" in page.links()
    assert "Im Überblick" not in read(client.get("/suche?source=Abendblatt")).text
