"""Which articles does a feed hold? RSS and Atom of all versions, an article in each entry that brings its text.

Of an export of WordPress only what is published.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from indexer.document import Document
from indexer.encodings import decode_page
from indexer.errors import DocumentError
from indexer.formats.drafts import Draft, articles_of
from indexer.formats.foreign import sound
from indexer.formats.wordpress import display_names, is_export, shown_text, unpublished
from indexer.formats.xml import parse_text
from indexer.fragments import is_markup, paragraphs_of_markup
from indexer.items import Item, PassedOver
from indexer.streams import Stream, read_whole


def read_feed(document: Document, stream: Stream) -> Iterator[Item]:
    """The articles of the entries of a feed; one without a text is passed over. Raises DocumentError without any."""
    import feedparser

    text = decode_page(read_whole(document, stream))
    names = display_names(parse_text(document, text))  # feedparser knows no bounds, and takes entities
    with sound(document, "feed", "export it again"):
        found = feedparser.parse(text.encode(), response_headers={"content-type": "application/xml; charset=utf-8"})
    if not found.entries:
        raise DocumentError(document.name, "is a feed without entries; leave it out")
    for number, entry in enumerate(found.entries, start=1):
        if kind := unpublished(*(entry.get(f"wp_{key}", "") for key in ("post_type", "status", "post_password"))):
            yield PassedOver(document.name, kind)
            continue
        draft = _draft(document, found.feed, entry, str(number), names)
        if any(map(str.strip, draft.paragraphs)):
            yield from articles_of(document, draft)
        else:
            yield PassedOver(document.name, "entry of a feed without a text")


def _draft(document: Document, feed: Any, entry: Any, place: str, names: Mapping[str, str]) -> Draft:
    content = entry.get("content") or [{}]
    text = max((each.get("value", "") for each in content), key=len) or entry.get("summary", "")
    text = shown_text(text) if is_export(entry) else text
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
        section=_section(entry.get("tags", [])),
        url=entry.get("link", ""),
        authors=[names.get(name) or name for each in entry.get("authors", []) if (name := each.get("name", ""))],
    )


def _section(tags: Sequence[Any]) -> str:
    """The first category, of an export of WordPress before its keywords."""
    return next((tag.get("term") or "" for tag in sorted(tags, key=lambda tag: tag.get("scheme") == "post_tag")), "")
