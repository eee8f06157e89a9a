"""Which text does a piece of HTML hold, as JSON, feeds and mails carry it? All of its blocks: it has no boilerplate."""

from __future__ import annotations

import re

from indexer.boilerplate import Boilerplate
from indexer.page_parser import parse_page
from indexer.text_blocks import text_blocks

_MARKUP = re.compile(r"</(?:p|div|h[1-6]|li|ul|section|article|b|strong|em|i|a)>|<br\b", re.IGNORECASE)


def is_markup(text: str) -> bool:
    """Whether a text is HTML: it has a tag that articles have."""
    return bool(_MARKUP.search(text))


def paragraphs_of_markup(name: str, markup: str, headline: str = "") -> list[str]:
    """The paragraphs of a piece of HTML, or of a page without anything around its text, but for its headline.

    `name` is that of its document. Raises DocumentError for more markup than a page may have.
    """
    blocks = text_blocks(parse_page(name, markup), Boilerplate())
    return [block.text for block in blocks if block.text != headline]
