"""The short cuts of the tantivy engine lead to the same hits, scores, totals and facets as the long way."""

import tempfile
from dataclasses import replace
from pathlib import Path
from unittest.mock import patch

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from search.engines.base import Engine, EngineRequest, EngineResult, Entry, ListPosition, Match
from search.engines.tantivy import answer_sets, date_lists, hits, serials
from search.engines.tantivy.hits import Hits
from search.engines.values import counting
from search.page import Sort
from search.query import terms
from tests.engines.samples import create, entry, fill, position
from tests.engines.test_twin import asked_queries, entries, ids, queries

ALWAYS, NEVER = -1, 1_000_000


def answered(engine: Engine, query: terms.Terms, size: int, short: bool) -> EngineResult:
    """What is answered if short cuts are always taken, or never."""
    with (
        patch.object(hits, "MANY_ANSWERS", ALWAYS if short else NEVER),
        patch.object(hits, "LIKELY", 4),
        patch.object(hits, "MARGIN", 1),
        patch.object(hits, "RARE", 0.4),
        patch.object(hits, "HOPELESS", NEVER),
        patch.object(hits, "MOST_RARE", NEVER if short else ALWAYS),
        patch.object(serials, "AT_ONCE", 2 if short else NEVER),
        patch.object(answer_sets, "FREQUENT", 0 if short else 2),
        patch.object(counting, "AT_ONCE", NEVER if short else 1),
    ):
        request = EngineRequest(query, size=size, facets={"place": 2})
        engine.search(request)  # sets of answers are made of what is asked for twice
        return engine.search(request)


several = st.lists(st.builds(terms.Should, queries, queries), min_size=1, max_size=6)


@settings(max_examples=30)
@given(entries(), entries(), ids, st.one_of(asked_queries, several), st.integers(0, 3))
def test_short_cuts_change_nothing(
    first: list[Entry], second: list[Entry], gone: set[str], asked: list[terms.Terms], size: int
) -> None:
    """Likely hits only, sets of answers, entries handed over or counted in pieces: all give what the long way gives."""
    with tempfile.TemporaryDirectory() as folder:
        engine = create("tantivy", Path(folder) / "tantivy", first)
        with engine.writer() as writer:
            for id in sorted(gone):
                writer.delete(id)
        fill(engine, second)
        for query in asked:
            assert answered(engine, query, size, short=True) == answered(engine, query, size, short=False)


@settings(max_examples=30)
@given(entries(), st.sampled_from(["newest", "oldest"]), st.integers(1, 4))
def test_lists_by_date_are_whole(rows: list[Entry], sort: Sort, size: int) -> None:
    """Page by page, be the answers sorted at once or the days looked for that have the next ones."""
    with tempfile.TemporaryDirectory() as folder:
        engine = create("tantivy", Path(folder) / "tantivy", rows)
        whole = engine.search(EngineRequest(terms.MatchAll(), sort=sort, size=len(rows) + 1)).matches
        asked, found = EngineRequest(terms.MatchAll(), sort=sort, size=size), list[Match]()
        with patch.object(hits, "MANY_ANSWERS", ALWAYS), patch.object(date_lists, "TOO_MANY", 1):
            while page := engine.search(asked).matches:
                found += page
                asked = replace(asked, after=position(page[-1], len(found)))
        assert tuple(found) == whole


@settings(max_examples=30)
@given(entries(), st.sampled_from(["newest", "oldest"]), st.integers(0, 99999999))
def test_a_list_by_date_goes_on_from_any_day(rows: list[Entry], sort: Sort, day: int) -> None:
    """A position may be of an article that is gone, with the last date of all, or say what is no day at all."""
    with tempfile.TemporaryDirectory() as folder:
        engine = create("tantivy", Path(folder) / "tantivy", rows)
        asked = EngineRequest(terms.MatchAll(), sort=sort, size=4, after=ListPosition(0.0, day, "gone", 1))
        long = engine.search(asked).matches
        with patch.object(hits, "MANY_ANSWERS", ALWAYS), patch.object(date_lists, "TOO_MANY", 1):
            assert engine.search(asked).matches == long


@pytest.mark.parametrize("sort", ["newest", "oldest"])
@pytest.mark.parametrize("day", [1, 5, 20200505, 20231399, 20240000, 99999999])
def test_a_list_goes_on_although_nothing_is_dated_any_more(tmp_path: Path, sort: Sort, day: int) -> None:
    engine = create("tantivy", tmp_path / "tantivy", [entry(f"{n}", "Wort") for n in range(5)])
    asked = EngineRequest(terms.MatchAll(), sort=sort, size=4, after=ListPosition(0.0, day, "gone", 1))
    long = engine.search(asked).matches
    with patch.object(hits, "MANY_ANSWERS", ALWAYS):
        assert engine.search(asked).matches == long


def test_an_optional_clause_is_seen_where_it_counts(tmp_path: Path) -> None:
    """A hit that is among the first only for an optional clause stands there, if others score nearly as high."""
    rows = [entry(f"{n:02}", "Maus " + "und so weiter " * (n % 7) + "Haus") for n in range(40)]
    engine = create("tantivy", tmp_path / "tantivy", rows)
    base = terms.And((terms.Term("body_form", "maus"), terms.Term("body_form", "haus")))
    for weight in (0.01, 1.0, 50.0):
        near = terms.Near("body_form", "maus", "haus", 3, weight)
        for query in (terms.Should(base, near), terms.Should(base, terms.Or((near, terms.Term("body_form", "so"))))):
            assert answered(engine, query, 3, short=True) == answered(engine, query, 3, short=False)


def test_what_all_entries_have_is_ranked_by_what_few_have(tmp_path: Path) -> None:
    """Of entries that all have a word, those that have it in the title are the first; no other one is scored."""
    titles = ("Haus und Hof", "Maus", "Laus")
    rows = [entry(f"{n:02}", "und so weiter " * (1 + n % 5), titles[n % 3]) for n in range(90)]
    engine = create("tantivy", tmp_path / "tantivy", rows)
    words = (terms.Term("title_form", "und", 4.0), terms.Term("body_form", "und"), terms.IdfTerm("body_form", "und"))
    seen, outstanding = list[object](), Hits._outstanding

    def spied(self: Hits, asked: terms.Terms, number: int) -> object:
        seen.append(outstanding(self, asked, number))
        return seen[-1]

    with patch.object(Hits, "_outstanding", spied):
        short = answered(engine, terms.Or(words), 6, short=True)
    assert len(seen) == 1  # not the first time, as nothing is known of the answers then
    assert seen[0]
    assert short == answered(engine, terms.Or(words), 6, short=False)
    assert (short.total, len(short.matches)) == (90, 6)
