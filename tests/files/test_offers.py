"""What the pages offer to take away leads to what it says."""

from __future__ import annotations

from pathlib import Path

import pytest
from flask import Flask

from search import Article
from tests.pages.sample import ARTICLES
from web import create_app
from web.files.formats import SELECTION_FORMATS
from web.files.routes import article_citation, citation_links, export_links, feed_address
from web.parameters import ParameterPairs

SEARCH = (("q", "Mauer"), ("person", "Helmut Kohl"), ("sort", "oldest"))


@pytest.mark.parametrize(("total", "more"), [(100, []), (101, ["size=1000"])])
@pytest.mark.parametrize("pairs", [(), SEARCH, (*SEARCH, ("cursor", "alt"), ("size", "3"))])
def test_links_ask_the_same_from_the_first_hit_on(
    app: Flask, pairs: ParameterPairs, total: int, more: list[str]
) -> None:
    """The page offers a file of each format that is saved for its search, with all hits."""
    with app.test_request_context():
        links = export_links(pairs, total)
        expected = "?" * bool(pairs or more) + "&".join(["q=Mauer&person=Helmut+Kohl&sort=oldest"] * bool(pairs) + more)
    assert [link.address for link in links] == [f"/suche.{suffix}{expected}" for suffix in SELECTION_FORMATS]
    for link in links:
        response = app.test_client().get(link.address)
        assert (response.status_code, response.headers["Content-Type"]) == (200, link.media_type)


def test_feed_of_a_search_is_its_newest(app: Flask) -> None:
    """The feed that a page links is in its own order; that of no search is that of the archive."""
    with app.test_request_context():
        assert feed_address(SEARCH) == "/suche.atom?q=Mauer&person=Helmut+Kohl"
        assert feed_address() == "/suche.atom"


@pytest.mark.parametrize("article", ARTICLES, ids=lambda article: article.id)
def test_every_article_can_be_cited(app: Flask, article: Article) -> None:
    """Whatever its id, an article's references are where its page links them, and in words."""
    with app.test_request_context():
        links = citation_links(article)
        words = article_citation(article)
    assert [link.label for link in links] == ["RIS", "BibTeX"]
    for link in links:
        response = app.test_client().get(link.address)
        assert (response.status_code, response.headers["Content-Type"]) == (200, link.media_type)
    assert article.headline in words


@pytest.mark.parametrize(
    "path",
    [
        "/artikel/wn-123",
        "/suche.atom?size=1",
        "/suche.csv?size=1",
        "/opensearch.xml",
        "/zitat.bib?id=wn-123",
        "/vorschlaege?q=Ber",
    ],
)
def test_addresses_that_leave_the_site_are_those_that_others_know(sample_index: Path, path: str) -> None:
    """Behind a proxy, every absolute address of ours begins as the setting says, whatever was asked."""
    answer = create_app(sample_index, "https://archiv.example.org/").test_client().get(path)
    text = answer.text.replace("\\/", "/") + answer.headers.get("Link", "")
    assert "https://archiv.example.org/" in text
    assert "localhost" not in text
