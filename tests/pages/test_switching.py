"""A reader who wants the page in English has it so from there on."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Browser, expect

pytestmark = pytest.mark.browser


@pytest.mark.parametrize("script", [True, False])
def test_a_reader_switches_to_english_and_stays(browser: Browser, address: str, script: bool) -> None:
    """The switch works with the script and without: search, read and return in English, with nothing stored."""
    context = browser.new_context(base_url=address, locale="de-DE", java_script_enabled=script)
    page = context.new_page()
    page.goto("/")
    page.get_by_role("link", name="English").click()
    page.get_by_label("Search the archive").fill("Mauer")
    page.get_by_role("button", name="Search").click()
    expect(page.locator(".total")).to_contain_text("2 hits")
    page.get_by_role("link", name="Die Mauer ist offen").click()
    page.get_by_role("link", name="Back to the hits").click()
    expect(page.locator(".total")).to_contain_text("2 hits")
    assert context.cookies() == []
    context.close()


def test_the_script_speaks_english(browser: Browser, address: str) -> None:
    """Suggestions, keys, copying and the saved articles are in English, and lead to English pages."""
    context = browser.new_context(base_url=address, locale="en-GB")
    page = context.new_page()
    page.goto("/en/suche?q=Mauer")
    page.get_by_label("select: Die Mauer ist offen").check()
    page.get_by_role("link", name="Saved (1)").wait_for()
    page.get_by_role("button", name="Keys and settings").click()
    expect(page.get_by_role("dialog")).to_contain_text("to the search box")
    page.goto("/en/")
    page.get_by_label("Search the archive").press_sequentially("Kohl")
    option = page.get_by_role("option", name="Helmut Kohl")
    expect(option).to_contain_text("Person2 articles")
    option.click()
    page.wait_for_url("**/en/person/Helmut%20Kohl")
    page.goto("/de/merkliste")
    expect(page.get_by_role("link", name="Die Mauer ist offen")).to_have_attribute(
        "href", re.compile("/de/artikel/txt/")
    )
    page.goto("/en/merkliste")
    page.get_by_role("button", name="Empty the list").click()
    expect(page.get_by_text("Nothing is saved yet.")).to_be_visible()
    context.close()
