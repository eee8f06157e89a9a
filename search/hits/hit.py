"""What is shown of an article that answers: why it does, its marks, its best passage."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from search.article import ENTITY_TYPES, Article, Mention
from search.deadline import check_deadline, time_is_short
from search.engines.base import Match
from search.hits.effort import Effort
from search.hits.highlight import marks, snippet
from search.hits.matching import Occurrence, QueryMatcher, why
from search.page import ArticleMarks, Hit
from search.query.terms import Terms
from search.store.entry import to_article

MARKING_SHARE = 0.6  # of the time until the deadline, after which hits are shown without their matches


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


def to_hits(matches: Sequence[Match], matcher: QueryMatcher) -> tuple[tuple[Hit, ...], int]:
    """The hits that entries are, and how many are marked.

    What goes beyond the effort, or a share of the time until the deadline, is shown without its matches. Raises
    TooExpensive.
    """
    effort, hits, marked = Effort(), [], 0
    for match in matches:
        bounded = effort.words() > 0 and not time_is_short(MARKING_SHARE)
        hits.append(to_hit(match, matcher if bounded else UNASKED, effort))
        marked += bounded
    return tuple(hits), marked


def to_hit(match: Match, matcher: QueryMatcher = UNASKED, effort: Effort | None = None) -> Hit:
    """The hit that an entry is, with what `matcher` finds in it, as far as the effort reaches. Raises TooExpensive."""
    check_deadline("marking the hits")
    article = to_article(match.stored, mentions=False)
    found = _occurrences(article, matcher, lambda: to_article(match.stored).mentions, effort or Effort())
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
    found = _occurrences(article, matcher, lambda: article.mentions, Effort())
    return ArticleMarks(marks(found.title), marks(found.body)) if found.any else None


def _occurrences(
    article: Article, matcher: QueryMatcher, mentions: Callable[[], tuple[Mention, ...]], effort: Effort
) -> Occurrences:
    """Where a query matches."""
    by_type = {type: article.entities.of(type) for type in ENTITY_TYPES}
    names = matcher.in_names("entities", [name for values in by_type.values() for name in values])
    for type, values in by_type.items():
        names += matcher.in_names(type, values)
    names += matcher.in_names("author", article.authors)
    return Occurrences(**text_occurrences(article, matcher, mentions, effort), names=names)


def text_occurrences(
    article: Article, matcher: QueryMatcher, mentions: Callable[[], tuple[Mention, ...]], effort: Effort
) -> dict[str, list[Occurrence]]:
    """Where a query matches in `title` and `body`, as far as the effort reaches.

    What lies inside of a word that names a person is no match, as Brinkhaus is no Haus; `mentions` tells the names.
    """
    title = matcher.in_text("title", article.title, effort)
    body = matcher.in_text("body", article.body, effort)
    title_parts, body_parts = _inside_of_words(title, article.title), _inside_of_words(body, article.body)
    if title_parts or body_parts:  # there may be hundreds of mentions, so they are read only if they matter
        persons = [one for one in mentions() if one.type == "person"]
        title = _without(title, title_parts, [one for one in persons if one.field == "title"])
        body = _without(body, body_parts, [one for one in persons if one.field == "body"])
    return {"title": title, "body": body}


def _inside_of_words(found: list[Occurrence], text: str) -> set[Occurrence]:
    """The matches that are a part of a word."""
    return {
        one
        for one in found
        if one.layer == "part" and (text[one.start - 1 : one.start].isalnum() or text[one.end : one.end + 1].isalnum())
    }


def _without(found: list[Occurrence], parts: set[Occurrence], persons: list[Mention]) -> list[Occurrence]:
    """The matches but those of these parts that lie in a mention of a person."""
    named = {place for one in persons for place in range(one.start, one.end)}
    return [one for one in found if one not in parts or one.start not in named]
