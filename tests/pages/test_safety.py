"""Documents and queries are shown, never obeyed."""

from __future__ import annotations

import re
from urllib.parse import quote

import pytest
from flask.testing import FlaskClient

from tests.pages.markup import Markup, read
from tests.pages.sample import QUOTES, SCRIPT
from web.addresses import safe_url, shown_url

PAGES = (
    "/",
    "/suche",
    "/suche?q=Angriff",
    "/suche?size=100",
    "/artikel?id=../../etc/passwd&q=Angriff",
    "/artikel?id=../../etc/passwd",
    "/artikel/%22%3E%3Cb%3E?q=Angriff",
    f"/person/{quote(SCRIPT, safe='/')}",
    f"/ort/{quote(QUOTES)}",
    "/organisation/%22%20onclick=%22alert%281%29",
    f"/person/{quote(QUOTES)}",
    "/namen",
    f"/namen?prefix={quote(QUOTES)}",
    f"/suche/personen?q=Angriff&source={quote(QUOTES)}",
    "/kurven?q=Angriff&by=source&value=count",
    "/konkordanz?q=Angriff",
    "/typisch?q=Angriff",
    f"/vergleich?q=Angriff&other_q={quote(SCRIPT)}",
    f"/beleg?q={quote(QUOTES)}&made={quote(SCRIPT)}&hash=x&total={quote(QUOTES)}",
    "/hilfe",
    "/nix",
    "/suche?q=" + "x" * 1001,
)
HOSTILE_TEXTS = (SCRIPT, QUOTES, '" autofocus onfocus="alert(1)', "</title><script>alert(1)</script>", "{{ 7 * 7 }}")
OUR_SCRIPT = re.compile(r"/static/script/[0-9a-f]+/nachlese\.js")


def runs_only_ours(page: Markup) -> bool:
    """Whether the only script is ours; blocks of data are none, as browsers do not run them."""
    scripts = [script for script in page.all("script") if script.get("type") != "application/ld+json"]
    return len(scripts) == 1 and bool(OUR_SCRIPT.fullmatch(scripts[0]["src"]))


@pytest.mark.parametrize("path", PAGES)
def test_pages_run_only_our_script_and_have_no_inline_styles(client: FlaskClient, path: str) -> None:
    """Whatever its articles say, no page has another script than ours, a style, a handler or an address that runs."""
    page = read(client.get(path), client.get(path).status_code)
    names = {tag for tag, _ in page.tags}
    attributes = {name for _, found in page.tags for name in found}
    assert runs_only_ours(page)
    assert not names & {"style", "img", "iframe", "object", "b"}
    assert not {name for name in attributes if name.startswith("on")} | (attributes & {"style", "srcdoc"})
    assert all(href.startswith(("/", "#", "https://example.org/", "http://localhost/")) for href in page.links())
    assert not any(href.startswith("//") for href in page.links())


@pytest.mark.parametrize("text", HOSTILE_TEXTS)
@pytest.mark.parametrize("name", ["q", "person", "source", "from", "sort", "cursor"])
def test_hostile_parameters_are_only_text(client: FlaskClient, name: str, text: str) -> None:
    """Whatever a parameter says, the page shows it as text and stays well-formed."""
    page = read(client.get("/suche", query_string={name: text}))
    assert runs_only_ours(page)
    assert not page.all("img")
    assert "onfocus" not in {attribute for _, found in page.tags for attribute in found}
    assert "49" not in page.text or "49" in text


def test_hostile_article_is_shown_as_it_was_written(client: FlaskClient) -> None:
    """Markup and template code in an article appear on its page letter by letter."""
    page = read(client.get("/artikel?id=../../etc/passwd"))
    assert SCRIPT in page.text
    assert QUOTES in page.text
    assert "{{ 7 * 7 }} {% raw %}" in page.text
    assert "javascript:alert(1)" in page.text
    assert "javascript:alert(1)" not in page.links()


@pytest.mark.parametrize(
    "path",
    [
        *PAGES,
        "/static/style.css",
        "/static/script/suggestions.js",
        "/static/favicon.svg",
        "/api/search",
        "/api/nix",
        "/readyz",
        "/suche.csv",
        "/opensearch.xml",
    ],
)
def test_every_answer_has_the_headers_that_fence_it_in(client: FlaskClient, path: str) -> None:
    """Every answer forbids foreign scripts, frames and guessing of types, sets no cookie and is not kept unasked."""
    with client.get(path) as response:
        headers = response.headers
    policy = headers["Content-Security-Policy"]
    for rule in (
        "default-src 'none'",
        "script-src 'self'",
        "frame-ancestors 'none'",
        "base-uri 'none'",
        "form-action 'self'",
    ):
        assert rule in policy
    assert "unsafe" not in policy
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "same-origin"
    assert "camera=()" in headers["Permissions-Policy"]
    assert headers["Cache-Control"] in ("no-cache", "no-store")
    assert "Set-Cookie" not in headers


@pytest.mark.parametrize(
    ("url", "safe"),
    [
        ("https://example.org/a", True),
        ("HTTP://example.org", True),
        ("javascript:alert(1)", False),
        ("java\nscript:alert(1)", False),
        (" javascript:alert(1)", False),
        ("data:text/html,x", False),
        ("https:", False),
        ("http://[", False),
        ("//example.org", False),
        ("https://bank.example@other.example/", False),
        ("https://user:secret@example.org/", False),
        ("https://example.org/\u202egpj.exe", False),
        ("https://example.org/\u2066x", False),
        ("https://example.org\\@other.example", False),
        ("https://example.org/a b?mail=a@b.example", True),
        ("", False),
        (None, False),
    ],
)
def test_only_web_addresses_become_links(url: str | None, safe: bool) -> None:
    """The original of an article is linked if its address is http or https with a host, no user and no disguise."""
    assert safe_url(url) == (url if safe else None)


def test_no_address_is_shown_in_disguise() -> None:
    """Signs that turn the direction of text are shown as they are written in addresses."""
    assert shown_url("https://example.org/\u202egpj.ä") == "https://example.org/%E2%80%AEgpj.ä"


def test_search_engines_index_articles_but_not_searches(client: FlaskClient) -> None:
    """Start page, help, articles and names may be indexed; results and articles within a search may not."""

    def robots(path: str) -> str:
        return next(meta["content"] for meta in read(client.get(path)).all("meta") if meta.get("name") == "robots")

    assert {robots(path) for path in ("/", "/hilfe", "/artikel/wn-123", "/ort/Berlin", "/namen")} == {"index, follow"}
    unwanted = ("/suche?q=x", "/suche/orte", "/artikel/wn-123?q=Mauer", "/namen?prefix=b")
    assert {robots(path) for path in unwanted} == {"noindex, follow"}
