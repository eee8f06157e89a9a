"""How does the archive write a word? Terms have no capitals; the texts that they stand in do."""

from __future__ import annotations

import re
from collections import Counter

from search.engines.base import Engine, EngineRequest
from search.query.terms import Term
from search.schema import column
from search.store.entry import to_article

# Articles that are looked at: those in which the word weighs most.
ARTICLES = 3


def as_written(engine: Engine, word: str) -> str:
    """A term as it is most often written in the articles that have it in their text, or else in their headline."""
    for field in ("body", "title"):
        matches = engine.search(EngineRequest(Term(column(field, "exact"), word), size=ARTICLES)).matches
        texts = (getattr(to_article(match.stored, mentions=False), field) for match in matches)
        written = Counter(
            found for text in texts for found in re.findall(rf"(?<!\w){re.escape(word)}(?!\w)", text, re.IGNORECASE)
        )
        if written:
            return str(max(written, key=lambda found: (written[found], found)))
    return word
