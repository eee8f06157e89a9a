"""Which article does a web page hold? What the page says about it (JSON-LD, OpenGraph, ...), and its main content."""

from __future__ import annotations

import warnings
from collections.abc import Iterator

from bs4 import BeautifulSoup
from bs4.exceptions import ParserRejectedMarkup

from indexer.encodings import decode_page
from indexer.errors import DocumentError, Problem
from indexer.json_ld import from_json_ld
from indexer.main_content import extract_main_content
from indexer.metadata import Metadata, from_elements, merged
from indexer.sources import Document
from indexer.streams import Stream, read_whole
from indexer.text import clean, paragraphs
from indexer.validation import read_date
from search.article import Article

# The parser's time grows with the square of tags without an end; no page that was ever shown has this many.
_MOST_UNCLOSED = 1000


def read_page(document: Document, stream: Stream) -> Iterator[Article | Problem]:
    """The one article of an HTML page, warnings before it. Raises DocumentError if the page has no text."""
    page = _parse(document, decode_page(read_whole(document, stream)))
    described, problems_found = from_json_ld(page)
    descriptions = [*described[:1], *from_elements(page)]
    about = merged(descriptions)
    body = extract_main_content(page, [each.title for each in descriptions]) or _declared_body(about)
    if not body:
        raise DocumentError(document.name, "holds no text of an article; pages that only list articles are not indexed")
    problems = [Problem(document.name, None, problem, fatal=False) for problem in problems_found]
    article = _article(document, about, body, problems)
    yield from problems
    yield article


def _article(document: Document, about: Metadata, body: str, problems: list[Problem]) -> Article:
    """The article of a described page; an unreadable date adds to the problems."""

    def warn(message: str) -> None:
        problems.append(Problem(document.name, None, message, fatal=False))

    return Article(
        id=about.url or document.relative_path,
        title=about.title,
        body=body,
        date=read_date(about.dates, warn) or document.date,
        source=about.source or None,
        section=about.section or None,
        url=about.url or None,
        authors=about.authors,
        entities=about.entities,
        document=document.location,
    )


def _declared_body(about: Metadata) -> str:
    """The text that JSON-LD declares, for pages that show theirs only with scripts."""
    return "\n\n".join(paragraphs(clean(about.body)))


def _parse(document: Document, text: str) -> BeautifulSoup:
    if any(stretch.count("<") > _MOST_UNCLOSED for stretch in text.split(">")):
        raise DocumentError(document.name, "is not HTML: its tags are never closed; save the page again")
    with warnings.catch_warnings():
        # Beautiful Soup warns about XHTML and about texts that look like file names: both are welcome here.
        warnings.simplefilter("ignore")
        try:
            return BeautifulSoup(text, "html.parser")
        except (ParserRejectedMarkup, AssertionError) as error:
            raise DocumentError(document.name, f"is not HTML that can be read ({error}); save the page again") from None
