"""Everybody can read and use every page: axe-core finds nothing (WCAG 2.2 AA), and the keyboard is enough."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import product
from typing import Literal

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, ViewportSize, expect

pytestmark = pytest.mark.browser

STANDARDS = ("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice")
SCREENS = {"desktop": ViewportSize(width=1280, height=900), "phone": ViewportSize(width=360, height=780)}
PAGES = {
    "start": "/",
    "results": "/suche?q=Mauer",
    "facets": "/suche?q=Mauer&place=Berlin&person=Helmut+Kohl&from=1989&to=1990",
    "days": "/suche?q=Mauer&from=1989-11&to=1989-11",
    "compact": "/suche?view=compact",
    "second page": "/suche?size=3",
    "complaints": "/suche?q=Mauer+Niemals&from=gestern&sort=best",
    "empty": "/suche?q=nirgends&place=Berlin",
    "hostile": "/suche?q=Angriff",
    "article": "/artikel/txt/mauerfall.txt?q=Mauer&rank=1",
    "untitled article": "/artikel?id=..",
    "person": "/person/Helmut%20Kohl",
    "unknown name": "/person/Helmut%20Kehl",
    "names": "/namen",
    "names of a type": "/namen?type=person&prefix=k",
    "values": "/suche/personen?place=Berlin",
    "chosen value": "/suche/orte?place=Berlin&q=Mauer",
    "help": "/hilfe",
    "statement": "/barrierefreiheit",
    "curves": "/kurven?q=Mauer&q=Berlin&from=gestern",
    "concordance": "/konkordanz?q=Mauer&place=Berlin",
    "typical words": "/typisch?q=Mauer",
    "comparison": "/vergleich?q=Mauer&other_q=Berlin",
    "record": "/beleg?q=Mauer",
    "advanced": "/suche/erweitert",
    "basket": "/merkliste",
    "similar": "/aehnlich?id=txt/mauerfall.txt",
    "versions": "/fassungen?id=txt/mauerfall.txt",
    "too long": "/suche?q=" + "x" * 1001,
    "not found": "/nix",
    "English start": "/en/",
    "English results": "/en/suche?q=Mauer&place=Berlin&from=yesterday",
    "English article": "/en/artikel/txt/mauerfall.txt?q=Mauer&rank=1",
    "English curves": "/en/kurven?q=Mauer&q=Berlin",
}

SCHEMES: tuple[Literal["light", "dark"], ...] = ("light", "dark")
AXE = Axe().axe_script
# Only what was found is handed over, as all that was looked at is a hundred times as much.
FIND = "options => axe.run(options).then((found) => found.violations)"
OPTIONS = {"runOnly": {"type": "tag", "values": STANDARDS}, "resultTypes": ["violations"]}


@pytest.fixture(scope="module")
def page(browser: Browser, address: str) -> Iterator[Page]:
    """One page that goes from address to address: in a process that has run axe-core before it runs twice as fast."""
    context = browser.new_context(base_url=address)
    context.set_default_timeout(10_000)
    yield context.new_page()
    context.close()


def violations(page: Page) -> list[str]:
    """What axe-core objects to on `page` as it stands now, on every screen in every scheme: the rule, and where."""
    page.evaluate(AXE)
    objections = []
    for screen, scheme in product(SCREENS, SCHEMES):
        page.set_viewport_size(SCREENS[screen])
        page.emulate_media(color_scheme=scheme)
        for rule in page.evaluate(FIND, OPTIONS):
            where = [f"{node['target']} {node['html'][:120]}" for node in rule["nodes"]]
            objections += [f"{screen}, {scheme}, {rule['id']}: {place}" for place in where]
    return objections


@pytest.mark.parametrize("path", PAGES.values(), ids=PAGES)
def test_axe_finds_nothing(page: Page, path: str) -> None:
    """No kind of page has a violation, on a phone and a desktop, light and dark."""
    page.goto(path)
    assert violations(page) == []


@pytest.mark.parametrize("path", PAGES.values(), ids=PAGES)
def test_pages_fit_a_narrow_phone(page: Page, path: str) -> None:
    """At 320 pixels no kind of page scrolls sideways (WCAG 1.4.10)."""
    page.set_viewport_size({"width": 320, "height": 640})
    page.goto(path)
    assert page.evaluate("document.documentElement.scrollWidth") <= 320


def test_axe_finds_nothing_in_what_opens(page: Page) -> None:
    """What opens on a page has no violation either: suggestions, folded facets, the table of the timeline, the keys."""
    page.goto("/suche?q=")
    for summary in page.locator("summary").all():
        summary.click()
    page.get_by_label("Suche im Archiv").press_sequentially("Ber")
    expect(page.get_by_role("option").first).to_be_visible()
    assert violations(page) == []
    page.keyboard.press("Escape")
    page.get_by_role("button", name="Tasten und Einstellungen").click()
    expect(page.get_by_role("dialog")).to_be_visible()
    assert violations(page) == []


def focus(page: Page, role: Literal["link", "button"], name: str) -> None:
    """Press the tab key until the element of this role and name has the focus."""
    wanted = page.get_by_role(role, name=name).first.element_handle()
    for _ in range(120):
        page.keyboard.press("Tab")
        if wanted.evaluate("node => node === document.activeElement"):
            return
    pytest.fail(f"the tab key does not reach {name}")


def test_the_keyboard_is_enough(browser: Browser, address: str) -> None:
    """Search, narrow by a facet and by time, read, go to the next hit and return: all by keyboard."""
    context = browser.new_context(base_url=address)
    page = context.new_page()
    page.goto("/")
    expect(page.get_by_label("Suche im Archiv")).to_be_focused()
    page.keyboard.type("Mauer")
    page.keyboard.press("Enter")
    status = page.locator(".total")
    expect(status).to_contain_text("2 Treffer")
    focus(page, "link", "Helmut Kohl")
    page.keyboard.press("Enter")
    expect(page.get_by_role("link", name="Person: Helmut Kohl zurücknehmen")).to_be_visible()
    focus(page, "link", "November 1989: 1 Treffer")
    page.keyboard.press("Enter")
    expect(status).to_contain_text("1 Treffer")
    focus(page, "link", "Zeitraum: November 1989 zurücknehmen")
    page.keyboard.press("Enter")
    expect(status).to_contain_text("2 Treffer")
    focus(page, "link", "Zu den Treffern springen")
    page.keyboard.press("Enter")
    focus(page, "link", "Die Mauer ist offen")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Die Mauer ist offen")
    focus(page, "link", "Zurück zu den Treffern")
    page.keyboard.press("Enter")
    expect(status).to_contain_text("2 Treffer")
    assert "#treffer-" in page.url
    context.close()
