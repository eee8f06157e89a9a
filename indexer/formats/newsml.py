"""Which articles does NewsML-G2 hold, the format of dpa, AFP and APA? Items of text, and those that are cancelled."""

from __future__ import annotations

from collections.abc import Iterator
from xml.etree.ElementTree import Element

from indexer.document import Document
from indexer.errors import DocumentError
from indexer.formats.drafts import Draft, articles_or_problems, version_number
from indexer.formats.nitf import body_of, paragraphs_of
from indexer.formats.xml import line_of, parse_xml, text_of
from indexer.fragments import is_note, paragraphs_of_markup
from indexer.items import Item, Withdrawn
from indexer.streams import Stream

# Kinds of subjects, by the end of their qcode: cpnat:person, dpaconcept:place, dpasubject:geo.
_TYPES = {
    "person": "persons",
    "organisation": "organisations",
    "organization": "organisations",
    "geoarea": "places",
    "geo": "places",
    "poi": "places",
    "place": "places",
}


def read_newsml(document: Document, stream: Stream) -> Iterator[Item]:
    """The articles of all text items of a message or a single item. Raises DocumentError if there is none."""
    root = parse_xml(document, stream)
    items = [root] if root.tag == "newsItem" else list(root.iter("newsItem"))
    texts = [item for item in items if _is_text(item)]
    if not texts:
        raise DocumentError(document.name, "holds no news item with a text; pictures and packages are not indexed")
    for number, item in enumerate(texts, start=1):
        if _status(item) in ("canceled", "cancelled", "withheld"):
            yield Withdrawn(item.get("guid") or document.relative_path)
        else:
            yield from articles_or_problems(document, [_draft(document, item, str(number) if len(texts) > 1 else "")])


def _status(item: Element) -> str:
    found = item.find("itemMeta/pubStatus")
    return (
        "" if found is None else (found.get("qcode") or found.get("uri") or "").lower().replace("/", ":").split(":")[-1]
    )


def _is_text(item: Element) -> bool:
    """Whether an item is one of text, or says of itself only that it is cancelled."""
    kind = item.find("itemMeta/itemClass")
    return kind is None or (kind.get("qcode") or kind.get("uri") or "text").endswith("text")


def _draft(document: Document, item: Element, place: str) -> Draft:
    draft = Draft(
        id=item.get("guid") or "",
        place=place,
        title=_title(item),
        paragraphs=_paragraphs(document, item),
        dates=[line_of(item, path) for path in _DATES],
        source=_source(item),
        section=_section(item),
        url=next((link.get("href") or "" for link in item.iterfind("itemMeta/link[@rel='irel:hasAltUrl']")), ""),
        authors=[line_of(by, ".") for by in item.iterfind("contentMeta/by")] or _creators(item),
        version=version_number(item.get("version") or "", line_of(item, "itemMeta/versionCreated")),
    )
    for subject in item.iterfind("contentMeta/subject"):
        kind = (subject.get("type") or "").lower().split(":")[-1]
        if name := line_of(subject, "name"):
            getattr(draft, _TYPES[kind]).append(name) if kind in _TYPES else None
    return draft


def _title(item: Element) -> str:
    """The main headline; those of other roles, such as a line above it, are one only if there is nothing else."""
    headlines = [(_role(each), line_of(each, ".")) for each in item.iterfind("contentMeta/headline")]
    main = [text for role, text in headlines if role in _MAIN]
    others = [text for role, text in headlines if role not in _MAIN and not role.startswith(_BESIDE)]
    titles = [line_of(item, path) for path in ("itemMeta/title", ".//hedline/hl1")]
    return next(filter(None, [*main, *others, *titles, *(text for _, text in headlines)]), "")


def _role(headline: Element) -> str:
    return (headline.get("role") or "").lower().replace("/", ":").split(":")[-1]


_MAIN = ("", "main", "headline", "title")
_BESIDE = ("sub", "short", "kicker", "over", "dach", "unter", "teaser", "social", "push", "seo", "alt")
_DATES = (
    "contentMeta/contentCreated",
    "itemMeta/firstCreated",
    "itemMeta/versionCreated",
    "contentMeta/contentModified",
)


def _creators(item: Element) -> list[str]:
    """Names of persons who made the content; the agency is the source."""
    return [
        line_of(creator, "name")
        for creator in item.iterfind("contentMeta/creator")
        if "person" in (creator.get("type") or "").lower() or "author" in (creator.get("role") or "").lower()
    ]


def _source(item: Element) -> str:
    name = line_of(item, "contentMeta/infoSource/name", "itemMeta/provider/name", "contentMeta/creditline")
    provider = item.find("itemMeta/provider")
    if name or provider is None:
        return name
    return provider.get("literal") or (provider.get("qcode") or "").rpartition(":")[2]


def _section(item: Element) -> str:
    """The name of the desk or service, which stands as a subject or as the service."""
    for subject in item.iterfind("contentMeta/subject"):
        if (subject.get("type") or "").lower().endswith(("category", "ressort", "department", "desk")):
            return line_of(subject, "name")
    return line_of(item, "itemMeta/service/name")


def _paragraphs(document: Document, item: Element) -> list[str]:
    """The text of the first content that has one, be it XHTML, NITF or plain."""
    for content in item.iterfind("contentSet/inlineXML"):
        _remove_notes(content)
        nitf = content if content.find("body/body.content") is not None else content.find(".//nitf")
        if found := paragraphs_of(document, content) if nitf is None else body_of(document, nitf):
            return found
    for content in item.iterfind("contentSet/inlineData"):
        text = text_of(content)
        kind = content.get("contenttype") or ""
        if text.strip():
            return paragraphs_of_markup(document.name, text) if "html" in kind else [text]
    return []


def _remove_notes(content: Element) -> None:
    """Empty what is said to editors only."""
    for note in [each for each in content.iter() if is_note(each.get("class") or "")]:
        tail = note.tail
        note.clear()
        note.tail = tail
