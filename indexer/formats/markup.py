"""Which text does a piece of HTML hold, as other formats carry it? Read as the main content of a page."""

from __future__ import annotations

import re

from indexer.boilerplate import find_boilerplate
from indexer.document import Document
from indexer.main_content import extract_main_content
from indexer.page_parser import parse_page
from indexer.text_blocks import text_blocks

_MARKUP = re.compile(
    r"<(?:p|div|br|h[1-6]|ul|ol|span|section|article|html|body|strong|em|b|i|a|blockquote)\b[^>]*>", re.I
)


def is_markup(text: str) -> bool:
    """Whether a text is HTML: it has a tag that articles have."""
    return bool(_MARKUP.search(text))


def paragraphs_of_markup(document: Document, markup: str, headline: str = "") -> list[str]:
    """The paragraphs of an HTML page or a piece of one. Raises DocumentError for more markup than a page may have."""
    page = parse_page(document.name, markup)
    tags = page.find_all(True)
    boilerplate = find_boilerplate(page, tags)
    blocks = list(text_blocks(page, boilerplate))
    body = extract_main_content(page, tags, blocks, boilerplate, [headline], []).text
    return body.split("\n\n") if body else []
