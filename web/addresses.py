"""Addresses of searches, articles and names, and which foreign addresses may become links.

An article's id may be any text: a path, a URL, a number; so may a name. As a rule it stands in the
path of the address. Browsers and proxies rewrite paths with empty or dotted segments (`a//b`, `..`),
so ids and names that have such a segment are linked as the parameter `id` or `name`. Both forms are
accepted for all of them.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from urllib.parse import quote, urlencode, urlsplit

from flask import Flask, current_app, g, request, url_for
from werkzeug.routing import BaseConverter

from search.article import ENTITY_TYPES
from search.page import Suggestion
from web.language import language_address, neutral
from web.parameters import ParameterPairs, without_parameters

PUBLIC_URL = "NACHLESE_URL"  # key of the configuration: scheme and host that others know us by, or ""
ENTITY_PATHS = {"person": "person", "place": "ort", "organisation": "organisation"}
FACET_PATHS = {
    "person": "personen",
    "place": "orte",
    "organisation": "organisationen",
    "source": "quellen",
    "section": "ressorts",
    "author": "autoren",
    "archive": "archive",
}
_REWRITTEN_SEGMENTS = ("", ".", "..")
# Signs by which an address looks like another one, such as those that turn its direction (Unicode TR 9, 2).
_DISGUISE = re.compile("[\x00-\x1f\x7f-\x9f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff\ufff9-\ufffb\\\\]")


@dataclass(frozen=True, slots=True)
class Link:
    """Something to go to; `chosen` if the reader is there already, `count` articles if that is known."""

    label: str
    address: str
    chosen: bool = False
    count: int | None = None


class AnyTextConverter(BaseConverter):
    """The rest of the path as an article's id or a name: unlike Flask's `path`, it may begin with a slash."""

    regex = "(?s:.+)"
    part_isolating = False

    def to_url(self, value: str) -> str:
        """The text as it stands in an address."""
        return _in_path(value)


def attach(app: Flask) -> None:
    """Teach `app` ids and names in paths; `//` must not be merged, as every URL that is an id has it."""
    app.url_map.converters["article_id"] = app.url_map.converters["name"] = AnyTextConverter
    app.url_map.merge_slashes = False
    app.jinja_env.globals.update(
        absolute=absolute,
        language_url=language_url,
        advanced_address=advanced_address,
        article_address=article_address,
        entity_address=entity_address,
        names_address=names_address,
        search_address=search_address,
        versions_address=versions_address,
        changes_address=changes_address,
        safe_url=safe_url,
        shown_url=shown_url,
        permalink=permalink,
    )


def search_address(pairs: ParameterPairs = ()) -> str:
    """The address of the result page for these parameters."""
    return with_parameters(url_for("pages.search"), pairs)


def first_page_address(pairs: ParameterPairs) -> str:
    """The address of its first page: a changed search has no place in the list."""
    return search_address(without_parameters(pairs, "cursor"))


def advanced_address(pairs: ParameterPairs = ()) -> str:
    """The address of the advanced form, filled in with the search that has these parameters."""
    return with_parameters(url_for("pages.advanced"), without_parameters(pairs, "cursor"))


def article_address(id: str, pairs: ParameterPairs = ()) -> str:
    """The address of an article's page, which remembers the search it was found by."""
    if _is_rewritten(id):
        return with_parameters(url_for("pages.article_by_parameter"), (("id", id), *pairs))
    return with_parameters(_before_ids() + _in_path(id), pairs)


def versions_address(id: str) -> str:
    """The address of the page with all articles that have the text of this one."""
    return with_parameters(url_for("families.versions"), (("id", id),))


def changes_address(before: str, after: str) -> str:
    """The address of the page that compares two articles."""
    return with_parameters(url_for("families.changes"), (("a", before), ("b", after)))


def entity_address(type: str, name: str) -> str:
    """The address of the page about a person, a place or an organisation."""
    path = ENTITY_PATHS[type]
    if _is_rewritten(name):
        return with_parameters(url_for("names.entity_by_parameter", path=path), (("name", name),))
    return url_for("names.entity_by_path", path=path, name=name)


def names_address(type: str = "", prefix: str = "") -> str:
    """The address of the list of all names, or those of one type or with a word that begins so."""
    pairs = tuple(pair for pair in (("type", type), ("prefix", prefix)) if pair[1])
    return with_parameters(url_for("names.names"), pairs)


def facet_values_address(facet: str, pairs: ParameterPairs) -> str:
    """The address of the page with all values of a facet for the search with these parameters."""
    return with_parameters(url_for("pages.facet_values", path=FACET_PATHS[facet]), without_parameters(pairs, "cursor"))


def suggestion_address(suggestion: Suggestion) -> str | None:
    """The page of the article or name that a suggestion is; None for mere words, which the reader may go on with."""
    if suggestion.id is not None:
        return article_address(suggestion.id)
    return entity_address(suggestion.kind, suggestion.text) if suggestion.kind in ENTITY_TYPES else None


def export_address(suffix: str, pairs: ParameterPairs = ()) -> str:
    """The address of a search's hits as a file."""
    return with_parameters(url_for("files.search", suffix=suffix), pairs)


def selection_address(suffix: str) -> str:
    """The address of chosen articles as a file; their ids are added to it, or posted to it."""
    return url_for("files.selection", suffix=suffix)


def citation_address(suffix: str, id: str) -> str:
    """The address of an article as a reference."""
    return with_parameters(url_for("files.citation", suffix=suffix), (("id", id),))


def language_url(known: str = "") -> str:
    """The address of this page in a language, or in that of its reader, with scheme and host."""
    return _origin() + language_address(known)


def absolute(address: str) -> str:
    """One of our addresses with scheme and host and without a language, as files that leave the site need it."""
    return _origin() + neutral(address)


def _origin() -> str:
    """Scheme and host, which stays as the browser asked for it.

    `request.host_url` writes it in the letters of its language, which is no URI, and fails at names such as
    xn--strae-oqa.de (straße.de), which Python's IDNA of 2003 does not know.
    """
    return current_app.config[PUBLIC_URL] or f"{request.scheme}://{request.host}"


def permalink(id: str) -> str:
    """The absolute address of an article's page, to be kept and cited."""
    return absolute(article_address(id))


def as_uri(url: str) -> str:
    """The address with everything percent-encoded that is not allowed in a URI (RFC 3986)."""
    return quote(url, safe=":/?#[]@!$&'()*+,;=%-._~", errors="replace")


def safe_url(url: str | None) -> str | None:
    """The address of the original if it is safe to link to; else None.

    That is http or https, without a user (`https://bank.example@other.example`) and without signs that disguise it.
    """
    try:
        parts = urlsplit(url or "")
    except ValueError:
        return None
    plain = parts.netloc and "@" not in parts.netloc and not _DISGUISE.search(url or "")
    return url if parts.scheme in ("http", "https") and plain else None


def shown_url(url: str) -> str:
    """An address as text, in which signs that disguise it stand as they are written in addresses."""
    return _DISGUISE.sub(lambda found: quote(found[0]), url)


def _before_ids() -> str:
    """What the addresses of articles begin with in this answer: a file has a thousand, and to build one takes long."""
    if "before_ids" not in g:
        g.before_ids = url_for("pages.article_by_path", id="")
    return str(g.before_ids)


def _in_path(text: str) -> str:
    """A text as it stands in the path of an address."""
    return quote(text, safe="/", errors="replace")


def _is_rewritten(text: str) -> bool:
    """Whether others would change a path that ends with this text."""
    return any(segment in _REWRITTEN_SEGMENTS for segment in text.split("/"))


def with_parameters(path: str, pairs: ParameterPairs) -> str:
    """An address with parameters behind it, if there are any."""
    return f"{path}?{urlencode(pairs, errors='replace')}" if pairs else path
