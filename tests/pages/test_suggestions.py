"""What the script offers under the search box: suggestions while typing, recent searches."""

from __future__ import annotations

import re
from typing import Any

import pytest
from playwright.sync_api import BrowserContext, Page, Route, expect

from tests.pages.boxes import COUNTED, options, search_box, switch_off, type_into
from tests.pages.sample import SCRIPT

pytestmark = pytest.mark.browser

AT_ONCE = "(box, texts) => texts.forEach(text => { box.value = text; box.dispatchEvent(new Event('input')) })"


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
def test_a_name_leads_to_its_page(page: Page, how: str) -> None:
    """Choosing a name by mouse or finger shows what is known of it."""
    page.goto("/suche?place=Berlin&q=x")
    search_box(page).fill("")
    type_into(page, "Kren")
    getattr(page.get_by_role("option", name="Egon Krenz"), how)()
    expect(page).to_have_url(re.compile(r"/person/Egon%20Krenz$"))


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
    expect(page.locator(".total")).to_contain_text("2 Treffer")


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
    expect(page.get_by_role("heading", level=1)).to_have_text(SCRIPT)


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
