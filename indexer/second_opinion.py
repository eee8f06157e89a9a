"""What does another reader take for the article of a page? trafilatura, where it is installed (the extra `pages`).

Its rules were made on other pages than ours, so it finds texts that ours miss; its titles, dates and authors are no
better.
"""

from __future__ import annotations

from collections.abc import Collection
from importlib.util import find_spec

from indexer.lines import ends_sentence
from indexer.remarks import is_remark, repetitions
from indexer.text import clean, one_line
from indexer.titles import letters

INSTALL = "pip install 'trafilatura>=2.3' (the extra `pages`) lets a second reader look for one"
_ENOUGH = 0.75  # of the second reader's text; with less, ours is not the article
# It walks over all elements again and again.
_LONGEST_PAGE = 5_000_000  # characters
_MOST_TAGS = 50_000


def is_installed() -> bool:
    """Whether there is a second reader."""
    return find_spec("trafilatura") is not None


def better_text(html: str, text: str, headlines: Collection[str], foreign: Collection[str]) -> str:
    """The text that is the article's: `text`, or that of the second reader if it is far longer.

    That has its paragraphs parted by an empty line, too, and none of the headlines; beside a text nothing foreign.
    """
    if not is_installed() or len(html) > _LONGEST_PAGE or html.count("<") > _MOST_TAGS:
        return text
    left_out = (*headlines, *foreign) if text else headlines
    other = _read(html, set(map(letters, left_out)))
    return other if len(text) < _ENOUGH * len(other) else text


def _read(html: str, left_out: Collection[str]) -> str:
    """The text that trafilatura finds, without these letters and remarks of the publisher; "" if there is none."""
    lines = [one_line(line.removeprefix("- ")) for line in clean(_extracted(html)).split("\n")]
    repeated = repetitions(lines)
    lines = ["" if number in repeated else line for number, line in enumerate(lines)]
    texts = [line for line in lines if line and letters(line) not in left_out and not is_remark(line)]
    return "\n\n".join(texts) if any(map(ends_sentence, texts)) else ""


def _extracted(html: str) -> str:
    from trafilatura import extract  # takes half a second, and few pages need it

    return extract(clean(html), include_comments=False) or ""
