"""All entries that answer, page by page: the texts of an archive are more than memory holds."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from search.engines.base import Engine, EngineRequest, ListPosition, Match
from search.query.terms import Terms

READ_TOGETHER = 500  # articles whose texts are held at once


def walk(engine: Engine, terms: Terms) -> Iterator[Match]:
    """The entries that answer, the newest first. The engine may look at other commits in between."""
    asked = EngineRequest(terms, sort="newest", size=READ_TOGETHER)
    seen = 0
    while matches := engine.search(asked).matches:
        seen += len(matches)
        last = matches[-1]
        yield from matches
        asked = replace(asked, after=ListPosition(last.score, last.day, last.id, seen))
