"""Which persons, places and organisations does an article name, and where? Recognition, then resolution."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from indexer.recognition import MODEL, Span, recognise_all
from indexer.resolution import Aliases, FieldSpan, resolve
from indexer.resolution.aliases import NO_ALIASES
from search.article import Article

# Bump when names are resolved in another way: the next run then reads all articles anew.
RESOLUTION_VERSION = "names-22"
ANNOTATION_VERSION = f"{MODEL}:{RESOLUTION_VERSION}"


def annotate(article: Article, aliases: Aliases = NO_ALIASES) -> Article:
    """The article with the names found in its title and body added to those it declares, and their places."""
    return annotate_all([article], aliases)[0]


def annotate_all(articles: Sequence[Article], aliases: Aliases = NO_ALIASES) -> list[Article]:
    """The same for many articles at once, which is faster."""
    spans = recognise_all([text for article in articles for text in (article.title, article.body)])
    return [
        _annotated(article, title, body, aliases)
        for article, title, body in zip(articles, spans[::2], spans[1::2], strict=True)
    ]


def _annotated(article: Article, title: Sequence[Span], body: Sequence[Span], aliases: Aliases) -> Article:
    entities, mentions = resolve(article, [*_spans("title", title), *_spans("body", body)], aliases)
    return replace(article, entities=entities, mentions=mentions, declared=article.entities)


def _spans(field: str, recognised: Sequence[Span]) -> Iterator[FieldSpan]:
    return (FieldSpan(field, start, end, type) for start, end, type in recognised)
