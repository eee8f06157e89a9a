"""How does what a format says become an article? Texts as they stand in it; cleaned, checked and dated in one place."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime

from indexer.bylines import read_bylines, split_byline
from indexer.character_references import without_references
from indexer.document import Document
from indexer.errors import DocumentError, Problem
from indexer.text import clean, one_line, paragraphs
from indexer.validation import is_url, read_date, valid_names
from search.article import Article, Entities

# Words of accounts, programs and firms that are noted as authors, and of their versions.
_OF_PROGRAMS = re.compile(
    r"\b(?:user|username|benutzer(?:in|name)?|anwender(?:in)?|nutzer|admin|administrator|account|owner|besitzer|customer"
    r"|default|unknown|unbekannt\w*|author|test|demo|pc|laptop|computer|notebook|client|workstation"
    r"|microsoft|windows|office|word|excel|powerpoint|apple|macbook|imac|google|adobe|acrobat|indesign|illustrator|photoshop"
    r"|quark\w*|scribus|openoffice\w*|libreoffice|latex|pdftex|ghostscript|pscript\w*|distiller|printer|scanner|pdf\w*|dell"
    r"|lenovo|hewlett|packard|asus|acer|toshiba|fujitsu|xerox|ricoh|konica|canon|inc)\b|\d|@|\.(?:dll|exe|docx?|indd|qxp)\b",
    re.IGNORECASE,
)
_LONGEST_NUMBER = 9  # digits of the number of a version
_SECONDS = 2**40  # more than any moment has


@dataclass(slots=True)
class Draft:
    """What a format says of one article, "" where it says nothing.

    `id` may be any text that is the same in each version, `place` tells it from others of its document. `paragraphs`
    may hold lines that a width broke. `dates` are all texts that might be the date, the best first. `version` is as
    `version_number` has it. `collected`: whether its document collects articles of many days, as a dump does, so that
    the day in its name is that of none.
    """

    id: str = ""
    place: str = ""
    title: str = ""
    paragraphs: Sequence[str] = ()
    dates: Sequence[str] = ()
    source: str = ""
    section: str = ""
    url: str = ""
    authors: Sequence[str] = ()
    persons: list[str] = field(default_factory=list)
    places: list[str] = field(default_factory=list)
    organisations: list[str] = field(default_factory=list)
    version: int = 0
    collected: bool = False


def articles_or_problems(document: Document, drafts: Iterable[Draft]) -> Iterator[Article | Problem]:
    """The articles of drafts, each warning before its article; a problem for one that has no text."""
    for draft in drafts:
        try:
            yield from articles_of(document, draft)
        except DocumentError as error:
            yield error.problem


def articles_of(document: Document, draft: Draft) -> Iterator[Article | Problem]:
    """The article of a draft, warnings before it. Raises DocumentError if it has no text."""
    problems: list[Problem] = []

    def warn(message: str) -> None:
        place = f"{draft.place}: " if draft.place else ""
        problems.append(Problem(document.name, None, f"{place}{message}", fatal=False))

    body = "\n\n".join(text for part in draft.paragraphs for text in paragraphs(clean(part)))
    if not body:
        place = f"{draft.place}: " if draft.place else ""
        raise DocumentError(document.name, f"{place}holds no text of an article; leave it out, or restore its text")
    byline, body = split_byline(body)
    path = document.relative_path
    url = draft.url if is_url(draft.url) else ""
    article = Article(
        id=_line(draft.id) or url or (f"{path}#{draft.place}" if draft.place else path),
        title=_line(draft.title),
        body=body,
        date=read_date(map(_line, draft.dates), warn) or (None if draft.collected else document.date),
        source=_line(draft.source) or None,
        section=_line(draft.section) or None,
        url=url or None,
        authors=read_bylines(valid_names(_lines(draft.authors), warn)) or byline,
        entities=Entities(
            person=valid_names(_lines(draft.persons), warn),
            place=valid_names(_lines(draft.places), warn),
            organisation=valid_names(_lines(draft.organisations), warn),
        ),
        document=document.location,
        version=draft.version,
    )
    yield from problems
    yield article


def authors_of_file(text: str) -> list[str]:
    """The author that a program noted with a document, none if that is an account, a program or a firm.

    Accounts have no blank: *Redaktion1*; programs write *Microsoft Office User* where nobody gave a name.
    """
    name = " ".join(text.split())
    return [name] if " " in name and not _OF_PROGRAMS.search(name) else []


def version_number(number: str, moment: str) -> int:
    """How late a version is: by its number, of equal ones by its moment in ISO 8601; 0 if neither is known."""
    count = int(number) if number.isdecimal() and len(number) <= _LONGEST_NUMBER else 0
    try:
        made = datetime.fromisoformat(moment.strip())
        seconds = int((made if made.tzinfo else made.replace(tzinfo=UTC)).timestamp())
    except (ValueError, OverflowError):
        seconds = 0
    return count * _SECONDS + max(seconds, 0)


def _line(text: str) -> str:
    return one_line(clean(without_references(text)))


def _lines(texts: Iterable[str]) -> tuple[str, ...]:
    return tuple(filter(None, map(_line, texts)))
