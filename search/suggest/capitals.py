"""How does the archive write a word? Terms have no capitals; the texts that they stand in do."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterable

from search.engines.base import Engine, EngineRequest, Match
from search.query.terms import Term
from search.schema import column
from search.store.entry import to_article

# Articles that are looked at: those in which the word weighs most.
ARTICLES = 3


def as_written(engine: Engine, words: Collection[str]) -> dict[str, str]:
    """Each term as it is most often written in the articles that have it in their text, or else in their headline."""
    written = dict.fromkeys(words, "")
    for field in ("body", "title"):
        wanted = [word for word in written if not written[word]]
        requests = [EngineRequest(Term(column(field, "exact"), word), size=ARTICLES) for word in wanted]
        for word, found in zip(wanted, engine.search_many(requests), strict=True):
            written[word] = _most_frequent(word, field, found.matches)
    return {word: found or word for word, found in written.items()}


def _most_frequent(word: str, field: str, matches: Iterable[Match]) -> str:
    """A word as it is most often written in a field of these articles, "" if it is not."""
    texts = (getattr(to_article(match.stored, mentions=False), field) for match in matches)
    written = Counter(
        found for text in texts for found in re.findall(rf"(?<!\w){re.escape(word)}(?!\w)", text, re.IGNORECASE)
    )
    return str(max(written, key=lambda found: (written[found], found), default=""))
