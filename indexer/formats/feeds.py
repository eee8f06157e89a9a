"""Which articles does a feed hold? RSS and Atom of all versions, an article in each entry that brings its text."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from indexer.document import Document
from indexer.encodings import decode_page
from indexer.errors import DocumentError
from indexer.formats.drafts import Draft, articles_of
from indexer.formats.foreign import sound
from indexer.formats.xml import parse_text
from indexer.fragments import is_markup, paragraphs_of_markup
from indexer.items import Item, PassedOver
from indexer.streams import Stream, read_whole


def read_feed(document: Document, stream: Stream) -> Iterator[Item]:
    """The articles of the entries of a feed; one without a text is passed over. Raises DocumentError without any."""
    import feedparser

    text = decode_page(read_whole(document, stream))
    parse_text(document, text)  # feedparser knows no bounds, and takes entities
    with sound(document, "feed", "export it again"):
        found = feedparser.parse(text.encode(), response_headers={"content-type": "application/xml; charset=utf-8"})
    if not found.entries:
        raise DocumentError(document.name, "is a feed without entries; leave it out")
    for number, entry in enumerate(found.entries, start=1):
        draft = _draft(document, found.feed, entry, str(number))
        if any(map(str.strip, draft.paragraphs)):
            yield from articles_of(document, draft)
        else:
            yield PassedOver(document.name, "entry of a feed without a text")


def _draft(document: Document, feed: Any, entry: Any, place: str) -> Draft:
    content = entry.get("content") or [{}]
    text = max((each.get("value", "") for each in content), key=len) or entry.get("summary", "")
    title = entry.get("title", "")
    markup = is_markup(text) or "<" in text
    return Draft(
        id=entry.get("id", ""),
        place=place,
        collected=True,
        title=title,
        paragraphs=paragraphs_of_markup(document.name, text, title) if markup else [text],
        dates=[dict.get(entry, key, "") for key in ("published", "updated")],  # its own `get` warns and makes one up
        source=entry.get("source", {}).get("title", "") or feed.get("title", ""),
        section=next((tag.get("term") or "" for tag in entry.get("tags", [])), ""),
        url=entry.get("link", ""),
        authors=[each.get("name", "") for each in entry.get("authors", [])],
    )
