"""Addresses of searches and articles, and which foreign addresses may become links.

An article's id may be any text: a path, a URL, a number. As a rule it stands in the path of the
address. Browsers and proxies rewrite paths with empty or dotted segments (`a//b`, `..`), so ids
that have such a segment are linked as the parameter `id`. Both forms are accepted for every id.
"""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import quote, urlencode, urlsplit

from flask import Flask, current_app, request, url_for
from werkzeug.routing import BaseConverter

from search.article import ENTITY_TYPES
from search.page import Suggestion
from web.parameters import Pairs, without_names

PUBLIC = "NACHLESE_URL"  # key of the configuration: scheme and host that others know us by, or ""
_REWRITTEN_SEGMENTS = ("", ".", "..")


@dataclass(frozen=True, slots=True)
class Link:
    """Something to go to; `chosen` if the reader is there already, `count` articles if that is known."""

    label: str
    address: str
    chosen: bool = False
    count: int | None = None


class ArticleId(BaseConverter):
    """The rest of the path as an article's id: unlike Flask's `path`, it may begin with a slash."""

    regex = "(?s:.+)"
    part_isolating = False

    def to_url(self, value: str) -> str:
        """The id as it stands in an address."""
        return quote(value, safe="/", errors="replace")


def attach(app: Flask) -> None:
    """Teach `app` ids in paths; `//` must not be merged, as every URL that is an id has it."""
    app.url_map.converters["article_id"] = ArticleId
    app.url_map.merge_slashes = False
    app.jinja_env.globals.update(
        article_address=article_address,
        search_address=search_address,
        link_or_none=link_or_none,
        permalink=permalink,
    )


def search_address(pairs: Pairs = ()) -> str:
    """The address of the result page for these parameters."""
    return _with_parameters(url_for("pages.search"), pairs)


def first_page(pairs: Pairs) -> str:
    """The same without a place in the list, which a changed search does not have."""
    return search_address(without_names(pairs, "cursor"))


def article_address(id: str, pairs: Pairs = ()) -> str:
    """The address of an article's page, which remembers the search it was found by."""
    if any(segment in _REWRITTEN_SEGMENTS for segment in id.split("/")):
        return _with_parameters(url_for("pages.article_by_parameter"), (("id", id), *pairs))
    return _with_parameters(url_for("pages.article_by_path", id=id), pairs)


def suggestion_address(suggestion: Suggestion) -> str | None:
    """The page that a suggestion stands for; None for mere words, which the reader may want to go on with."""
    if suggestion.id is not None:
        return article_address(suggestion.id)
    return search_address(((suggestion.kind, suggestion.text),)) if suggestion.kind in ENTITY_TYPES else None


def export_address(suffix: str, pairs: Pairs = ()) -> str:
    """The address of a search's hits as a file."""
    return _with_parameters(url_for("exports.search", suffix=suffix), pairs)


def citation_address(suffix: str, id: str) -> str:
    """The address of an article as a reference."""
    return _with_parameters(url_for("exports.citation", suffix=suffix), (("id", id),))


def absolute(address: str) -> str:
    """One of our addresses with scheme and host, as files that leave the site need it."""
    return (current_app.config[PUBLIC] or request.host_url.rstrip("/")) + address


def permalink(id: str) -> str:
    """The absolute address of an article's page, to be kept and cited."""
    return absolute(article_address(id))


def as_uri(url: str) -> str:
    """The address with everything percent-encoded that is not allowed in a URI (RFC 3986)."""
    return quote(url, safe=":/?#[]@!$&'()*+,;=%-._~", errors="replace")


def link_or_none(url: str | None) -> str | None:
    """The address of the original if it is safe to link to, that is http or https; else None."""
    try:
        parts = urlsplit(url or "")
    except ValueError:
        return None
    return url if parts.scheme in ("http", "https") and parts.netloc else None


def _with_parameters(path: str, pairs: Pairs) -> str:
    return f"{path}?{urlencode(pairs, errors='replace')}" if pairs else path
