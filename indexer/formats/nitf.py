"""Which article does NITF hold, the older format of agencies and of newspaper systems?"""

from __future__ import annotations

from collections.abc import Iterator
from xml.etree.ElementTree import Element

from indexer.document import Document
from indexer.formats.drafts import Draft, articles_of
from indexer.formats.xml import line_of, markup_of, parse_xml
from indexer.fragments import paragraphs_of_markup
from indexer.items import Item, Withdrawn
from indexer.streams import Stream

_NAMES = {"person": "persons", "location": "places", "org": "organisations"}
_PARTS = ("body/body.head/dateline", "body/body.content", "head/docdata")  # that name whom a text is about
_HEAD = "body/body.head"
_NO_TEXT = frozenset("head media figure byline distributor dateline hl1 nitf-table-metadata script style".split())
_AS_HTML = {"hl2": "h2", "bq": "blockquote", "block": "div", "nitf-table": "div", "fn": "p", "credit": "p"}
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
        title=line_of(root, f"{_HEAD}/hedline/hl1", f"{_HEAD}/hedline", "head/title"),
        paragraphs=body_of(document, root),
        dates=[
            *(_attribute(root, f"head/docdata/date.{kind}", "norm") for kind in ("issue", "release")),
            _attribute(root, "head/pubdata", "date.publication"),
            _attribute(root, f"{_HEAD}/dateline/story.date", "norm"),
        ],
        source=_attribute(root, "head/pubdata", "name") or line_of(root, f"{_HEAD}/distributor"),
        section=_attribute(root, "head/pubdata", "position.section")
        or _attribute(root, "head/tobject", "tobject.type"),
        url=_attribute(root, "head/pubdata", "ex-ref"),
        authors=[line_of(each, "person", ".") for each in root.iterfind(f"{_HEAD}/byline")],
    )
    for name, key in _NAMES.items():
        named = [line_of(each, ".") for part in _PARTS for each in root.iterfind(f"{part}//{name}")]
        getattr(draft, key).extend(dict.fromkeys(named))
    yield from articles_of(document, draft)


def body_of(document: Document, root: Element) -> list[str]:
    """The paragraphs and cross-heads below a <nitf>, rows of tables too: subtitles and summary, content, last line."""
    parts = (*root.iterfind(f"{_HEAD}/hedline/hl2"), *root.iterfind(f"{_HEAD}/abstract"))
    above = [text for part in parts for text in paragraphs_of(document, part)]
    found = [text for part in root.iterfind("body/body.content") for text in paragraphs_of(document, part)]
    below = [text for part in root.iterfind("body/body.end/tagline") for text in paragraphs_of(document, part)]
    return [*(text for text in above if text not in found), *found, *below]


def paragraphs_of(document: Document, part: Element) -> list[str]:
    """The paragraphs of an element of NITF or XHTML, whatever elements hold them, but for heads and pictures."""
    return paragraphs_of_markup(document.name, markup_of(part, _NO_TEXT, _AS_HTML))


def _attribute(root: Element, path: str, name: str) -> str:
    """An attribute of the first element on a path that has it, "" if none has."""
    return next((value for each in root.iterfind(path) if (value := each.get(name))), "")
