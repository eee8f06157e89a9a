"""Pages about many articles at once: what they show, that nothing breaks them, and a reader's way in a real browser."""

from __future__ import annotations

import re
from collections.abc import Iterator
from urllib.parse import parse_qsl, urlsplit

import pytest
from flask import Flask
from flask.testing import FlaskClient
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from playwright.sync_api import Browser, BrowserContext, Page, ViewportSize, expect
from werkzeug.datastructures import MultiDict

from search.corpus.curves import Burst, Curve, Curves
from search.page import Request
from tests.pages.markup import read
from tests.pages.watching import too_faint, watched
from tests.torture.query_texts import SIGNS, WORDS, encoded
from web.pages.curve_chart import HEIGHT, chart
from web.parameters import Parameters
from web.studies import COMPARED_PARAMETERS, compared_requests, leniently

PATHS = (
    "/kurven?q=Mauer&q=Berlin",
    "/konkordanz?q=Mauer",
    "/typisch?q=Mauer",
    "/vergleich?q=Mauer&other_q=Berlin",
    "/beleg?q=Mauer",
)
EMPTY = tuple(path.partition("?")[0] for path in PATHS)
ODD = st.text(alphabet=st.one_of(st.sampled_from(SIGNS), st.characters()))
QUERIES = st.one_of(ODD, st.lists(st.one_of(st.sampled_from(WORDS), ODD), max_size=6).map(" ".join)).filter(
    lambda text: len(text) <= 1000
)
UNHURRIED = settings(
    deadline=None, max_examples=30, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)


@pytest.mark.parametrize("path", ["/konkordanz?q=ein", "/typisch?q=ein", "/vergleich?q=ein&other_q=Mauer"])
def test_a_study_that_is_cut_short_says_so(client: FlaskClient, monkeypatch: pytest.MonkeyPatch, path: str) -> None:
    """On a busy machine the reader gets what was read, and is told how little that is; else nothing is said."""
    assert "reichte die Zeit" not in client.get(path).text
    for room in ("words", "concordance"):
        monkeypatch.setattr(f"search.corpus.{room}.time_is_short", lambda _: True)
    monkeypatch.setattr("search.corpus.words.TOGETHER", 1)
    response = client.get(path)
    assert response.status_code == 200
    assert "reichte die Zeit" in response.text


@pytest.mark.parametrize("path", [*PATHS, *EMPTY])
def test_each_study_leads_to_the_others(client: FlaskClient, path: str) -> None:
    """Every page of a study is sound, and its head leads to all studies of the same search."""
    page = read(client.get(path))
    for other in EMPTY:
        found = [link for link in page.links() if urlsplit(link).path == other]
        assert found
        if "?" in path:
            assert any(("q", "Mauer") in parse_qsl(urlsplit(link).query) for link in found)
            assert {client.get(link).status_code for link in found} == {200}


def test_results_lead_to_their_studies(client: FlaskClient) -> None:
    """The page of results leads to each study of them, filters included."""
    links = read(client.get("/suche?q=Mauer&place=Berlin&sort=newest&view=compact")).links()
    for path in EMPTY:
        (address,) = {link for link in links if urlsplit(link).path == path and "Mauer" in link}
        assert parse_qsl(urlsplit(address).query) == [("q", "Mauer"), ("place", "Berlin")]


@UNHURRIED
@given(QUERIES)
def test_no_query_text_breaks_a_study(app: Flask, text: str) -> None:
    """Any text of up to 1,000 characters yields a page of each study."""
    for path in (*EMPTY, "/vergleich?other_q=Mauer", "/kurven?by=source"):
        sign = "&" if "?" in path else "?"
        response = app.test_client().get(f"{path}{sign}q={encoded(text)}")
        assert response.status_code == 200, response.text


PARAMETERS = ("q", "by", "unit", "value", "order", "window", "start", "from", "to", "match", "source", "other_q",
              "other_to", "made", "total", "hash", "collapse", "x")  # fmt: skip
VALUES = ("1", "day", "2020", "-1", "source")


@UNHURRIED
@given(st.dictionaries(st.sampled_from(PARAMETERS), st.one_of(ODD, st.sampled_from(VALUES))))
def test_no_parameter_is_our_mistake(app: Flask, parameters: dict[str, str]) -> None:
    """Whatever the values, each page answers: 400 only for a query that is too long."""
    query = "&".join(f"{name}={encoded(value)}" for name, value in parameters.items())
    for path in EMPTY:
        assert app.test_client().get(f"{path}?{query}").status_code == 200


def test_what_cannot_be_used_is_told(client: FlaskClient) -> None:
    """Values that cannot be used are named, and the page shows the rest."""
    page = read(client.get("/konkordanz?q=Mauer&order=best&window=99&from=gestern&start=x"))
    assert page.marked
    assert "gestern" in page.text
    assert "best" in page.text
    long = client.get("/typisch?q=" + "x" * 1001)
    assert long.status_code == 400
    assert "zu lang" in long.text


@pytest.mark.parametrize("name", ["q", "from", "person"])
def test_thousands_of_values_are_read_a_few_times(app: Flask, name: str) -> None:
    """Each round of reading sets a value aside; of values that no parameter takes, all at once."""
    rounds = 0

    def parse(parameters: Parameters) -> tuple[Request, Request]:
        nonlocal rounds
        rounds += 1
        return compared_requests(parameters)

    with app.test_request_context():
        study = leniently(parse, MultiDict([(name, f"x{number}") for number in range(3000)]), COMPARED_PARAMETERS)
    assert name in study.refused
    assert rounds <= 60


@pytest.mark.parametrize("path", ["/suche", "/kurven", "/konkordanz", "/typisch", "/vergleich", "/suche/personen"])
def test_many_filters_make_no_huge_page(client: FlaskClient, path: str) -> None:
    """Each value stands in each link of a page: of hundreds some are left out, and the page says so."""
    filters = ("person", "place", "organisation", "source", "section", "author")
    pairs = [(name, f"x{number}") for name in filters for number in range(50)]
    others = [(f"other_{name}", value) for name, value in pairs]
    asked = [("q", "Mauer"), *pairs] + ([("other_q", "Berlin"), *others] if path == "/vergleich" else [])
    response = client.get(path, query_string=asked)
    assert response.status_code in (200, 400)
    assert len(response.data) < 1_500_000


def test_too_many_steps_are_fewer(client: FlaskClient) -> None:
    """By days, decades would be too many steps: the page says so and shows those that suit."""
    page = read(client.get("/kurven?q=Mauer&unit=day"))
    assert "zu viele Schritte" in page.text
    assert "nach Jahrzehnten" in page.text


def test_a_count_leads_to_its_articles(client: FlaskClient) -> None:
    """Each number of the table is that of the search it leads to."""
    cells = [
        cell
        for unit in ("decade", "year")
        for cell in re.findall(
            r'<td><a href="(/suche[^"]*)" rel="nofollow">(\d+)</a>', client.get(f"/kurven?q=Mauer&unit={unit}").text
        )
    ]
    assert len(cells) == 4
    for address, count in cells:
        assert f"{count} Treffer" in client.get(address.replace("&amp;", "&")).text


def test_a_curve_for_each_source(client: FlaskClient) -> None:
    """One search is taken apart by its sources."""
    page = read(client.get("/kurven?q=Mauer&by=source"))
    assert "Abendblatt" in page.text
    assert "Morgenpost" in page.text


def test_a_line_leads_to_its_article(client: FlaskClient) -> None:
    """A line has its words marked, and leads to the article with the marks of the same query."""
    page = read(client.get("/konkordanz?q=Reichstag"))
    assert page.marked == ["Reichstag"]
    (address,) = [link for link in page.links() if link.startswith("/artikel/")]
    assert address == "/artikel/wn-123?q=Reichstag&relax=0"


def test_a_record_tells_whether_all_is_the_same(client: FlaskClient) -> None:
    """The permanent link of a record says that the search finds the same; with another hash, that it does not."""
    page = read(client.get("/beleg?q=Mauer"))
    (address, *_) = [link for link in page.links() if "hash=" in link and link.startswith("http")]
    later = urlsplit(address)
    assert "dieselben 2 Artikel" in client.get(f"{later.path}?{later.query}").text
    assert "nicht mehr dasselbe" in client.get(f"{later.path}?{later.query.replace('total=2', 'total=3')}").text


def curve(counts: list[int], all: list[int], *bursts: Burst) -> Curve:
    return Curve("x", Request(), sum(counts), tuple(counts), tuple(all), 0, bursts)


def test_a_line_parts_where_there_is_nothing(app: Flask) -> None:
    """Where there are no articles at all, a share is no number: the line ends there and begins anew."""
    years = tuple(str(year) for year in range(1990, 1996))
    found = Curves("year", years, (curve([1, 2, 0, 3, 0, 4], [10, 10, 0, 10, 0, 10]),))
    (drawn,) = chart(found, relative=True).curves
    assert [len(line.split()) for line in drawn.lines] == [2]
    (drawn,) = chart(found, relative=False).curves
    assert [len(line.split()) for line in drawn.lines] == [6]


ROWS = st.lists(st.tuples(st.integers(0, 10_000), st.integers(0, 10_000)), min_size=1, max_size=80)


@given(ROWS, st.booleans())
def test_everything_is_drawn_within_its_frame(rows: list[tuple[int, int]], relative: bool) -> None:
    """Whatever the counts: no point lies outside of the plot, and there are a few lines across it."""
    counts, all = [some for some, _ in rows], [some + others for some, others in rows]
    years = tuple(f"{1900 + place}" for place in range(len(rows)))
    burst = Burst(years[0], years[-1], 3, 9.0)
    drawn = chart(Curves("year", years, (curve(counts, all, burst), curve(all, all))), relative)
    assert 1 <= len(drawn.across) <= 6
    assert 1 <= len(drawn.along) <= 8
    for one in drawn.curves:
        points = [tuple(map(float, point.split(","))) for line in one.lines for point in line.split()]
        assert all_within([(x / 10, y) for x, y in points] + [(dot.x, dot.y) for dot in one.dots])
        for band in one.bands:
            assert 0 <= band.x <= band.x + band.width <= 100.01
            assert HEIGHT <= band.y < drawn.bottom


def all_within(points: list[tuple[float, float]]) -> bool:
    return all(0 <= x <= 100 and -0.01 <= y <= HEIGHT for x, y in points)


@pytest.fixture(params=[True, False], ids=["javascript", "no-javascript"])
def context(browser: Browser, address: str, request: pytest.FixtureRequest) -> Iterator[BrowserContext]:
    """A fresh browser profile, with JavaScript and without."""
    context = browser.new_context(base_url=address, java_script_enabled=request.param, locale="de-DE")
    context.set_default_timeout(10_000)
    yield context
    context.close()


@pytest.mark.browser
def test_a_researcher_goes_from_hits_to_lines_and_back(context: BrowserContext) -> None:
    """From the results to curves, another query beside the first, the table, the lines, their order, an article."""
    page, complaints = watched(context)
    page.goto("/suche?q=Mauer")
    page.get_by_role("link", name="Kurven").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Kurven")
    page.get_by_label("2. Suche").fill("Berlin")
    page.get_by_role("button", name="Zeichnen").click()
    expect(page.locator(".legend li")).to_have_count(2)
    expect(page.locator(".chart .dot-2").first).to_be_visible()
    page.get_by_text("als Tabelle").click()
    page.locator(".wide-table a").first.click()
    expect(page.locator(".total")).to_contain_text("1 Treffer")
    page.go_back()
    page.get_by_label("Auswertungen").get_by_role("link", name="Konkordanz").click()
    page.get_by_label("Reihenfolge").select_option("right")
    page.get_by_role("button", name="Zeigen").click()
    expect(page.get_by_role("status")).to_contain_text("Fundstellen")
    assert "order=right" in page.url
    page.locator(".lines a").first.click()
    expect(page.locator("mark").first).to_be_visible()
    assert complaints == []


@pytest.mark.browser
def test_a_desk_compares_and_records(context: BrowserContext) -> None:
    """Two searches are put side by side; a search is recorded, and its link says that all is the same."""
    page, complaints = watched(context)
    page.goto("/vergleich?q=Mauer")
    page.get_by_label("Suche", exact=True).nth(1).fill("Einheit")
    page.get_by_role("button", name="Vergleichen").click()
    expect(page.get_by_role("heading", name="Nur „Mauer“")).to_be_visible()
    page.get_by_label("Auswertungen").get_by_role("link", name="Beleg").click()
    page.get_by_role("link", name="Dauerhafter Link").click()
    expect(page.get_by_text("dieselben 2 Artikel")).to_be_visible()
    assert complaints == []


@pytest.mark.browser
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_studies_fit_a_small_phone_and_can_be_read(browser: Browser, address: str, scheme: str) -> None:
    """At 320 pixels nothing sticks out, and every text has enough contrast, light and dark."""
    context = browser.new_context(
        base_url=address, viewport=ViewportSize(width=320, height=640), color_scheme=scheme  # type: ignore[arg-type]
    )  # fmt: skip
    page, complaints = watched(context)
    for path in (*PATHS, *EMPTY):
        page.goto(path)
        assert page.evaluate("document.documentElement.scrollWidth") <= 320, path
        assert too_faint(page) == {}
    context.close()
    assert complaints == []


@pytest.mark.browser
@pytest.mark.parametrize("path", PATHS)
def test_boxes_have_room_for_what_stands_in_them(page: Page, path: str) -> None:
    """On a desktop, a tablet and a phone no choice and no date is cut: each box is as wide as its longest one."""
    widths = "box => { const now = box.offsetWidth; box.style.width = 'max-content'; return [now, box.offsetWidth]; }"
    for width in (1280, 768, 390):
        page.set_viewport_size({"width": width, "height": 800})
        page.goto(f"{path}&from=30.9.1989&to=30.9.1990")
        for box in page.locator("main input[name=from], main input[name=to]").all():
            assert box.evaluate("box => box.scrollWidth <= box.clientWidth"), (width, box.input_value())
        for box in page.locator("main select").all():
            shown, needed = box.evaluate(widths)
            assert shown >= needed, (width, box.get_attribute("id"))


def test_what_is_asked_twice_counts_once(client: FlaskClient) -> None:
    """A query that is given again is no second one: it stands in one box and one link."""
    twice, once = (client.get(f"/kurven?q=Mauer&q={asked}Berlin").text for asked in ("Mauer&q=Berlin&q=Mauer&q=", ""))
    of_other_languages = re.compile("<[^>]* hreflang=[^>]*>")
    assert of_other_languages.sub("", twice) == of_other_languages.sub("", once)
