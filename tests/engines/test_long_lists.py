"""The promises where hundreds of hits or values tie, and engines take short cuts."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from search.engines.base import Engine, EngineRequest, Entry
from search.engines.tantivy import paging
from search.engines.tantivy.hits import Hits
from search.page import Sort
from search.query.terms import Should, Term, Terms, Wildcard
from tests.engines.samples import WORD, create, entry, fill, ids, position

Make = Callable[[list[Entry]], Engine]


@pytest.mark.parametrize("few", [paging.FEW, 0])
@pytest.mark.parametrize("query", [Wildcard("body_form", "wo*"), Wildcard("body_form", "*ort"), WORD], ids=repr)
def test_long_ties_are_walked_in_both_directions(
    make: Make, query: Terms, few: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """However many hits share a score, each is met once on the way to the end, and again on the way back."""
    monkeypatch.setattr(paging, "FEW", few)
    engine = make([
        entry(f"{n:03}", "Wort", date=f"20{n % 7:02}-01" if n % 5 else None, title="Wort" if n % 50 == 0 else "")
        for n in range(230)
    ])  # fmt: skip
    asked_for = Should(query, Term("title_form", "wort"))
    whole = engine.search(EngineRequest(asked_for, size=300)).matches
    assert len({match.id for match in whole}) == 230
    for place in range(0, 230, 9):
        at = position(whole[place], place + 1)
        assert engine.search(EngineRequest(asked_for, size=9, after=at)).matches == whole[place + 1 : place + 10]
        assert (
            engine.search(EngineRequest(asked_for, size=9, after=at, back=True)).matches
            == whole[max(0, place - 9) : place]
        )
    assert [match.id for match in engine.search(EngineRequest(asked_for, size=9)).matches] == [
        hit.id for hit in whole[:9]
    ]


@pytest.mark.parametrize("dates", [["2020-01-01"], [None], [f"2020-01-{day:02}" for day in range(1, 29)]], ids=len)
def test_a_page_of_ties_reads_what_it_takes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, dates: list[str | None]
) -> None:
    """Of a thousand ties a page of twenty reads some forty ids, be they all of one day, of none, or of many.

    Only those of one day are looked for among the newest.
    """
    engine = create("tantivy", tmp_path, [entry(f"{n:04}", "Wort", date=dates[n % len(dates)]) for n in range(1_000)])
    monkeypatch.setattr(paging, "FEW", 0)
    looked: dict[str, list[Any]] = {}
    for name in ("newest", "by_day", "id"):
        real = getattr(Hits, name)

        def noted(self: Hits, *asked: Any, name: str = name, real: Any = real) -> Any:
            looked.setdefault(name, []).append(asked[0])
            return real(self, *asked)

        monkeypatch.setattr(Hits, name, noted)
    found = ids(engine, EngineRequest(Wildcard("body_form", "wo*"), size=20))
    assert looked.get("newest", []) == ([42] if len(dates) == 1 else [])
    assert "by_day" not in looked
    assert len(looked["id"]) <= 42
    newest = sorted(range(1_000), key=lambda n: (dates[n % len(dates)] or "", -n), reverse=True)
    assert found == [f"{n:04}" for n in newest[:20]]


@pytest.mark.parametrize("sort", ["newest", "oldest"])
def test_a_page_by_date_reads_what_it_takes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, sort: Sort) -> None:
    """However far a reader or a copy of the archive has come, of what was passed only the last day is read again."""
    dates = [*(f"2020-{n // 28 + 1:02}-{n % 28 + 1:02}" for n in range(300)), None]
    engine = create("tantivy", tmp_path, [entry(f"{n:04}", "Wort", date=dates[n % len(dates)]) for n in range(1_000)])
    asked: list[int] = []
    real = Hits.by_day

    def noted(self: Hits, sort: Sort, number: int, day: int | None = None) -> list[paging.Row]:
        asked.append(number)
        return real(self, sort, number, day)

    monkeypatch.setattr(Hits, "by_day", noted)
    whole = engine.search(EngineRequest(WORD, sort=sort, size=1_000)).matches
    for place in range(9, 1_000, 90):
        asked.clear()
        at = position(whole[place], place + 1)
        assert engine.search(EngineRequest(WORD, sort=sort, size=20, after=at)).matches == whole[place + 1 : place + 21]
        assert len(asked) == 1
        assert 21 <= asked[0] <= 25  # four of each day


def test_facets_are_complete_where_many_values_tie(make: Make) -> None:
    """Of hundreds of values with the same count the first ones by name are shown, be the answers few or many."""
    engine = make([entry(f"{n}", "Wort", place=(f"Ort {n * 7 % 300:03}", "Bonn"), date="2020") for n in range(300)])
    found = engine.search(EngineRequest(WORD, size=0, facets={"place": 4}))
    assert found.facets["place"] == (("Bonn", 300), ("Ort 000", 1), ("Ort 001", 1), ("Ort 002", 1))
    fill(engine, [entry(f"{n}", "Maus", place=(f"Ort {n:03}", "Bonn")) for n in range(300, 500)])
    found = engine.search(EngineRequest(WORD, size=0, facets={"place": 2}))  # more than half
    assert found.facets["place"] == (("Bonn", 300), ("Ort 000", 1))
    found = engine.search(EngineRequest(Term("body_form", "maus"), size=0, facets={"place": 2}))
    assert found.facets["place"] == (("Bonn", 200), ("Ort 300", 1))


def test_several_patterns_with_a_wildcard_in_front(make: Make) -> None:
    """The first pattern that is asked of an index and those after it find what fits, also after a commit."""
    engine = make([entry("a", "Haus Rathaus"), entry("b", "Maus"), entry("c", "Hausherr")])
    patterns = {"*haus": ["a"], "*us": ["a", "b"], "?aus*": ["a", "b", "c"], "*a*": ["a", "b", "c"], "*x": []}
    for pattern, found in patterns.items():
        assert sorted(ids(engine, EngineRequest(Wildcard("body_exact", pattern)))) == found
    fill(engine, [entry("d", "Laus")])
    for pattern in ("*aus", "*us"):
        assert sorted(ids(engine, EngineRequest(Wildcard("body_exact", pattern)))) == ["a", "b", "d"]


@pytest.mark.parametrize("at_once", [1000, 50, 7])
def test_ids_are_listed_whole(make: Make, monkeypatch: pytest.MonkeyPatch, at_once: int) -> None:
    """However many answer, and however many of them are of one day, each id is listed once, the newest first."""
    monkeypatch.setattr("search.engines.tantivy.id_lists.MOST_AT_ONCE", at_once)
    days = ["2020-01-01", "2020-01-03", "1999", None, "2020-01-02"]
    engine = make([entry(f"{n * 7 % 120:03}", "Wort" if n % 11 else "Maus", date=days[n % 5]) for n in range(120)])
    fill(engine, [entry("000", "Maus"), entry("new", "Wort", date="2021")])
    whole = [match.id for match in engine.search(EngineRequest(WORD, "newest", 200)).matches]
    assert len(whole) > 100
    for most in (1, 6, 49, 50, 51, 99, len(whole), 200):
        assert engine.ids(WORD, most) == whole[:most]
