"""What does a page show of its author and its day, where it does not declare them?

Old pages declare nothing, but have a byline and a date near their headline.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import islice

from bs4 import Tag

from indexer.boilerplate import Boilerplate
from indexer.bylines import LONGEST_LINE, named_persons, split_byline
from indexer.date_lines import DATE, is_date_line
from indexer.metadata import Metadata, attribute, clean_line, short_text, words_of
from indexer.shown_dates import shown_dates
from indexer.text_blocks import Block
from indexer.titles import section_of_path

_AUTHOR_WORDS = frozenset(
    "author authors authorline byline autor autorin autoren autorenname verfasser verfasserin authorname".split()
)
_PATH = re.compile(r"breadcrumb|brotkrumen", re.IGNORECASE)
_MOST_STEPS = 6  # from the start of a site to a page
_MOST_PATHS = 20  # elements that may be one: a page shows it above and below its article
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


def from_shown(tags: Sequence[Tag], blocks: Sequence[Block], boilerplate: Boilerplate, declared: Metadata) -> Metadata:
    """The authors, the section and the dates that a page shows, and the date in its address, the best first."""
    dates = shown_dates(tags, blocks, boilerplate, declared.title, declared.url)
    return Metadata(authors=_authors(tags, blocks, boilerplate), section=_section(tags), dates=tuple(dates))


def _section(tags: Sequence[Tag]) -> str:
    """The first section on the path to the page, behind the start of the site."""
    for tag in islice(filter(_is_path, tags), _MOST_PATHS):
        steps = [clean_line(link.get_text(" ")) for link in tag.find_all("a", limit=_MOST_STEPS)]
        if section := section_of_path(steps):
            return section
    return ""


def _is_path(tag: Tag) -> bool:
    return bool(_PATH.search(f"{attribute(tag, 'class')} {attribute(tag, 'id')} {attribute(tag, 'aria-label')}"))


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
            text = short_text(tag, LONGEST_LINE)
            persons = named_persons(text, surely=_declares_author(tag)) if text else ()
            names += [name for name in persons if name not in names]
    if names:
        return tuple(names)
    return next(filter(None, (_in_line(line) for block in blocks for line in block.lines)), ())


def _in_line(line: str) -> tuple[str, ...]:
    """The persons that a line names with *Von* or *Autorin*, or beside a day: *Anna Schmidt, 31. Mai 2012*."""
    if len(line) > LONGEST_LINE:
        return ()
    label = _AUTHOR_LABEL.match(line)
    if label:
        return named_persons(line[label.end() :], surely=True)
    date = DATE.search(line)
    by = _BY.search(line) if date else None
    if by and not _BEFORE_BY.sub("", DATE.sub("", line[: by.start()])):  # 31. Mai 2012 von Anna Schmidt | Lokales
        return named_persons(by[1])
    before = line[: date.start()].removesuffix(" am ").strip(" ,|·") if date and is_date_line(line) else ""
    if persons := named_persons(before):
        return persons
    return split_byline(f"{line}\n\n.")[0]


def _names_author(tag: Tag) -> bool:
    if tag.name in ("meta", "link", "html", "body", "main", "article"):
        return False
    if _declares_author(tag) or (tag.name == "a" and _AUTHOR_PAGE.search(attribute(tag, "href"))):
        return True
    words = words_of(tag, "class")
    return bool(words & _AUTHOR_WORDS) and "comment" not in words


def _declares_author(tag: Tag) -> bool:
    return "author" in f"{attribute(tag, 'rel')} {attribute(tag, 'itemprop')}".lower().split()
