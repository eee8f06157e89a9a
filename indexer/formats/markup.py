"""Which text does a piece of HTML hold, as other formats carry it? Read as the main content of a page."""

from __future__ import annotations

import re

from indexer.document import Document
from indexer.main_content import extract_main_content
from indexer.page_parser import parse_page

_MARKUP = re.compile(
    r"<(?:p|div|br|h[1-6]|ul|ol|span|section|article|html|body|strong|em|b|i|a|blockquote)\b[^>]*>", re.I
)


def is_markup(text: str) -> bool:
    """Whether a text is HTML: it has a tag that articles have."""
    return bool(_MARKUP.search(text))


def paragraphs_of_markup(document: Document, markup: str, headline: str = "") -> list[str]:
    """The paragraphs of an HTML page or a piece of one. Raises DocumentError for more markup than a page may have."""
    body = extract_main_content(parse_page(document.name, markup), [headline])
    return body.split("\n\n") if body else []
