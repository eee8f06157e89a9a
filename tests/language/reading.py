"""Pages as somebody reads them who looks for words in the wrong language."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html.parser import HTMLParser

FIRST, LAST = "⟦⟧"  # around what is translated, where a test translates
_VOID = {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"}
_UNREAD = {"script", "style", "code", "pre", "kbd"}
_SAID = ("aria-label", "title", "placeholder", "alt")


class _Texts(HTMLParser):
    """Collects texts and attributes that are read, but for those in elements that say to be German."""

    def __init__(self) -> None:
        super().__init__()
        self._open: list[tuple[str, bool]] = []
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        said = dict(attrs)
        skipped = self._skipped or said.get("lang") == "de" or tag in _UNREAD
        if not skipped:
            self.found += [said[name] or "" for name in _SAID if name in said]
        if tag not in _VOID:
            self._open.append((tag, skipped))

    def handle_endtag(self, tag: str) -> None:
        while self._open and self._open.pop()[0] != tag:
            pass

    def handle_data(self, data: str) -> None:
        if not self._skipped and data.strip():
            self.found.append(data.strip())

    @property
    def _skipped(self) -> bool:
        return bool(self._open and self._open[-1][1])


def texts(page: str) -> list[str]:
    """What a page says outside of what it marks as German: its texts, and those of attributes, in their order."""
    reader = _Texts()
    reader.feed(page)
    return reader.found


def untranslated(page: str) -> Iterator[str]:
    """Words that stand outside of what was translated, which is between FIRST and LAST."""
    depth = 0
    for text in texts(page):
        outside = ""
        for sign in text:
            depth += (sign == FIRST) - (sign == LAST)
            if depth == 0 and sign != LAST:
                outside += sign
        if re.search(r"[^\W\d_]{2}", outside):
            yield outside.strip()
