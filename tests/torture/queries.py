"""Query texts of all kinds: does parser, compiler or engine fail, do the engines agree, and what does it cost?"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from functools import partial
from pathlib import Path
from random import Random
from typing import Any

from search import Archive, Page, Request
from search.deadline import deadline
from search.errors import BadRequest, NachleseError
from search.page import FILTERS, SORTS, Notice
from search.query import nodes
from search.query.compile import compile_query
from search.query.notices import notice
from search.query.parser import parse
from search.query.relax import with_any_word, with_forms
from search.settings import WORK
from tests.torture import archives, crew
from tests.torture.catching import Unforeseen, kind_of, shrunk, tried
from tests.torture.plan import ENGINES, Laboratory
from tests.torture.query_texts import QueryTexts
from tests.torture.result import Result, Tally

TEXTS, SEARCHES = 1_000, 20  # that a process tries at once
_BOUNDED = "many_fitting"  # notice that a pattern stands for its most frequent terms only
PATIENCE = 600.0
LIMIT = float(WORK.default)  # seconds of a processor that the server gives to an answer
CUT_SHORT = 0.5  # of the limit: before, an answer is the same with a limit and without one
LARGE = 0.02  # of all requests ask for as many hits as a page can have
LONGEST = 100_000  # characters of a text that the library gets now and then
# Errors of ours that a query may end with: a cursor that cannot be used, and what takes too long.
PROMISED = (BadRequest,)
TOO_DEAR = "TooExpensive"  # the name of the error that says that a query costs too much


@dataclass(frozen=True, slots=True)
class Texts:
    """Texts for parser and compiler."""

    folder: Path
    number: int
    seed: int


@dataclass(frozen=True, slots=True)
class Searches:
    """Requests for both engines."""

    folder: Path
    number: int
    seed: int


def run(laboratory: Laboratory) -> Result:
    """Try as many texts as planned, some of them as searches."""
    started = time.monotonic()
    folder = laboratory.folder / "archives"
    laboratory.progress.say(f"building two archives of {laboratory.plan.articles:,} articles")
    archives.build(folder, laboratory.plan.articles)
    tally = crew.run(attempt, units(laboratory, folder), laboratory, PATIENCE)
    tally.figures["articles of the index"] = f"{laboratory.plan.articles:,}"
    return tally.result("queries", time.monotonic() - started)


def units(laboratory: Laboratory, folder: Path) -> Iterator[Texts | Searches]:
    """All that is tried, in portions."""
    chance = Random(laboratory.plan.seed)
    for number in crew.shares(laboratory.plan.searches, SEARCHES):
        yield Searches(folder, number, chance.randrange(2**31))
    for number in crew.shares(laboratory.plan.queries, TEXTS):
        yield Texts(folder, number, chance.randrange(2**31))


def attempt(unit: Texts | Searches, note: crew.Note) -> Tally:
    """Try the texts of a portion."""
    tally, chance = Tally(), Random(unit.seed)
    texts = QueryTexts(chance, archives.known(unit.folder)["words"])
    for _ in range(unit.number):
        text = texts.text(LONGEST if chance.random() < 0.001 else 1_000)
        note(text)
        if isinstance(unit, Texts):
            _compile(text, tally)
        else:
            _search(unit.folder, any_request(text, texts, chance, unit.folder), tally)
    return tally


def _compile(text: str, tally: Tally) -> None:
    tally.counts["texts through parser and compiler"] += 1
    started = time.process_time()
    try:
        tried(partial(understand, text))
    except (Unforeseen, NachleseError) as error:
        tally.failed(f"parser or compiler: {error}", shrunk(text, partial(_fails, error)))
    tally.took("parser and compiler", time.process_time() - started, text)


def understand(text: str) -> None:
    """All that is done with a text before an engine is asked."""
    parsed = parse(text)
    assert all(notice(code, detail).message for code, detail in parsed.notices), "a notice says nothing"
    compile_query(parsed.query)
    for relaxed in (with_forms(parsed.query), with_any_word(parsed.query)):
        if relaxed:
            compile_query(relaxed)
    nodes.describe(parsed.query)


def _fails(error: Exception, text: str) -> bool:
    try:
        tried(partial(understand, text))
    except (Unforeseen, NachleseError) as found:
        return type(found) is type(error) and str(found) == str(error)
    return False


def any_request(text: str, texts: QueryTexts, chance: Random, folder: Path) -> Request:
    """A request with this text, and filters, days, sort and size by chance."""
    names = archives.known(folder)["names"]
    filters: dict[str, Any] = {chance.choice(FILTERS): (chance.choice((*names, texts.signs())),)}
    return Request(
        text, since=date(chance.randint(1, 9999), 1, 1) if chance.random() < 0.05 else None, sort=chance.choice(SORTS),
        size=100 if chance.random() < LARGE else chance.choice((1, 2, 10, 10, 30)),
        cursor=texts.signs() if chance.random() < 0.02 else None,
        **(filters if chance.random() < 0.3 else {}),
    )  # fmt: skip


def _search(folder: Path, request: Request, tally: Tally) -> None:
    """Ask both engines, compare their answers, and go on to the second page."""
    tally.counts["requests to both engines"] += 1
    pages = [_ask(engine, archive, request, tally) for engine, archive in zip(ENGINES, archives.opened(folder),
                                                                             strict=True)]  # fmt: skip
    if None not in pages:
        for difference in disagreement(request, *pages):  # type: ignore[arg-type]
            tally.failed(f"the engines differ in {difference}", _told(request))
        tally.counts["answered by both"] += 1
    for archive, page in zip(archives.opened(folder), pages, strict=True):
        if page and page.next and request.size < 10:
            _ask("second page", archive, replace(request, cursor=page.next), tally)


def _ask(kind: str, archive: Archive, request: Request, tally: Tally) -> Page | None:
    """The page as the server answers, within LIMIT; what that may cut short is asked again without, to be compared."""
    started = time.process_time()
    page = None
    try:
        with deadline(0, LIMIT):
            page = tried(partial(_page, archive, request))
    except PROMISED:
        tally.counts["refused: BadRequest"] += 1
    except NachleseError as error:
        if type(error).__name__ == TOO_DEAR:
            tally.counts[f"refused: {TOO_DEAR}"] += 1
        else:
            tally.failed(f"{kind}: {type(error).__name__}", _told(request))
    except Unforeseen as error:
        tally.failed(f"{kind}: {kind_of(error)}", _told(_smaller(archive, request, error)))
    finally:
        took = time.process_time() - started
        tally.took(kind, took, request.text)
    return _page(archive, request) if page and took > CUT_SHORT * LIMIT else page


def _page(archive: Archive, request: Request) -> Page:
    """What a reader is shown: the hits, and what the ways of matching find."""
    page = archive.search(request)
    if not request.cursor:
        archive.matchings(request, page.reading, page.total)
    return page


def disagreement(request: Request, one: Page, other: Page) -> Iterator[str]:
    """In what two engines differ that must not: close hits may swap places, nothing else.

    Of a pattern that very many terms fit, each engine takes the most frequent ones as its segments count them.
    """
    if any(notice.code == _BOUNDED for page in (one, other) for notice in page.query.notices):
        return
    if one.total != other.total:
        yield "the number of articles"
        return
    ids = [[hit.id for hit in page.hits] for page in (one, other)]
    if request.sort != "relevance" and ids[0] != ids[1]:
        yield "the order by date"
    if request.sort == "relevance" and one.total <= request.size and set(ids[0]) != set(ids[1]):
        yield "the articles"
    if one.facets != other.facets:
        yield "the facets"
    if (one.query.understood, _notices(one)) != (other.query.understood, _notices(other)):
        yield "how the query is understood"
    mine, others = ({hit.id: (hit.snippet, hit.title_marks, hit.why) for hit in page.hits} for page in (one, other))
    if any(mine[id] != others[id] for id in mine.keys() & others.keys()):
        yield "the marks"


def _notices(page: Page) -> list[Notice]:
    """What the reader is told, but for terms that were left out: Whoosh looks up no pattern that cannot add a hit."""
    return [notice for notice in page.query.notices if notice.code != _BOUNDED]


def _smaller(archive: Archive, request: Request, error: Unforeseen) -> Request:
    """The request without what the error does not need."""

    def fails(smaller: Request) -> bool:
        try:
            tried(partial(_page, archive, smaller))
        except (Unforeseen, NachleseError) as found:
            return isinstance(found, Unforeseen) and kind_of(found) == kind_of(error)
        return False

    for name in (*FILTERS, "since", "cursor"):
        without = replace(request, **{name: getattr(Request(), name)})
        request = without if fails(without) else request
    for name in FILTERS:
        for value in request.filter(name):
            fails_with = partial(_fails_with, fails, request, name)
            request = _with(request, name, shrunk(value, fails_with, tries=60))
    return replace(request, text=shrunk(request.text, lambda text: fails(replace(request, text=text)), tries=60))


def _with(request: Request, name: str, value: str) -> Request:
    """The request with this one value to filter by."""
    changed: dict[str, Any] = {name: (value,)}
    return replace(request, **changed)


def _fails_with(fails: Callable[[Request], bool], request: Request, name: str, value: str) -> bool:
    return fails(_with(request, name, value))


def _told(request: Request) -> str:
    """What of a request differs from an empty one."""
    plain = Request()
    fields = ("text", *FILTERS, "since", "sort", "size", "cursor")
    return ", ".join(f"{name}={getattr(request, name)!r}" for name in fields
                     if getattr(request, name) != getattr(plain, name))  # fmt: skip
