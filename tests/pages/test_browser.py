"""A reader's way through the pages in a real browser, with JavaScript and without."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal

import pytest
from playwright.sync_api import Browser, BrowserContext, ViewportSize, expect

from tests.pages.watching import too_faint, watched

pytestmark = pytest.mark.browser

PAGES = (
    "/",
    "/suche?q=Mauer",
    "/suche?q=nirgends",
    "/artikel/txt/mauerfall.txt?q=Mauer",
    "/artikel?id=..",
    "/hilfe",
    "/suche/erweitert",
    "/merkliste",
)
SCHEMES: tuple[Literal["light", "dark"], ...] = ("light", "dark")
PHONE = ViewportSize(width=320, height=640)


@pytest.fixture(params=[True, False], ids=["javascript", "no-javascript"])
def context(browser: Browser, address: str, request: pytest.FixtureRequest) -> Iterator[BrowserContext]:
    """A fresh browser profile, with JavaScript and without."""
    context = browser.new_context(base_url=address, java_script_enabled=request.param, locale="de-DE")
    context.set_default_timeout(10_000)
    yield context
    context.close()


def test_a_reader_finds_narrows_reads_and_returns(context: BrowserContext) -> None:
    """Type, submit, choose a facet, open an article, see the marks, go back: every step shows what it should."""
    page, complaints = watched(context)
    page.goto("/")
    page.get_by_label("Suche im Archiv").fill("Mauer")
    page.get_by_role("search").get_by_role("button", name="Suchen").click()
    expect(page.locator(".total")).to_contain_text("2 Treffer")
    page.get_by_role("link", name="Egon Krenz").click()
    expect(page.locator(".total")).to_contain_text("1 Treffer")
    expect(page.get_by_role("link", name="Person: Egon Krenz zurücknehmen")).to_be_visible()
    page.get_by_role("link", name="Die Mauer ist offen").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Die Mauer ist offen")
    expect(page.locator("mark").first).to_have_text("Mauer")
    page.get_by_role("link", name="Zurück zu den Treffern").click()
    expect(page.locator(".total")).to_contain_text("1 Treffer")
    page.get_by_role("link", name="Person: Egon Krenz zurücknehmen").click()
    expect(page.locator(".total")).to_contain_text("2 Treffer")
    page.go_back()
    expect(page.locator(".total")).to_contain_text("1 Treffer")
    assert complaints == []


def test_dates_and_new_words_keep_the_filters(context: BrowserContext) -> None:
    """A range of dates and new words narrow what was already narrowed."""
    page, _ = watched(context)
    page.goto("/suche?q=Mauer&place=Berlin")
    page.get_by_label("Von").fill("3. Oktober 1990")
    page.get_by_role("button", name="Übernehmen").click()
    expect(page.locator(".total")).to_contain_text("1 Treffer")
    page.get_by_label("Suche im Archiv").fill("Reichstag")
    page.get_by_role("search").get_by_role("button", name="Suchen").click()
    expect(page.get_by_role("link", name="Ort: Berlin zurücknehmen")).to_be_visible()
    expect(page.get_by_label("Von")).to_have_value("3. Oktober 1990")


def test_the_newest_bars_are_in_sight_on_a_phone(browser: Browser, address: str) -> None:
    """Where bars do not fit, the last one is seen first, and the older ones can be scrolled to, without a script."""
    context = browser.new_context(base_url=address, viewport=PHONE, java_script_enabled=False)
    page = context.new_page()
    page.goto("/suche?q=Mauer&from=1989-11&to=1989-12")
    box = page.locator(".timeline svg").bounding_box()
    assert box is not None
    assert box["x"] < 0 < box["x"] + box["width"] <= PHONE["width"]
    context.close()


def test_the_calendar_narrows(context: BrowserContext) -> None:
    """The fields of the browser's own calendar choose days of the archive."""
    page, _ = watched(context)
    page.goto("/suche?q=Mauer")
    page.get_by_text("Kalender", exact=True).click()
    form = page.get_by_role("form", name="Zeitraum aus dem Kalender")
    expect(form.get_by_label("Erster Tag")).to_have_attribute("min", "1975-06-01")
    expect(form.get_by_label("Letzter Tag")).to_have_attribute("max", "2020-12-31")
    form.get_by_label("Erster Tag").fill("1990-01-01")
    form.get_by_role("button", name="Übernehmen").click()
    expect(page.locator(".total")).to_contain_text("1 Treffer")
    expect(page.get_by_role("link", name="Zeitraum: ab 1. Januar 1990 zurücknehmen")).to_be_visible()


def test_no_page_makes_the_browser_complain(context: BrowserContext) -> None:
    """No page breaks its own content policy, misses a file or writes an error to the console."""
    page, complaints = watched(context)
    for path in PAGES:
        page.goto(path)
    assert complaints == []


def test_keyboard_reaches_the_content_first(context: BrowserContext) -> None:
    """The first stop of the tab key is the link that skips to the content."""
    page, _ = watched(context)
    page.goto("/hilfe")
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Zum Inhalt springen")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("main")).to_be_focused()


def test_hostile_article_runs_nothing(context: BrowserContext) -> None:
    """An article full of scripts opens no dialog and makes no complaint."""
    page, complaints = watched(context)
    page.on("dialog", lambda dialog: complaints.append(dialog.message))
    page.goto("/suche?q=Angriff")
    page.get_by_role("link", name="Angriff <script>").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("<script>")
    assert complaints == []


def test_text_stands_out_from_its_background(browser: Browser, address: str) -> None:
    """Text and background differ enough (WCAG AA, 4.5:1) in the light and the dark scheme."""
    page = browser.new_page(base_url=address)
    for path in (*PAGES, "/suche?q=Mauer&place=Berlin&from=gestern", "/nix"):
        page.goto(path)
        for scheme in SCHEMES:
            page.emulate_media(color_scheme=scheme)
            assert too_faint(page) == {}, f"{path}, {scheme}"
    page.close()
