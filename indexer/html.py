"""Which article does a web page hold? What the page says about it (JSON-LD, OpenGraph, ...), and its main content."""

from __future__ import annotations

from collections.abc import Generator

from indexer.bylines import read_bylines, split_byline
from indexer.document import Document
from indexer.encodings import decode_page
from indexer.errors import DocumentError, Problem
from indexer.json_ld import from_json_ld
from indexer.main_content import extract_main_content
from indexer.metadata import Metadata, from_elements, merged
from indexer.page_parser import parse_page
from indexer.streams import Stream, read_whole
from indexer.text import clean, paragraphs
from indexer.validation import read_date, valid_names
from search.article import ENTITY_TYPES, Article, Entities


def read_page(document: Document, stream: Stream) -> Generator[Article | Problem, None, None]:
    """The one article of an HTML page, warnings before it. Raises DocumentError if the page has no text."""
    page = parse_page(document.name, decode_page(read_whole(document, stream)))
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

    byline, text = split_byline(body)
    return Article(
        id=about.url or document.relative_path,
        title=about.title,
        body=text,
        date=read_date(about.dates, warn) or document.date,
        source=about.source or None,
        section=about.section or None,
        url=about.url or None,
        authors=read_bylines(valid_names(about.authors, warn)) or byline,
        entities=Entities(*(valid_names(about.entities.of(type), warn) for type in ENTITY_TYPES)),
        document=document.location,
    )


def _declared_body(about: Metadata) -> str:
    """The text that JSON-LD declares, for pages that show theirs only with scripts."""
    return "\n\n".join(paragraphs(clean(about.body)))
