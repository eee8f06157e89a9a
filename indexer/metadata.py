"""What does a web page say about its article in <meta>, <link> and its headings?"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, fields
from urllib.parse import urlsplit

from bs4 import BeautifulSoup, Tag

from indexer.character_references import without_references
from indexer.text import clean, one_line
from indexer.validation import is_url
from search.article import Entities


@dataclass(frozen=True)
class Metadata:
    """What one way of describing an article says; "" and () where it says nothing.

    `dates` are all texts that might be the date, the best first; `newsrooms` are organisations that are named as
    authors, and `free` is whether all may read the article.
    """

    title: str = ""
    url: str = ""
    dates: tuple[str, ...] = ()
    source: str = ""
    section: str = ""
    authors: tuple[str, ...] = ()
    newsrooms: tuple[str, ...] = ()
    entities: Entities = field(default_factory=Entities)
    body: str = ""
    description: str = ""
    free: bool = True


# Names of meta elements, beside OpenGraph those that content systems and statistics ask for.
_DATES = (
    *("article:published_time", "og:article:published_time", "datepublished", "date", "pubdate", "publishdate"),
    *("publish-date", "publication_date", "parsely-pub-date", "sailthru.date", "citation_date", "article.published"),
)
_AUTHORS = ("article:author", "og:article:author", "parsely-author", "sailthru.author", "byl", "citation_author")
_PAID = frozenset(("locked", "metered"))  # tiers of articles
MOST_HEADINGS = 20
_HOME = re.compile(r"(?:(?:https?:)?//[^/?#]+)?/?(?:(?:index|home|default)\.\w{3,5})?(?<!^)", re.IGNORECASE)
_WORD = re.compile(r"[A-Z]?[a-zäöüß]+")
_FILE_NAME = re.compile(r"\S*_\S*|.*\.(?:indd|qxp|x?html?|docx?|pdf)", re.IGNORECASE)
_HEADLINE_WORDS = frozenset("headline schlagzeile hauptzeile überschrift ueberschrift".split())
_TOPIC_WORDS = frozenset("kicker dachzeile overline spitzmarke topline roofline".split())
_SEVERAL = re.compile(r",\s|[;|>»›]")  # between the sections, or topics, that a page names


def merged(descriptions: Sequence[Metadata]) -> Metadata:
    """One description: each value from the first that has it, the dates of all."""
    silent = Metadata()
    values = {
        name: next((value for each in descriptions if (value := getattr(each, name)) != getattr(silent, name)), default)
        for name, default in ((each.name, getattr(silent, each.name)) for each in fields(Metadata))
    }
    values["section"] = _SEVERAL.split(values["section"])[0].strip()
    values["dates"] = tuple(dict.fromkeys(date for each in descriptions for date in each.dates))
    return Metadata(**values)


def from_elements(page: BeautifulSoup) -> list[Metadata]:
    """All that is described outside JSON-LD, best first: OpenGraph and meta, Dublin Core, link, headings."""
    values = _meta_values(page)
    return [_open_graph(values), _dublin_core(values), _canonical(page), _headings(page)]


def is_article_url(text: str) -> bool:
    """Whether a page may use `text` as its address: the start page of a site is a wrong setting.

    Without this check all pages of such a site would have one id and replace each other.
    """
    return is_url(text) and (urlsplit(text).path.strip("/") != "" or urlsplit(text).query != "")


def clean_line(text: str) -> str:
    """A text of a page on one line."""
    return one_line(clean(text))


def clean_value(text: str) -> str:
    """A value that a page declares on one line; many were escaped once too often."""
    return clean_line(without_references(text))


def short_text(tag: Tag, most: int, separator: str = " ") -> str | None:
    """The text of an element as one line, None if it has more characters; then no more of it is read."""
    strings: list[str] = []
    for string in tag.strings:
        most -= sum(map(len, string.split()))
        if most < 0:
            return None
        strings.append(string)
    return clean_line(separator.join(strings))


def attribute(tag: Tag, name: str) -> str:
    """The value of an attribute as text, "" if it is absent."""
    value = tag.get(name)
    return " ".join(value) if isinstance(value, list) else str(value or "")


def words_of(tag: Tag, *names: str) -> set[str]:
    """The words in the values of these attributes, small: those of articleHead and article-head are the same."""
    return {word.lower() for name in names for word in _WORD.findall(attribute(tag, name))}


def _meta_values(page: BeautifulSoup) -> dict[str, list[str]]:
    """The contents of all <meta> elements by their lower-case property or name."""
    values: dict[str, list[str]] = {}
    for tag in page.find_all("meta"):
        name = attribute(tag, "property") or attribute(tag, "name") or attribute(tag, "itemprop")
        content = clean_value(attribute(tag, "content"))
        if name and content:
            values.setdefault(name.strip().lower(), []).append(content)
    return values


def _all(values: dict[str, list[str]], *names: str) -> tuple[str, ...]:
    return tuple(value for name in names for value in values.get(name, ()))


def _first(values: Iterable[str]) -> str:
    return next(iter(values), "")


def _people(values: Iterable[str]) -> tuple[str, ...]:
    """Names of authors; the address of a profile is no name."""
    return tuple(dict.fromkeys(value for value in values if not is_url(value)))


def _open_graph(values: dict[str, list[str]]) -> Metadata:
    return Metadata(
        title=_first(_all(values, "og:title", "twitter:title")),
        url=_first(filter(is_article_url, _all(values, "og:url"))),
        dates=_all(values, *_DATES),
        source=_first(_all(values, "og:site_name", "publisher")),
        section=_first(_all(values, "article:section", "og:article:section")),
        authors=_people(_all(values, "author") or _all(values, *_AUTHORS)),
        description=_first(_all(values, "description", "og:description", "twitter:description")),
        free=not _PAID.intersection(map(str.lower, _all(values, "article:content_tier"))),
    )


def _dublin_core(values: dict[str, list[str]]) -> Metadata:
    def term(*names: str) -> tuple[str, ...]:
        return _all(values, *(f"{prefix}.{name}" for name in names for prefix in ("dc", "dcterms")))

    return Metadata(
        title=_first(term("title")),
        url=_first(filter(is_article_url, term("identifier"))),
        dates=term("date", "date.issued", "issued", "date.created", "created"),
        source=_first(term("publisher")),
        authors=_people(term("creator")),
    )


def _canonical(page: BeautifulSoup) -> Metadata:
    links = (tag for tag in page.find_all("link") if "canonical" in attribute(tag, "rel").lower().split())
    addresses = (attribute(tag, "href").strip() for tag in links)
    return Metadata(url=_first(filter(is_article_url, addresses)))


def _headings(page: BeautifulSoup) -> Metadata:
    """The first heading that says something, and the lead that is marked as such.

    A <h1> may hold just a picture, or the name of the site with a link to its start; then the longest heading that the
    title of the page begins or ends with is the headline, else that title.
    """
    title = _first(_texts(page, "title"))
    headlines = [text for text in _texts(page, "h2", "h3", "h4") if title.startswith(text) or _ends_with(title, text)]
    headlines.sort(key=len, reverse=True)
    if not title or _FILE_NAME.fullmatch(title):  # chapters that InDesign exports have no heading, but a style
        headlines += map(_without_topic, page.find_all(_is_styled_as_headline, limit=MOST_HEADINGS))
    leads = (clean_line(tag.get_text(" ")) for tag in page.find_all(itemprop="description", limit=MOST_HEADINGS))
    return Metadata(title=_first((*_texts(page, "h1"), *headlines, title)), description=_first(filter(None, leads)))


def _is_styled_as_headline(tag: Tag) -> bool:
    return tag.name in ("p", "div", "span") and bool(words_of(tag, "class") & _HEADLINE_WORDS)


def _texts(page: BeautifulSoup, *names: str) -> list[str]:
    """What the first elements of these names say, but those that lead to the start of the site."""
    tags = page.find_all(names, limit=MOST_HEADINGS)
    return [text for tag in tags if not _leads_home(tag) and (text := _without_topic(tag))]


def _ends_with(title: str, headline: str) -> bool:
    """Whether a title is a headline with the name of the site, or a path to the page, before it."""
    return title.endswith(headline) and title.removesuffix(headline).rstrip()[-1:] in tuple(":|»›>–—-")


def _without_topic(tag: Tag) -> str:
    """The text of a heading without the topic that stands above it, if it has more."""
    topics: set[int] = set()  # the id() of each of these elements, and of all in them
    for each in tag.descendants:
        if id(each.parent) in topics or (isinstance(each, Tag) and words_of(each, "class") & _TOPIC_WORDS):
            topics.add(id(each))
    strings = [string for string in tag.strings if id(string) not in topics]
    return clean_line(" ".join(strings)) or clean_line(tag.get_text(" "))


def _leads_home(tag: Tag) -> bool:
    """Whether it is, or has, a link to the start of the site."""
    link = tag.find("a", href=True) or tag.find_parent("a", href=True)
    return isinstance(link, Tag) and bool(_HOME.fullmatch(attribute(link, "href").strip()))
