"""Which articles does TEI hold, the format of editions and corpora (DTA, German newspapers)? One a text."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import count
from xml.etree.ElementTree import Element

from indexer.document import Document
from indexer.formats.drafts import Draft, articles_or_problems
from indexer.formats.xml import elements_of, line_of
from indexer.items import Item
from indexer.streams import Stream

_PARAGRAPHS = frozenset("p ab head l item cell trailer dateline byline salute signed".split())
_NO_TEXT = frozenset("teiHeader note fw figure del gap index".split())
_IRREGULAR = frozenset("abbr sic orig".split())  # where a choice has the regular spelling beside it
_HYPHENS = "-=⸗¬\u00ad"
_AND = ("und ", "oder ", "bzw")
_NAMES = {"persName": "persons", "placeName": "places", "orgName": "organisations"}


def read_tei(document: Document, stream: Stream) -> Iterator[Item]:
    """The article of each <TEI> of a document or corpus, a problem for one without a text."""
    yield from articles_or_problems(document, map(_draft, elements_of(document, stream, "TEI"), count(1)))


def _draft(root: Element, number: int) -> Draft:
    found = root.find("teiHeader")
    header = Element("none") if found is None else found
    description = header.find("fileDesc")
    about = header if description is None else description
    date = next((value for each in about.iter("date") if (value := _date(each))), "")
    draft = Draft(
        id=line_of(about, "publicationStmt/idno", "publicationStmt/idno/idno"),
        place="" if number == 1 else str(number),
        title=line_of(about, "titleStmt/title[@type='main']", "titleStmt/title"),
        paragraphs=list(_texts(root)),
        dates=[date],
        source=line_of(about, "sourceDesc//title[@level='j']", "sourceDesc//publisher", "publicationStmt/publisher"),
        authors=[_person(each) for each in about.iterfind("titleStmt/author")],
    )
    for tag, key in _NAMES.items():
        text = root.find("text")
        named = [] if text is None else [" ".join(_without_breaks(each).split()) for each in text.iter(tag)]
        getattr(draft, key).extend(dict.fromkeys(named))
    return draft


def _date(element: Element) -> str:
    return element.get("when") or element.get("notBefore") or " ".join((element.text or "").split())


def _person(author: Element) -> str:
    """The name of an author, forename first."""
    forename, surname = line_of(author, ".//forename"), line_of(author, ".//surname")
    return f"{forename} {surname}".strip() or line_of(author, ".//persName", ".")


def _texts(root: Element) -> Iterator[str]:
    """The paragraphs of the text, in their regular spelling where both are given."""
    text = root.find("text")
    waiting = [] if text is None else [text]
    while waiting:
        element = waiting.pop()
        if element.tag in _PARAGRAPHS:
            yield " ".join(_without_breaks(element).split())
        elif element.tag in _NO_TEXT:
            continue
        elif (element.text or "").strip():  # a quotation beside paragraphs
            yield " ".join(_without_breaks(element).split())
        else:
            waiting += reversed(element)


def _without_breaks(element: Element) -> str:
    """The text of a paragraph; what breaks lines and pages inside of a word (break="no") parts nothing."""
    if element.tag in _NO_TEXT:
        return ""
    pieces = [element.text or ""]
    for child in element:
        if child.tag in ("lb", "pb", "cb"):
            if child.get("break") == "no" or _is_divided("".join(pieces), child.tail or ""):
                pieces = ["".join(pieces).rstrip().rstrip(_HYPHENS), (child.tail or "").lstrip()]
                continue
            pieces.append(" ")
        elif child.tag in _PARAGRAPHS:
            pieces += " ", _without_breaks(child), " "
        elif not (element.tag == "choice" and child.tag in _IRREGULAR):
            pieces.append(_without_breaks(child))
        pieces.append(child.tail or "")
    return "".join(pieces)


def _is_divided(before: str, behind: str) -> bool:
    """Whether a word is divided here; *Ein- und Ausfuhr* is not."""
    behind = behind.lstrip()
    return before.rstrip().endswith(tuple(_HYPHENS)) and behind[:1].islower() and not behind.startswith(_AND)
