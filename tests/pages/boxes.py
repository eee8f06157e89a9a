"""The search box as a reader uses it: typing, what the list under it offers, switching things off."""

from __future__ import annotations

from playwright.sync_api import Locator, Page, expect

# For a page's beginning: counts what it asks the server.
COUNTED = "const real = fetch; window.asked = 0; window.fetch = (...given) => (asked++, real(...given))"


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
