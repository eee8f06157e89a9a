"""Pages stand still while they load, and are read on paper as on the screen."""

from __future__ import annotations

import time

import pytest
from playwright.sync_api import Browser

from tests.pages.watching import contrasts

pytestmark = pytest.mark.browser

PAGES = (
    "/",
    "/suche?q=Mauer",
    "/suche?q=nirgends",
    "/artikel/txt/mauerfall.txt?q=Mauer&rank=1",
    "/ort/Berlin",
    "/namen",
    "/suche/personen?q=Mauer",
    "/hilfe",
    "/nix",
)
SHIFTS = """
    window.shifted = 0;
    const add = (list) => list.getEntries().forEach(({ value }) => (shifted += value));
    new PerformanceObserver(add).observe({ type: "layout-shift", buffered: true });
"""


@pytest.mark.parametrize("path", PAGES)
@pytest.mark.parametrize("width", [360, 1280])
@pytest.mark.parametrize("late", ["nachlese.js", "woff2"])
def test_nothing_shifts(browser: Browser, address: str, path: str, width: int, late: str) -> None:
    """On the first visit, with nothing in the cache, a script or fonts that come late move nothing that is there."""
    context = browser.new_context(base_url=address, viewport={"width": width, "height": 740})
    context.add_init_script(SHIFTS)
    page = context.new_page()
    page.route(f"**/*{late}*", lambda route: (time.sleep(0.3), route.continue_()))
    page.goto(path)
    page.wait_for_timeout(300)
    assert page.evaluate("shifted") == 0
    context.close()


@pytest.mark.parametrize("path", ["/artikel/txt/mauerfall.txt?q=Mauer", "/suche?q=Mauer", "/ort/Berlin", "/namen"])
def test_paper_is_white_even_in_the_dark(browser: Browser, address: str, path: str) -> None:
    """Printed from the dark scheme, all that is left of a page is dark on white."""
    context = browser.new_context(base_url=address, color_scheme="dark")
    page = context.new_page()
    page.goto(path)
    page.emulate_media(media="print")
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(255, 255, 255)"
    assert {name: ratio for name, ratio in contrasts(page).items() if ratio < 4.5} == {}
    context.close()


def test_a_printed_article_says_where_it_is_from(browser: Browser, address: str) -> None:
    """On paper an article ends with its citation, of all that stands beside it on the screen."""
    page = browser.new_page(base_url=address)
    page.goto("/artikel/txt/mauerfall.txt")
    page.emulate_media(media="print")
    assert page.locator("aside").inner_text().startswith("Eva Muster: Die Mauer ist offen. In: Abendblatt")
    page.close()
