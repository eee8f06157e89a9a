"""What the page of an article or a name tells programs: tags for reference managers, JSON-LD for search engines."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from search import Article
from web.addresses import safe_url
from web.citations import family_name_first

_SCHEMA_TYPES = {"person": "Person", "place": "Place", "organisation": "Organization"}


def meta_tags(article: Article, address: str) -> tuple[tuple[str, str], ...]:
    """Names and contents of the meta tags by which Zotero and Google Scholar know the article at `address`."""
    return tuple((name, content) for name, content in _tags(article, address) if content)


def article_json_ld(article: Article, address: str) -> dict[str, Any]:
    """The article at `address` as a schema.org NewsArticle, for JSON-LD; what is not known is left out."""
    date = article.date
    known = {
        "headline": article.headline,
        "datePublished": (date.instant or date.text) if date else None,
        "author": [_author(name) for name in article.authors],
        "publisher": _named("Organization", article.source) if article.source else None,
        "isPartOf": _named("Periodical", article.source) if article.source else None,
        "articleSection": article.section,
        "inLanguage": "de",
        "url": address,
        "mainEntityOfPage": address,
        "sameAs": safe_url(article.url),
        "mentions": [_named(kind, name) for type, kind in _SCHEMA_TYPES.items() for name in article.entities.of(type)],
    }
    return {"@context": "https://schema.org", "@type": "NewsArticle"} | {
        name: value for name, value in known.items() if value
    }


def entity_json_ld(type: str, name: str, address: str) -> dict[str, Any]:
    """A person, a place or an organisation as schema.org has it, for JSON-LD on the page at `address`."""
    return {"@context": "https://schema.org"} | _named(_SCHEMA_TYPES[type], name) | {"url": address}


def _tags(article: Article, address: str) -> Iterator[tuple[str, str]]:
    yield "citation_title", article.headline
    yield from (("citation_author", name) for name in article.authors)
    yield "citation_publication_date", article.date.text.replace("-", "/") if article.date else ""
    yield "citation_journal_title", article.source or ""
    yield "citation_language", "de"
    yield "citation_public_url", address
    yield "citation_fulltext_html_url", address
    yield "z:itemType", "newspaperArticle"  # or Zotero takes whatever has these tags for science


def _author(name: str) -> dict[str, str]:
    return _named("Person" if family_name_first(name) else "Organization", name)


def _named(kind: str, name: str) -> dict[str, str]:
    return {"@type": kind, "name": name}
