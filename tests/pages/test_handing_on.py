"""The page of results hands each filter and option of its search on to whatever it leads to that knows it."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from urllib.parse import parse_qsl, urlsplit

import pytest
from flask.testing import FlaskClient

from search import Article, Entities, NewsDate, write_archive
from tests.pages.markup import Markup, read
from web import create_app
from web.parameters import SEARCH_PARAMETERS

# A value of each filter and option that a search has, none of them the usual one.
FILTERS = {
    "person": "Helmut Kohl",
    "place": "Köln",
    "organisation": "Feuerwehr",
    "source": "Abendblatt",
    "section": "Politik",
    "author": "Eva Muster",
    "archive": "Stadt",
    "from": "1993",
    "to": "1994",
}
OPTIONS = {"sort": "oldest", "match": "forms", "relax": "0", "collapse": "1", "view": "compact", "size": "3"}
SEARCH = {"q": "Rhein Pegel"} | FILTERS | OPTIONS

STUDY = ("q", *FILTERS, "match")
FILE = (*STUDY, "sort", "collapse")
# What each place that the page leads to takes of them.
TAKEN = {
    "/suche/erweitert": tuple(SEARCH),
    "/artikel/Stadt/0": tuple(SEARCH),
    "/artikel/Stadt/1": tuple(SEARCH),  # a copy of the first
    "/suche.csv": FILE,
    "/suche.ris": FILE,
    "/suche.bib": FILE,
    "/suche.jsonl": FILE,
    "/suche.atom": (*STUDY, "collapse"),
    "/kurven": (*STUDY, "collapse"),
    "/konkordanz": (*STUDY, "collapse"),
    "/typisch": (*STUDY, "collapse"),
    "/vergleich": (*STUDY, "collapse"),
    "/beleg": (*STUDY, "collapse"),
}
STUDIES = tuple(path for path, taken in TAKEN.items() if taken == (*STUDY, "collapse") and path != "/suche.atom")
# Studies have an order of their lines in place of one of hits.
BESIDES = {path: {("order", "oldest")} for path in STUDIES}
# A link to other results changes one thing: an option, a filter, the time, or all filters; or how much is shown.
CHANGES = [{name} for name in SEARCH] + [{"from", "to"}, set(FILTERS), {"view", "size"}]

Pairs = frozenset[tuple[str, str]]


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> FlaskClient:
    """Two archives, of which one has the articles that SEARCH finds, the first of them copies."""
    folder = tmp_path_factory.mktemp("archives")
    report = (
        "Der Pegel des Rheins stieg in Köln auf zehn Meter, die Altstadt ist überflutet, die Feuerwehr hilft vielen."
    )
    texts = [report, report, *(f"Tag {day}: {word * 40} Rhein, Pegel." for day, word in enumerate(("Flut ", "Ebbe ")))]
    names = Entities(person=("Helmut Kohl",), place=("Köln",), organisation=("Feuerwehr",))
    for archive, found in (("Stadt", texts), ("Land", texts[3:])):
        with write_archive(folder / archive, "whoosh") as writer:
            for number, text in enumerate(found):
                date = NewsDate(f"1993-12-{10 + number}")
                writer.put(
                    Article(
                        str(number),
                        text,
                        f"Rhein {number}",
                        date,
                        "Abendblatt",
                        "Politik",
                        None,
                        ("Eva Muster",),
                        names,
                    )
                )
    return create_app((str(folder / "Stadt"), str(folder / "Land"))).test_client()


@pytest.fixture(scope="module", params=["", "/en"], ids=["German", "English"])
def page(request: pytest.FixtureRequest, client: FlaskClient) -> Markup:
    """The page of results with all that can be asked, below each language: three texts of four articles."""
    page = read(client.get(f"{request.param}/suche", query_string=SEARCH))
    hits = [tag["id"] for tag in page.all("li") if tag.get("id", "").startswith("treffer-")]
    assert hits == ["treffer-1", "treffer-3", "treffer-4"]
    return page


def links(page: Markup) -> Iterator[tuple[str, Pairs]]:
    """The paths of all links of a page without its language, with their parameters but a place in the list."""
    for tag in (*page.all("a"), *page.all("link")):
        parts = urlsplit(tag.get("href", ""))
        pairs = frozenset(pair for pair in parse_qsl(parts.query) if pair[0] not in ("rank", "cursor"))
        if "hreflang" not in tag:
            yield parts.path.removeprefix("/en"), pairs


def test_all_that_can_be_asked_is_tried() -> None:
    """No parameter of a search is missing here but the place in a list."""
    assert {*SEARCH} == {*SEARCH_PARAMETERS, "archive", "view"} - {"cursor"}


@pytest.mark.parametrize("path", TAKEN)
def test_each_place_gets_what_it_takes(page: Markup, path: str) -> None:
    """Whatever the page leads to has the whole search, as far as it means something there."""
    wanted = {(name, SEARCH[name]) for name in TAKEN[path]} | BESIDES.get(path, set())
    found = [pairs for known, pairs in links(page) if known == path and pairs]
    assert found
    # Files have as many hits as they can.
    assert all(pairs - {("size", "1000")} == wanted for pairs in found)


@pytest.mark.parametrize("path", TAKEN)
def test_each_place_takes_it(client: FlaskClient, page: Markup, path: str) -> None:
    """What is handed on is not refused."""
    for known, pairs in links(page):
        if known == path:
            assert client.get(path, query_string=sorted(pairs)).status_code == 200


@pytest.mark.parametrize("path", STUDIES)
@pytest.mark.parametrize("step", ["link", "form", "filter taken back"])
def test_each_study_hands_on_what_others_take(client: FlaskClient, page: Markup, path: str, step: str) -> None:
    """Curves that are reached by way of a concordance count what they count when reached at once."""
    (pairs,) = {found for known, found in links(page) if known == path and found}
    study = read(client.get(path, query_string=sorted(pairs)))
    if step == "form":
        form = [tag for tag in study.all("input") if tag.get("type") == "hidden"]
        pairs = pairs | {(tag["name"], tag["value"]) for tag in form}
        kept = {(tag["name"], tag["value"]) for tag in (*form, *chosen(study))}
        assert {("collapse", "1"), ("order", "oldest")} <= kept
    elif step == "filter taken back":
        pairs -= {("author", "Eva Muster")}
        assert (path, pairs) in set(links(study))
    for other in STUDIES:
        assert (other, pairs) in set(links(read(client.get(path, query_string=sorted(pairs)))))


def chosen(page: Markup) -> Iterator[dict[str, str]]:
    """The chosen options of a page's select boxes, with the names of these."""
    box = ""
    for name, tag in page.tags:
        box = tag["name"] if name == "select" else box
        if name == "option" and "selected" in tag:
            yield {"name": box, "value": tag["value"]}


def test_other_results_differ_in_one_thing(page: Markup) -> None:
    """A link to other results keeps all that it is not there to change."""
    found = [pairs for path, pairs in links(page) if path == "/suche" and pairs]
    assert len(found) > 20
    for pairs in found:
        changed = {name for name, _ in pairs ^ frozenset(SEARCH.items())}
        assert any(changed <= change for change in CHANGES), sorted(pairs)


def test_forms_send_the_whole_search(page: Markup) -> None:
    """A form on the page sends what is asked, but for what the reader fills in there."""
    starts = [place for place, (tag, _) in enumerate(page.tags) if tag == "form"]
    forms = [page.tags[start:end] for start, end in zip(starts, [*starts[1:], None], strict=True)]
    searching = [form for form in forms if form[0][1]["action"].endswith("/suche")]
    assert len(searching) == 4  # words, words within, dates, days of the calendar
    for form in searching:
        fields = {tag.get("name"): tag for name, tag in form if name == "input" and "form" not in tag}
        assert {*SEARCH} <= {*fields}
        hidden = {name: tag["value"] for name, tag in fields.items() if tag.get("type") == "hidden"}
        understood = {"q": "Rhein UND Pegel"} if "within" in fields else {}
        assert hidden.items() <= (SEARCH | understood).items()


def test_the_lines_to_watch_have_the_filters(page: Markup) -> None:
    """A watched search has each filter; it is told each text once and in the order of time, whatever the page does."""
    (search,) = tomllib.loads(page.text[page.text.index("[[search]]") :].split("\n\n")[0].split(" Link")[0])["search"]
    assert search["query"] == SEARCH["q"]
    assert search["filters"] == {name: [value] for name, value in FILTERS.items() if name not in ("from", "to")} | {
        "from": "1993",
        "to": "1994",
        "match": "forms",
    }


def test_the_language_goes_on(client: FlaskClient) -> None:
    """A page below /en leads to such pages; a feed, which is the same in all languages, and links to be kept do not."""
    page = read(client.get("/en/suche", query_string=SEARCH))
    for href in page.links():
        shared = href.startswith(("http", "#")) or urlsplit(href).path.endswith(".atom") or "/de/" in href
        assert shared or href.startswith("/en/"), href
