"""A real browser. One serves all tests of a process: Playwright cannot be started twice in it."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, sync_playwright

REMEDY = "install Chromium so that `chromium` is on the PATH, for example with: apt-get install chromium"
FLAGS = (
    "--no-sandbox --disable-gpu --disable-background-networking --disable-component-update --disable-sync "
    "--accept-lang=de-DE"  # what readers of the archive ask for, unless a test says otherwise
)


def chromium() -> str | None:
    """The path of the machine's Chromium, None if it has none."""
    return shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """A headless Chromium; without one the tests are skipped, but fail where CI promises them."""
    if chromium() is None:
        (pytest.fail if os.environ.get("CI") else pytest.skip)(f"no Chromium: {REMEDY}")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium(), args=FLAGS.split())
        yield browser
        browser.close()
