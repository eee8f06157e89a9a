"""Choosing hits: without a script for one page, with it kept in this browser, over pages and visits."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

pytestmark = pytest.mark.browser

MAUERFALL, EINHEIT = "Die Mauer ist offen", "Einheit in Berlin gefeiert"


def pick(page: Page, title: str) -> None:
    """Choose the hit of this headline, once the page has all its parts."""
    page.wait_for_load_state("networkidle")
    page.get_by_label(f"auswählen: {title}").check()


def downloaded(page: Page, format: str) -> str:
    """What the button of this format saves."""
    with page.expect_download() as download:
        page.locator("#auswahl").get_by_role("button", name=format, exact=True).click()
    return Path(download.value.path()).read_text(encoding="utf-8")


@pytest.fixture
def plain(browser: Browser, address: str) -> Iterator[BrowserContext]:
    """A browser without JavaScript."""
    context = browser.new_context(base_url=address, java_script_enabled=False)
    context.set_default_timeout(10_000)
    yield context
    context.close()


@pytest.mark.parametrize("format", ["CSV", "RIS", "BibTeX", "JSON Lines"])
def test_chosen_hits_are_saved_without_a_script(plain: BrowserContext, format: str) -> None:
    """The hits with a tick, and no others, are in the file."""
    page = plain.new_page()
    page.goto("/suche?q=Mauer")
    pick(page, EINHEIT)
    text = downloaded(page, format)
    assert EINHEIT in text
    assert MAUERFALL not in text


def test_choosing_nothing_is_explained_without_a_script(plain: BrowserContext) -> None:
    """Without a tick, the server answers with what to do."""
    page = plain.new_page()
    page.goto("/suche?q=Mauer")
    page.locator("#auswahl").get_by_role("button", name="RIS").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Noch ist nichts ausgewählt")


def test_choosing_nothing_is_explained_where_it_happens(page: Page) -> None:
    """With a script the page stays, and says so beside the button."""
    page.goto("/suche?q=Mauer", wait_until="networkidle")  # so the part for this form has begun
    page.locator("#auswahl").get_by_role("button", name="RIS").click()
    expect(page.locator("#auswahl .complaint")).to_have_text("Es ist noch nichts ausgewählt.")
    expect(page).to_have_url(re.compile(r"/suche\?q=Mauer$"))


def test_the_basket_outlasts_pages(page: Page) -> None:
    """What is chosen stays so, stands in a list with where it leads, is saved as a whole, and can be taken back."""
    page.goto("/suche?q=Mauer")
    pick(page, MAUERFALL)
    pick(page, EINHEIT)
    page.goto("/suche?q=Einheit")
    expect(page.get_by_label(f"auswählen: {EINHEIT}")).to_be_checked()
    assert MAUERFALL in downloaded(page, "RIS")
    page.get_by_role("link", name="Merkliste (2)").click()
    expect(page.locator(".basket h2")).to_have_text([MAUERFALL, EINHEIT])
    text = downloaded(page, "BibTeX")
    assert MAUERFALL in text
    assert EINHEIT in text
    page.get_by_role("button", name=f"{MAUERFALL} herausnehmen").click()
    expect(page.locator(".basket h2")).to_have_text([EINHEIT])
    page.get_by_role("link", name=EINHEIT).click()
    expect(page.get_by_role("heading", level=1)).to_have_text(EINHEIT)
    page.get_by_role("button", name="✓ Gemerkt").click()
    page.goto("/merkliste")
    expect(page.locator(".basket")).to_contain_text("Noch ist nichts gemerkt.")


def test_articles_are_chosen_on_their_page(page: Page) -> None:
    """The button beside an article puts it into the basket; an id that no path carries leads back to it, too."""
    for path, title in (
        ("/artikel/txt/mauerfall.txt?q=Mauer", MAUERFALL),
        ("/artikel?id=..", "Ein Angriff mit Punkten."),
    ):
        page.goto(path)
        page.get_by_role("button", name="Merken").click()
        page.goto("/merkliste")
        page.get_by_role("link", name=title).click()
        expect(page.get_by_role("heading", level=1)).to_have_text(title)


def test_searches_of_this_browser_are_listed(page: Page) -> None:
    """The newest search stands first, leads to its hits, and all can be forgotten."""
    for query in ("Mauer", "Einheit"):
        page.goto(f"/suche?q={query}")
    page.goto("/merkliste")
    past = page.locator(".past a")
    expect(past).to_have_text(["Einheit", "Mauer"])
    past.last.click()
    expect(page.locator(".total")).to_contain_text("2 Treffer")
    page.goto("/merkliste")
    page.get_by_role("button", name="Verlauf löschen").last.click()
    expect(past).to_have_count(0)


def test_what_others_put_into_the_basket_is_text(page: Page) -> None:
    """Titles are shown as text, links stay on this site, and what is no article is passed over."""
    page.goto("/merkliste")
    hostile = {"id": "<b>", "title": "<img src=x onerror=alert(1)>", "about": "<i>"}
    hostile["address"] = "javascript:alert(1)//artikel"
    page.evaluate(
        "kept => localStorage.setItem('nachlese.basket', JSON.stringify(kept))", [hostile, None, 7, {"id": 1}]
    )
    page.reload()
    expect(page.locator(".basket h2")).to_have_text([hostile["title"]])
    expect(page.locator(".basket img")).to_have_count(0)
    assert page.locator(".basket h2 a").evaluate("link => link.origin === location.origin")


def test_links_are_copied(context: BrowserContext, page: Page) -> None:
    """The button beside a permanent link copies where it leads: of an article, and of a search with its filters."""
    context.grant_permissions(["clipboard-read", "clipboard-write"])
    for path, end in (("/artikel/txt/mauerfall.txt?q=Mauer", "/artikel/txt/mauerfall.txt"),
                      ("/suche?q=Mauer&place=Berlin&size=5", "/suche?q=Mauer&place=Berlin")):  # fmt: skip
        page.goto(path)
        page.get_by_role("button", name="Link kopieren").click()
        expect(page.locator(".copying").filter(has_text="Link kopieren").get_by_role("status")).to_have_text("Kopiert")
        copied = page.evaluate("navigator.clipboard.readText()")
        assert copied.startswith("http://")
        assert copied.endswith(end)
