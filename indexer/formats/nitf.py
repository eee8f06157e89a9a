"""Which article does NITF hold, the older format of agencies and of newspaper systems?"""

from __future__ import annotations

from collections.abc import Iterator
from xml.etree.ElementTree import Element

from indexer.document import Document
from indexer.formats.drafts import Draft, articles_of
from indexer.formats.xml import line_of, parse_xml, text_of
from indexer.items import Item, Withdrawn
from indexer.streams import Stream

_NAMES = {"person": "persons", "location": "places", "org": "organisations"}
_PARTS = ("body/body.head/dateline", "body/body.content", "head/docdata")  # that name whom a text is about
_NO_TEXT = frozenset("media table nitf-table byline dateline hedline".split())
_CANCELLED = ("canceled", "cancelled", "killed")


def read_nitf(document: Document, stream: Stream) -> Iterator[Item]:
    """The one article of an NITF document, or that it is withdrawn. Raises DocumentError if it has no text."""
    root = parse_xml(document, stream)
    id = _attribute(root, "head/docdata/doc-id", "id-string")
    if _attribute(root, "head/docdata", "management-status").lower() in _CANCELLED:
        yield Withdrawn(id or document.relative_path)
        return
    draft = Draft(
        id=id,
        title=line_of(root, "body/body.head/hedline/hl1", "body/body.head/hedline", "head/title"),
        paragraphs=body_of(root.find("body/body.content")),
        dates=[
            *(_attribute(root, f"head/docdata/date.{kind}", "norm") for kind in ("issue", "release")),
            _attribute(root, "head/pubdata", "date.publication"),
            _attribute(root, "body/body.head/dateline/story.date", "norm"),
        ],
        source=_attribute(root, "head/pubdata", "name") or line_of(root, "body/body.head/distributor"),
        section=_attribute(root, "head/pubdata", "position.section")
        or _attribute(root, "head/tobject", "tobject.type"),
        url=_attribute(root, "head/pubdata", "ex-ref"),
        authors=[line_of(each, "person", ".") for each in root.iterfind("body/body.head/byline")],
    )
    for name, key in _NAMES.items():
        named = [line_of(each, ".") for part in _PARTS for each in root.iterfind(f"{part}//{name}")]
        getattr(draft, key).extend(dict.fromkeys(named))
    yield from articles_of(document, draft)


def body_of(content: Element | None) -> list[str]:
    """The paragraphs and cross-heads of a <body.content>, without pictures and tables."""
    found: list[str] = []
    waiting = [] if content is None else [content]
    while waiting:
        element = waiting.pop()
        if element.tag in ("p", "hl2", "li", "pre", "dt", "dd", "h2", "h3"):
            found.append(" ".join(text_of(element).split()))
        elif element.tag not in _NO_TEXT:
            waiting += reversed(element)
    return found


def _attribute(root: Element, path: str, name: str) -> str:
    """An attribute of the first element on a path that has it, "" if none has."""
    return next((value for each in root.iterfind(path) if (value := each.get(name))), "")
