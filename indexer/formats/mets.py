"""Which articles does an issue hold whose structure METS tells? Those that it marks, made of blocks of ALTO pages.

The pages that they are made of are no articles themselves, so they are withdrawn.
"""

from __future__ import annotations

import posixpath
from collections.abc import Iterable, Iterator
from pathlib import Path
from urllib.parse import unquote
from xml.etree.ElementTree import Element

from indexer.document import Document
from indexer.errors import DocumentError
from indexer.formats.drafts import Draft, articles_or_problems
from indexer.formats.scans import alto_blocks
from indexer.formats.xml import line_of, parse_xml
from indexer.items import Item, PassedOver, Withdrawn
from indexer.streams import Stream, open_document

_MOST_PAGES = 500  # of an issue; all of them are in memory
_HEADINGS = ("heading", "headline", "title", "overline", "subheadline")


def read_mets(document: Document, stream: Stream) -> Iterator[Item]:
    """The articles of an issue, and its pages as withdrawn; METS that marks no articles is passed over.

    Raises DocumentError if a page lies elsewhere or is no ALTO.
    """
    root = parse_xml(document, stream)
    articles = [div for div in root.iter("div") if (div.get("TYPE") or "").lower() == "article"]
    if not articles or document.path is None:
        yield PassedOver(document.name, "METS in a packed file" if articles else "METS without articles")
        return
    pages = _Pages(document, Path(document.path).parent, root)
    issue = _description(root, articles)
    drafts = (_draft(root, issue, pages, div, number) for number, div in enumerate(articles, start=1))
    yield from articles_or_problems(document, drafts)
    for path in pages.read:
        yield Withdrawn(path, is_part=True)


class _Pages:
    """The blocks of the ALTO pages of an issue, each page read once; `read` are their paths below SOURCE."""

    def __init__(self, document: Document, folder: Path, root: Element) -> None:
        self.read: list[str] = []
        self._document = document
        self._folder = folder.resolve()
        self._files = {
            file.get("ID") or "": location.get("href") or ""
            for file in root.iter("file")
            for location in file.iterfind("FLocat")
        }
        self._blocks: dict[str, dict[str, str]] = {}

    def text(self, file: str, block: str) -> str:
        """The text of a block of a file. Raises DocumentError."""
        if file not in self._blocks:
            if len(self._blocks) == _MOST_PAGES:
                raise DocumentError(self._document.name, f"names more than {_MOST_PAGES} pages; split it into issues")
            self._blocks[file] = dict(self._page(self._files.get(file, "")))
        return self._blocks[file].get(block, "")

    def _page(self, address: str) -> Iterable[tuple[str, str]]:
        relative = unquote(address.removeprefix("file://")).lstrip("/").removeprefix("./")
        path = (self._folder / relative).resolve()
        if not relative or "://" in relative or not path.is_relative_to(self._folder) or not path.is_file():
            message = f"names the page {address[:80]!r}, which does not lie beside it; restore it there"
            raise DocumentError(self._document.name, message)
        below = posixpath.normpath(posixpath.join(posixpath.dirname(self._document.relative_path), relative))
        self.read.append(below)
        page = Document(str(path), str(path), below, path.stat().st_size)
        with open_document(page, None, lambda _number: None) as stream:
            return list(alto_blocks(parse_xml(page, stream)))


def _draft(root: Element, issue: Element, pages: _Pages, div: Element, number: int) -> Draft:
    about = _described(root, div)
    title, blocks = div.get("LABEL") or line_of(about, ".//title"), list(_areas(div))
    headings = [text for is_heading, file, block in blocks if is_heading and (text := pages.text(file, block))]
    paragraphs = [text for is_heading, file, block in blocks if not is_heading and (text := pages.text(file, block))]
    return Draft(
        place=div.get("ID") or str(number),
        title=title or " ".join(headings),
        paragraphs=paragraphs or headings,
        dates=[line_of(issue, ".//dateIssued", ".//part/date")],
        source=line_of(issue, ".//titleInfo/title"),
        authors=[line_of(name, "namePart") for name in about.iter("name")],
    )


def _areas(div: Element, is_heading: bool = False) -> Iterator[tuple[bool, str, str]]:
    """The blocks of an article in their order: whether each is a heading, its file and its id."""
    is_heading = is_heading or (div.get("TYPE") or "").lower() in _HEADINGS
    for child in div:
        if child.tag == "div":
            yield from _areas(child, is_heading)
        else:
            for area in child.iter("area"):
                yield is_heading, area.get("FILEID") or "", area.get("BEGIN") or ""


def _described(root: Element, div: Element) -> Element:
    """The description of a part, an empty one if it has none."""
    ids = (div.get("DMDID") or "").split()
    return next((each for each in root.iter("dmdSec") if each.get("ID") in ids), Element("dmdSec"))


def _description(root: Element, articles: list[Element]) -> Element:
    """The description of the issue: the first with a day that is not that of an article."""
    of_articles = {id for div in articles for id in (div.get("DMDID") or "").split()}
    found = [each for each in root.iter("dmdSec") if each.get("ID") not in of_articles]
    dated = [each for each in found if line_of(each, ".//dateIssued", ".//part/date")]
    return next(iter([*dated, *found]), Element("dmdSec"))
