"""Who wrote an article is a field to search, a filter and a facet."""

from pathlib import Path

import pytest

from search import Article, Request, open_archive, write_archive
from search.article import Entities
from search.page import FacetValue

ARTICLES = (
    Article("guest", "Text über Fische.", title="Gastbeitrag", authors=("Jürgen Trittin",)),
    Article("both", "Text über Vögel.", authors=("Jürgen Trittin", "Eva Müller")),
    Article("about", "Trittin hält eine Rede.", authors=("dpa",), entities=Entities(("Jürgen Trittin",))),
)


@pytest.mark.parametrize("engine", ["whoosh", "tantivy"])
@pytest.mark.parametrize(
    ("request_", "expected"),
    [
        (Request(text="autor:Trittin"), ["both", "guest"]),
        (Request(text='author:"Jürgen Trittin"'), ["both", "guest"]),
        (Request(text="autor:juergen autor:mueller"), ["both"]),
        (Request(text='autor:"Trittin Eva"'), []),
        (Request(text="Fische autor:Trittin"), ["guest"]),
        (Request(author=("Jürgen Trittin",)), ["both", "guest"]),
        (Request(author=("Jürgen Trittin", "Eva Müller")), ["both"]),
        (Request(text="person:Trittin"), ["about"]),
        (Request(text="Trittin"), ["about", "both", "guest"]),
    ],
    ids=lambda value: repr(value.text or value.author) if isinstance(value, Request) else " ".join(value),
)
def test_an_author_is_found(request_: Request, expected: list[str], engine: str, tmp_path: Path) -> None:
    """An author is found by the field, as a filter, and last of all by a plain word."""
    with write_archive(tmp_path, engine=engine) as writer:
        for article in ARTICLES:
            writer.put(article)
    with open_archive(tmp_path) as archive:
        page = archive.search(request_)
        assert sorted(hit.id for hit in page.hits) == expected
        assert {hit.id: hit.authors for hit in page.hits}.items() <= {one.id: one.authors for one in ARTICLES}.items()
        if request_ == Request(text="Trittin"):
            assert page.hits[0].id == "about"
            assert page.facets["author"][0] == FacetValue("Jürgen Trittin", 2)
