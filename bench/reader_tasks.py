"""What does a reader click and type for ten tasks? Done in Chromium, each click and key counted.

    python -m bench.reader_tasks INDEX

The tasks are those of readers, desks and researchers: words and a year, a person through a year, two sources over time,
citations, a subscription, a phrase, a week, similar articles, the way back, and an address to pass on. Each begins on
the start page, and ends where its answer stands, which is printed. INDEX has news of 2020.
"""

from __future__ import annotations

import argparse
import shutil
from collections.abc import Callable
from pathlib import Path

from playwright.sync_api import Locator, Page, sync_playwright

from bench.peers.serving import served

QUERY = "Impfstoff Zulassung"
PERSON = "Jens Spahn"


class Reader:
    """A reader at a page, whose clicks and keys are counted."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.clicks = self.keys = 0

    def click(self, place: Locator) -> None:
        """Click, and wait for what comes."""
        self.clicks += 1
        place.first.click()
        self.page.wait_for_load_state()

    def type(self, text: str) -> None:
        """Type where the cursor is."""
        self.keys += len(text)
        self.page.keyboard.type(text)

    def press(self, key: str) -> None:
        """Press a key that is no letter."""
        self.keys += 1
        self.page.keyboard.press(key)
        self.page.wait_for_load_state()

    def search(self, text: str) -> None:
        """Search from the start page, whose box has the cursor."""
        self.type(text)
        self.press("Enter")
        self.page.locator(".total").first.wait_for()

    def total(self) -> str:
        """How many hits there are."""
        return self.page.locator(".total").first.inner_text().replace("\n", " ")


def words_and_year(reader: Reader) -> str:
    """Two words in 2020."""
    reader.search(f"{QUERY} datum:2020")
    return reader.total()


def person(reader: Reader) -> str:
    """A person through 2020, the oldest first."""
    reader.type("Jens Sp")
    reader.page.get_by_role("option").first.wait_for()
    reader.press("ArrowDown")
    reader.press("Enter")
    reader.page.locator("h1", has_text=PERSON).wait_for()
    reader.click(reader.page.get_by_role("link", name="Älteste zuerst"))
    reader.click(reader.page.locator("aside #from"))
    reader.type("2020")
    reader.press("Tab")
    reader.type("2020")
    reader.press("Enter")
    reader.page.wait_for_url("**from=2020**")
    return reader.total()


def sources(reader: Reader) -> str:
    """Two sources over time, beside each other."""
    reader.search("Impfstoff")
    reader.click(reader.page.locator("aside .files").get_by_role("link", name="Kurven"))
    reader.clicks += 1
    reader.page.locator("select[name=by]").select_option("source")
    reader.click(reader.page.get_by_role("button", name="Zeichnen"))
    return reader.page.url.partition("?")[2]


def citations(reader: Reader) -> str:
    """The citations of all hits as a file."""
    reader.search(QUERY)
    with reader.page.expect_download() as download:
        reader.clicks += 1
        reader.page.locator("aside").get_by_role("link", name="RIS", exact=True).first.click()
    return download.value.suggested_filename


def subscription(reader: Reader) -> str:
    """What is new to a search, in a feed reader."""
    reader.search(QUERY)
    reader.clicks += 1  # on what a feed reader opens, and this browser has none
    return reader.page.locator("aside").get_by_role("link", name="Abonnieren").first.get_attribute("href") or ""


def phrase(reader: Reader) -> str:
    """A phrase."""
    reader.search('"wir schaffen das"')
    return reader.total()


def week(reader: Reader) -> str:
    """One week."""
    reader.search("Impfstoff")
    reader.click(reader.page.locator("aside #from"))
    reader.type("14.12.2020")
    reader.press("Tab")
    reader.type("20.12.2020")
    reader.press("Enter")
    reader.page.wait_for_url("**from=**")
    return reader.total()


def similar(reader: Reader) -> str:
    """What is like an article."""
    reader.search(QUERY)
    reader.click(reader.page.locator("ol.hits h2 a"))
    return f"{reader.page.locator('.similar li, [aria-labelledby=aehnlich] li').count()} at the article"


def way_back(reader: Reader) -> str:
    """From an article back to its place in the list."""
    reader.search(QUERY)
    reader.click(reader.page.locator("ol.hits h2 a").nth(5))
    reader.clicks += 1
    reader.page.go_back()
    reader.page.locator(".total").first.wait_for()
    return f"scrolled to {reader.page.evaluate('Math.round(scrollY)')} px"


def passing_on(reader: Reader) -> str:
    """The address of a search, to be passed on."""
    reader.search(QUERY)
    reader.click(reader.page.get_by_role("button", name="kopieren"))
    return str(reader.page.evaluate("navigator.clipboard.readText()")).partition("?")[2]


TASKS: tuple[Callable[[Reader], str], ...] = (
    words_and_year, person, sources, citations, subscription, phrase, week, similar, way_back, passing_on,
)  # fmt: skip


def main() -> None:
    """Do all tasks, and print what each took."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("index", type=Path)
    index = parser.parse_args().index
    with served(index) as (port, _), sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=["--no-sandbox"])
        for task in TASKS:
            context = browser.new_context(viewport={"width": 1440, "height": 900}, locale="de-DE")
            context.grant_permissions(["clipboard-read", "clipboard-write"])
            page = context.new_page()
            page.goto(f"http://127.0.0.1:{port}")
            page.locator("#q").focus()
            reader = Reader(page)
            answer = task(reader)
            print(f"{task.__name__:<16}{reader.clicks:>3} clicks {reader.keys:>3} keys  {answer}", flush=True)
        browser.close()


if __name__ == "__main__":
    main()
