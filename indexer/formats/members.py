"""What does a packed file hold? Documents, each with its bytes and what the file that holds it knows of it."""

from __future__ import annotations

from dataclasses import dataclass

from indexer.document import Document
from indexer.streams import Stream
from search.dates import NewsDate


@dataclass(frozen=True, slots=True)
class Member:
    """A document inside another one, whose bytes can be read until the next member is asked for.

    `url`, `date` and `source` are those of its article where it does not say its own, `format` is the name of its
    format if that is known. One that is `optional` may be no article, which is no failure: most pages of a crawl only
    list others.
    """

    document: Document
    stream: Stream
    url: str | None = None
    date: NewsDate | None = None
    source: str | None = None
    format: str = ""
    optional: bool = False
