"""What is shown of an article that answers: why it does, its marks, its best passage."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from search.article import ENTITY_TYPES, Article
from search.deadline import check_deadline
from search.engines.base import Match
from search.hits.highlight import marks, snippet
from search.hits.matching import Occurrence, QueryMatcher, why
from search.page import ArticleMarks, Hit
from search.query.terms import Terms
from search.store.entry import to_article


@dataclass(frozen=True, slots=True)
class Occurrences:
    """Where a query matches in an article."""

    title: list[Occurrence]
    body: list[Occurrence]
    names: list[Occurrence]

    @property
    def any(self) -> bool:
        return bool(self.title or self.body or self.names)


@lru_cache(maxsize=256)
def matcher_of(clauses: tuple[Terms, ...]) -> QueryMatcher:
    """What finds the clauses of a reading in articles."""
    return QueryMatcher(clauses)


UNASKED = QueryMatcher(())


def to_hit(match: Match, matcher: QueryMatcher = UNASKED) -> Hit:
    """The hit that an entry is, with what `matcher` finds in it. Raises TooExpensive."""
    check_deadline("marking the hits")
    article = to_article(match.stored, mentions=False)
    found = _occurrences(article, matcher)
    return Hit(
        id=article.id,
        title=article.title,
        title_marks=marks(found.title),
        headline=article.headline,
        source=article.source,
        section=article.section,
        authors=article.authors,
        date=article.date.text if article.date else None,
        url=article.url,
        score=match.score,
        why=why([*found.title, *found.body, *found.names]),
        snippet=snippet(article.body, found.body),
        entities=article.entities,
    )


def article_marks(article: Article, matcher: QueryMatcher) -> ArticleMarks | None:
    """What `matcher` finds in the title and the body of an article; None if nothing in it matches, names neither."""
    found = _occurrences(article, matcher)
    return ArticleMarks(marks(found.title), marks(found.body)) if found.any else None


def _occurrences(article: Article, matcher: QueryMatcher) -> Occurrences:
    by_type = {type: article.entities.of(type) for type in ENTITY_TYPES}
    names = matcher.in_names("entities", [name for values in by_type.values() for name in values])
    for type, values in by_type.items():
        names += matcher.in_names(type, values)
    names += matcher.in_names("author", article.authors)
    return Occurrences(matcher.in_text("title", article.title), matcher.in_text("body", article.body), names)
