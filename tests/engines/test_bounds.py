"""What strangers can send to an engine: any size, any position, any text. It answers, or the request is at fault."""

from __future__ import annotations

import base64
import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search import Archive, Article, NewsDate, Request, open_archive, write_archive
from search.engines.base import Engine, EngineRequest, Entry, ListPosition
from search.engines.bounds import answerable
from search.engines.tantivy.hits import Hits
from search.errors import BadRequest
from search.page import SORTS, Sort
from search.query.terms import And, AndNot, Fuzzy, Keyword, MatchNone, Or, Phrase, Should, Term, Terms, Wildcard
from tests.engines.samples import EMBEDDED, WORD, create, entry, ids

HALF = "\ud800"  # a lone surrogate: no text in UTF-8 has it
NUMBERS = st.one_of(st.integers(), st.floats(), st.sampled_from([-1, 0, 1, 999_999_999, 2**63, 2**64, 10**400]))
VALUES = st.recursive(
    st.one_of(st.none(), st.booleans(), NUMBERS, st.text(max_size=3), st.just(HALF)),
    lambda inner: st.lists(inner, max_size=2) | st.dictionaries(st.text(max_size=2), inner, max_size=1),
    max_leaves=3,
)


@pytest.fixture(scope="module", params=EMBEDDED)
def archive(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Archive]:
    directory: Path = tmp_path_factory.mktemp("bounds")
    with write_archive(directory, str(request.param)) as writer:
        for number in range(9):
            writer.put(Article(str(number), "Wort " * (number % 3 + 1), date=NewsDate(f"202{number % 3}-01-01")))
    with open_archive(directory) as opened:
        yield opened


def row_of(cursor: str) -> list[Any]:
    row: list[Any] = json.loads(base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)))
    return row


def cursor_of(row: Any) -> str:
    return base64.urlsafe_b64encode(json.dumps(row).encode()).decode().rstrip("=")


def first_cursor(archive: Archive, sort: Sort = "relevance") -> tuple[Request, list[Any]]:
    request = Request(text="Wort", size=2, sort=sort)
    page = archive.search(request)
    assert page.next
    return request, row_of(page.next)


@pytest.mark.parametrize("sort", SORTS)
@pytest.mark.parametrize(
    ("place", "value"),
    [
        (5, 999_999_999), (5, 10), (5, 0), (5, -1), (5, 2.0), (5, True), (5, "3"), (5, 10**30), (4, HALF), (4, 7),
        (3, -1), (3, 10**9), (3, 1.5), (3, None), (2, float("nan")), (2, float("inf")), (2, 1e300), (2, "1"), (2, True),
        (1, 3), (1, -1), (1, False), (1, 0.5), (0, "another"), (0, 5), (6, 1), (6, None),
    ],
)  # fmt: skip
def test_a_cursor_that_was_changed_is_refused(archive: Archive, sort: Sort, place: int, value: Any) -> None:
    """A cursor with a number beyond the list, of another type or with half of a character is a bad request."""
    request, row = first_cursor(archive, sort)
    row[place] = value
    with pytest.raises(BadRequest, match="cursor"):
        archive.search(Request(text=request.text, size=2, sort=sort, cursor=cursor_of(row)))


@given(sort=st.sampled_from(SORTS), place=st.integers(0, 6), value=VALUES, back=st.booleans(), size=st.integers(1, 100))
def test_whatever_a_cursor_says_it_is_an_answer_or_a_bad_request(
    archive: Archive, sort: Sort, place: int, value: Any, back: bool, size: int
) -> None:
    """No value at any place of a cursor is an error of another kind."""
    request, row = first_cursor(archive, sort)
    row[6] = back
    row[place] = value
    try:
        page = archive.search(Request(text=request.text, size=size, sort=sort, cursor=cursor_of(row)))
    except BadRequest:
        return
    assert page.total == 9
    assert len(page.hits) <= min(size, 9)


@given(text=st.one_of(st.text(), st.binary().map(lambda some: some.decode("latin-1")), VALUES.map(cursor_of)))
def test_no_text_as_a_cursor_is_an_error_of_another_kind(archive: Archive, text: str) -> None:
    """What never was a cursor is a bad request."""
    with pytest.raises(BadRequest):
        archive.search(Request(text="Wort", cursor=text))


@given(
    seen=st.integers(-(2**70), 2**70), size=st.integers(-5, 2**70), sort=st.sampled_from(SORTS), back=st.booleans(),
    id=st.sampled_from(["3", "keiner", HALF]), score=st.floats(), day=st.integers(0, 99999999),
)  # fmt: skip
def test_an_engine_answers_for_any_size_and_position(
    archive: Archive, seen: int, size: int, sort: Sort, back: bool, id: str, score: float, day: int
) -> None:
    """An engine that is asked by a program gives what it has, however much it is asked for."""
    after = ListPosition(score, day, id, seen)
    found = archive._engine.search(EngineRequest(WORD, sort, size, after, back))
    assert found.total == 9
    assert len(found.matches) <= max(0, size)


@pytest.mark.parametrize("sort", SORTS)
def test_tantivy_is_never_asked_for_more_than_there_is(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, sort: Sort
) -> None:
    """tantivy reserves memory for each hit that it is asked for, so it is asked for as many as there are."""
    engine = create("tantivy", tmp_path / "engine", [entry(str(number), "Wort") for number in range(5)])
    asked: list[int] = []
    for name, place in (("best", 0), ("by_day", 1), ("newest", 0)):
        real = getattr(Hits, name)

        def noted(self: Hits, *arguments: Any, real: Any = real, place: int = place) -> Any:
            asked.append(arguments[place])
            return real(self, *arguments)

        monkeypatch.setattr(Hits, name, noted)
    after = ListPosition(0.0, 0, "keiner", 10**9)
    engine.search(EngineRequest(WORD, sort, 10**9, after))
    assert asked
    assert max(asked) <= 2 * 5 + 1  # the page and what stands before it, both no more than all


def test_half_of_a_character_finds_nothing(make: Callable[[list[Entry]], Engine]) -> None:
    """No entry has text that UTF-8 cannot carry: looking for it finds nothing, and is no error."""
    engine = make([entry("1", "Wort", person=("Ada",))])
    assert engine.get(HALF) is None
    assert engine.vocabulary("body_form", HALF, 5) == []
    assert engine.frequency("body_form", HALF) == 0
    for leaf in (Term("body_form", HALF), Keyword("person", HALF), Wildcard("body_form", f"{HALF}*"),
                 Fuzzy("body_form", HALF, 1), Phrase("body_form", ("wort", HALF))):  # fmt: skip
        assert ids(engine, EngineRequest(leaf)) == []
        assert ids(engine, EngineRequest(Or((WORD, leaf)))) == ["1"]
        assert ids(engine, EngineRequest(And((WORD, leaf)))) == []
        assert ids(engine, EngineRequest(AndNot(WORD, leaf))) == ["1"]
        assert ids(engine, EngineRequest(Should(WORD, leaf))) == ["1"]
    with engine.writer() as writer:
        writer.delete(HALF)
    engine.refresh()
    assert engine.count() == 1


@pytest.mark.parametrize("name", ["person", "place", "organisation", "source", "section"])
def test_a_filter_with_half_of_a_character_finds_nothing(archive: Archive, name: str) -> None:
    """The library answers a filter that no article can have with an empty page."""
    assert archive.search(Request(text="Wort", **{name: (HALF,)})).total == 0  # type: ignore[arg-type]
    assert archive.suggest(HALF) == ()
    assert archive.entities(prefix=HALF) == ()
    assert archive.neighbours(Request(text="Wort"), HALF, 10**9) is None


def test_what_can_be_found_is_asked_as_it_is() -> None:
    """A query without half characters is the same value as before, so engines recognise it."""
    query: Terms = Should(And((WORD, Keyword("person", "Ada"))), Or((WORD, Term("body_form", "ü"))))
    assert answerable(query) is query
    assert answerable(And((WORD, Term("body_form", HALF)))) == MatchNone()
