"""Hits as an Atom feed (RFC 4287), paged as RFC 5005 has it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from xml.etree.ElementTree import Element, SubElement, tostring

from search import Article, Hit, NewsDate
from web.addresses import as_uri, permalink, safe_url
from web.safe_text import one_line, printable

_ATOM = "http://www.w3.org/2005/Atom"
_OPENSEARCH = "http://a9.com/-/spec/opensearch/1.1/"


@dataclass(frozen=True, slots=True)
class Feed:
    """What a feed says besides its entries; all addresses are absolute.

    `address` is the feed's first page and its id, `self_address` this page of it, `next_address` the
    following one, `results_address` the page of results for readers, `description_address` the archive's
    OpenSearch description; `updated` is the time of the archive's last commit in ISO 8601 with zone,
    `total` the number of all hits, `start_index` the rank of the first one here.
    """

    title: str
    address: str
    self_address: str
    next_address: str | None
    results_address: str
    description_address: str
    updated: str
    total: int
    start_index: int


def atom_feed(feed: Feed, entries: Iterable[tuple[Hit, Article]]) -> str:
    """The feed as XML."""
    entries = tuple(entries)
    root = Element("feed", {"xmlns": _ATOM, "xmlns:opensearch": _OPENSEARCH, "xml:lang": "de"})
    _add(root, "id", feed.address)
    _add(root, "title", feed.title)
    _add(root, "updated", feed.updated)
    _add(SubElement(root, "author"), "name", "Nachlese")
    for relation, type, address in _links(feed):
        SubElement(root, "link", rel=relation, type=type, href=address)
    counts = {"totalResults": feed.total, "startIndex": feed.start_index, "itemsPerPage": len(entries)}
    for name, count in counts.items():
        _add(root, f"opensearch:{name}", str(count))
    for hit, article in entries:
        _add_entry(root, hit, article, feed.updated)
    return '<?xml version="1.0" encoding="utf-8"?>\n' + tostring(root, encoding="unicode") + "\n"


def _links(feed: Feed) -> Iterator[tuple[str, str, str]]:
    """The feed's relations: name, media type, address."""
    yield "self", "application/atom+xml", feed.self_address
    yield "alternate", "text/html", feed.results_address
    yield "search", "application/opensearchdescription+xml", feed.description_address
    yield "first", "application/atom+xml", feed.address
    if feed.next_address:
        yield "next", "application/atom+xml", feed.next_address


def _add_entry(root: Element, hit: Hit, article: Article, updated: str) -> None:
    entry = SubElement(root, "entry")
    address = permalink(article.id)
    _add(entry, "id", address)
    _add(entry, "title", one_line(article.headline))
    SubElement(entry, "link", rel="alternate", type="text/html", href=address)
    if original := safe_url(article.url):
        SubElement(entry, "link", rel="via", href=as_uri(original))
    _add_dates(entry, article.date, updated)
    for name in article.authors or (article.source,):
        if name and one_line(name):
            _add(SubElement(entry, "author"), "name", one_line(name))
    if article.section:
        SubElement(entry, "category", term=one_line(article.section))
    _add(entry, "summary", hit.snippet.text)


def _add_dates(entry: Element, date: NewsDate | None, updated: str) -> None:
    """`updated`, which every entry must have, and `published`, if at least the day is known.

    A month or a year is updated on its first day; an undated article when the archive was.
    """
    _add(entry, "updated", _moment(date) if date else updated)
    if date and len(date.text) == len("1989-11-10"):
        _add(entry, "published", _moment(date))


def _moment(date: NewsDate) -> str:
    """RFC 3339 in UTC: Berlin's time before 1893 was off by seconds, which the format cannot say."""
    if date.instant:
        return datetime.fromisoformat(date.instant).astimezone(UTC).isoformat()
    return f"{date.first.isoformat()}T00:00:00+00:00"


def _add(parent: Element, name: str, text: str) -> None:
    SubElement(parent, name).text = printable(text)
