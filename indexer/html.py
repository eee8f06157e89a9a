"""Which article does a web page hold? What the page says about it (JSON-LD, OpenGraph, ...), and its main content."""

from __future__ import annotations

from collections.abc import Generator, Sequence
from dataclasses import dataclass

from bs4 import BeautifulSoup

from indexer import second_opinion
from indexer.boilerplate import find_boilerplate
from indexer.bylines import read_bylines, split_byline
from indexer.document import Document
from indexer.encodings import decode_page
from indexer.errors import DocumentError, Problem
from indexer.fragments import is_markup, paragraphs_of_markup
from indexer.json_ld import from_json_ld
from indexer.list_pages import only_lists
from indexer.main_content import MainContent, extract_main_content
from indexer.metadata import Metadata, from_elements, merged
from indexer.page_parser import parse_page
from indexer.remarks import above_comments
from indexer.second_opinion import better_text
from indexer.shown import from_shown
from indexer.streams import Stream, read_whole
from indexer.text import clean, paragraphs
from indexer.text_blocks import text_blocks
from indexer.titles import best_title, letters
from indexer.validation import Warn, read_date, valid_names
from search.article import ENTITY_TYPES, Article, Entities
from search.german.authors import is_agency, is_person

_MOST = 0.75  # of the sentences of a page; if our text has more, no other can be much longer
_NO_TEXT = "holds no text of an article; pages that only list articles are not indexed"
_ONLY_BEGINNING = "holds only the beginning of an article that must be paid for; save the page as subscribers see it"


def read_page(document: Document, stream: Stream) -> Generator[Article | Problem, None, None]:
    """The one article of an HTML page, warnings before it. Raises DocumentError if the page has no text."""
    html = decode_page(read_whole(document, stream), document.encoding)
    page = parse_page(document.name, html)
    elements = from_elements(page)
    described, broken = from_json_ld(page, elements)
    declared = [*described, *elements]
    found = _looked_at(page, declared)
    body = found.content.text or _declared_body(document.name, found.about)
    if not body and page.noscript:
        found = _looked_at(page, declared, runs_scripts=False)
        body = found.content.text
    if found.lists and not any(each.dates or each.body for each in declared):
        raise DocumentError(document.name, _NO_TEXT)
    if not body or (not found.content.sure and len(body) < _MOST * found.in_sentences):
        body = better_text(html, body, [each.title for each in declared], found.foreign)
    if not body:
        raise DocumentError(document.name, _no_text())
    is_beginning = found.content.closed or (found.content.offered and not found.about.free)
    messages = [*broken, _ONLY_BEGINNING] if is_beginning else broken
    problems = [Problem(document.name, None, message, fatal=False) for message in messages]
    article = _article(document, found.descriptions, body, problems)
    yield from problems
    yield article


@dataclass(frozen=True)
class _Found:
    """What a page says of itself and shows, its text, and what is none: comments of its readers, questions for consent.

    `in_sentences` are the characters of all that is prose, but for the `foreign`; `lists`: whether it has only teasers.
    """

    descriptions: Sequence[Metadata]
    about: Metadata
    content: MainContent
    in_sentences: int
    foreign: Sequence[str]
    lists: bool


def _looked_at(page: BeautifulSoup, declared: Sequence[Metadata], runs_scripts: bool = True) -> _Found:
    """What a browser shows of a page that declares this."""
    tags = page.find_all(True)
    boilerplate = find_boilerplate(page, tags, runs_scripts)
    shown = list(text_blocks(page, boilerplate))
    foreign = boilerplate.comments | boilerplate.consent
    blocks = list(above_comments([block for block in shown if id(block.element) not in foreign]))
    descriptions = [*declared, from_shown(tags, blocks, boilerplate, merged(declared))]
    titles, leads = [each.title for each in declared], [each.description for each in declared]
    content = extract_main_content(page, tags, blocks, boilerplate, titles, leads)
    in_sentences = sum(len(block.text) for block in blocks if block.is_prose)
    others = set(map(id, shown)).difference(map(id, blocks))
    texts = [block.text for block in shown if id(block) in others]
    return _Found(descriptions, merged(descriptions), content, in_sentences, texts, only_lists(blocks, boilerplate))


def _no_text() -> str:
    advice = "" if second_opinion.is_installed() else f"; {second_opinion.INSTALL}"
    return _NO_TEXT + advice


def _article(document: Document, descriptions: Sequence[Metadata], body: str, problems: list[Problem]) -> Article:
    """The article of a described page; an unreadable date adds to the problems."""

    def warn(message: str) -> None:
        problems.append(Problem(document.name, None, message, fatal=False))

    about = merged(descriptions)
    authors = _authors(descriptions, warn)
    byline, text = split_byline(body, authors)
    return Article(
        id=about.url or document.relative_path,
        title=best_title([each.title for each in descriptions], [each.source for each in descriptions], about.url),
        body=text,
        date=read_date(about.dates, warn) or document.date,
        source=about.source or None,
        section=about.section or None,
        url=about.url or None,
        authors=authors or byline,
        entities=Entities(*(valid_names(about.entities.of(type), warn) for type in ENTITY_TYPES)),
        document=document.location,
    )


def _authors(descriptions: Sequence[Metadata], warn: Warn) -> tuple[str, ...]:
    """The authors of the first description that names a person or an agency, else of the first that names anybody.

    The names of a newsroom or of the site look as persons do: *Kölner Blatt*.
    """
    others = {letters(name) for each in descriptions for name in (each.source, *each.newsrooms)}
    named = [
        read_bylines(valid_names(names, warn)) for each in descriptions for names in (each.authors, each.newsrooms)
    ]
    for names in named:
        if any(is_agency(name) or (is_person(name) and letters(name) not in others) for name in names):
            return names
    return next(filter(None, named), ())


def _declared_body(name: str, about: Metadata) -> str:
    """The text that JSON-LD declares, for pages that show theirs only with scripts; it may be markup."""
    found = paragraphs_of_markup(name, about.body) if is_markup(about.body) else paragraphs(clean(about.body))
    return "\n\n".join(found)
