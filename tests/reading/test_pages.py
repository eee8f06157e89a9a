"""Web pages: each case is a page and, in a file beside it, what is to be read from it.

A case needs no Python: put `name.html` and `name.json` into the folder `pages`. Only the keys that
the JSON has are compared; `body` is the list of paragraphs, `problems` a list of message beginnings.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from indexer import Problem, page_parser
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
FERRY = "Die Fähre nach Norden hat am Morgen nach langer Reparatur wieder abgelegt."
DOGS = "An Bord waren sieben Fahrgäste aus der Stadt und zwei sehr alte Hunde."
PORT = "Im Hafen warteten der Bürgermeister und eine Kapelle auf ihre Ankunft."
BREAKFAST = " ".join(f"Frühstück gab es für {number} Gäste auf dem oberen Deck des Schiffes." for number in range(9))
DINNER = BREAKFAST.replace("Frühstück", "Abendessen")
CONSENT = "Mit einem Klick stimmen Sie zu, dass personenbezogene Daten an Dritte übermittelt werden."
ALLOW_SCRIPTS = "Bitte aktivieren Sie JavaScript in Ihrem Browser, um diese Seite in vollem Umfang nutzen zu können."
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

ARTICLES = {
    "text outside of paragraphs, beside one": (
        f"<article><div>{FERRY}</div><div>{DOGS}</div><p>Mehr im Bericht.</p></article>",
        [FERRY, DOGS, "Mehr im Bericht."],
    ),
    "text parted by line breaks, beside a list": (
        f"<article><div>{FERRY}<br><br>{DOGS}</div><ul><li>Zum Fahrplan hier</li></ul></article>",
        [FERRY, DOGS, "Zum Fahrplan hier"],
    ),
    "a label beside paragraphs": (
        f"<article><p>{BREAKFAST}</p><p>{DINNER}</p><div>Ein Bild der Fähre aus dem Jahr</div></article>",
        [BREAKFAST, DINNER],
    ),
    "a text in several articles": (
        f"<div><article class=part><p>{BREAKFAST}</article><article class=part><p>{FERRY}</article></div>",
        [BREAKFAST, FERRY],
    ),
    "a text in several blocks of a kind": (
        f"<div><div class=b><p>{BREAKFAST}</div><div class=b><p>{DOGS}</div></div>",
        [BREAKFAST, DOGS],
    ),
    "a longer article below that of the headline": (
        f"<article><h1>T</h1><p>{FERRY}<p>{DOGS}</article><article><h2>A</h2><p>{PORT * 5}</article>",
        [FERRY, DOGS],
    ),
    "a text that goes on below the article of the headline": (
        f"<article><h1>T</h1><p>{FERRY}</article><article><p>{DOGS}</article>",
        [FERRY, DOGS],
    ),
    "a heading that is a sentence": (
        f"<p>{FERRY}</p><h3>{DOGS}</h3><h3>{PORT}</h3>",
        [FERRY, DOGS, PORT],
    ),
    "a lead in the header": (
        f"<article><header><h1>T</h1><p>{FERRY}</p><p>Von Bord</p></header><p>{DOGS}</p></article>",
        [FERRY, DOGS],
    ),
    "a lead that is called teaser": (
        f"<article><h1>T</h1><p class=article-teaser>{FERRY}</p><p>{DOGS}</p></article>",
        [FERRY, DOGS],
    ),
    "a teaser of another article": (
        f"<article><p>{DOGS}</p><div class=teaser><h3>Anderes</h3><p>{FERRY}</p></div></article>",
        [DOGS],
    ),
    "a wrapper named after what stands beside it": (
        f"<div class='page page--with-sidebar'><h2>T</h2><p>{BREAKFAST}</p></div>",
        [BREAKFAST],
    ),
    "a text marked with ads, and ads": (
        f"<div class=has-ads><p>{BREAKFAST}</p></div><div class=ads><p>Kauft Kekse.</p></div>",
        [BREAKFAST],
    ),
    "several wrappers of a kind": (
        f"<div class=share-grid><p>{BREAKFAST}</p></div><div class=share-grid><p>{DINNER}</p></div>",
        [BREAKFAST, DINNER],
    ),
    "a text that a script shows": (f"<div hidden><p>{BREAKFAST}</p></div><p>Kurz.</p>", [BREAKFAST]),
    "a text in a head that is left open": (f"<script></script><article><p>{FERRY}</p></article>", [FERRY]),
    "a low cross-head and a table of values": (
        f"<p>{FERRY}</p><h5>Preise</h5><table><tr><td>Fähre</td><td>20 Euro</td></tr></table><p>{DOGS}</p>",
        [FERRY, "Preise", "Fähre, 20 Euro", DOGS],
    ),
    "a table that lays out a page": (f"<table><tr><td>{FERRY}</td><td><p>{DOGS}</p></td></tr></table>", [FERRY, DOGS]),
    "byline and date": (
        f"<h1>T</h1><p>Von Anna Schmidt</p><p>Stand: 31.05.2012, 14:07 Uhr</p><p>{FERRY}</p><p>{DOGS}</p>",
        [FERRY, DOGS],
    ),
    "a chronicle": (
        f"<p>31. Mai 2012</p><p>{FERRY}</p><p>1. Juni 2012</p><p>{DOGS}</p>",
        ["31. Mai 2012", FERRY, "1. Juni 2012", DOGS],
    ),
    "consent for a video": (f"<p>{FERRY}</p><div class=embed><p>{CONSENT}</p></div><p>{DOGS}</p>", [FERRY, DOGS]),
    "another article": (
        f"<p>{FERRY}</p><div><h3>Lesen Sie auch</h3><p>Kommentar: Warum sie fährt</p></div><p>{DOGS}</p>",
        [FERRY, DOGS],
    ),
    "what a browser without scripts shows": (
        f"<div id=app></div><noscript><h1>T</h1><p>{FERRY}</p><p>{DOGS}</p></noscript>",
        [FERRY, DOGS],
    ),
    "text with a picture that scripts load": (
        f"<p>{FERRY}</p><noscript><img src=a.jpg><p>{PORT}</p></noscript><p>{DOGS}</p>",
        [FERRY, DOGS],
    ),
    "what is said again and again stands once": (
        f"<p>{FERRY}</p>" + f"<p>{PORT}</p>" * 3 + f"<p>{DOGS}</p>",
        [FERRY, PORT, DOGS],
    ),
    "byline with a day": (f"<h1>T</h1><p>31. Mai 2012 von Anna Schmidt</p><p>{FERRY}</p><p>{DOGS}</p>", [FERRY, DOGS]),
    "what a system says of an article": (
        f"<p>{FERRY}</p><p>{DOGS}</p><p>Zugriffe: 1234</p><p>Alle Rechte vorbehalten</p>"
        "<p>Dieser Beitrag wurde am Donnerstag, 31. Mai 2012 um 14:07 Uhr veröffentlicht und abgelegt.</p>",
        [FERRY, DOGS],
    ),
    "a kind of article that is called as comments are": (
        f"<h1>T</h1><div class='artikel kommentar'><p>{FERRY}</p><p>{DOGS}</p><p>{PORT}</p></div>",
        [FERRY, DOGS, PORT],
    ),
    "a site that is called forum": (f"<div id=forum><h1>T</h1><p>{FERRY}</p><p>{DOGS}</p></div>", [FERRY, DOGS]),
    "comments below a heading": (
        f"<h1>T</h1><p>{FERRY}</p><p>{DOGS}</p><h2>12 Kommentare</h2><ol><li>Eva:<p>{BREAKFAST}</li></ol>",
        [FERRY, DOGS],
    ),
}


OF_READERS = (
    *("class=kommentare", "id=kommentarbereich", "class=comment-list", "class=commentlist", "id=disqus_thread"),
    *("class=leserbriefe", "id=forum", "class=user-posts", "class=article-comments", "class=c-comments__list"),
    *("id=leserkommentare", "class=forum-beitraege", "class=posting", "class=diskussion", "class=userComments"),
)


@pytest.mark.parametrize("marked", OF_READERS)
def test_comments_are_no_text_of_the_article(tmp_path: Path, marked: str) -> None:
    """What readers wrote is not the article, even if it is far longer, and no second reader brings it back."""
    posts = "".join(f"<div><b>Leser {number}</b><p>{post}</p></div>" for number, post in enumerate((BREAKFAST, DINNER)))
    page = f"<title>T</title><h1>T</h1><div><p>{FERRY}</p><p>{DOGS}</p></div><div {marked}>{posts}</div>"
    assert the_article(read_text(tmp_path, "a.html", page)).body.split("\n\n") == [FERRY, DOGS]


CONSENT_LAYER = (
    "<h2>Ihre Privatsphäre ist uns wichtig</h2><p>Wir und 213 Partner verarbeiten personenbezogene Daten, auch Ihre"
    " Adresse, um Ihnen Werbung zu zeigen.</p><p>Sie können Ihre Einwilligung jederzeit in der Auswahl widerrufen."
    "</p><p>Einige Partner berufen sich auf ein berechtigtes Interesse, dem Sie widersprechen können.</p>"
)


@pytest.mark.parametrize(
    "marked", ["class=cookie-consent-layer", "id=cmp class=modal", "class=popup", "role=dialog", "id=usercentrics-root"]
)
def test_what_asks_for_consent_is_no_text_of_the_article(tmp_path: Path, marked: str) -> None:
    """A layer that asks for consent is left out, even if it is longer than the article; nothing brings it back."""
    page = f"<title>T</title><div {marked}>{CONSENT_LAYER}</div><div><h1>T</h1><p>{FERRY}</p><p>{DOGS}</p></div>"
    assert the_article(read_text(tmp_path, "a.html", page)).body.split("\n\n") == [FERRY, DOGS]


def test_an_article_about_consent_is_read_in_a_layer_too(tmp_path: Path) -> None:
    """A layer that says more than what it asks for is an article."""
    texts = [f"{FERRY} Cookies gab es.", DOGS, f"{PORT} Cookies auch.", BREAKFAST, DINNER]
    page = f"<title>T</title><div class=modal>{''.join(f'<p>{text}</p>' for text in texts)}</div>"
    assert FERRY in the_article(read_text(tmp_path, "a.html", page)).body


@pytest.mark.parametrize("parser", ["lxml", "html.parser"])
@pytest.mark.parametrize("name", ARTICLES)
def test_the_article_of_a_page(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str, parser: str) -> None:
    """The article is found in pages of many kinds, whichever parser is there."""
    monkeypatch.setattr(page_parser, "has_lxml", lambda: parser == "lxml")
    content, body = ARTICLES[name]
    page = f"<!doctype html><title>T</title>{content}"
    assert the_article(read_text(tmp_path, "a.html", page)).body.split("\n\n") == body


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
    "<div id=root></div><noscript>You need to enable JavaScript to run this app.</noscript>",
    f"<noscript><p>{ALLOW_SCRIPTS}</p></noscript>",
    f"<div id=app><p>{ALLOW_SCRIPTS}</p></div>",
]


TEASERS = list(zip((1, 2, 3), (FERRY, DOGS, PORT), strict=True))
LISTS = [
    "".join(f"<article><h2><a href=/{n}>Titel</a></h2><p>{text}</p></article>" for n, text in TEASERS),
    "".join(
        f"<div><h2><a href=/{n}>T</a></h2><div>3.5.2021</div><p>{text}<a href=/{n}>mehr ...</a></p>"
        for n, text in TEASERS
    ),
    "".join(f"<div class=teaser><a href=/{n}><h3>Titel</h3><p>{text}</p></a></div>" for n, text in TEASERS),
    "".join(f"<h2><a href=/{n}>Titel</a></h2><p>{text[:-20]} [...]</p>" for n, text in TEASERS),
]
OWN_TEXT = [
    ("", f"<p>{BREAKFAST}</p>"),
    ("", f"<p>{FERRY.replace('Norden', 'Süden')}</p>"),
    ("<meta name=date content=2012-05-31>", ""),
    ('<script type=\'application/ld+json\'>{"@type": "NewsArticle", "datePublished": "2012-05-31"}</script>', ""),
]


@pytest.mark.parametrize("content", LISTS, ids=range(len(LISTS)))
def test_a_page_that_only_lists_articles_is_passed_over(tmp_path: Path, content: str) -> None:
    """Teasers below headlines that lead to their articles are none."""
    page = f"<title>Lokales</title><h1>Lokales</h1>{content}"
    assert "pages that only list articles are not indexed" in the_problem(read_text(tmp_path, "a.html", page)).message


@pytest.mark.parametrize(("head", "own"), OWN_TEXT, ids=range(len(OWN_TEXT)))
@pytest.mark.parametrize("content", LISTS[:2], ids=range(2))
def test_an_article_above_a_list_is_read(tmp_path: Path, content: str, head: str, own: str) -> None:
    """A page with a sentence of its own, or that declares the day of an article, is no list."""
    assert the_article(read_text(tmp_path, "a.html", f"{head}<title>T</title><h1>T</h1>{own}{content}")).body


def test_an_article_with_headings_that_lead_to_its_own_parts_is_no_list(tmp_path: Path) -> None:
    """Headings that are places of the page itself lead to no other article."""
    parts = "".join(f"<h2><a href='#{n}'>Teil</a></h2><p>{text}</p>" for n, text in TEASERS)
    assert FERRY in the_article(read_text(tmp_path, "a.html", f"<title>T</title><h1>T</h1>{parts}")).body


@pytest.mark.parametrize("content", NO_ARTICLES)
def test_a_page_without_text_is_a_problem(tmp_path: Path, content: str) -> None:
    """A page that only leads to articles is one line in the report."""
    assert "holds no text of an article" in the_problem(read_text(tmp_path, "a.html", content)).message


METADATA = [
    (
        '<meta property="og:title" content="Titel | Blatt"><meta property="og:site_name" content="Blatt">',
        "title",
        "Titel",
    ),
    ('<meta name="keywords" content="x"><meta name="date" content="31.05.2012 14:07">', "date", "2012-05-31"),
    ('<meta property="article:section" content="Mobil, Internet, Handy">', "section", "Mobil"),
    ('<link rel="canonical" href="https://e.org/2012/05/31/faehre.html">', "date", "2012-05-31"),
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


HEADLINES = [
    # a page without a declared headline, and what its headline is
    ("<title>Rat tagt « Blog</title><h1><a href='/'>Blog</a></h1><h2>Rat tagt</h2>", "Rat tagt"),
    ("<title>Rat tagt « Blog</title><a href='https://b.org/'><h1>Blog</h1></a><h2>Anderes</h2>", "Rat tagt « Blog"),
    ("<title>Rat tagt | Blog</title><h1>Der Rat tagt</h1><h2>Rat</h2>", "Der Rat tagt"),
    ("<title>Rat tagt</title><h1><img alt=Blog></h1>", "Rat tagt"),
    ("<title>Blog</title><h1><a href='/?p=12'>Rat tagt</a></h1>", "Rat tagt"),
    ("<title>Blog</title><h1><a href='#'>Rat tagt</a></h1>", "Rat tagt"),
    ("<title>Rat tagt</title><h1><a href='index.php'>Blog</a></h1>", "Rat tagt"),
    ("<title>Blog: Rat tagt</title><h1><a href='/'>Blog</a></h1><h3>Rat tagt</h3>", "Rat tagt"),
    ("<title>Blog » Archiv » Rat tagt</title><h2>Blog</h2><h4>Rat tagt</h4>", "Rat tagt"),
    ("<h1><span class=kicker>Lokales</span> <span>Rat tagt</span></h1>", "Rat tagt"),
]


@pytest.mark.parametrize(("content", "title"), HEADLINES)
def test_the_headline_of_a_page(tmp_path: Path, content: str, title: str) -> None:
    """The name of the site with a link to its start is no headline, though it often is the only <h1>."""
    assert the_article(read_text(tmp_path, "a.html", f"{content}<p>{FERRY}</p>")).title == title


@pytest.mark.parametrize(("head", "key", "value"), METADATA)
def test_the_head_of_a_page(tmp_path: Path, head: str, key: str, value: Any) -> None:
    """What a page says about its article in its head is read by one order of trust."""
    article = the_article(read_text(tmp_path, "a.html", f"<head>{head}</head><p>Ein Satz.</p>"))
    assert article.as_json()[key] == value


SHOWN = [
    # what stands in <body> beside the text, the field, its value
    ('<p class="autor">Von <span itemprop="author">Xanthippe Meier</span></p>', "authors", ["Xanthippe Meier"]),
    (
        '<p class="byline">Von <a rel="author" href="/a">Anna Meier</a> und <a rel="author">Ben Wolf</a></p>',
        "authors",
        ["Anna Meier", "Ben Wolf"],
    ),
    ("<ul><li>Autorin/Autor Xanthippe Meier</li></ul>", "authors", ["Xanthippe Meier"]),
    ("<div>31. Mai 2012, 14.07 Uhr von Anna Meier | Lokales</div>", "authors", ["Anna Meier"]),
    ("<div>Geschrieben von Anna Meier am 31.05.2012 in Lokales</div>", "authors", ["Anna Meier"]),
    ("<div>Ein Bild von Anna Meier am 31.05.2012</div>", "authors", []),
    ('<p><a href="/autor/meier">Anna Meier</a></p>', "authors", ["Anna Meier"]),
    ('<div class="comments"><p class="author">Anna Meier</p></div>', "authors", []),
    ('<div class="author">Mehr Artikel</div>', "authors", []),
    ('<nav class="c-breadcrumbs"><a href="/">Start</a> <a href="/l">Lokales</a> <a>T</a></nav>', "section", "Lokales"),
    ('<nav aria-label="Breadcrumb"><a href="/">Start</a></nav>', "section", None),
    ("<p>Hannover, den 31. Mai 2012</p>", "date", "2012-05-31"),
    ("<div>Geschrieben von Anna Meier am 31.05.2012 in Lokales</div>", "date", "2012-05-31"),
    ('<span itemprop="datePublished" content="2012-05-31">gestern</span>', "date", "2012-05-31"),
    ('<div class="entry-meta">Am 31. Mai 2012 um 9 Uhr</div>', "date", "2012-05-31"),
    ('<div class="datum">31.05.2012, 14:07 Uhr</div>', "date", "2012-05-31"),
    ("<p>Foto vom 1. Mai 2010</p><p>Stand: 31. Mai 2012</p>", "date", "2012-05-31"),
    ("<p>Sie ist bis 31.05.2412 gepachtet</p>", "date", None),
    ("<p>Am 24. Dezember 1923 wurde die Fähre getauft.</p>", "date", None),
    ("<figure><figcaption>Köln, 3. Mai 2010</figcaption></figure>", "date", None),
    ("<p>Karl Weber (geboren am 3. Mai 1950)</p>", "date", None),
    ("<p>Termin: 14. Juli 2024, 20 Uhr, Stadthalle</p>", "date", None),
    ("<p>Hafenfest am 12. Juli 2024</p>", "date", None),
    ("<p>Am 10. Juli 2011 wurde das Logbuch veröffentlicht.</p>", "date", None),
    ("<h3>Der 9. November 1989</h3>", "date", None),
    ("<p>© 12.03.2019 Flusskurier</p>", "date", None),
    (f"<p>24. Dezember 1923</p><p>{PORT}</p><p>3. Mai 1945</p>", "date", None),
    ("<div class=event-date>14. Juli 2024, 20 Uhr, Halle des Hafens</div>", "date", None),
    ("<aside><time datetime=2019-01-05>5. Januar</time></aside>", "date", None),
    ("<div id=comments><p>Schön!</p><time datetime=2019-01-05></time></div>", "date", None),
    ("<div>31.05.2012 | Lokales</div>", "date", "2012-05-31"),
    ("<div>DONNERSTAG, 31. MAI 2012</div>", "date", "2012-05-31"),
    ("<div>Quelle: dpa/ame | 31.05.2012 | 14:07</div>", "date", "2012-05-31"),
    ("<div>Anna Meier am 31.05.2012</div>", "date", "2012-05-31"),
    ("<div>Flusskurier vom 31.05.2012, Seite 3</div>", "date", "2012-05-31"),
    ("<div>Anna Meier<br>31.05.2012<br>Lesezeit: 3 Minuten</div>", "date", "2012-05-31"),
    (f"<p>Köln, 31. Mai 2012 (epd) - {PORT}</p>", "date", "2012-05-31"),
    ("<div>Aktualisiert am 02.06.2012</div><div>Veröffentlicht am 31.05.2012</div>", "date", "2012-05-31"),
    ("<div>31.05.2012, 14:07 - Aktualisiert: 02.06.2012</div>", "date", "2012-05-31"),
    ("<abbr class=published title=2012-05-31T14:07:00+02:00>gestern</abbr>", "date", "2012-05-31"),
    ("<div>Anna Meier, 31. Jänner 2014, 17:05</div>", "authors", ["Anna Meier"]),
    ("<div>Montag, 31. Mai 2012<br>Von Anna Meier</div>", "authors", ["Anna Meier"]),
    ("<p>Geschrieben von Anna Meier</p>", "authors", ["Anna Meier"]),
    ("<span class=author>Eingestellt von Anna Meier</span>", "authors", ["Anna Meier"]),
]


@pytest.mark.parametrize(("content", "key", "value"), SHOWN, ids=[content[:40] for content, _, _ in SHOWN])
def test_what_a_page_shows(tmp_path: Path, content: str, key: str, value: Any) -> None:
    """A page that declares nothing shows who wrote the article, and when."""
    page = f"<title>T</title><h1>T</h1>{content}<p>{FERRY}</p><p>{DOGS}</p>"
    assert the_article(read_text(tmp_path, "a.html", page)).as_json()[key] == value


OWN_LINES = [
    "31.05.2012 • von <a href=/a>Anna Meier</a>",
    "31.05.2012, 10:00 Uhr • Aktualisiert: 02.06.2012, 9 Uhr",
    "31.05.2012, 14:07 Uhr | Stand: 02.06.2012",
    "31. Mai 2012 - 16:20 Uhr Aktualisiert am 2. Juni 2012",
]
BOXES_OF_OTHERS = [
    "<section class=related><article><h3><a href=/x>Unfall</a></h3><time datetime=2012-06-01>1.6.2012</time></article>",
    "<div class=mehr><h3><a href=/x>Unfall</a></h3><p>01.06.2012</p></div>",
    "<div class=mehr><h3>Unfall</h3><div class=datum>01.06.2012, 14 Uhr</div></div>",
]


@pytest.mark.parametrize("box", BOXES_OF_OTHERS)
@pytest.mark.parametrize("line", OWN_LINES)
def test_a_line_at_the_headline_is_nearer_than_the_days_of_others(tmp_path: Path, line: str, box: str) -> None:
    """The day at the headline is the article's, also beside an author and a change; that of a box below it is none."""
    page = f"<title>T</title><article><h1>T</h1><div class=meta>{line}</div><p>{FERRY}</p><p>{DOGS}</p></article>{box}"
    assert the_article(read_text(tmp_path, "a.html", page)).as_json()["date"] == "2012-05-31"


DESCRIBED = [
    # JSON-LD, what stands in <body>, the field, its value
    (
        {"headline": "Rat beschlie&szlig;t", "publisher": {"name": "Meier GmbH &amp; Co. KG"}},
        "",
        "source",
        "Meier GmbH & Co. KG",
    ),
    ({"headline": "Rat beschlie&szlig;t"}, "", "title", "Rat beschließt"),
    (
        {"author": {"@type": "Organization", "name": "Kölner Blatt"}},
        "<p class=byline>Von Anna Meier</p>",
        "authors",
        ["Anna Meier"],
    ),
    ({"author": {"@type": "Organization", "name": "Kölner Blatt"}}, "", "authors", ["Kölner Blatt"]),
    ({"author": {"@type": "Organization", "name": "dpa"}}, "<p class=author>Anna Meier</p>", "authors", ["dpa"]),
    (
        {"author": "Kölner Blatt", "publisher": "x"},
        "<meta property=og:site_name content='Kölner Blatt'><p class=byline>Von Anna Meier",
        "authors",
        ["Anna Meier"],
    ),
    ({"author": {"name": "Anna Meier und Ben Wolf, dpa"}}, "", "authors", ["Anna Meier", "Ben Wolf", "dpa"]),
    ({"author": {"name": "a.meier@blatt.example"}}, "", "authors", []),
    ({"description": FERRY}, f"<div class=x>{FERRY}</div>", "body", f"{FERRY}\n\n{DOGS}\n\n{PORT}"),
]


@pytest.mark.parametrize(("described", "content", "key", "value"), DESCRIBED, ids=range(len(DESCRIBED)))
def test_what_json_ld_says(tmp_path: Path, described: dict[str, Any], content: str, key: str, value: Any) -> None:
    """What JSON-LD says is read beside what the page shows, each for what it knows better."""
    data = json.dumps({"@type": "NewsArticle", **described})
    page = f"<title>T</title><script type='application/ld+json'>{data}</script><h1>T</h1>{content}<p>{DOGS}<p>{PORT}"
    assert the_article(read_text(tmp_path, "a.html", page)).as_json()[key] == value


OWN = {"@type": "NewsArticle", "headline": "Fähre fährt wieder", "datePublished": "2012-05-31"}
OTHER = {"@type": "NewsArticle", "headline": "Bad bleibt zu", "url": "https://e.org/bad", "datePublished": "2015-01-02"}
OTHERS_DESCRIBED = [
    # what JSON-LD describes on the page https://e.org/faehre, and the date of its article
    ([OTHER], None),
    ([OTHER, {**OTHER, "headline": "Rat tagt", "url": "https://e.org/rat"}], None),
    ([OTHER, OWN], "2012-05-31"),
    ([OTHER, {**OWN, "headline": "Ahoi", "url": "http://www.e.org/faehre/"}], "2012-05-31"),
    ([OTHER, {**OWN, "headline": "Ahoi", "mainEntityOfPage": "https://e.org/faehre"}], "2012-05-31"),
    ([OTHER, {**OWN, "headline": "Ahoi", "mainEntityOfPage": {"@id": "https://e.org/faehre"}}], "2012-05-31"),
    ([OTHER, {**OWN, "headline": "Ahoi", "@id": "https://e.org/faehre#article"}], "2012-05-31"),
    ([{**OWN, "headline": "Ahoi"}], "2012-05-31"),
    ([{**OWN, "headline": "Ahoi", "url": "https://e.org/"}], "2012-05-31"),
    ([{**OWN, "url": "https://m.e.org/12"}], "2012-05-31"),
]


@pytest.mark.parametrize(("described", "date"), OTHERS_DESCRIBED, ids=range(len(OTHERS_DESCRIBED)))
def test_only_what_is_of_this_page_is_taken(tmp_path: Path, described: list[Any], date: str | None) -> None:
    """JSON-LD of another article, or of those of a list, says nothing of this one; the address is the page's own."""
    head = "<title>Fähre fährt wieder</title><link rel=canonical href=https://e.org/faehre>"
    page = f"{head}<script type='application/ld+json'>{json.dumps(described)}</script><p>{FERRY}</p><p>{DOGS}</p>"
    article = the_article(read_text(tmp_path, "a.html", page)).as_json()
    assert (article["date"], article["url"].split("//")[1].strip("w./")) == (date, "e.org/faehre")


PATHS = [
    ([{"name": "Start"}, {"name": "Lokales"}], "Lokales"),
    ([{"name": "Start"}, {"name": "Nachrichten"}, {"name": "Kultur"}], "Kultur"),
    ([{"name": "Start"}, {"name": "Nachrichten"}], "Nachrichten"),
    (
        [
            {"position": 2, "item": {"name": "Kultur"}},
            {"position": 1, "name": "Start"},
            {"position": 3, "name": "Oper"},
        ],
        "Kultur",
    ),
    ([{"name": "Start"}, {"name": "Rat beschließt eine neue Brücke"}], None),
    ([], None),
]


@pytest.mark.parametrize(("steps", "section"), PATHS)
def test_the_section_stands_in_the_path_to_the_page(tmp_path: Path, steps: list[Any], section: str | None) -> None:
    """A page without a section has that of its breadcrumbs, the first behind the start page."""
    data = json.dumps({"@graph": [{"@type": "BreadcrumbList", "itemListElement": steps}]})
    page = f"<script type='application/ld+json'>{data}</script><p>{FERRY}</p>"
    assert the_article(read_text(tmp_path, "a.html", page)).section == section


def test_a_live_blog_is_one_article(tmp_path: Path) -> None:
    """The updates of a live blog that only JSON-LD holds are its text, below its own headline."""
    updates = [{"@type": "BlogPosting", "headline": "14.07", "articleBody": text} for text in (FERRY, DOGS)]
    data = json.dumps({"@type": "LiveBlogPosting", "headline": "Die Fähre", "liveBlogUpdate": updates})
    article = the_article(read_text(tmp_path, "a.html", f"<script type='application/ld+json'>{data}</script><i></i>"))
    assert (article.title, article.body) == ("Die Fähre", f"{FERRY}\n\n{DOGS}")


def test_a_declared_body_may_be_markup(tmp_path: Path) -> None:
    """Tags and references in a body that JSON-LD declares are read."""
    data = json.dumps({"@type": "NewsArticle", "articleBody": f"<p>{FERRY}</p><p>&bdquo;{DOGS}&ldquo;</p>"})
    article = the_article(read_text(tmp_path, "a.html", f"<script type='application/ld+json'>{data}</script><i></i>"))
    assert article.body == f"{FERRY}\n\n„{DOGS}“"


@pytest.mark.parametrize(("free", "warned"), [("False", True), (False, True), ("True", False), (None, False)])
def test_the_beginning_of_what_must_be_paid_for_is_told(tmp_path: Path, free: Any, warned: bool) -> None:
    """An offer is no text; where the page says that it must be paid for, the report says that the rest is missing."""
    data = json.dumps({"@type": "NewsArticle", "isAccessibleForFree": free})
    offer = "<p>Jetzt weiterlesen mit dem Digitalabo für 0,99 Euro im ersten Monat.</p>"
    page = f"<script type='application/ld+json'>{data}</script><article><p>{FERRY}</p><div>{offer}</div></article>"
    *warnings, article = read_text(tmp_path, "a.html", page)
    assert isinstance(article, Article)
    assert article.body == FERRY
    assert ["must be paid for" in str(warning) for warning in warnings] == [True] * warned


OFFERS = [
    # what stands below the beginning of an article
    "<p>Sie möchten weiterlesen?</p><p>Mit einem Abo lesen Sie diesen Artikel und alle weiteren Inhalte.</p>",
    "<div class=paywall><h2>Jetzt weiterlesen mit FT+</h2><p>Testen Sie FT+ jetzt einen Monat kostenlos und lesen Sie"
    " alle Artikel auf unserer Seite.</p><ul><li>Monatlich kündbar</li><li>Alle Artikel frei</li></ul></div>",
    "<meta property=article:content_tier content=locked><p>Weiterlesen mit F+</p><p>Zugang zu allen Artikeln. Jederzeit"
    " kündbar.</p>",
    "<meta property=article:content_tier content=metered><p>Testen Sie uns 4 Wochen für 1 Euro.</p>",
]


@pytest.mark.parametrize("offer", OFFERS, ids=range(len(OFFERS)))
def test_offers_are_no_text(tmp_path: Path, offer: str) -> None:
    """What offers the rest of an article is left out and told, with its box and its list of advantages."""
    page = f"<title>T</title><article><h1>T</h1><p>{FERRY}</p><p>{DOGS}</p>{offer}</article>"
    *warnings, article = read_text(tmp_path, "a.html", page)
    assert isinstance(article, Article)
    assert article.body.split("\n\n") == [FERRY, DOGS]
    assert ["must be paid for" in str(warning) for warning in warnings] == [True]


def test_what_subscribers_see_is_read(tmp_path: Path) -> None:
    """A wrapper that is called paywall is text where it has the rest, and contracts are written about."""
    ticket = "Das neue Ticket für Fähre und Bahn kostet 49 Euro im Monat und ist monatlich kündbar."
    text = f"<div class=paywall><p>{DOGS}</p><p>{ticket}</p><p>{BREAKFAST}</p></div>"
    page = f"<meta property=article:content_tier content=locked><title>T</title><article><h1>T</h1><p>{FERRY}</p>{text}"
    assert the_article(read_text(tmp_path, "a.html", page)).body.split("\n\n") == [FERRY, DOGS, ticket, BREAKFAST]


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
