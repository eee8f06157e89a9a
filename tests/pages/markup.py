"""What is in a page: its tags, links and texts, read with the parser of the standard library."""

from __future__ import annotations

from dataclasses import dataclass, field
from html.parser import HTMLParser
from urllib.parse import parse_qsl, urlsplit

from werkzeug.test import TestResponse

VOID = {"meta", "link", "input", "img", "br", "hr"}


@dataclass
class Markup(HTMLParser):
    """The tags of a page with their attributes, its visible text, and the text of its marks."""

    tags: list[tuple[str, dict[str, str]]] = field(default_factory=list)
    text: str = ""
    marked: list[str] = field(default_factory=list)
    open: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        """Ready the parser itself."""
        super().__init__()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Remember the tag; every tag but the void ones must be closed in order."""
        self.tags.append((tag, {name: value or "" for name, value in attrs}))
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        """Hold the page to closing what it opened last."""
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        """Collect the text."""
        self.text += data
        if "mark" in self.open:
            self.marked.append(data)

    def all(self, tag: str) -> list[dict[str, str]]:
        """The attributes of every tag of this name."""
        return [attributes for name, attributes in self.tags if name == tag]

    def links(self) -> list[str]:
        """Where the page leads."""
        return [attributes["href"] for attributes in self.all("a")]


def read(response: TestResponse, status: int = 200) -> Markup:
    """The markup of a page, which must be HTML, well-formed and of this status."""
    assert response.status_code == status
    assert response.mimetype == "text/html"
    markup = Markup()
    markup.feed(response.text)
    markup.close()
    assert markup.open == []
    return markup


def link(page: Markup, **wanted: str) -> str:
    """The first link to a search with exactly these parameters."""
    return next(
        href
        for href in page.links()
        if urlsplit(href).path == "/suche" and dict(parse_qsl(urlsplit(href).query)) == wanted
    )


def title(page: Markup) -> str:
    """What the browser shows on the tab and screen readers read first."""
    return page.text.strip().split("\n")[0]
