"""A reader's way through the pages in a real browser, with JavaScript and without."""

from __future__ import annotations

import os
import shutil
import threading
from collections.abc import Iterator
from typing import Any, Literal

import pytest
from flask import Flask
from playwright.sync_api import Browser, BrowserContext, Page, Request, expect, sync_playwright
from waitress.server import create_server

pytestmark = pytest.mark.browser

REMEDY = "install Chromium so that `chromium` is on the PATH, for example with: apt-get install chromium"
FLAGS = "--no-sandbox --disable-gpu --disable-background-networking --disable-component-update --disable-sync"
PAGES = ("/", "/suche?q=Mauer", "/suche?q=nirgends", "/artikel/txt/mauerfall.txt?q=Mauer", "/artikel?id=..", "/hilfe")
PHONE = {"width": 320, "height": 640}

# The contrast ratio of every text against the nearest background that is not transparent, by class and tag.
CONTRAST = """() => {
  const numbers = (colour) => colour.match(/[\\d.]+/g).map(Number);
  const light = (colour) => {
    const linear = (value) => value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
    const [r, g, b] = numbers(colour).slice(0, 3).map((value) => linear(value / 255));
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const ground = (node) => {
    for (; node; node = node.parentElement) {
      const colour = getComputedStyle(node).backgroundColor;
      if (numbers(colour)[3] !== 0) return colour;
    }
    return "rgb(255, 255, 255)";
  };
  const found = {};
  for (const node of document.querySelectorAll("body *")) {
    if (![...node.childNodes].some((child) => child.nodeType === 3 && child.data.trim())) continue;
    const [a, b] = [light(getComputedStyle(node).color), light(ground(node))].sort((x, y) => y - x);
    const name = node.tagName + "." + node.className;
    found[name] = Math.min(found[name] ?? 99, (a + 0.05) / (b + 0.05));
  }
  return found;
}"""


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """A headless Chromium; without one the tests are skipped, but fail where CI promises them."""
    chromium = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if chromium is None:
        (pytest.fail if os.environ.get("CI") else pytest.skip)(f"no Chromium: {REMEDY}")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=FLAGS.split())
        yield browser
        browser.close()


@pytest.fixture(scope="module")
def address(app: Flask) -> Iterator[str]:
    """The address of a real server in front of the sample archive."""
    server: Any = create_server(app, host="127.0.0.1", port=0)
    threading.Thread(target=server.run, daemon=True).start()
    yield f"http://127.0.0.1:{server.effective_port}"
    server.close()


@pytest.fixture(params=[True, False], ids=["javascript", "no-javascript"])
def context(browser: Browser, address: str, request: pytest.FixtureRequest) -> Iterator[BrowserContext]:
    """A fresh browser profile, with JavaScript and without."""
    context = browser.new_context(base_url=address, java_script_enabled=request.param, locale="de-DE")
    context.set_default_timeout(10_000)
    yield context
    context.close()


def watched(context: BrowserContext) -> tuple[Page, list[str]]:
    """A page, and the list to which its browser adds what it complains about."""
    page = context.new_page()
    complaints: list[str] = []
    page.on("console", lambda message: complaints.append(message.text))
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.on("requestfailed", lambda request: complaints.extend(_unasked_for(request)))
    return page, complaints


def _unasked_for(request: Request) -> list[str]:
    """What failed, unless it is that the browser itself gave up loading when it left for the next page."""
    return [] if request.failure == "net::ERR_ABORTED" else [f"{request.url}: {request.failure}"]


def test_a_reader_finds_narrows_reads_and_returns(context: BrowserContext) -> None:
    """Type, submit, choose a facet, open an article, see the marks, go back: every step shows what it should."""
    page, complaints = watched(context)
    page.goto("/")
    page.get_by_label("Suche im Archiv").fill("Mauer")
    page.get_by_role("button", name="Suchen").click()
    expect(page.get_by_role("status")).to_contain_text("2 Treffer")
    page.get_by_role("link", name="Egon Krenz").click()
    expect(page.get_by_role("status")).to_contain_text("1 Treffer")
    expect(page.get_by_role("link", name="Person: Egon Krenz zurücknehmen")).to_be_visible()
    page.get_by_role("link", name="Die Mauer ist offen").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Die Mauer ist offen")
    expect(page.locator("mark").first).to_have_text("Mauer")
    page.get_by_role("link", name="Zurück zu den Treffern").click()
    expect(page.get_by_role("status")).to_contain_text("1 Treffer")
    page.get_by_role("link", name="Person: Egon Krenz zurücknehmen").click()
    expect(page.get_by_role("status")).to_contain_text("2 Treffer")
    page.go_back()
    expect(page.get_by_role("status")).to_contain_text("1 Treffer")
    assert complaints == []


def test_dates_and_new_words_keep_the_filters(context: BrowserContext) -> None:
    """A range of dates and new words narrow what was already narrowed."""
    page, _ = watched(context)
    page.goto("/suche?q=Mauer&place=Berlin")
    page.get_by_label("Von").fill("3. Oktober 1990")
    page.get_by_role("button", name="Übernehmen").click()
    expect(page.get_by_role("status")).to_contain_text("1 Treffer")
    page.get_by_label("Suche im Archiv").fill("Reichstag")
    page.get_by_role("button", name="Suchen").click()
    expect(page.get_by_role("link", name="Ort: Berlin zurücknehmen")).to_be_visible()
    expect(page.get_by_label("Von")).to_have_value("3. Oktober 1990")


def test_no_page_makes_the_browser_complain(context: BrowserContext) -> None:
    """No page breaks its own content policy, misses a file or writes an error to the console."""
    page, complaints = watched(context)
    for path in PAGES:
        page.goto(path)
    assert complaints == []


@pytest.mark.parametrize("path", PAGES)
def test_pages_fit_a_narrow_phone(browser: Browser, address: str, path: str) -> None:
    """At 320 pixels no page scrolls sideways."""
    context = browser.new_context(base_url=address, viewport=PHONE)  # type: ignore[arg-type]
    page = context.new_page()
    page.goto(path)
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
    context.close()


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


@pytest.mark.parametrize("path", [*PAGES, "/suche?q=Mauer&place=Berlin&from=gestern", "/nix"])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_text_stands_out_from_its_background(
    browser: Browser, address: str, scheme: Literal["light", "dark"], path: str
) -> None:
    """Text and background differ enough (WCAG AA, 4.5:1) in the light and the dark scheme."""
    context = browser.new_context(base_url=address, color_scheme=scheme)
    page = context.new_page()
    page.goto(path)
    ratios = page.evaluate(CONTRAST)
    assert {name: ratio for name, ratio in ratios.items() if ratio < 4.5} == {}
    context.close()
