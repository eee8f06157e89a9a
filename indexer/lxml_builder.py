"""Beautiful Soup above lxml, for the attributes that page_parser allows."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from bs4.builder._lxml import LXMLTreeBuilder


class LxmlBuilder(LXMLTreeBuilder):
    """Beautiful Soup's builder of trees of HTML; `count` is told how many attributes each tag has, and may raise."""

    def __init__(self, count: Callable[[int], None]) -> None:
        super().__init__()
        self._count = count

    def start(self, tag: Any, attrib: Mapping[Any, Any], nsmap: Any = None) -> None:  # noqa: ARG002 - lxml gives them
        """Begins an element. In HTML there are no namespaces, on which Beautiful Soup spends half of its time here."""
        self._count(len(attrib))
        assert self.soup is not None  # Beautiful Soup sets it before
        self.soup.handle_starttag(tag, None, None, dict(attrib))
