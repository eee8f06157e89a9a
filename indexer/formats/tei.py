"""Which articles does TEI hold, the format of editions and corpora (DTA, German newspapers)? One a text."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import count
from xml.etree.ElementTree import Element

from indexer.document import Document
from indexer.formats.drafts import Draft, articles_or_problems
from indexer.formats.xml import elements_of, line_of
from indexer.items import Item
from indexer.lines import join
from indexer.streams import Stream

_PARAGRAPHS = frozenset("p ab head l item cell trailer dateline byline salute signed".split())
_NO_TEXT = frozenset("teiHeader note fw figure del gap index".split())
_IRREGULAR = frozenset("abbr sic orig".split())  # where a choice has the regular spelling beside it
_BREAKS = ("lb", "pb", "cb")
# Where a line ends, and where one ends inside of a word: signs that XML cannot hold.
_LINE_END, _WITHIN = "\x00", "\x01"
_AT_LINE_END = " \t\r\n-=⸗¬\u00ad"
_OF_SERIES = frozenset("issn eissn e-issn isbn zdb zdb-id ppn".split())
_DATES_OF_SOURCE = (
    "sourceDesc//publicationStmt/date[@type='publication']",
    "sourceDesc//publicationStmt/date",
    "sourceDesc//imprint/date",
    "sourceDesc//date",
)
_SOURCES = ("bibl", "biblFull", "biblStruct", "listBibl", "msDesc")
_NAMES = {"persName": "persons", "placeName": "places", "orgName": "organisations"}


def read_tei(document: Document, stream: Stream) -> Iterator[Item]:
    """The article of each <TEI> of a document or corpus, a problem for one without a text."""
    yield from articles_or_problems(document, map(_draft, elements_of(document, stream, "TEI"), count(1)))


def _draft(root: Element, number: int) -> Draft:
    found = root.find("teiHeader")
    header = Element("none") if found is None else found
    description = header.find("fileDesc")
    about = header if description is None else description
    draft = Draft(
        id=_id(about),
        place="" if number == 1 else str(number),
        title=line_of(about, "titleStmt/title[@type='main']", "titleStmt/title"),
        paragraphs=list(_texts(root)),
        dates=_dates(header, about),
        source=line_of(about, "sourceDesc//title[@level='j']", "sourceDesc//publisher", "publicationStmt/publisher"),
        authors=[_person(each) for each in about.iterfind("titleStmt/author")],
    )
    for tag, key in _NAMES.items():
        text = root.find("text")
        named = [] if text is None else map(_whole, text.iter(tag))
        getattr(draft, key).extend(dict.fromkeys(named))
    return draft


def _id(about: Element) -> str:
    """The first of the identifiers of an edition, which may stand within each other, but for those of a series."""
    leaves = (each for each in about.iterfind("publicationStmt//idno") if each.find("idno") is None)
    return next(
        (id for each in leaves if (each.get("type") or "").lower() not in _OF_SERIES and (id := line_of(each, "."))), ""
    )


def _dates(header: Element, about: Element) -> list[str]:
    """The days of the source, as printed first; of what has none that is described, those on which it was published.

    Else the edition was published when somebody typed it.
    """
    paths = [(about, path) for path in _DATES_OF_SOURCE] + [(header, "profileDesc/creation/date")]
    if not any(about.find(f"sourceDesc/{kind}") is not None for kind in _SOURCES):
        paths.append((about, "publicationStmt/date"))
    return [value for root, path in paths for each in root.iterfind(path) if (value := _date(each))]


def _date(element: Element) -> str:
    return (
        element.get("when") or element.get("from") or element.get("notBefore") or " ".join((element.text or "").split())
    )


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
        if element.tag in _NO_TEXT:
            continue
        if element.tag in _PARAGRAPHS or (element.text or "").strip():  # a quotation beside paragraphs
            yield _whole(element)
        else:
            waiting += reversed(element)


def _whole(element: Element) -> str:
    """The text of an element on one line, words whole that its line breaks divide."""
    *halves, last = "".join(_pieces(element)).split(_WITHIN)
    text = "".join(f"{half.rstrip(_AT_LINE_END)}{_WITHIN}" for half in halves) + last
    lines = (" ".join(each.split()) for each in text.split(_LINE_END))
    return join(list(filter(None, lines))).replace(f"{_WITHIN} ", "").replace(_WITHIN, "")


def _pieces(element: Element) -> Iterator[str]:
    """The text in an element; breaks of lines and pages as _LINE_END, or as _WITHIN if they say break="no"."""
    if element.tag in _NO_TEXT:
        return
    yield element.text or ""
    for child in element:
        if child.tag in _BREAKS:
            yield _WITHIN if child.get("break") == "no" else _LINE_END
        elif child.tag in _PARAGRAPHS:
            yield from (" ", *_pieces(child), " ")
        elif not (element.tag == "choice" and child.tag in _IRREGULAR):
            yield from _pieces(child)
        yield child.tail or ""
