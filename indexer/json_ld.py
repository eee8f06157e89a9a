"""What does a web page say about its article in JSON-LD (schema.org)?"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from typing import Any

from bs4 import BeautifulSoup

from indexer.character_references import without_references
from indexer.metadata import MOST_HEADINGS, Metadata, attribute, clean_value, is_article_url
from indexer.own_description import Described, own_number, same_address
from indexer.titles import section_of_path
from search.article import ENTITY_TYPES, Entities
from search.german.authors import is_agency

# These lead from an article or a page to other articles.
_ELSEWHERE = {"itemListElement", "hasPart", "isPartOf", "isBasedOn", "citation", "relatedLink", "about", "mentions"}
_PARTS = {"liveBlogUpdate", "comment"}  # these are no articles by themselves
_POSTINGS = ("BlogPosting", "LiveBlogPosting", "Report")
_PLACES = ("Place", "Country", "City", "State", "AdministrativeArea", "LandmarksOrHistoricalBuildings")
_ORGANISATIONS = ("Organization", "Corporation", "SportsTeam", "CollegeOrUniversity", "NGO", "PoliticalParty")
_DEEPEST = 100  # levels; real pages stay below ten


def from_json_ld(page: BeautifulSoup, elements: Sequence[Metadata]) -> tuple[list[Metadata], list[str]]:
    """What JSON-LD says of the page's article, in none or one description, and what was broken in it.

    `elements` is what the page describes besides. Where only the headline tells the article, the address is left to it.
    """
    values, problems_found = [], []
    for script in page.find_all("script"):
        if attribute(script, "type").split(";")[0].strip().lower() == "application/ld+json":
            try:
                values.append(json.loads(_unwrapped(script.get_text()), strict=False))
            except (ValueError, RecursionError) as error:
                problems_found.append(f"JSON-LD is ignored because it is broken ({error}); correct it in the page")
    nodes = list(_nodes(values, 0))
    known = {node["@id"]: node for node in nodes if isinstance(node.get("@id"), str) and len(node) > 1}
    articles = sorted((node for node in nodes if _is_article(node)), key=lambda node: not _is_news(node))
    section = next(filter(None, map(section_of_path, map(_path, _breadcrumbs(values, 0)))), "")
    own = _own(articles, page, elements)
    if own is not None:
        return [_describe(own, known, section, [each.url for each in elements if each.url])], problems_found
    return [Metadata(section=section)] if section else [], problems_found


def _own(
    articles: Sequence[dict[str, Any]], page: BeautifulSoup, elements: Sequence[Metadata]
) -> dict[str, Any] | None:
    """The one of the articles that the page is about."""
    shown = page.find_all("title", limit=MOST_HEADINGS)
    titles = [*(each.title for each in elements), *(clean_value(tag.get_text()) for tag in shown)]
    described = [Described(_addresses(node), _headlines(node)) for node in articles]
    number = own_number(described, Described([each.url for each in elements if each.url], titles))
    return None if number is None else articles[number]


def _addresses(node: dict[str, Any]) -> tuple[str, ...]:
    """The addresses of an article, the best first; that of the start page is a wrong setting."""
    main = node.get("mainEntityOfPage")
    found = (*_texts(node.get("url")), *_texts(main, "@id"), *_texts(main, "url"), *_texts(node.get("@id")))
    return tuple(filter(is_article_url, (address.partition("#")[0] for address in found)))


def _headlines(node: dict[str, Any]) -> tuple[str, ...]:
    return tuple(text for key in ("headline", "name", "alternativeHeadline") for text in _texts(node.get(key)))


def _unwrapped(script: str) -> str:
    """The JSON of a script without the comment or CDATA marks that old systems put around it."""
    text = script.strip().removeprefix("<!--").removesuffix("-->").strip()
    text = text.removeprefix("//").strip().removeprefix("<![CDATA[").removesuffix("]]>").strip()
    return text.removesuffix("//").rstrip(" \n;")


def _nodes(value: Any, depth: int) -> Iterator[dict[str, Any]]:
    """All objects that may describe the page's own article, in the order of the page."""
    if isinstance(value, list) and depth < _DEEPEST:
        for item in value:
            yield from _nodes(item, depth + 1)
    elif isinstance(value, dict) and depth < _DEEPEST:
        yield value
        for key, item in value.items():
            if key not in _ELSEWHERE | _PARTS:
                yield from _nodes(item, depth + 1)


def _types(node: dict[str, Any]) -> list[str]:
    types = node.get("@type")
    types = types if isinstance(types, list) else [types]
    return [type.rsplit("/", 1)[-1].rsplit(":", 1)[-1] for type in types if isinstance(type, str)]


def _is_article(node: dict[str, Any]) -> bool:
    """Article and its subtypes, all of which schema.org names alike: ReportageNewsArticle, TechArticle."""
    return any(type.endswith("Article") or type in _POSTINGS for type in _types(node))


def _is_news(node: dict[str, Any]) -> bool:
    return any(type.endswith("NewsArticle") for type in _types(node))


def _breadcrumbs(value: Any, depth: int) -> Iterator[dict[str, Any]]:
    """All paths from the start page to this one."""
    for item in _items(value) if depth < _DEEPEST else ():
        if isinstance(item, list):
            yield from _breadcrumbs(item, depth + 1)
        elif isinstance(item, dict):
            if "BreadcrumbList" in _types(item):
                yield item
            for key in ("@graph", "breadcrumb"):
                yield from _breadcrumbs(item.get(key, []), depth + 1)


def _path(breadcrumbs: dict[str, Any]) -> tuple[str, ...]:
    """The names of the pages on a path, in their order."""
    steps = [step for step in _items(breadcrumbs.get("itemListElement")) if isinstance(step, dict)]
    steps.sort(key=lambda step: step["position"] if isinstance(step.get("position"), int) else 0)
    names = (_texts(step.get("name")) or _texts(step.get("item"), "name") for step in steps)
    return tuple(name for found in names for name in found[:1])


def _describe(node: dict[str, Any], known: dict[str, dict[str, Any]], section: str, of_page: Sequence[str]) -> Metadata:
    """What an article of JSON-LD says; `of_page` are the addresses that the page has otherwise."""
    authors = [_resolved(author, known) for author in _items(node.get("author"))]
    only_newsrooms = all(map(_is_newsroom, authors))
    addresses = _addresses(node)
    return Metadata(
        title=_first(_headlines(node)),
        url=_first(addresses) if not of_page or same_address(addresses, of_page) else "",
        dates=(*_texts(node.get("datePublished")), *_texts(node.get("dateCreated"))),
        source=_first(_names(node.get("publisher"), known)),
        section=_first(_texts(node.get("articleSection"))) or section,
        authors=() if only_newsrooms else _names(authors, known),
        newsrooms=_names(authors, known) if only_newsrooms else (),
        entities=_entities([node.get("about"), node.get("mentions")], known),
        description=_first(_texts(node.get("description"))),
        body=_body(node),
        free=str(node.get("isAccessibleForFree")).rpartition("/")[2].lower() != "false",
    )


def _body(node: dict[str, Any]) -> str:
    """The text of an article, or of all updates of a live blog."""
    parts = [node, *(item for item in _items(node.get("liveBlogUpdate")) if isinstance(item, dict))]
    bodies = (part.get("articleBody") for part in parts)
    return "\n\n".join(without_references(body) for body in bodies if isinstance(body, str))


def _first(texts: tuple[str, ...]) -> str:
    return texts[0] if texts else ""


def _items(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value]


def _texts(value: Any, key: str = "@value") -> tuple[str, ...]:
    """The texts of a property, which may be one or many, bare or in an object under `key`."""
    bare = (item.get(key) if isinstance(item, dict) else item for item in _items(value))
    return tuple(text for item in bare if isinstance(item, str) and (text := clean_value(item)))


def _names(value: Any, known: dict[str, dict[str, Any]]) -> tuple[str, ...]:
    """The names of persons or publishers, which may be texts, objects, or references to other objects."""
    names = (name for item in _items(value) for name in _texts(_resolved(item, known), "name"))
    return tuple(name for name in dict.fromkeys(names) if "://" not in name)


def _is_newsroom(author: Any) -> bool:
    """Whether an author is an organisation, but no agency."""
    is_organisation = isinstance(author, dict) and _entity_type(author) == "organisation"
    return is_organisation and not any(map(is_agency, _texts(author, "name")))


def _resolved(item: Any, known: dict[str, dict[str, Any]]) -> Any:
    """The object that {"@id": ...} refers to, or `item` itself if it has a name or nobody knows it."""
    if isinstance(item, dict) and "name" not in item and isinstance(item.get("@id"), str):
        return known.get(item["@id"], item)
    return item


def _entities(values: list[Any], known: dict[str, dict[str, Any]]) -> Entities:
    found: dict[str, tuple[str, ...]] = dict.fromkeys(ENTITY_TYPES, ())
    for item in (_resolved(item, known) for value in values for item in _items(value)):
        if isinstance(item, dict) and (type := _entity_type(item)):
            found[type] += _texts(item, "name")
    return Entities(**{type: tuple(dict.fromkeys(names)) for type, names in found.items()})


def _entity_type(node: dict[str, Any]) -> str | None:
    for type in _types(node):
        if type == "Person":
            return "person"
        if type in _PLACES:
            return "place"
        if type.endswith(_ORGANISATIONS):
            return "organisation"
    return None
