"""How is XML read? By expat, without entities of its own making, and with a bound on what a document may hold.

Names are local ones: which vocabulary a document is of was told by its first bytes.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from html.entities import html5
from typing import Any
from xml.etree.ElementTree import Element, SubElement, TreeBuilder, tostring
from xml.parsers import expat

from indexer.document import Document
from indexer.encodings import decode_page
from indexer.errors import DocumentError
from indexer.streams import Stream, bounded_pieces, read_whole

_DEEPEST = 200  # elements in each other; articles of agencies have some thirty
_MOST_ELEMENTS = 1_000_000  # half a kilobyte each
_BLOCK_ENDS = frozenset(
    (
        "p div li hl1 hl2 h1 h2 h3 h4 h5 h6 br lb tr td th dt dd l lg head ab item cell row blockquote pre section "
        "article figure table ul ol dl hr title headline bq block media quote"
    ).split()
)


class _Limited:
    """A parser that builds the elements of a name, or the root, and gives up beyond the bounds."""

    def __init__(
        self, document: Document, wanted: str | None, encoding: str | None, most_elements: int = _MOST_ELEMENTS
    ) -> None:
        self._document = document
        self._most_elements = most_elements
        self._wanted = wanted
        self._builder: TreeBuilder | None = None
        self._depth = self._inner = self._elements = 0
        self.found: list[Element] = []
        parser = expat.ParserCreate(encoding)
        parser.buffer_text = True
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        parser.CharacterDataHandler = self._text
        parser.EntityDeclHandler = self._refuse_entity
        parser.SkippedEntityHandler = self._named_character
        parser.UseForeignDTD(True)  # so that unknown names of characters are skipped, not errors
        parser.SetParamEntityParsing(expat.XML_PARAM_ENTITY_PARSING_NEVER)
        self._parser = parser

    def feed(self, data: bytes, last: bool = False) -> None:
        """Parse more bytes. Raises DocumentError."""
        try:
            self._parser.Parse(data, last)
        except expat.ExpatError as error:
            message = f"is not sound XML ({expat.ErrorString(error.code)}); export or copy it again"
            raise DocumentError(self._document.name, message, error.lineno) from None
        except (LookupError, ValueError) as error:  # which the document declares, and Python or expat does not know
            message = f"is in an encoding that XML is not read in ({error}); export it in UTF-8"
            raise DocumentError(self._document.name, message, 1) from None

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        name = name.rpartition(":")[2]
        self._depth += 1
        if self._depth > _DEEPEST:
            raise DocumentError(self._document.name, f"nests more than {_DEEPEST} elements, which no article does")
        if self._builder is None and (self._wanted is None or name == self._wanted):
            self._builder, self._inner, self._elements = TreeBuilder(), self._depth, 0
        if self._builder is not None:
            self._elements += 1
            if self._elements > self._most_elements:
                raise DocumentError(self._document.name, f"holds more than {self._most_elements:,} elements; split it")
            self._builder.start(name, {key.rpartition(":")[2]: value for key, value in attributes.items()})

    def _end(self, name: str) -> None:
        if self._builder is not None:
            self._builder.end(name.rpartition(":")[2])
            if self._depth == self._inner:
                self.found.append(self._builder.close())
                self._builder = None
        self._depth -= 1

    def _text(self, text: str) -> None:
        if self._builder is not None:
            self._builder.data(text)

    def _named_character(self, name: str, is_parameter: bool) -> None:
        if not is_parameter:
            self._text(html5.get(f"{name};", f"&{name};"))

    def _refuse_entity(self, *_: Any) -> None:
        message = "declares entities of its own, which may be an attack; export it without them"
        raise DocumentError(self._document.name, message)


def parse_xml(document: Document, stream: Stream) -> Element:
    """The root of an XML document in memory. Raises DocumentError for what is too large or no XML."""
    return parse_text(document, decode_page(read_whole(document, stream)))


def parse_text(document: Document, text: str, most_elements: int = _MOST_ELEMENTS) -> Element:
    """The root of an XML document. Raises DocumentError for what is no XML, or has more elements."""
    parser = _Limited(document, None, "utf-8", most_elements)
    parser.feed(text.lstrip("\ufeff \t\r\n").encode("utf-8", "replace"), last=True)
    return parser.found[0]


def elements_of(document: Document, stream: Stream, name: str) -> Iterator[Element]:
    """The elements of a name in a document that may be larger than the memory; those within each other as one."""
    parser = _Limited(document, name, None)
    for piece in bounded_pieces(document, stream):
        parser.feed(piece)
        yield from parser.found
        parser.found.clear()
    parser.feed(b"", last=True)


def text_of(element: Element | None) -> str:
    """All text in an element, parted at the ends of its blocks; "" without one."""
    if element is None:
        return ""
    pieces: list[str] = []
    _collect(element, pieces)
    return "".join(pieces)


def _collect(element: Element, pieces: list[str]) -> None:
    pieces.append(element.text or "")
    for child in element:
        block = isinstance(child.tag, str) and child.tag in _BLOCK_ENDS
        pieces.append("\n\n" if block else "")
        _collect(child, pieces)
        pieces.append("\n\n" if block else "")
        pieces.append(child.tail or "")


def line_of(element: Element, *paths: str) -> str:
    """The text of the first element that has one, on one line."""
    for path in paths:
        for found in element.iterfind(path):
            if line := " ".join(text_of(found).split()):
                return line
    return ""


def markup_of(element: Element, without: Collection[str], names: Mapping[str, str]) -> str:
    """An element as HTML: some elements by other names, others left out, so that its text is read as that of pages."""
    return tostring(_renamed(element, without, names), encoding="unicode", method="html")


def _renamed(element: Element, without: Collection[str], names: Mapping[str, str]) -> Element:
    found = Element(names.get(element.tag, element.tag))
    found.text = element.text
    for child in element:
        if child.tag in without:
            SubElement(found, "br")  # two of them part what stands around it
            inner = Element("br")
        else:
            inner = _renamed(child, without, names)
        inner.tail = child.tail
        found.append(inner)
    return found
