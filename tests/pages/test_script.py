"""What the script adds to the pages: suggestions, recent searches, keys, jumps between matches, copying."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, Literal

import pytest
from playwright.sync_api import Browser, BrowserContext, Locator, Page, Route, expect

from tests.pages.sample import SCRIPT
from tests.pages.watching import contrasts, watched

pytestmark = pytest.mark.browser

ARTICLE = "/artikel/txt/mauerfall.txt?q=Mauer"
BLOCKED = "Object.defineProperty(window, 'localStorage', { get() { throw new DOMException('no', 'SecurityError') } })"
COUNTED = "const real = fetch; window.asked = 0; window.fetch = (...given) => (asked++, real(...given))"
AT_ONCE = "(box, texts) => texts.forEach(text => { box.value = text; box.dispatchEvent(new Event('input')) })"
CITATION = (
    '<p data-copy-source>Abendblatt,\n   10. November 1989</p><p data-copy-source="Adresse kopieren">/artikel/1</p>'
)


@pytest.fixture
def context(browser: Browser, address: str) -> Iterator[BrowserContext]:
    """A fresh browser profile that can click and tap."""
    context = browser.new_context(base_url=address, locale="de-DE", has_touch=True)
    context.set_default_timeout(10_000)
    yield context
    context.close()


@pytest.fixture
def page(context: BrowserContext) -> Iterator[Page]:
    """A page about which the browser has nothing to complain, whatever the test does with it."""
    page, complaints = watched(context)
    page.on("dialog", lambda dialog: complaints.append(dialog.message))
    yield page
    assert complaints == []


def search_box(page: Page) -> Locator:
    """The first search box of the page."""
    return page.get_by_role("combobox").first


def options(page: Page) -> Locator:
    """What the list under the box offers."""
    return page.get_by_role("option")


def type_into(page: Page, text: str) -> Locator:
    """Type letter by letter and wait until there are suggestions; returns the box."""
    box = search_box(page)
    box.press_sequentially(text)
    expect(box).to_have_attribute("aria-expanded", "true")
    return box


def switch_off(page: Page, setting: str) -> None:
    """Take back a setting in the dialog."""
    page.get_by_role("button", name="Tasten und Einstellungen").click()
    page.get_by_label(setting).uncheck()
    page.get_by_role("button", name="Schließen").click()
    expect(page.get_by_role("dialog")).to_have_count(0)


def suggested(*texts: str, **more: Any) -> dict[str, Any]:
    """An answer of the API that suggests these words."""
    return {"query": "", "suggestions": [{"text": text, "kind": "word", "count": 1, **more} for text in texts]}


# Suggestions


def test_the_box_is_a_combobox_at_every_step(page: Page) -> None:
    """Roles and states say what the keys did: open, go through the list and round, back to the text, close, empty."""
    page.goto("/")
    box = search_box(page)
    expect(box).to_have_attribute("aria-expanded", "false")
    expect(box).to_have_attribute("aria-autocomplete", "list")
    expect(box).to_have_attribute("autocomplete", "off")
    type_into(page, "Ber")
    names = page.get_by_role("listbox", name="Vorschläge")
    expect(box).to_have_attribute("aria-controls", names.get_attribute("id") or "")
    expect(box).not_to_have_attribute("aria-activedescendant", re.compile("."))
    for key, place in (("ArrowDown", 0), ("ArrowDown", 1), ("ArrowUp", 0), ("ArrowUp", None), ("ArrowUp", -1)):
        box.press(key)
        expect_active(page, place)
    box.press("ArrowDown")
    expect_active(page, None)
    box.press("ArrowDown")
    box.press("Home")
    expect_active(page, None)
    box.press("Escape")
    expect(names).to_have_count(0)
    expect(box).to_have_attribute("aria-expanded", "false")
    expect(box).to_have_value("Ber")
    box.press("Escape")
    expect(box).to_have_value("")


def expect_active(page: Page, place: int | None) -> None:
    """Hold the box to pointing at the option at this place, the only selected one, or at none."""
    expect(search_box(page)).to_be_focused()
    if place is None:
        expect(page.get_by_role("option", selected=True)).to_have_count(0)
        assert search_box(page).get_attribute("aria-activedescendant") is None
        return
    option = options(page).nth(place)
    expect(option).to_have_attribute("aria-selected", "true")
    expect(page.get_by_role("option", selected=True)).to_have_count(1)
    expect(search_box(page)).to_have_attribute("aria-activedescendant", option.get_attribute("id") or "")


def test_suggestions_say_what_they_are(page: Page) -> None:
    """Names have their kind and number of articles, what was typed is bold, and the number of choices is announced."""
    page.goto("/")
    type_into(page, "helmut ko")
    option = page.get_by_role("option", name="Helmut Kohl Person 2 Artikel")
    expect(option.locator("b")).to_have_text(["Helmut", "Ko"])
    expect(page.locator("body > [aria-live=polite]")).to_have_text(f"Vorschläge: {options(page).count()}")


def test_a_word_is_searched_with_the_filters_that_were_chosen(page: Page) -> None:
    """Choosing a word by keyboard submits the form, which keeps its filters."""
    page.goto("/suche?place=Berlin")
    box = type_into(page, "Reichs")
    box.press("ArrowDown")
    box.press("Enter")
    expect(page).to_have_url(re.compile(r"/suche\?q=Reichstag&place=Berlin$"))


@pytest.mark.parametrize("how", ["click", "tap"])
def test_a_name_narrows_by_that_name(page: Page, how: str) -> None:
    """Choosing a name by mouse or finger shows its articles and nothing else."""
    page.goto("/suche?place=Berlin&q=x")
    search_box(page).fill("")
    type_into(page, "Kren")
    getattr(page.get_by_role("option", name="Egon Krenz"), how)()
    expect(page).to_have_url(re.compile(r"/suche\?person=Egon\+Krenz$"))


def test_a_headline_opens_its_article(page: Page) -> None:
    """A suggestion with an address leads there, and has no number of articles."""
    answer = suggested("Die Mauer ist offen", kind="title", address="/artikel/txt/mauerfall.txt")
    page.route("**/api/suggest?*", lambda route: route.fulfill(json=answer))
    page.goto("/")
    type_into(page, "Die M")
    expect(options(page)).to_have_text("Die Mauer ist offen Überschrift")
    options(page).click()
    expect(page).to_have_url(re.compile(r"/artikel/txt/mauerfall\.txt$"))


def test_enter_searches_what_was_typed(page: Page) -> None:
    """With suggestions open but none of them active, Enter searches the text as it is."""
    page.goto("/")
    type_into(page, "Mau").press("Enter")
    expect(page).to_have_url(re.compile(r"/suche\?q=Mau$"))


def test_leaving_the_box_closes_the_list(page: Page) -> None:
    """The tab key goes on to the button, and the list closes without a choice."""
    page.goto("/")
    type_into(page, "Mau").press("Tab")
    expect(page.get_by_role("button", name="Suchen")).to_be_focused()
    expect(options(page)).to_have_count(0)


def test_late_answers_are_forgotten(page: Page) -> None:
    """An answer to what was typed before does not replace the answer to what is typed now."""
    held: list[Route] = []

    def answer(route: Route) -> None:
        if route.request.url.endswith("q=Ma&limit=8"):
            held.append(route)
        else:
            route.fulfill(json=suggested("Mauer neu"))

    page.route("**/api/suggest?*", answer)
    page.goto("/")
    with page.expect_request("**/api/suggest?q=Ma&*"):
        search_box(page).press_sequentially("Ma")
    type_into(page, "u")
    held[0].fulfill(json=suggested("Mast alt"))
    page.evaluate("new Promise(requestAnimationFrame)")
    expect(options(page)).to_have_text("Mauer neu 1 Artikel")


def test_an_answer_for_somebody_who_left_opens_nothing(page: Page) -> None:
    """Who has gone on to the button is not bothered with a list any more."""
    held: list[Route] = []
    page.route("**/api/suggest?*", lambda route: held.append(route))
    page.goto("/")
    with page.expect_request("**/api/suggest?*"):
        search_box(page).press_sequentially("Mau")
    search_box(page).press("Tab")
    held[0].fulfill(json=suggested("Mauer"))
    page.evaluate("new Promise(requestAnimationFrame)")
    expect(options(page)).to_have_count(0)


def test_without_suggestions_the_box_still_searches(context: BrowserContext) -> None:
    """If the API fails, the list stays closed, and the words typed are searched."""
    page = context.new_page()
    page.route("**/api/suggest?*", lambda route: route.fulfill(status=500))
    page.goto("/")
    with page.expect_response("**/api/suggest?*"):
        search_box(page).press_sequentially("Mauer")
    expect(options(page)).to_have_count(0)
    search_box(page).press("Enter")
    expect(page.get_by_role("status")).to_contain_text("2 Treffer")


def test_one_letter_asks_nothing(page: Page) -> None:
    """The archive is asked from the second letter on; signs are no letters."""
    page.add_init_script(COUNTED)
    page.clock.install()
    page.goto("/")
    for text, asked in ((' "B', 0), ("e", 1), ("r", 2)):
        search_box(page).press_sequentially(text)
        page.clock.run_for(1000)
        assert page.evaluate("asked") == asked


def test_only_the_pause_after_typing_asks_and_answers_are_kept(page: Page) -> None:
    """A word typed without pause is asked about once, and not again if it comes back."""
    page.add_init_script(COUNTED)
    page.goto("/")
    box = search_box(page)
    box.evaluate(AT_ONCE, ["Be", "Ber", "Berl"])
    expect(options(page).first).to_be_visible()
    box.focus()
    box.press("Escape")
    box.press("ArrowDown")
    expect_active(page, 0)
    assert page.evaluate("asked") == 1


def test_keys_of_a_composition_are_left_alone(page: Page) -> None:
    """While an input method composes a word, its arrows and its Enter mean nothing to the list."""
    page.goto("/")
    box = type_into(page, "Mau")
    for key in ("ArrowDown", "Enter", "Escape"):
        box.dispatch_event("keydown", {"key": key, "isComposing": True})
    expect_active(page, None)
    expect(box).to_have_attribute("aria-expanded", "true")


def test_hostile_suggestions_are_only_text(page: Page) -> None:
    """A name that is a script is shown letter by letter, and can be chosen like any other."""
    page.goto("/")
    type_into(page, "script")
    option = options(page).filter(has_text="Person")
    expect(option).to_contain_text(SCRIPT)
    assert page.locator("[role=listbox] :not(li, span, b)").count() == 0
    option.click()
    expect(page.get_by_role("link", name=f"Person: {SCRIPT} zurücknehmen")).to_be_visible()


# Recent searches


def test_recent_searches_are_offered_in_an_empty_box(page: Page) -> None:
    """Searches of before are in the list under an empty box, the latest first and each once."""
    for text in ("Mauer", "Einheit", "Mauer", ""):
        page.goto(f"/suche?q={text}")
    page.goto("/")
    search_box(page).click()
    expect(page.get_by_role("listbox", name="Zuletzt gesucht").get_by_role("option")).to_have_text(["Mauer", "Einheit"])
    search_box(page).press("Escape")
    search_box(page).press("ArrowUp")
    expect_active(page, 1)
    search_box(page).press("Enter")
    expect(page).to_have_url(re.compile(r"/suche\?q=Einheit$"))


def test_ten_searches_are_remembered(page: Page) -> None:
    """The eleventh search pushes the first one out; what is no list of texts is none."""
    page.goto("/hilfe")
    page.evaluate("localStorage.setItem('nachlese.recent', '{\"length\": 3}')")
    for number in range(11):
        page.goto(f"/suche?q=Suche+{number}")
    page.goto("/")
    search_box(page).click()
    expect(options(page)).to_have_text([f"Suche {number}" for number in range(10, 0, -1)])


@pytest.mark.parametrize("with_keys", [True, False], ids=["keyboard", "mouse"])
def test_recent_searches_can_be_deleted(page: Page, with_keys: bool) -> None:
    """The button under the list, which the tab key reaches, deletes them from the browser."""
    page.goto("/suche?q=Mauer")
    page.goto("/")
    search_box(page).click()
    delete = page.get_by_role("button", name="Verlauf löschen")
    if with_keys:
        search_box(page).press("Tab")
        expect(delete).to_be_focused()
        page.keyboard.press("Enter")
    else:
        delete.click()
    expect(delete).to_have_count(0)
    expect(search_box(page)).to_be_focused()
    search_box(page).press("ArrowDown")
    expect(options(page)).to_have_count(0)
    assert "Mauer" not in page.evaluate("JSON.stringify(localStorage)")


def test_recent_searches_are_gone_when_switched_off(page: Page) -> None:
    """Switching them off deletes them, and nothing is remembered from then on."""
    page.goto("/suche?q=Mauer")
    switch_off(page, "Letzte Suchen merken")
    page.goto("/suche?q=Einheit")
    stored = page.evaluate("JSON.stringify(localStorage)")
    assert "Mauer" not in stored
    assert "Einheit" not in stored
    page.goto("/")
    search_box(page).click()
    expect(options(page)).to_have_count(0)


def test_recent_searches_are_never_sent(page: Page) -> None:
    """Offering them asks the server nothing."""
    page.goto("/suche?q=Mauer")
    page.add_init_script(COUNTED)
    page.goto("/")
    search_box(page).click()
    expect(options(page)).to_have_text("Mauer")
    assert page.evaluate("asked") == 0


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


# What can be seen


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_what_the_script_adds_can_be_read(browser: Browser, address: str, scheme: Literal["light", "dark"]) -> None:
    """List, dialog and current match differ enough from their background (WCAG AA, 4.5:1) in both schemes."""
    context = browser.new_context(base_url=address, color_scheme=scheme)
    page = context.new_page()
    page.goto("/suche?q=Mauer")
    page.goto("/")
    search_box(page).click()
    low = {name: ratio for name, ratio in contrasts(page).items() if ratio < 4.5}
    type_into(page, "Ber").press("ArrowDown")
    low |= {name: ratio for name, ratio in contrasts(page).items() if ratio < 4.5}
    page.goto(ARTICLE)
    page.locator("body").press("n")
    page.locator("body").press("?")
    low |= {name: ratio for name, ratio in contrasts(page).items() if ratio < 4.5}
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
