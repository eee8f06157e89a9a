"""Which pages does a WARC file hold, as crawlers and Browsertrix write them? Each answer of a server that is a page."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from indexer.document import Document
from indexer.errors import Problem
from indexer.formats.foreign import sound
from indexer.formats.members import Member
from indexer.formats.packed import open_zip
from indexer.items import PassedOver
from indexer.streams import Stream, Unbroken, counted

_PAGES = ("text/html", "application/xhtml+xml")
_CHARSET = re.compile(r"charset\s*=\s*[\"']?([\w.:-]{1,40})", re.IGNORECASE)
_IN_WACZ = re.compile(r".*!/archive/[^/]+\.warc(?:\.gz)?")


def open_warc(document: Document, stream: Stream) -> Iterator[Member | PassedOver | Problem]:
    """The pages of all answers with status 200, with their addresses; other answers are passed over.

    So is what was captured again unchanged (`revisit`), which has no text of its own. The day of a capture is no date
    of an article. Raises DocumentError if it is no WARC.
    """
    from warcio.archiveiterator import ArchiveIterator

    document = document.opened()
    with sound(document, "WARC file", "copy or download it again"):
        records = ArchiveIterator(Unbroken(document, stream))
        records.INC_RECORD = ""  # what it would write to standard error of a record whose length is wrong
        cut = 0
        for record in records:
            if record.rec_type in ("response", "resource", "revisit"):
                yield _page_or_other(document, record)
            records.read_to_end(record)
            cut += record.raw_stream.limit > 0  # bytes that are missing
    if number := records.err_count + cut:
        told = f"{number:,} record{'s' if number > 1 else ''} of another length than they say"
        yield Problem(
            document.name, None, f"has {told}, so that some text may be missing; download it again", fatal=False
        )


def _page_or_other(document: Document, record: Any) -> Member | PassedOver:
    url = record.rec_headers.get_header("WARC-Target-URI") or ""
    member = document.member(url, 0)
    answer = record.http_headers
    kind = (answer.get_header("Content-Type") if answer else record.content_type) or ""
    told = _CHARSET.search(kind)
    kind = kind.partition(";")[0].strip().lower()
    status = answer.get_statuscode() if answer else "200"
    if record.rec_type == "revisit":
        return PassedOver(member.name, "captured again unchanged")
    if kind not in _PAGES:
        return PassedOver(member.name, kind or "of no type")
    if status != "200":
        return PassedOver(member.name, f"page with status {status}")
    member = replace(member, encoding=told[1]) if told else member
    content = counted(member, record.content_stream())
    return Member(member, content, url=url, format="page", optional=True)


def open_wacz(document: Document, stream: Stream) -> Iterator[Member | Problem | PassedOver]:
    """The WARC files in a WACZ; its indexes and lists of pages say nothing more."""
    for item in open_zip(document, stream):
        if not isinstance(item, Member) or _IN_WACZ.fullmatch(item.document.name):
            yield item
