"""What does a page show of its author and its day, where it does not declare them?

Old pages declare nothing, but have a byline and a date near their headline.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, timedelta

from bs4 import Tag

from indexer.boilerplate import Boilerplate
from indexer.bylines import LONGEST_LINE, named_persons, split_byline
from indexer.metadata import Metadata, attribute, clean_line
from indexer.remarks import tells_day
from indexer.text_blocks import Block
from indexer.titles import letters, section_of_path
from indexer.written_dates import parse_written_date
from search.dates import MONTHS

_AUTHOR_WORDS = frozenset(
    "author authors authorline byline autor autorin autoren autorenname verfasser verfasserin authorname".split()
)
_DATE_WORDS = frozenset(
    "date datum dateline timestamp published veroeffentlicht publishdate pubdate datetime meta postmeta".split()
)
_PATH = re.compile(r"breadcrumb|brotkrumen", re.IGNORECASE)
_MOST_STEPS = 6  # from the start of a site to a page
_WORD = re.compile(r"[A-Z]?[a-zäöüß]+")
_AUTHOR_PAGE = re.compile(r"/(?:autor(?:en|in)?|authors?|redakteure?)/", re.IGNORECASE)
_AUTHOR_LABEL = re.compile(
    r"(?:(?:autor|verfasser)(?:in|en|innen)?(?:/autor(?:in)?)?|von:|text:|by:)\s*:?\s+", re.IGNORECASE
)
_BY = re.compile(
    r"\b(?:von|by)\s+([^\W\d_][^\d|•·(,:]{3,60}?)\s*(?:\b(?:am|vom|um|on|in)\b|[\d|•·(,:–-]|$)", re.IGNORECASE
)
# What may stand before *von* in such a line, besides the day and the time.
_BEFORE_BY = re.compile(
    r"\W|\d|\b(?:am|um|uhr|den|geschrieben|veröffentlicht|verfasst|erstellt|eingestellt|gepostet|posted|written)\b"
    r"|\b(?:mon|diens|donners|frei|sams|sonn)tag\b|\b(?:mittwoch|sonnabend)\b",
    re.IGNORECASE,
)
_LONGEST = 150  # characters of a line with a date
_NEAR = 12  # blocks below the headline that may hold the date
_ABOVE = 3  # blocks above it
_MONTH = "|".join(sorted(MONTHS, key=len, reverse=True))
_DATE = re.compile(
    rf"(?<![\d.])(?:\d{{1,2}}\.\s?\d{{1,2}}\.\s?(?:\d{{4}}|\d{{2}}(?![\d:.]))|\d{{1,2}}\.?\s+(?:{_MONTH})\.?\s+\d{{4}}"
    rf"|(?:{_MONTH})\.?\s+\d{{1,2}},?\s+\d{{4}}|\d{{4}}-\d{{2}}-\d{{2}})(?!\d)",
    re.IGNORECASE,
)
_IN_ADDRESS = re.compile(r"/((?:19|20)\d{2})[/-]?(0[1-9]|1[0-2])[/-]?(0[1-9]|[12]\d|3[01])(?=[/_.-]|$)")


def from_shown(tags: Sequence[Tag], blocks: Sequence[Block], boilerplate: Boilerplate, declared: Metadata) -> Metadata:
    """The authors, the section and the dates that a page shows, and the date in its address, the best first."""
    dates = _dates(blocks, _headline(blocks, declared.title), declared.url)
    return Metadata(authors=_authors(tags, blocks, boilerplate), section=_section(tags), dates=tuple(dates))


def _section(tags: Sequence[Tag]) -> str:
    """The first section on the path to the page, behind the start of the site."""
    for tag in tags:
        if _PATH.search(f"{attribute(tag, 'class')} {attribute(tag, 'id')} {attribute(tag, 'aria-label')}"):
            steps = [clean_line(link.get_text(" ")) for link in tag.find_all("a", limit=_MOST_STEPS)]
            if section := section_of_path(steps):
                return section
    return ""


def _headline(blocks: Sequence[Block], title: str) -> int:
    """The number of the block that is the headline: the one with the title, else a <h1>, else some before the text."""
    known = letters(title)
    tests = (lambda block: letters(block.text) == known, lambda block: block.tag == "h1")
    found = (number for test in tests for number, block in enumerate(blocks) if test(block))
    first = next((number for number, block in enumerate(blocks) if block.is_prose), 0)
    return next(found, max(0, first - _NEAR // 2))


def _authors(tags: Sequence[Tag], blocks: Sequence[Block], boilerplate: Boilerplate) -> tuple[str, ...]:
    """The persons of the first byline: elements that are marked so, with no text between them, or a line with *Von*."""
    order = {id(tag): number for number, tag in enumerate(tags)}
    prose = iter(sorted(order[id(block.element)] for block in blocks if block.is_prose and id(block.element) in order))
    following = next(prose, None)
    names: list[str] = []
    for tag in filter(_names_author, tags):
        here = order[id(tag)]
        while following is not None and following < here:
            if names:
                return tuple(names)
            following = next(prose, None)
        if id(tag) not in boilerplate.marked or id(tag) in boilerplate.headers:
            text = clean_line(tag.get_text(" "))
            persons = named_persons(text, surely=_declares_author(tag)) if len(text) <= LONGEST_LINE else ()
            names += [name for name in persons if name not in names]
    if names:
        return tuple(names)
    return next(filter(None, map(_in_line, blocks)), ())


def _in_line(block: Block) -> tuple[str, ...]:
    """The persons that a line names with *Von* or *Autorin*."""
    if len(block.text) > LONGEST_LINE:
        return ()
    label = _AUTHOR_LABEL.match(block.text)
    if label:
        return named_persons(block.text[label.end() :], surely=True)
    by = _BY.search(block.text) if _DATE.search(block.text) else None
    if by and not _BEFORE_BY.sub(
        "", _DATE.sub("", block.text[: by.start()])
    ):  # 31. Mai 2012 von Anna Schmidt | Lokales
        return named_persons(by[1])
    return split_byline(f"{block.text}\n\n.")[0]


def _names_author(tag: Tag) -> bool:
    if tag.name in ("meta", "link", "html", "body", "main", "article"):
        return False
    if _declares_author(tag) or (tag.name == "a" and _AUTHOR_PAGE.search(attribute(tag, "href"))):
        return True
    words = {word.lower() for word in _WORD.findall(attribute(tag, "class"))}
    return bool(words & _AUTHOR_WORDS) and "comment" not in words


def _declares_author(tag: Tag) -> bool:
    return "author" in f"{attribute(tag, 'rel')} {attribute(tag, 'itemprop')}".lower().split()


def _dates(blocks: Sequence[Block], headline: int, url: str) -> Iterator[str]:
    below, above = blocks[headline:], blocks[max(0, headline - _ABOVE) : headline]
    telling = (block for block in below if tells_day(block.text))
    marked = (block for block in below if _is_dated(block.element))
    for texts in (telling, marked, below[:_NEAR], reversed(above)):
        yield from _days(block.text for block in texts)
    if match := _IN_ADDRESS.search(url):
        yield "-".join(match.groups())


def _is_dated(tag: Tag) -> bool:
    words = {word.lower() for word in _WORD.findall(f"{attribute(tag, 'class')} {attribute(tag, 'itemprop')}")}
    return bool(words & _DATE_WORDS)


def _days(texts: Iterable[str]) -> Iterator[str]:
    """The days that short texts name, none that is to come."""
    for text in texts:
        for match in _DATE.finditer(text) if len(text) <= _LONGEST else ():
            try:
                day = parse_written_date(match[0])
            except (ValueError, OverflowError):
                continue
            if day.first <= date.today() + timedelta(days=1):
                yield day.text
