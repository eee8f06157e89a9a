"""Why was there more than usual? The words of that time, and the article that has most of them."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta

from search.corpus.typical import contrast
from search.corpus.words import Forms, word_counts
from search.engines.base import Engine, EngineRequest
from search.engines.rewriting import without_scores
from search.page import Request
from search.query.readings import as_asked
from search.query.terms import Term, Terms, all_of, any_of
from search.schema import WEIGHTS, column
from search.store.entry import to_article

MOST_READ = 60  # articles of the time, and as many of others
MOST_WORDS = 6
LOOKED_AT = (
    2 * MOST_WORDS
)  # most typical words, of which nouns and names come first: verbs tell little of what happened


@dataclass(frozen=True, slots=True)
class Explanation:
    """Typical words of a time, nouns before others, the most typical first, and the article that tells most of them."""

    words: tuple[str, ...]
    id: str | None
    headline: str | None


def explain(engine: Engine, request: Request, since: date, until: date) -> Explanation:
    """What the articles of a time that answer a request say, and its other articles do not. Raises TooExpensive."""
    inside = without_scores(as_asked(replace(request, since=since, until=until)).terms)
    forms = Forms()
    here = word_counts(engine, [inside], MOST_READ, forms)
    there = word_counts(engine, _outside(request, since, until), MOST_READ // 2, forms)
    typical = [word.text for word in contrast(here, there)[:LOOKED_AT]]
    words = sorted(typical, key=lambda word: word[0].islower())[:MOST_WORDS]
    found = engine.search(EngineRequest(all_of([inside, _any_of(words, forms)]) if words else inside, size=1)).matches
    article = to_article(found[0].stored, mentions=False) if found else None
    return Explanation(tuple(words), article.id if article else None, article.headline if article else None)


def _outside(request: Request, since: date, until: date) -> list[Terms]:
    """What answers the request before a time and behind it."""
    found = []
    if since > (request.since or date.min):
        found.append(replace(request, until=since - timedelta(1)))
    if until < (request.until or date.max):
        found.append(replace(request, since=until + timedelta(1)))
    return [without_scores(as_asked(part).terms) for part in found]


def _any_of(words: list[str], forms: Forms) -> Terms:
    """Any of some words, above all in the headline and the lead."""
    return any_of(
        [
            Term(column(name, "form"), form, WEIGHTS.field(name))
            for word in words
            if (form := forms[word])
            for name in ("title", "lead", "body")
        ]
    )
