"""Typical words, two searches side by side, and records of searches."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search import Archive, Article, Request, open_archive, write_archive
from search.corpus.comparison import compare
from search.corpus.record import STATE, SearchRecord, read_record
from search.corpus.words import evenly
from search.engines.base import Engine, EngineRequest, EngineResult
from search.errors import RecordUnreadable
from search.query.readings import as_asked
from search.query.terms import Terms
from tests.corpus.sample import ARTICLES

FLOOD, FOOTBALL, DRESDEN = Request("Hochwasser"), Request("Spiel"), Request(place=("Dresden",))


def test_words_stand_out_that_others_do_not_have(archive: Archive) -> None:
    """The words of the flood are typical of it, those of football are not; little words never are."""
    found = archive.corpus.typical(FLOOD)
    assert (found.total, found.read, found.others) == (14, 14, 48)
    words = {word.text: word for word in found.words}
    assert {"Hochwasser", "Elbe", "Sandsäcke"} <= words.keys()
    assert not {"Spiel", "Stadion", "die", "und"} & words.keys()
    assert (words["Elbe"].count, words["Elbe"].elsewhere) == (12, 0)
    assert [(name.kind, name.text, name.count) for name in found.names] == [("place", "Dresden", 14)]


def test_of_many_articles_some_are_read(archive: Archive, monkeypatch: pytest.MonkeyPatch) -> None:
    """Words are counted in a bounded number of articles, names in all."""
    monkeypatch.setattr("search.corpus.typical.MOST_READ", 5)
    found = archive.corpus.typical(FLOOD)
    assert (found.total, found.read) == (14, 5)
    assert found.names[0].count == 14


@pytest.fixture
def hurry(monkeypatch: pytest.MonkeyPatch) -> None:
    """The time is short from the beginning, and little is read at once."""
    monkeypatch.setattr("search.corpus.words.TOGETHER", 4)
    monkeypatch.setattr("search.corpus.words.time_is_short", lambda _: True)


@pytest.mark.usefixtures("hurry")
def test_where_time_is_short_fewer_articles_are_read(archive: Archive) -> None:
    """Typical words and comparisons are cut short instead of none at all, and say how many articles they have."""
    typical = archive.corpus.typical(FLOOD)
    assert (typical.total, typical.read, typical.cut_short) == (14, 4, True)
    assert typical.names[0].count == 14
    compared = archive.corpus.compare(FLOOD, FOOTBALL)
    assert (compared.first, compared.first_read, compared.second_read, compared.cut_short) == (14, 4, 4, True)
    assert "Spiel" in [word.text for word in compared.second_words]


def test_in_no_hurry_nothing_is_cut_short(archive: Archive) -> None:
    """Where there is time, all that is to be read is read."""
    assert not archive.corpus.typical(FLOOD).cut_short
    compared = archive.corpus.compare(FLOOD, FOOTBALL)
    assert (compared.first_read, compared.second_read, compared.cut_short) == (14, 48, False)


@given(st.integers(0, 500), st.integers(1, 100))
def test_parts_of_a_sample_are_spread(number: int, most: int) -> None:
    """Each part has at most so many articles, all have every article once, and each reaches over all the time."""
    ids = [str(place) for place in range(number)]
    parts = evenly(ids, most)
    assert sorted(id for part in parts for id in part) == sorted(ids)
    for part in parts:
        assert len(part) <= most
        places = [int(id) for id in part]
        assert {later - earlier for earlier, later in pairwise(places)} <= {len(parts)}
        assert places[0] < len(parts)
        assert places[-1] >= number - len(parts)


def test_two_searches_part_all_that_they_find(archive: Archive) -> None:
    """What only the first finds, what both do, and what only the second does are what searches of these are."""
    first, second = Request("Hochwasser"), Request("Elbe ODER Spiel")
    found = archive.corpus.compare(first, second)
    assert (found.first, found.second) == (14, 60)
    assert (found.only_first.total, found.both.total, found.only_second.total) == (2, 12, 48)
    assert {hit.id for hit in found.only_first.hits} == {"flut-später", "flut-irgendwann"}
    assert [(one.value, one.first, one.second) for one in found.facets["place"]] == [
        ("Köln", 0, 48),
        ("Dresden", 14, 12),
    ]
    assert "Spiel" in [word.text for word in found.second_words]


class Noting:
    """An engine that notes the requests which rank what they find."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self.ranked: list[Terms] = []

    def search(self, asked: EngineRequest) -> EngineResult:
        if asked.size and asked.sort == "relevance":
            self.ranked.append(asked.terms)
        return self._engine.search(asked)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._engine, name)


@pytest.mark.parametrize(("first", "second", "ranked"), [
    ("Hochwasser", "Elbe ODER Spiel", 3), ("Hochwasser", "Hochwasser ODER Spiel", 2), ("Elbe", "Hochwasser", 2),
    ("Hochwasser ODER Spiel", "Hochwasser", 2), ("Hochwasser", "Spiel", 2), ("Hochwasser", "Hochwasser~1", 1),
    ("Hochwasser", "Dürre", 1), ("Dürre", "Hochwasser", 1), ("Dürre", "Frost", 0),
])  # fmt: skip
def test_each_part_is_what_a_search_for_it_finds(archive: Archive, first: str, second: str, ranked: int) -> None:
    """However the two lie to each other, the parts have the number and the hits of one query; none ranks nothing."""
    engine = Noting(archive._engine)
    found = compare(engine, as_asked(Request(first)), as_asked(Request(second)))  # type: ignore[arg-type]
    for part, text in (
        (found.only_first, f"({first}) NICHT ({second})"),
        (found.both, f"({first}) UND ({second})"),
        (found.only_second, f"({second}) NICHT ({first})"),
    ):
        page = archive.search(Request(text, relax=False, size=100))
        assert part.total == page.total
        assert {hit.id for hit in part.hits} <= {hit.id for hit in page.hits}
        assert len(part.hits) == min(5, page.total)
    assert len(engine.ranked) == ranked


def test_filters_are_compared_as_words_are(archive: Archive) -> None:
    """Searches may differ in filters alone."""
    found = archive.corpus.compare(replace(FLOOD, source=("Elbblatt",)), replace(FLOOD, source=("Rheinbote",)))
    assert (found.only_first.total, found.both.total, found.only_second.total) == (12, 0, 2)


def test_a_record_has_all_ids_and_their_hash(archive: Archive) -> None:
    """A record names all articles in order, whatever the order of the list; its hash is that of the lines."""
    found = archive.corpus.record(replace(DRESDEN, sort="newest", size=3))
    ids = sorted(one.id for one in ARTICLES if "Dresden" in one.entities.place)
    assert found.ids == tuple(ids)
    assert found.total == 14
    assert found.hash == hashlib.sha256("".join(f"{id}\n" for id in ids).encode()).hexdigest()
    assert set(found.archive) == set(STATE)


def test_a_record_is_read_as_it_was_written(archive: Archive, tmp_path: Path) -> None:
    """Each parameter of a search comes back from the file."""
    asked = Request(
        "Hochwasser", place=("Dresden",), source=("Elbblatt", "Rheinbote"), since=date(2002, 1, 1),
        until=date(2002, 12, 31), match="forms", relax=False,
    )  # fmt: skip
    then = archive.corpus.record(asked)
    file = tmp_path / "record.json"
    file.write_text(json.dumps(then.as_json()), encoding="utf-8")
    assert read_record(file) == then
    assert then.request == asked
    assert archive.corpus.rerun(read_record(file)).is_same


def test_many_ids_are_but_counted(archive: Archive, monkeypatch: pytest.MonkeyPatch) -> None:
    """With more articles than a record names, it has their number and hash, which tell whether all is the same."""
    monkeypatch.setattr("search.corpus.record.MOST_IDS", 5)
    then = archive.corpus.record(FLOOD)
    assert (then.ids, then.total) == (None, 14)
    again = archive.corpus.rerun(then)
    assert (again.is_same, again.came, again.went) == (True, None, None)


def test_running_again_tells_what_came_and_went(tmp_path: Path) -> None:
    """What is new, what is changed so that it is not found any more, and what is gone from the index."""

    def put(*articles: tuple[str, str], delete: str = "") -> None:
        with write_archive(tmp_path) as writer:
            for id, body in articles:
                writer.put(Article(id, body))
            if delete:
                writer.delete(delete)

    put(("stays", "Hochwasser"), ("changes", "Hochwasser"), ("goes", "Hochwasser"))
    with open_archive(tmp_path) as archive:
        then = archive.corpus.record(FLOOD)
    put(("changes", "Ebbe"), ("comes", "Hochwasser"), delete="goes")
    with open_archive(tmp_path) as archive:
        found = archive.corpus.rerun(then)
    assert not found.is_same
    assert (found.came, found.went, found.gone) == (("comes",), ("changes", "goes"), ("goes",))
    assert found.changes == ()
    with open_archive(tmp_path) as archive:
        found = archive.corpus.rerun(replace(then, archive={**then.archive, "analysis": "german-0"}))
    assert found.changes == ("analysis",)


def changed(**values: Any) -> Callable[[dict[str, Any]], Any]:
    return lambda kept: kept | values


@pytest.mark.parametrize(
    "spoil",
    [
        changed(format="other"), changed(version=2), changed(ids=["a"]), changed(ids=[1] * 14), changed(ids="abc"),
        changed(hash="0"), changed(total="many"), changed(query={"persn": ["x"]}), changed(query={"match": "some"}),
        changed(query={"from": "gestern"}), changed(query=None), changed(query={"person": [1]}), changed(made="heute"),
        changed(query={"source": "zeit.de"}), changed(total=float("inf")), changed(archive=1),
        list, len, lambda kept: kept["query"],
    ],
)  # fmt: skip
def test_a_file_that_is_no_record_is_refused(archive: Archive, tmp_path: Path, spoil: Callable[[Any], Any]) -> None:
    """A file that was not written so is an error that names it and what is needed."""
    file = tmp_path / "record.json"
    file.write_text(json.dumps(spoil(archive.corpus.record(FLOOD).as_json())), encoding="utf-8")
    with pytest.raises(RecordUnreadable, match="nachlese record"):
        read_record(file)


@pytest.mark.parametrize("content", [b"", b"\xff\xfe", b"[" * 100_000, b"{", b"null"])
def test_any_file_is_an_error_of_ours(tmp_path: Path, content: bytes) -> None:
    """Bytes of any kind, and no file at all, are the same error."""
    file = tmp_path / "record.json"
    file.write_bytes(content)
    for path in (file, tmp_path, tmp_path / "none.json"):
        with pytest.raises(RecordUnreadable):
            read_record(path)


def test_a_record_is_bounded(archive: Archive, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """More articles than can be hashed, and a file that is too large, are refused with what helps."""
    monkeypatch.setattr("search.corpus.record.MOST_HASHED", 3)
    with pytest.raises(Exception, match="narrow the search"):
        archive.corpus.record(FLOOD)
    monkeypatch.setattr("search.corpus.record.MOST_BYTES", 10)
    file = tmp_path / "record.json"
    file.write_text(" " * 20)
    with pytest.raises(RecordUnreadable, match="10 bytes"):
        read_record(file)
    assert SearchRecord.__doc__
