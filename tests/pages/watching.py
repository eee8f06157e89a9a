"""A page of the browser: what the browser complains about on it, and how well it can be read."""

from __future__ import annotations

from playwright.sync_api import BrowserContext, Page, Request

# The contrast ratio of every text against the nearest background that is not transparent, by class and tag.
CONTRAST = """() => {
  const numbers = (colour) => colour.match(/[\\d.]+/g).map(Number);
  const light = (colour) => {
    const linear = (value) => value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
    const [r, g, b] = numbers(colour).slice(0, 3).map((value) => linear(value / 255));
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const ground = (node) => {
    for (; node; node = node.parentElement) {
      const colour = getComputedStyle(node).backgroundColor;
      if (numbers(colour)[3] !== 0) return colour;
    }
    return "rgb(255, 255, 255)";
  };
  const found = {};
  for (const node of document.querySelectorAll("body *")) {
    if (![...node.childNodes].some((child) => child.nodeType === 3 && child.data.trim())) continue;
    const [a, b] = [light(getComputedStyle(node).color), light(ground(node))].sort((x, y) => y - x);
    const name = node.tagName + "." + node.className;
    found[name] = Math.min(found[name] ?? 99, (a + 0.05) / (b + 0.05));
  }
  return found;
}"""


def watched(context: BrowserContext) -> tuple[Page, list[str]]:
    """A page, and the list to which its browser adds what it complains about."""
    page = context.new_page()
    complaints: list[str] = []
    page.on("console", lambda message: complaints.extend(_unless_too_fast(message.text)))
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.on("requestfailed", lambda request: complaints.extend(_unasked_for(request)))
    return page, complaints


def _unless_too_fast(message: str) -> list[str]:
    """What is written to the console, unless it is that a test was in a field before the browser could put us there."""
    return [] if message.startswith("Autofocus processing was blocked") else [message]


def _unasked_for(request: Request) -> list[str]:
    """What failed, unless it is that the browser itself gave up loading when it left for the next page."""
    return [] if request.failure == "net::ERR_ABORTED" else [f"{request.url}: {request.failure}"]


def too_faint(page: Page) -> dict[str, float]:
    """What `page` shows now with too little contrast (WCAG AA, 4.5:1): the lowest ratio for each class and tag."""
    found: dict[str, float] = page.evaluate(CONTRAST)
    return {name: ratio for name, ratio in found.items() if ratio < 4.5}
