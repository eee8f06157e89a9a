"""Pages stand still while they load, and are read on paper as on the screen."""

from __future__ import annotations

from itertools import product

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, Route

from tests.pages.watching import too_faint

pytestmark = pytest.mark.browser

PAGES = (
    "/",
    "/suche?q=Mauer",
    "/suche?q=nirgends",
    "/artikel/txt/mauerfall.txt?q=Mauer&rank=1",
    "/ort/Berlin",
    "/namen",
    "/suche/personen?q=Mauer",
    "/kurven?q=Mauer&q=Berlin",
    "/konkordanz?q=Mauer",
    "/hilfe",
    "/suche/erweitert",
    "/merkliste",
    "/nix",
)
SHIFTS = """
    window.shifted = 0;
    const add = (list) => list.getEntries().forEach(({ value }) => (shifted += value));
    new PerformanceObserver(add).observe({ type: "layout-shift", buffered: true });
"""
PAINTED = """new Promise((done) => {
    const look = (list) => list.getEntriesByName("first-contentful-paint").length && done();
    new PerformanceObserver(look).observe({ type: "paint", buffered: true });
})"""
SETTLED = "document.fonts.ready.then(() => new Promise((done) => setTimeout(() => done(shifted), 100)))"


@pytest.mark.parametrize("path", PAGES)
def test_nothing_shifts(context: BrowserContext, path: str) -> None:
    """On the first visit, with nothing in the cache, a script or fonts that come late move nothing that is there."""
    context.add_init_script(SHIFTS)
    page = context.new_page()
    for width, late in product((360, 1280), ("**/nachlese.js*", "**/*.woff2")):
        page.set_viewport_size({"width": width, "height": 740})
        held = hold(page, late)
        with page.expect_request(late):
            page.goto(path, wait_until="commit")
        page.evaluate(PAINTED)
        for route in held:
            route.continue_()
        page.unroute(late)
        page.wait_for_load_state("networkidle")  # the script loads its parts after it has begun
        assert page.evaluate(SETTLED) == 0, f"{late} at {width} pixels"


def hold(page: Page, pattern: str) -> list[Route]:
    """The requests that wait from now on; meanwhile the browser keeps nothing in its cache."""
    held: list[Route] = []
    page.route(pattern, lambda route: held.append(route))
    return held


def test_paper_is_white_even_in_the_dark(browser: Browser, address: str) -> None:
    """Printed from the dark scheme, all that is left of a page is dark on white."""
    page = browser.new_page(base_url=address, color_scheme="dark")
    page.emulate_media(media="print")
    for path in ("/artikel/txt/mauerfall.txt?q=Mauer", "/suche?q=Mauer", "/ort/Berlin", "/namen"):
        page.goto(path)
        assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(255, 255, 255)", path
        assert too_faint(page) == {}, path
    page.close()


def test_a_printed_article_says_where_it_is_from(browser: Browser, address: str) -> None:
    """On paper an article ends with its citation, of all that stands beside it on the screen."""
    page = browser.new_page(base_url=address)
    page.goto("/artikel/txt/mauerfall.txt")
    page.emulate_media(media="print")
    assert page.locator("aside").inner_text().startswith("Eva Muster: Die Mauer ist offen. In: Abendblatt")
    page.close()
