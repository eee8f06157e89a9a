"""Which article does a PDF hold? The text of its pages, line by line; scanned pages without text hold none."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import closing
from typing import Any

from indexer.document import Document
from indexer.errors import DocumentError, Problem
from indexer.formats.columns import MOST_LINES, Box, reading_order
from indexer.formats.drafts import Draft, articles_of, authors_of_file
from indexer.formats.foreign import sound
from indexer.items import Item
from indexer.streams import MAX_RECORD_BYTES, MEBIBYTE, Stream, read_binary
from indexer.text import split_whole_text

_MOST_PAGES = 2000
_REMEDY = "recognise its text first (OCR)"
_DIVIDED = re.compile("[\x02\ufffe](.?)")  # how pdfium marks the hyphen at a line end, which it leaves out


def read_pdf(document: Document, stream: Stream) -> Iterator[Item]:
    """The one article of a PDF; its headline is the title that it declares, or its first line.

    Raises DocumentError for what is no PDF, needs a password, or holds pictures of text only.
    """
    import pypdfium2

    data = read_binary(document, stream)
    with (
        sound(document, "PDF", "remove its password, or copy it again"),
        closing(pypdfium2.PdfDocument(data)) as pdf,
    ):
        if len(pdf) > _MOST_PAGES:
            raise DocumentError(document.name, f"has more than {_MOST_PAGES:,} pages; split it into its articles")
        pages = _pages(document, pdf)
        about = pdf.get_metadata_dict()
    text = "\n\n".join(pages)
    if not text.strip():
        raise DocumentError(document.name, f"holds pictures of pages and no text; {_REMEDY}")
    if number := sum(page == "" for page in pages):
        told = f"{number:,} of its {len(pages):,} pages are pictures and have no text"
        yield Problem(document.name, None, f"{told}, so that some is missing; {_REMEDY}", fatal=False)
    title, body = about.get("Title", ""), text
    if not _is_title(title):
        title, body = split_whole_text(text)
    date = about.get("CreationDate", "").removeprefix("D:")[:8]
    yield from articles_of(
        document,
        Draft(
            title=title,
            paragraphs=[body],
            dates=[date] if date.isdecimal() and not document.date else [],
            authors=authors_of_file(about.get("Author", "")),
        ),
    )


def _pages(document: Document, pdf: Any) -> list[str]:
    """The text of each page: "" of a picture of one, a blank of one on which there is nothing."""
    import pypdfium2.raw

    pages: list[str] = []
    size = 0
    for page in pdf:
        textpage = page.get_textpage()
        text = _joined(_ordered(textpage))
        pages.append(text if text.strip() else "" if pypdfium2.raw.FPDFPage_CountObjects(page) else " ")
        textpage.close()
        page.close()
        size += len(pages[-1])
        if size > MAX_RECORD_BYTES:
            raise DocumentError(document.name, f"holds more than {MAX_RECORD_BYTES // MEBIBYTE} MiB of text; split it")
    return pages


def _ordered(page: Any) -> str:
    """The text of a page, column by column."""
    number = page.count_rects()
    lines = [Box(*page.get_rect(place)) for place in range(number)] if number < MOST_LINES else []
    blocks = reading_order(lines)
    if not blocks:
        return str(page.get_text_bounded())
    return "\n\n".join("\n".join(page.get_text_bounded(*part) for part in block) for block in blocks)


def _joined(text: str) -> str:
    """The text of a page with words whole that line ends divide; before a capital the hyphen was written."""
    return _DIVIDED.sub(lambda match: match[1] if match[1].islower() else f"-{match[1]}", text)


def _is_title(text: str) -> bool:
    """Whether a declared title is one: programs write the name of a file or their own there."""
    return len(text.split()) > 1 and not text.lower().startswith(("microsoft word", "untitled", "unbenannt"))
