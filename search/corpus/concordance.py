"""How is a word used? Each place where a search matches, as a line with what stands before and behind it (KWIC)."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache, partial
from typing import Any, Literal

from search.article import Article, Mention
from search.corpus.collocations import Collocate, Neighbourhood
from search.deadline import check_deadline, time_is_short
from search.engines.base import Engine, EngineRequest, ListPosition
from search.engines.rewriting import without_scores
from search.errors import BadRequest
from search.german.folding import fold
from search.german.tokens import normalise
from search.hits.effort import Effort
from search.hits.highlight import marks
from search.hits.hit import matcher_of, text_occurrences
from search.page import Mark
from search.query.readings import Reading
from search.store.entry import to_article

MOST_LINES = 10_000
# Units of work (search.hits.effort) for all lines of an answer; with a word or two they reach for some 1,500 articles.
MOST_EFFORT = 600_000
BATCH = 250  # articles that are read at once
READING_SHARE = 0.5  # of the time until the deadline, after which the lines are given that there are
CONTEXT = 90  # characters before and behind the words that match, but for a word that does not fit
SORTED_BY = 5  # neighbours
LONGEST_WORD = 60  # letters of a word that a match is widened to

Order = Literal["newest", "oldest", "left", "right", "word", "source"]
ORDERS: tuple[Order, ...] = ("newest", "oldest", "left", "right", "word", "source")
_SPACE = re.compile(r"\s+")
_WORD = re.compile(r"[^\W_]+")
_FIRST, _LAST, _ALL = slice(SORTED_BY), slice(None, -SORTED_BY - 1, -1), slice(None)  # the last from the end on


@dataclass(frozen=True, slots=True)
class Line:
    """A place that matches: the whole words there, in which `mark` is what matched, and the text on both sides.

    `field` is title or body; `date` is ISO text of the precision known.
    """

    id: str
    field: str
    date: str | None
    source: str | None
    section: str | None
    headline: str
    left: str
    match: str
    mark: Mark
    right: str

    def as_json(self) -> dict[str, Any]:
        """The line as the JSON API gives it."""
        return {
            "id": self.id,
            "field": self.field,
            "date": self.date,
            "source": self.source,
            "section": self.section,
            "headline": self.headline,
            "left": self.left,
            "match": self.match,
            "mark": list(self.mark),
            "right": self.right,
        }


@dataclass(frozen=True, slots=True)
class Concordance:
    """The lines of `read` of the `total` articles that answer, and what stands near the words that match.

    Articles are read from the newest on (the oldest, if these come first) until there are MOST_LINES, or as far as the
    bound on the work reaches, or as the time does, which is `cut_short` then. The collocates are those of the first
    `counted` articles.
    """

    total: int
    read: int
    lines: tuple[Line, ...]
    counted: int = 0
    collocates: tuple[Collocate, ...] = ()
    cut_short: bool = False

    def as_json(self) -> dict[str, Any]:
        """The concordance as the JSON API gives it."""
        return {
            "total": self.total,
            "read": self.read,
            "counted": self.counted,
            "cut_short": self.cut_short,
            "lines": [line.as_json() for line in self.lines],
            "collocates": [collocate.as_json() for collocate in self.collocates],
        }


def concordance(engine: Engine, reading: Reading, order: str = "newest", window: int = 5) -> Concordance:
    """The lines of a reading in one of ORDERS, and its collocates within so many words, none for 0.

    Raises TooExpensive, and BadRequest for another order.
    """
    if order not in ORDERS:
        raise BadRequest("order", f"order must be one of {', '.join(ORDERS)}, not {order[:40]!r}.")
    if not reading.clauses:
        return Concordance(engine.search(EngineRequest(reading.terms, size=0)).total, 0, ())
    matcher, effort = matcher_of(reading.clauses), Effort(MOST_EFFORT)
    neighbourhood, lines, read, counted, cut_short = Neighbourhood(window), list[Line](), 0, 0, False
    articles = _Articles(engine, reading, "oldest" if order == "oldest" else "newest")
    for stored in articles:
        cut_short = read > 0 and time_is_short(READING_SHARE)
        if len(lines) >= MOST_LINES or effort.words() <= 0 or cut_short:
            break
        check_deadline("marking the hits")
        article, mentions = to_article(stored, mentions=False), partial(_mentions, stored)
        read += 1
        counted += not neighbourhood.is_full
        for field, occurrences in text_occurrences(article, matcher, mentions, effort).items():
            text = article.title if field == "title" else article.body
            found = [(_whole_words(text, mark), mark) for mark in marks(occurrences)]
            lines += (_line(article, field, text, place, mark) for place, mark in found)
            neighbourhood.add(text, [place for place, _ in found])
    shown = tuple(_sorted(lines[:MOST_LINES], order))
    return Concordance(articles.total, read, shown, counted, neighbourhood.collocates(), cut_short)


def _mentions(stored: str) -> tuple[Mention, ...]:
    """The mentions of a stored article: there may be hundreds, and few are asked for."""
    return to_article(stored).mentions


class _Articles:
    """What is stored of the articles that answer, read some at a time; `total` is their number."""

    def __init__(self, engine: Engine, reading: Reading, sort: Literal["newest", "oldest"]) -> None:
        self._engine = engine
        self._asked = without_scores(reading.terms)
        self._sort = sort
        self.total = 0

    def __iter__(self) -> Iterator[str]:
        after: ListPosition | None = None
        seen = 0
        while True:
            check_deadline("reading articles")
            found = self._engine.search(EngineRequest(self._asked, self._sort, BATCH, after))
            self.total = found.total
            for match in found.matches:
                seen += 1
                after = ListPosition(match.score, match.day, match.id, seen)
                yield match.stored
            if seen >= found.total or not found.matches:
                return


def _whole_words(text: str, mark: Mark) -> Mark:
    """A place widened to the words that it lies in."""
    start, end = mark
    least, most = max(0, start - LONGEST_WORD), min(len(text), end + LONGEST_WORD)
    while start > least and text[start - 1].isalnum():
        start -= 1
    while end < most and text[end].isalnum():
        end += 1
    return start, end


def _line(article: Article, field: str, text: str, place: Mark, mark: Mark) -> Line:
    start, end = place
    before, match, behind = text[max(0, start - CONTEXT) : start], text[start:end], text[end : end + CONTEXT]
    if len(before) == CONTEXT and start > CONTEXT and not text[start - CONTEXT - 1].isspace():
        before = before.partition(" ")[2]  # without the rest of a word
    if len(behind) == CONTEXT and end + CONTEXT < len(text) and not text[end + CONTEXT].isspace():
        behind = behind.rpartition(" ")[0]
    shown = _SPACE.sub(" ", text[start : mark[0]]), _SPACE.sub(" ", text[mark[0] : mark[1]])
    return Line(
        id=article.id,
        field=field,
        date=article.date.text if article.date else None,
        source=article.source,
        section=article.section,
        headline=article.headline,
        left=_SPACE.sub(" ", before).lstrip(),
        match=_SPACE.sub(" ", match),
        mark=(len(shown[0]), len(shown[0]) + len(shown[1])),
        right=_SPACE.sub(" ", behind).rstrip(),
    )


def _sorted(lines: list[Line], order: str) -> list[Line]:
    """The lines by what an order looks at; equal ones stay as they were read."""
    plain = cache(_plain)

    def words(text: str, wanted: slice) -> list[str]:
        return [plain(word) for word in _WORD.findall(text)[wanted]]

    keys: dict[str, Callable[[Line], Any]] = {
        "left": lambda line: words(line.left, _LAST),
        "right": lambda line: words(line.right, _FIRST),
        "word": lambda line: (words(line.match, _ALL), words(line.right, _FIRST)),
        "source": lambda line: (line.source is None, words(line.source or "", _ALL)),
    }
    return sorted(lines, key=keys[order]) if order in keys else lines


def _plain(word: str) -> str:
    """A word as it is sorted: small and without umlauts."""
    return fold(normalise(word))
