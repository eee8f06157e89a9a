"""Which text does a piece of HTML hold, as JSON, feeds and mails carry it? All of its blocks: it has no boilerplate.

But scripts, styles, frames and captions are as little text as in a page.
"""

from __future__ import annotations

import re

from indexer.boilerplate import Boilerplate, find_boilerplate, is_caption
from indexer.metadata import attribute
from indexer.page_parser import parse_page
from indexer.text_blocks import text_blocks

_MARKUP = re.compile(
    r"</(?:p|div|h[1-6]|li|ul|section|article|b|strong|em|i|a|span|blockquote|pre|table|figure|iframe|script|style)>"
    r"|<(?:br|img)\b",
    re.IGNORECASE,
)
_NOTES = frozenset(("notepad", "nonpublic"))


def is_markup(text: str) -> bool:
    """Whether a text is HTML: it has a tag that articles have."""
    return bool(_MARKUP.search(text))


def is_note(classes: str) -> bool:
    """Whether an element of these classes tells editors what is not to be printed, as dpa does below its articles."""
    return not _NOTES.isdisjoint(classes.split())


def paragraphs_of_markup(name: str, markup: str, headline: str = "") -> list[str]:
    """The paragraphs of a piece of HTML, or of a page without anything around its text, but for its headline.

    `name` is that of its document. Raises DocumentError for more markup than a page may have.
    """
    page = parse_page(name, markup)
    tags = page.find_all(True)
    unread = find_boilerplate(page, tags).unread
    for tag in tags:
        if is_caption(tag) or id(tag.parent) in unread or is_note(attribute(tag, "class")):
            unread.add(id(tag))
    return [block.text for block in text_blocks(page, Boilerplate(unread=unread)) if block.text != headline]
