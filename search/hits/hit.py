"""What is shown of an article that answers: why it does, its marks, its best passage."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from search.article import ENTITY_TYPES, Article
from search.engines.base import Match
from search.hits.highlight import marks, snippet
from search.hits.matching import Place, QueryMatcher, why
from search.page import ArticleMarks, Hit
from search.query import nodes
from search.query.compile import units
from search.query.function_words import with_optional_words
from search.query.parser import parse
from search.query.relax import with_forms
from search.store.entry import to_article


@dataclass(frozen=True, slots=True)
class Places:
    """Where a query matches in an article."""

    title: list[Place]
    body: list[Place]
    names: list[Place]

    @property
    def any(self) -> bool:
        return bool(self.title or self.body or self.names)


@lru_cache(maxsize=256)
def matcher_of(query: nodes.Query) -> QueryMatcher:
    """What finds this reading of a query in articles."""
    return QueryMatcher(units(query))


UNASKED = QueryMatcher([])


def to_hit(match: Match, matcher: QueryMatcher = UNASKED) -> Hit:
    """The hit that an entry is, with what `matcher` finds in it."""
    article = to_article(match.stored, mentions=False)
    places = _places(article, matcher)
    return Hit(
        id=article.id,
        title=article.title,
        title_marks=marks(places.title),
        headline=article.headline,
        source=article.source,
        section=article.section,
        date=article.date.text if article.date else None,
        url=article.url,
        score=match.score,
        why=why([*places.title, *places.body, *places.names]),
        snippet=snippet(article.body, places.body),
        entities=article.entities,
    )


def article_marks(article: Article, text: str) -> ArticleMarks:
    """Where the query `text` matches in an article; word forms of a phrase where it has not its exact words."""
    query = with_optional_words(parse(text).query)
    found = _places(article, matcher_of(query))
    if not found.any:
        found = _places(article, matcher_of(with_forms(query) or query))
    return ArticleMarks(marks(found.title), marks(found.body))


def _places(article: Article, matcher: QueryMatcher) -> Places:
    by_type = {type: article.entities.of(type) for type in ENTITY_TYPES}
    names = matcher.in_names("entities", [name for values in by_type.values() for name in values])
    for type, values in by_type.items():
        names += matcher.in_names(type, values)
    return Places(matcher.in_text("title", article.title), matcher.in_text("body", article.body), names)
