"""Web pages: each case is a page and, in a file beside it, what is to be read from it.

A case needs no Python: put `name.html` and `name.json` into the folder `pages`. Only the keys that
the JSON has are compared; `body` is the list of paragraphs, `problems` a list of message beginnings.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from indexer import Problem
from search import Article
from tests.reading.sample import articles, problems, read, read_text, the_article, the_problem

PAGES = sorted((Path(__file__).parent / "pages").glob("*.html"))


def shown(article: Article) -> dict[str, Any]:
    return {**article.as_json(), "body": article.body.split("\n\n")}


@pytest.mark.parametrize("page", PAGES, ids=[page.stem for page in PAGES])
def test_a_page_is_read(page: Path) -> None:
    """A page yields the article and the warnings that its JSON file describes."""
    expected = json.loads(page.with_suffix(".json").read_text(encoding="utf-8"))
    found = read(page)
    complaints = [problem.message for problem in problems(found)]
    messages = expected.pop("problems", [])
    assert [message for message, known in zip(complaints, messages, strict=True) if not message.startswith(known)] == []
    for article in articles(found):
        assert {key: shown(article)[key] for key in expected} == expected
    assert len(articles(found)) == (1 if "body" in expected else 0)


LONG = ("Ein langer Text. " * 20).strip()
SNIPPETS = [
    # what is in the page, the paragraphs of the article
    ("<p>Ein Satz.</p>", ["Ein Satz."]),
    ("<p>Ein <b>fetter</b> Satz.<p>Noch einer.", ["Ein fetter Satz.", "Noch einer."]),
    ("<p>Ma&szlig; &amp; Gr&#246;&szlig;e</p>", ["Maß & Größe"]),
    ("<p>Ein\n   Satz\tmit&nbsp;Raum.</p>", ["Ein Satz mit\u00a0Raum."]),
    ("<p>Atom&shy;programm läuft.</p>", ["Atom\u00adprogramm läuft."]),
    ("<div>Text mit Umbruch.<br><br>Absatz ohne P.</div>", ["Text mit Umbruch.", "Absatz ohne P."]),
    ("<p>Zeile eins<br>Zeile zwei.</p>", ["Zeile eins Zeile zwei."]),
    ("<h1>Titel</h1><h2>Titel</h2><p>Text hier.</p>", ["Text hier."]),
    ("<p>Davor.</p><h2>Der Streit</h2><p>Danach.</p>", ["Davor.", "Der Streit", "Danach."]),
    ("<p>Davor hier.</p><p>Noch ein Satz.</p><h3>Mehr zum Thema</h3>", ["Davor hier.", "Noch ein Satz."]),
    ("<p>Es siegten:</p><ul><li>Köln</li><li>Bonn</li></ul>", ["Es siegten:", "Köln", "Bonn"]),
    ("<p>Text.</p><ul><li><a href=/a>Ein Link</a></li></ul>", ["Text."]),
    ("<blockquote><p>Ein Zitat.</p></blockquote>", ["Ein Zitat."]),
    ("<p>Text.</p><script>var a = '<p>kein Text</p>'</script><style>p{}</style>", ["Text."]),
    ("<p hidden>weg</p><p aria-hidden=true>weg</p><p style='display: none'>weg</p><p>Da.</p>", ["Da."]),
    ("<nav><p>weg</p></nav><header><p>weg</p></header><p>Da.</p><footer><p>weg</p></footer>", ["Da."]),
    ("<aside><p>weg</p></aside><form><p>weg</p></form><p>Da.</p><button>weg</button>", ["Da."]),
    ("<p>Da.</p><figure><img><figcaption>Foto: weg</figcaption></figure>", ["Da."]),
    ("<div id=cookie-banner><p>Wir nutzen Cookies.</p></div><p>Da.</p>", ["Da."]),
    ("<div class='m-shareBar'><p>Teilen</p></div><p>Da.</p><div class=related-links><p>weg</p></div>", ["Da."]),
    ("<form class=related><main><p>Alles in einem Formular.</p></main></form>", ["Alles in einem Formular."]),
    ("<!-- <p>weg</p> --><p>Da.</p>", ["Da."]),
    (f"<article><p>Teaser.</p></article><main><p>{LONG}</p></main>", [LONG]),
    (f"<div><p>Kurz.</p></div><div><section><p>{LONG}</p></section></div>", [LONG]),
    ("<div hidden><article><p>weg</p></article></div><p>Da ist er.</p>", ["Da ist er."]),
    ("<p>Ein Satz mit <a href=/x>Link</a> darin.</p>", ["Ein Satz mit Link darin."]),
]  # fmt: skip


@pytest.mark.parametrize(("content", "body"), SNIPPETS, ids=[content[:50] for content, _ in SNIPPETS])
def test_the_text_of_a_page(tmp_path: Path, content: str, body: list[str]) -> None:
    """The text is what belongs to the article, paragraph by paragraph, and nothing around it."""
    page = f"<!doctype html><html><head><title>T</title></head><body>{content}</body></html>"
    assert the_article(read_text(tmp_path, "a.html", page)).body.split("\n\n") == body


NO_ARTICLES = [
    "<nav><a href=/>Start</a></nav>",
    "<ul><li><a href=/1>Ein Artikel über etwas</a></li><li><a href=/2>Noch ein Artikel</a></li></ul>",
    "<html><body></body></html>",
    "<h1>Nur ein Titel</h1><h2>Und noch einer</h2>",
    "<form><input><button>Anmelden</button></form>",
    "<!-- nichts -->",
]


@pytest.mark.parametrize("content", NO_ARTICLES)
def test_a_page_without_text_is_a_problem(tmp_path: Path, content: str) -> None:
    """A page that only leads to articles is one line in the report."""
    assert "holds no text of an article" in the_problem(read_text(tmp_path, "a.html", content)).message


METADATA = [
    # what stands in <head>, the field, its value
    ('<meta property="og:title" content="Titel"><title>Titel - Blatt</title>', "title", "Titel"),
    ("<title> Titel \n der Seite </title>", "title", "Titel der Seite"),
    ('<meta name="DC.title" content="Titel"><title>x</title>', "title", "Titel"),
    ('<link rel="canonical" href="https://e.org/a">', "id", "https://e.org/a"),
    ('<link rel="canonical" href="https://e.org/">', "id", "a.html"),  # the start page: a wrong setting
    ('<link rel="canonical" href="/a">', "url", None),
    ('<meta property="og:url" content="javascript:alert(1)">', "url", None),
    ('<meta name="author" content="Anna B."><meta name="author" content="https://e.org/anna">', "authors", ["Anna B."]),
    ('<meta name="dcterms.issued" content="13.8.2025">', "date", "2025-08-13"),
    ('<meta name="dcterms.publisher" content="Verlag">', "source", "Verlag"),
    ('<meta name="date" content="bald"><meta name="DC.date" content="2024">', "date", "2024"),
]


@pytest.mark.parametrize(("head", "key", "value"), METADATA)
def test_the_head_of_a_page(tmp_path: Path, head: str, key: str, value: Any) -> None:
    """What a page says about its article in its head is read by one order of trust."""
    article = the_article(read_text(tmp_path, "a.html", f"<head>{head}</head><p>Ein Satz.</p>"))
    assert article.as_json()[key] == value


def test_the_encoding_of_a_page_is_declared(tmp_path: Path) -> None:
    """A page in Latin-1 that says so is read in Latin-1."""
    page = '<meta charset="iso-8859-1"><title>Größe</title><p>„Maß“ für alle.</p>'.encode("cp1252")
    assert the_article(read_text(tmp_path, "a.html", page)).body == "„Maß“ für alle."


def test_an_unreadable_date_is_a_warning(tmp_path: Path) -> None:
    """A page with an unreadable date is read undated, and the report says so."""
    page = '<meta property="article:published_time" content="neulich"><p>Ein Satz.</p>'
    warning, article = read_text(tmp_path, "a.html", page)
    assert isinstance(warning, Problem)
    assert "without a date: 'neulich'" in warning.message
    assert not warning.fatal
    assert isinstance(article, Article)
