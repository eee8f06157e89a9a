"""What the tantivy engine knows of the terms that patterns with a wildcard in front stand for."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from search import Article, Request, open_archive, write_archive
from search.engines.base import EngineRequest
from search.engines.tantivy import term_lists
from search.engines.tantivy.read_only import open_commit
from search.engines.tantivy.term_lists import TermLists
from search.query.terms import Wildcard
from search.store.directory import IndexDirectory
from search.store.directory_check import check_directory
from tests.engines.samples import create, entry, fill, ids

COLUMN = "body_exact"


def test_a_commit_costs_the_lists_of_its_new_segments(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A segment that was there before is not listed again, and the words of the new one are found."""
    opened: list[str] = []
    open_segment = term_lists.open_segment
    monkeypatch.setattr(term_lists, "open_segment", lambda *of: opened.append(of[1]) or open_segment(*of))
    engine = create("tantivy", tmp_path, [entry("1", "Gartenhaus")])
    request = EngineRequest(Wildcard(COLUMN, "*haus"))
    assert ids(engine, request) == ["1"]
    fill(engine, [entry("2", "Hochhaus")])
    assert ids(engine, request) == ["1", "2"]
    assert ids(engine, EngineRequest(Wildcard(COLUMN, "*och*"))) == ["2"]
    assert len(opened) == len(set(opened)) == 2


def test_a_commit_whose_segments_were_merged_still_knows_its_terms(tmp_path: Path) -> None:
    """Who looks at a commit finds its terms, also if its segments are gone by the time that they are listed."""
    engine = create("tantivy", tmp_path, [entry("0", "Gartenhaus")])
    commit = open_commit(tmp_path)
    for number in range(1, 9):
        fill(engine, [entry(str(number), f"Hochhaus{number}")])
    assert not set(commit.segments) & set(open_commit(tmp_path).segments)
    assert TermLists(tmp_path).fitting(commit, COLUMN, "*haus*") == (["gartenhaus"], False)


def test_of_too_many_terms_those_of_most_articles_are_taken(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The articles of all segments count, not those of each by itself."""
    monkeypatch.setattr(term_lists, "MOST_TERMS", 2)
    engine = create("tantivy", tmp_path, [entry("1", "Gartenhaus Hochhaus"), entry("2", "Gartenhaus Landhaus")])
    fill(engine, [entry("3", "Hochhaus Landhaus"), entry("4", "Landhaus")])
    lists, commit = TermLists(tmp_path), open_commit(tmp_path)
    assert len(commit.segments) == 2
    assert lists.fitting(commit, COLUMN, "*haus") == (["landhaus", "gartenhaus"], True)
    assert lists.fitting(commit, COLUMN, "*garten*") == (["gartenhaus"], False)


def test_lists_of_large_segments_are_written_and_mapped(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nobody who asks has to list them, and a list stands for what the segment itself says."""
    monkeypatch.setattr(term_lists, "LEAST_WRITTEN", 2)
    monkeypatch.setattr(term_lists, "MOST_LISTED", 1)
    engine = create("tantivy", tmp_path, [entry("1", "Gartenhaus"), entry("2", "Hochhaus Ümläute")])
    asked = [EngineRequest(Wildcard(COLUMN, pattern)) for pattern in ("*haus", "*och*", "?mläute", "*nichts")]
    found = [ids(engine, request) for request in asked]
    assert TermLists(tmp_path).fitting(open_commit(tmp_path), COLUMN, "*haus") is None
    engine.merge_segments()
    engine.refresh()
    monkeypatch.setattr(term_lists, "open_segment", lambda *_: pytest.fail("a segment was listed again"))
    assert TermLists(tmp_path).fitting(open_commit(tmp_path), COLUMN, "*haus") == (["gartenhaus", "hochhaus"], False)
    assert [ids(engine, request) for request in asked] == found == [["1", "2"], ["2"], ["2"], []]


def test_lists_go_with_their_segments(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What was in a segment that is no more stands in no list; a reader of the old commit still has its terms."""
    monkeypatch.setattr(term_lists, "LEAST_WRITTEN", 1)
    engine = create("tantivy", tmp_path, [entry("0", "Gartenhaus")])
    engine.merge_segments()
    commit, lists = open_commit(tmp_path), TermLists(tmp_path)
    before = set(tmp_path.glob("*.terms"))
    assert len(before) == len(term_lists.COLUMNS)
    assert lists.fitting(commit, COLUMN, "*haus*") == (["gartenhaus"], False)
    for number in range(1, 9):
        fill(engine, [entry(str(number), f"Hochhaus{number}")])
    engine.merge_segments()
    assert not before & set(tmp_path.glob("*.terms"))
    assert lists.fitting(commit, COLUMN, "*haus*") == (["gartenhaus"], False)
    assert TermLists(tmp_path).fitting(commit, COLUMN, "*haus*") == (["gartenhaus"], False)


def test_an_archive_checks_its_lists(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """They are files of the commit: sealed with it, and named when they are damaged."""
    monkeypatch.setattr(term_lists, "LEAST_WRITTEN", 1)
    with write_archive(tmp_path, "tantivy") as writer:
        writer.put(Article("1", "Das Gartenhaus"))
    with open_archive(tmp_path) as archive:
        assert archive.search(Request("*haus")).total == 1
    (path,) = tmp_path.glob(f"*/*.{COLUMN}.terms")
    assert check_directory(IndexDirectory(tmp_path)).damaged == ()
    path.write_bytes(path.read_bytes()[::-1])
    assert [Path(name).name for name in check_directory(IndexDirectory(tmp_path)).damaged] == [path.name]


def test_a_vocabulary_has_any_limit(tmp_path: Path) -> None:
    """None at all, too: tantivy ends the process if it is to reserve memory for so many."""
    engine = create("tantivy", tmp_path, [entry("1", "Haus Haus Hof"), entry("2", "Haus Garten")])
    every = [("haus", 2), ("garten", 1), ("hof", 1)]
    assert engine.vocabulary(COLUMN, "", sys.maxsize) == every
    assert [engine.vocabulary(COLUMN, "", limit) for limit in (0, 1, 2)] == [every[:0], every[:1], every[:2]]


def test_without_links_nothing_is_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """On Windows a run ends without lists; who asks lists the terms of all segments."""
    monkeypatch.setattr(term_lists, "LEAST_WRITTEN", 1)
    monkeypatch.setattr("search.engines.tantivy.read_only._HAS_LINKS", False)
    engine = create("tantivy", tmp_path, [entry("1", "Gartenhaus")])
    engine.merge_segments()
    assert not [*tmp_path.glob("*.terms")]
    assert ids(engine, EngineRequest(Wildcard(COLUMN, "*haus"))) == ["1"]
