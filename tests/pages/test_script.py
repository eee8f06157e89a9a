"""What the script adds to the pages besides suggestions: keys, jumps between matches, copying."""

from __future__ import annotations

import re
from typing import Literal

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, Route, expect

from tests.pages.boxes import COUNTED, options, search_box, switch_off, type_into
from tests.pages.watching import too_faint

pytestmark = pytest.mark.browser

ARTICLE = "/artikel/txt/mauerfall.txt?q=Mauer"
BLOCKED = "Object.defineProperty(window, 'localStorage', { get() { throw new DOMException('no', 'SecurityError') } })"
CITATION = (
    '<p data-copy-source>Abendblatt,\n   10. November 1989</p><p data-copy-source="Adresse kopieren">/artikel/1</p>'
)


_PART = re.compile(r"/static/script/[0-9a-f]+/([a-z-]+)\.js$")
# What every page loads.
_EVERYWHERE = {"nachlese", "basket", "dialog", "hit-choice", "keys", "memory", "page", "searches", "texts"}


@pytest.mark.parametrize(
    ("path", "parts"),
    [
        ("/hilfe", {"suggestions"}),
        ("/suche?q=Mauer", {"suggestions", "copying", "basket-form", "timeline"}),
        ("/artikel/txt/mauerfall.txt", {"suggestions", "copying", "article-choice"}),
        (ARTICLE, {"suggestions", "copying", "article-choice", "marks"}),
        ("/merkliste", {"basket-form", "basket-list"}),
    ],
)
def test_a_page_loads_the_parts_that_it_has_something_for(page: Page, path: str, parts: set[str]) -> None:
    """Who reads an article loads nothing for timelines, and who reads the help nothing for articles."""
    loaded: set[str] = set()
    page.on("request", lambda request: loaded.update(_PART.findall(request.url)))
    page.goto(path)
    page.wait_for_load_state("networkidle")
    assert loaded == _EVERYWHERE | parts


def test_a_hit_that_is_chosen_at_once_is_kept(page: Page) -> None:
    """A box that is ticked as soon as the page is loaded is not forgotten."""
    page.add_init_script("addEventListener('load', () => document.querySelector('.hits input[form=auswahl]').click())")
    page.goto("/suche?q=Mauer")
    expect(page.get_by_role("link", name="Merkliste (1)")).to_be_visible()


# Keys


def test_keys_lead_to_the_box_and_through_the_hits(page: Page) -> None:
    """Slash selects the text of the box, j and k move the focus through the headlines and stop at the ends."""
    page.goto("/suche?q=Angriff&size=3")
    links = page.locator(".hits h2 a")
    following = page.get_by_role("link", name="Weitere Treffer")
    for key, link in (("k", links.nth(0)), ("j", links.nth(1)), ("k", links.nth(0)), ("k", links.nth(0))):
        page.keyboard.press(key)
        expect(link).to_be_focused()
        expect(link).to_be_in_viewport()
    for link in (links.nth(1), links.nth(2), following, following):
        page.keyboard.press("j")
        expect(link).to_be_focused()
    page.keyboard.press("k")
    expect(links.nth(2)).to_be_focused()
    page.keyboard.press("K")  # with the caps lock on
    expect(links.nth(1)).to_be_focused()
    page.keyboard.press("/")
    expect(search_box(page)).to_be_focused()
    assert page.evaluate("getSelection().toString()") == "Angriff"


def test_keys_are_letters_while_typing(page: Page) -> None:
    """In a box the keys write what they are, and with Control they belong to the browser."""
    page.goto("/suche?q=Mauer")
    search_box(page).fill("")
    search_box(page).press_sequentially("j/k?")
    expect(search_box(page)).to_have_value("j/k?")
    page.get_by_label("Von").press_sequentially("/?")
    expect(page.get_by_label("Von")).to_have_value("/?")
    expect(page.get_by_role("dialog")).to_have_count(0)
    page.get_by_role("heading", level=1).click()
    page.keyboard.press("Control+j")
    expect(page.locator(".hits a:focus")).to_have_count(0)


@pytest.mark.parametrize(
    ("path", "keys"), [("/hilfe", "/?"), ("/suche?q=Mauer", "/jk?"), ("/suche?q=nirgends", "/?"), (ARTICLE, "np?")]
)
def test_the_dialog_shows_the_keys_of_the_page(page: Page, path: str, keys: str) -> None:
    """The question mark opens a list of the keys that do something on this page, and Escape closes it."""
    page.goto(path)
    page.locator("body").press("?")
    dialog = page.get_by_role("dialog", name="Tasten und Einstellungen")
    shown = dialog.locator("kbd").all_text_contents()
    assert set(keys) <= set(shown)
    assert set(shown).isdisjoint(set("jknp") - set(keys) if "artikel" not in path else ())
    page.keyboard.press("?")
    expect(dialog).to_have_count(1)
    page.keyboard.press("Escape")
    expect(dialog).to_have_count(0)


def test_keys_can_be_switched_off(page: Page) -> None:
    """Without keys nothing happens, also after a reload, and the button in the footer brings them back."""
    page.goto("/suche?q=Mauer")
    switch_off(page, "Tastenkürzel verwenden")
    for _ in range(2):
        for key in "/j?":
            page.locator("body").press(key)
        expect(search_box(page)).not_to_be_focused()
        expect(page.locator(".hits a:focus")).to_have_count(0)
        expect(page.get_by_role("dialog")).to_have_count(0)
        page.reload()
    page.get_by_role("button", name="Tasten und Einstellungen").click()
    page.get_by_label("Tastenkürzel verwenden").check()
    page.keyboard.press("Escape")
    page.locator("body").press("/")
    expect(search_box(page)).to_be_focused()


def test_suggestions_can_be_switched_off(page: Page) -> None:
    """Without suggestions typing asks nothing, while recent searches are still offered."""
    page.goto("/suche?q=Mauer")
    switch_off(page, "Vorschläge beim Tippen")
    page.add_init_script(COUNTED)
    page.clock.install()
    page.goto("/")
    search_box(page).press_sequentially("Mauer")
    page.clock.run_for(1000)
    assert page.evaluate("asked") == 0
    search_box(page).fill("")
    search_box(page).press("ArrowDown")
    expect(options(page)).to_have_text("Mauer")


def test_the_page_works_without_storage(context: BrowserContext) -> None:
    """Where the browser forbids storage, suggestions and keys work, and settings hold for the page."""
    context.add_init_script(BLOCKED)
    page = context.new_page()
    errors: list[str] = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.goto("/suche?q=Mauer")
    page.locator("body").press("/")
    search_box(page).fill("")
    type_into(page, "Kohl").press("Escape")
    switch_off(page, "Tastenkürzel verwenden")
    page.locator("body").press("j")
    expect(page.locator(".hits a:focus")).to_have_count(0)
    assert errors == []


# Articles


def test_matches_are_jumped_through(page: Page) -> None:
    """Keys and buttons go from match to match and round, mark the current one and say its number."""
    page.emulate_media(reduced_motion="reduce")
    page.set_viewport_size({"width": 400, "height": 200})
    page.goto(ARTICLE)
    marks = page.locator("article.story mark")
    jumps = page.locator(".matches")
    following = jumps.get_by_role("button", name="Nächste Fundstelle")
    previous = jumps.get_by_role("button", name="Vorige Fundstelle")
    steps = (
        (lambda: page.keyboard.press("p"), 2),
        (following.click, 0),
        (lambda: page.keyboard.press("n"), 1),
        (following.click, 2),
        (lambda: page.locator("body").press("n"), 0),
        (previous.click, 2),
    )
    for step, place in steps:
        step()
        expect(jumps.get_by_role("status")).to_have_text(f"{place + 1} von 3")
        expect(marks.nth(place)).to_have_class("current")
        expect(marks.nth(place)).to_be_in_viewport()
        expect(page.locator("mark.current")).to_have_count(1)


def test_articles_without_matches_have_no_buttons_for_them(page: Page) -> None:
    """Opened alone an article has nothing to jump through, and n means nothing."""
    page.goto("/artikel/txt/mauerfall.txt")
    page.locator("body").press("n")
    expect(page.get_by_role("button", name="Fundstelle")).to_have_count(0)


@pytest.mark.parametrize(("key", "rel"), [("j", "next"), ("k", "prev")])
def test_keys_lead_from_article_to_article(page: Page, key: str, rel: str) -> None:
    """In an article j and k open the next and the previous hit."""
    page.goto(ARTICLE)
    page.evaluate(
        "rel => document.querySelector('main').insertAdjacentHTML('afterbegin', `<a rel=${rel} href=/artikel/wn-123>`)",
        rel,
    )
    page.locator("body").press(key)
    expect(page).to_have_url(re.compile("/artikel/wn-123$"))


@pytest.mark.parametrize("clipboard", [True, False], ids=["clipboard", "no-clipboard"])
def test_citations_are_copied(context: BrowserContext, page: Page, clipboard: bool) -> None:
    """The button puts the text into the clipboard as it is read, and says so; also where pages come without HTTPS."""
    context.grant_permissions(["clipboard-read", "clipboard-write"])
    if not clipboard:
        page.add_init_script("navigator.clipboard.writeText = undefined; console.debug = () => {}")
    page.route("**/artikel/**", with_citation)
    page.goto(ARTICLE)
    copying = page.locator(".copying").filter(has=page.get_by_role("button", name="Zitat kopieren")).last
    copying.get_by_role("button").click()
    expect(copying.get_by_role("status")).to_have_text("Kopiert")
    assert page.evaluate("navigator.clipboard.readText()") == "Abendblatt, 10. November 1989"
    expect(page.get_by_role("button", name="Adresse kopieren").last).to_be_visible()


def with_citation(route: Route) -> None:
    """Answer with the page and two texts to copy at its end."""
    response = route.fetch()
    route.fulfill(response=response, body=response.text().replace("</main>", f"{CITATION}</main>"))


# The timeline


def test_dragging_over_bars_chooses_a_range(page: Page) -> None:
    """With a mouse, from one bar to another and in either direction; a click is still that of one bar."""
    page.goto("/suche?q=Mauer&from=1989&to=1990")
    bars = page.locator(".timeline svg")
    periods = (bars.get_attribute("data-periods") or "").split()
    for first, last in ((0, 2), (2, 0)):
        box = bars.bounding_box()
        assert box is not None
        width = box["width"] / len(periods)
        # Hovering waits until the bars stand still: a page that is gone back to scrolls when it is shown.
        bars.hover(position={"x": (first + 0.5) * width, "y": 10})
        page.mouse.down()
        bars.hover(position={"x": (last + 0.5) * width, "y": 10})
        expect(page.locator(".timeline .drawn")).to_have_count(1)
        page.mouse.up()
        expected = f"q=Mauer&from={periods[0].split('/')[0]}&to={periods[2].split('/')[1]}"
        expect(page).to_have_url(re.compile(re.escape(expected)))
        page.go_back()
    page.locator(".timeline svg a").first.click()
    expect(page.get_by_role("link", name="Zeitraum: November 1989 zurücknehmen")).to_be_visible()


# What can be seen


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_what_the_script_adds_can_be_read(browser: Browser, address: str, scheme: Literal["light", "dark"]) -> None:
    """List, dialog and current match differ enough from their background (WCAG AA, 4.5:1) in both schemes."""
    context = browser.new_context(base_url=address, color_scheme=scheme)
    page = context.new_page()
    page.goto("/suche?q=Mauer")
    page.goto("/")
    search_box(page).click()
    low = too_faint(page)
    type_into(page, "Ber").press("ArrowDown")
    low |= too_faint(page)
    page.goto(ARTICLE)
    page.locator("body").press("n")
    page.locator("body").press("?")
    low |= too_faint(page)
    assert low == {}
    context.close()


@pytest.mark.parametrize("path", ["/", ARTICLE])
def test_what_the_script_adds_fits_a_narrow_phone(page: Page, path: str) -> None:
    """At 320 pixels neither list, dialog nor buttons scroll sideways, and all can be hit (24 pixels, WCAG 2.2)."""
    page.set_viewport_size({"width": 320, "height": 640})
    page.goto("/suche?q=" + "x" * 200)
    page.goto(path)
    if path == "/":
        search_box(page).click()
        expect(options(page)).to_have_count(1)
    page.get_by_role("button", name="Tasten und Einstellungen").evaluate("button => button.click()")
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
    for target in page.locator("main button, dialog button, dialog label, .imprint button, [role=option]").all():
        box = target.bounding_box()
        assert box is None or min(box["width"], box["height"]) >= 24
