"""What is asked (request) and what is answered (page of hits), as plain values."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Literal

from search.article import Entities

Sort = Literal["relevance", "newest", "oldest"]
SORTS: tuple[Sort, ...] = ("relevance", "newest", "oldest")
# Those that can be asked for: "recent" is relevance multiplied by recency, which engines cannot sort by.
RequestSort = Literal["relevance", "recent", "newest", "oldest"]
REQUEST_SORTS: tuple[RequestSort, ...] = ("relevance", "recent", "newest", "oldest")
# How close a match must be: the words as typed; any form of them; also in compounds, and whatever stands for them.
Matching = Literal["exact", "forms", "all"]
MATCHINGS: tuple[Matching, ...] = ("exact", "forms", "all")
Why = Literal["exact", "form", "part"]
Mark = tuple[int, int]  # from, to: character offsets, the end not included

# The values of these can be filtered by and are counted as facets. An article has many
# persons, so asking for two means both; it has one source, so asking for two means either.
FILTERS = ("person", "place", "organisation", "source", "section", "author")
FACETS = (*FILTERS, "year")
# Where several archives are asked as one, the articles of some can be asked for, and those of each are counted.
ARCHIVE = "archive"
REQUEST_FILTERS = (*FILTERS, ARCHIVE)

FACET_VALUES = dict.fromkeys(FACETS, 20) | {"year": 200}  # so many of each are counted unless a request says how many
# Articles can be counted over time by these; one dated to a month has no day to be counted for.
DATE_UNITS = ("year", "month", "day")


@dataclass(frozen=True, slots=True)
class Request:
    """A question to the archive.

    `text` is in the query language; the filters are exact values as facets show them, `archive`
    names of archives that are asked as one (an archive by itself has no name, and finds nothing for any);
    `since` and `until` are calendar days, both included; `cursor` is the `next` of an earlier page.
    `match` is one of MATCHINGS; without `relax`, what answers has all that is asked. With `collapse`, of articles of
    one text only the earliest one that answers is listed.
    """

    text: str = ""
    person: tuple[str, ...] = ()
    place: tuple[str, ...] = ()
    organisation: tuple[str, ...] = ()
    source: tuple[str, ...] = ()
    section: tuple[str, ...] = ()
    author: tuple[str, ...] = ()
    archive: tuple[str, ...] = ()
    since: date | None = None
    until: date | None = None
    sort: RequestSort = "relevance"
    match: Matching = "all"
    relax: bool = True
    collapse: bool = False
    size: int = 10
    cursor: str | None = None

    def filter(self, name: str) -> tuple[str, ...]:
        """The values asked for one of REQUEST_FILTERS."""
        values: tuple[str, ...] = getattr(self, name)
        return values


@dataclass(frozen=True, slots=True)
class Notice:
    """Something the reader should know about how the query was understood.

    `code` is stable and for programs, `message` is German and for readers; `detail` is what it quotes.
    """

    code: str
    message: str
    detail: str = ""


@dataclass(frozen=True, slots=True)
class Correction:
    """A query that may have been meant, and the number of articles that answer it."""

    text: str
    total: int


@dataclass(frozen=True, slots=True)
class OtherQuery:
    """A query near to the one asked, and the number of articles that answer it."""

    text: str
    total: int


@dataclass(frozen=True, slots=True)
class QueryInfo:
    """The query as typed, as understood, and what to tell about it.

    `corrections` are what it may have been meant to be; `looser` what asks for less, if nothing answers it.
    """

    text: str
    understood: str
    notices: tuple[Notice, ...] = ()
    corrections: tuple[Correction, ...] = ()
    looser: tuple[OtherQuery, ...] = ()


@dataclass(frozen=True, slots=True)
class Snippet:
    """A passage of the body; `marks` are offsets in `text`."""

    text: str
    marks: tuple[Mark, ...] = ()


@dataclass(frozen=True, slots=True)
class FamilyMember:
    """One article of a family, as it is listed with others; `date` is ISO text of the precision known."""

    id: str
    headline: str
    source: str | None
    date: str | None

    def as_json(self) -> dict[str, Any]:
        """The member as the JSON API and `--json` print it."""
        return {"id": self.id, "headline": self.headline, "source": self.source, "date": self.date}


@dataclass(frozen=True, slots=True)
class Family:
    """Articles of one text, such as copies of an agency's: `size` of them, and the first `articles`, earliest first."""

    size: int
    articles: tuple[FamilyMember, ...]

    def as_json(self) -> dict[str, Any]:
        """The family as the JSON API and `--json` print it."""
        return {"size": self.size, "articles": [member.as_json() for member in self.articles]}


@dataclass(frozen=True, slots=True)
class Hit:
    """One article that answers.

    `headline` is what to call it: its title, or its first words if it has none. `date` is ISO text
    of the precision known; `why` is None if no words were asked, `family` if no other article has the same text.
    """

    id: str
    title: str
    title_marks: tuple[Mark, ...]
    headline: str
    source: str | None
    section: str | None
    authors: tuple[str, ...]
    date: str | None
    url: str | None
    score: float
    why: Why | None
    snippet: Snippet
    entities: Entities
    family: Family | None = None


@dataclass(frozen=True, slots=True)
class FacetValue:
    """A value to narrow by and the number of articles that would remain."""

    value: str
    count: int


@dataclass(frozen=True, slots=True)
class Page:
    """One page of hits.

    `total` counts all articles, as facets do; `ranks` are those of the hits shown, which have gaps where copies are
    left out; `previous` and `next` are the cursors of the pages around this one, None at the ends; `reading` is the
    number of the reading that is answered.
    """

    query: QueryInfo
    total: int
    took_ms: float
    hits: tuple[Hit, ...]
    facets: Mapping[str, tuple[FacetValue, ...]] = field(default_factory=dict)
    ranks: tuple[int, ...] = ()
    previous: str | None = None
    next: str | None = None
    reading: int = 0

    @property
    def first(self) -> int:
        """The rank of the first hit shown, 1 on the first page."""
        return self.ranks[0] if self.ranks else 1

    @property
    def last(self) -> int:
        """The rank of the last hit shown, 0 if there is none."""
        return self.ranks[-1] if self.ranks else 0

    def as_json(self) -> dict[str, Any]:
        """The page as the JSON API and `--json` print it."""
        return {
            "query": {
                "text": self.query.text,
                "understood": self.query.understood,
                "notices": [{"code": n.code, "message": n.message} for n in self.query.notices],
                "corrections": [
                    {"text": correction.text, "total": correction.total} for correction in self.query.corrections
                ],
                "looser": [{"text": other.text, "total": other.total} for other in self.query.looser],
            },
            "total": self.total,
            "took_ms": round(self.took_ms, 1),
            "hits": [_hit_json(hit) for hit in self.hits],
            "facets": {
                name: [{"value": v.value, "count": v.count} for v in values] for name, values in self.facets.items()
            },
            "next": self.next,
        }


@dataclass(frozen=True, slots=True)
class ArticleMarks:
    """Where a query matches in one article: offsets in its title and body."""

    title: tuple[Mark, ...] = ()
    body: tuple[Mark, ...] = ()


@dataclass(frozen=True, slots=True)
class Neighbours:
    """The hits before and after one in the list of a request, which has `total` hits.

    They stand `before` and `behind` places away: more than one where a collapsed list leaves copies out.
    """

    total: int
    previous: Hit | None = None
    next: Hit | None = None
    before: int = 1
    behind: int = 1


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A continuation of what was typed: a word of the archive, a name in it, or the title of an article.

    `kind` is word, person, place, organisation or title; `count` is its number of articles; `id`
    is that of the article whose title it is.
    """

    text: str
    kind: str
    count: int
    id: str | None = None


@dataclass(frozen=True, slots=True)
class EntityCount:
    """A name of the archive: its type, one of ENTITY_TYPES, the name, and its number of articles."""

    type: str
    name: str
    count: int

    def as_json(self) -> dict[str, Any]:
        """The name as the JSON API and `--json` print it."""
        return {"type": self.type, "name": self.name, "count": self.count}


def _hit_json(hit: Hit) -> dict[str, Any]:
    return {
        "id": hit.id,
        "title": hit.title,
        "title_marks": [list(mark) for mark in hit.title_marks],
        "source": hit.source,
        "section": hit.section,
        "authors": list(hit.authors),
        "date": hit.date,
        "url": hit.url,
        "score": round(hit.score, 4),
        "why": hit.why,
        "snippet": {"text": hit.snippet.text, "marks": [list(mark) for mark in hit.snippet.marks]},
        "entities": hit.entities.as_json(),
        "family": hit.family and hit.family.as_json(),
    }
