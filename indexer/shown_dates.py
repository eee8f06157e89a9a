"""Which day does a page show as that of its article? Only what stands where pages put dates is one.

That are elements that say so, lines of their own, bylines near the headline, what agencies put before a text, and the
address. A day in running text, in a headline, below a picture or in a comment is that of an event.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, timedelta
from itertools import chain, filterfalse, pairwise

from bs4 import Tag

from indexer.boilerplate import Boilerplate
from indexer.date_lines import DATE, is_date_line
from indexer.metadata import attribute, words_of
from indexer.remarks import tells_day
from indexer.text_blocks import Block
from indexer.titles import letters
from indexer.written_dates import parse_written_date
from search.german.authors import is_agency

_DATE_WORDS = frozenset(
    "date datum dateline timestamp published veroeffentlicht publishdate pubdate datetime meta postmeta postmetadata"
    " submitted".split()
)
# A date that is marked as such, but as that of something else.
_EVENT_WORDS = frozenset("event events termin termine veranstaltung calendar kalender".split())
_LONGEST_MARKED = 400  # of one that is marked as such: *Dieser Beitrag wurde am ... veröffentlicht und ...*
_NEAR = 20  # blocks below the headline that may hold the date
_ABOVE = 3  # blocks above it
_LONGEST_NAME = 40  # characters of a link to an author's page
_LINKED = 0.3  # of a line; with more it leads to another article
_IN_ADDRESS = re.compile(r"/((?:19|20)\d{2})[/-]?(0[1-9]|1[0-2])[/-]?(0[1-9]|[12]\d|3[01])(?=[/_.-]|$)")
_AGENCY_BEFORE_TEXT = re.compile(r"[^\W\d_][^!?()]{0,60}\(([^()]{2,30})\)\s*[-–—.:]")
_CHANGED = re.compile(r"aktualisier|update|änder|bearbeit|überarbeit|modified|\bstand\b", re.IGNORECASE)


def shown_dates(
    tags: Sequence[Tag], blocks: Sequence[Block], boilerplate: Boilerplate, title: str, url: str
) -> Iterator[str]:
    """The texts that may be the date of the article with this title and address, the best first.

    `tags` are all elements of the page, `blocks` its text without comments.
    """
    headline = headline_number(blocks, title)
    above, below = blocks[max(0, headline - _ABOVE) : headline], blocks[headline:]
    top = _top(below, boilerplate)
    own, *moments = _moments(tags, [*filterfalse(_leads_elsewhere, above), *below[:_NEAR]], top, boilerplate)
    chronicle = _chronicle(below)
    near, anywhere = (_days_of_lines(part, above, chronicle, title) for part in (top, below))
    yield from (*own, *(day for day, changed in near if not changed))
    yield from (*chain.from_iterable(moments), *(day for day, changed in anywhere if not changed))
    yield from (day for day, changed in (*near, *anywhere) if changed)
    yield from _before_text(blocks[headline:])
    if match := _IN_ADDRESS.search(url):
        yield "-".join(match.groups())


def headline_number(blocks: Sequence[Block], title: str) -> int:
    """The number of the block that is the headline: the one with the title, else a <h1>, else some before the text."""
    known = letters(title)
    tests = (lambda block: letters(block.text) == known, lambda block: block.tag == "h1")
    found = (number for test in tests for number, block in enumerate(blocks) if test(block))
    first = next((number for number, block in enumerate(blocks) if block.is_prose), 0)
    return next(found, max(0, first - _NEAR // 2))


def _top(below: Sequence[Block], boilerplate: Boilerplate) -> list[Block]:
    """The blocks from the headline to the second paragraph, what is boilerplate aside: there an article has its day.

    Further below, other articles have theirs.
    """
    prose = [number for number, block in enumerate(below[:_NEAR]) if block.is_prose][:2]
    near = below[: prose[1] if len(prose) > 1 else _NEAR]
    foreign = boilerplate.marked - boilerplate.headers
    return [block for block in near if block.tag == "h1" or id(block.element) not in foreign]


def _moments(
    tags: Sequence[Tag], near: Sequence[Block], top: Sequence[Block], boilerplate: Boilerplate
) -> tuple[list[str], ...]:
    """The moments that elements declare: of publication or at the top; near the headline; below it and no boilerplate.

    A <time> may also hold a duration or a time of day; a date begins with a year.
    """
    order = {id(tag): number for number, tag in enumerate(tags)}
    places = [order.get(id(block.element), 0) for block in near] or [0]
    end = max((order.get(id(block.element), 0) for block in top), default=0)
    own = [tag for tag in tags if id(tag) not in boilerplate.comments]
    times = [tag for tag in own if tag.name == "time" and order[id(tag)] >= min(places)]
    close = [tag for tag in times if order[id(tag)] <= max(places) and id(tag) not in boilerplate.elsewhere]
    below = [tag for tag in times if id(tag) not in boilerplate.marked or id(tag) in boilerplate.headers]
    first = [tag for tag in close if order[id(tag)] <= end]
    return tuple(
        [moment for tag in each if (moment := _moment(tag))][:1]
        for each in ([*filter(_is_publication, own), *first], close, below)
    )


def _moment(tag: Tag) -> str:
    """The moment that an element declares, "" if there is none."""
    moment = next(filter(None, (attribute(tag, name).strip() for name in ("datetime", "content", "title"))), "")
    return moment if moment[:4].isdecimal() else ""


def _leads_elsewhere(block: Block) -> bool:
    """Whether a block is a link to another article, or has one; the name of an author may be a link."""
    longest = 0 if block.tag == "li" else _LONGEST_NAME
    return block.linked > max(_LINKED * len(block.text), longest) and not tells_day(block.text)


def _is_publication(tag: Tag) -> bool:
    declared = "datePublished" in attribute(tag, "itemprop").split() or tag.has_attr("pubdate")
    return declared or (tag.name in ("abbr", "time") and "published" in words_of(tag, "class"))


def _days_of_lines(
    below: Sequence[Block], above: Sequence[Block], chronicle: set[int], title: str
) -> list[tuple[str, bool]]:
    """The days that lines below and above the headline name, the best first, each with whether something changed."""
    return [day for line in _lines(below, above, chronicle, title) for day in _days(line)]


def _lines(below: Sequence[Block], above: Sequence[Block], chronicle: set[int], title: str) -> Iterator[str]:
    """The lines with a date that may be the article's, the best first."""
    telling = [block for block in below if _may_tell(block, chronicle)]
    known = letters(title)
    yield from (line for block in telling for line in _texts(block) if tells_day(line) and letters(line) != known)
    yield from (block.text for block in telling if _is_dated(block.element) and len(block.text) <= _LONGEST_MARKED)
    for block in (*below[:_NEAR], *reversed(above)):
        is_heading = block.is_heading or block.tag == "h1"
        if _may_tell(block, chronicle) and (not is_heading or tells_day(block.text)):
            yield from (line for line in _texts(block) if letters(line) != known and is_date_line(line))


def _may_tell(block: Block, chronicle: set[int]) -> bool:
    is_caption = block.tag in ("figure", "figcaption", "caption")
    return not (id(block) in chronicle or is_caption or _leads_elsewhere(block))


def _texts(block: Block) -> Iterable[str]:
    """A text as a whole and by its lines: a day may go on in the next line, or stand in one by itself."""
    return dict.fromkeys((block.text, *block.lines))


def _is_dated(tag: Tag) -> bool:
    words = words_of(tag, "class", "itemprop")
    return bool(words & _DATE_WORDS) and not words & _EVENT_WORDS


def _chronicle(blocks: Sequence[Block]) -> set[int]:
    """The id() of the lone days above paragraphs of a chronicle: several of one kind, with text below each."""
    found: dict[tuple[int, str], list[Block]] = {}
    for block, following in pairwise(blocks):
        if following.is_prose and DATE.search(block.text) and tells_day(block.text) and not _CHANGED.search(block.text):
            found.setdefault((id(block.element.parent), block.tag), []).append(block)
    several = (same for same in found.values() if len({block.text for block in same}) > 1)
    return {id(block) for same in several for block in same}


def _before_text(blocks: Iterable[Block]) -> Iterator[str]:
    """The day in what agencies put before the text: *Köln, 31. Mai 2012 (epd) - Die Fähre ...*."""
    first = next((block for block in blocks if block.is_prose), None)
    match = _AGENCY_BEFORE_TEXT.match(first.text) if first else None
    if match and any(map(is_agency, re.findall(r"[\w-]+", match[1]))):
        yield from (day for day, _ in _days(match[0]))


def _days(line: str) -> Iterator[tuple[str, bool]]:
    """The days that a line names, none that is to come, each with whether it is one of a change."""
    behind = 0
    for match in DATE.finditer(line):
        changed = bool(_CHANGED.search(line, behind, match.start()))
        behind = match.end()
        try:
            day = parse_written_date(match[0])
        except (ValueError, OverflowError):
            continue
        if day.first <= date.today() + timedelta(days=1):
            yield day.text, changed
