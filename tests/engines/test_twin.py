"""Each engine against the slow twin: random archives, random questions, the same answers."""

import tempfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from search.engines.base import Engine, EngineRequest, Entry, ListPosition
from search.page import SORTS
from search.query import terms
from tests.engines.samples import create, remove

# Few words, so that phrases, duplicates and ties happen; some that share prefixes and letters.
WORDS = ("haus", "hausen", "maus", "raus", "aus", "ähre", "tür", "türe", "15000", "c++", "¶")
PLACES = ("Bonn", "Berlin", "Bad Ems")
COLUMN = st.sampled_from(["body_exact", "body_form", "title_exact"])
WORD = st.sampled_from(WORDS)
DAY = st.sampled_from([20200101, 20200131, 20210615, 19491231])

texts = st.lists(WORD, max_size=9).map(" ".join)


@st.composite
def entries(draw: st.DrawFn) -> list[Entry]:
    """Entries with made-up terms; ids repeat now and then, so that some replace others."""
    made = []
    for _ in range(draw(st.integers(0, 9))):
        first = draw(st.one_of(st.just(0), DAY))
        last = max(first, draw(DAY)) if first else 0
        made.append(
            Entry(
                id=draw(st.sampled_from("abcdefghijkl")),
                columns={"body_exact": draw(texts), "body_form": draw(texts), "title_exact": draw(texts),
                         "body_part": draw(texts)},
                keywords={"place": tuple(draw(st.lists(st.sampled_from(PLACES), unique=True, max_size=3)))},
                first=first,
                last=last,
                stored="{}",
            )
        )  # fmt: skip
    return made


leaves = st.one_of(
    st.builds(terms.Term, st.one_of(COLUMN, st.just("body_part")), WORD, st.sampled_from([0.5, 1.0, 2.0])),
    st.builds(terms.IdfTerm, COLUMN, WORD, st.sampled_from([0.5, 1.0])),
    st.builds(terms.Phrase, COLUMN, st.lists(WORD, min_size=2, max_size=3).map(tuple)),
    st.lists(WORD, min_size=2, max_size=2, unique=True).flatmap(
        lambda pair: st.builds(terms.Near, COLUMN, st.just(pair[0]), st.just(pair[1]), st.integers(0, 4))
    ),
    st.builds(terms.Wildcard, COLUMN, st.sampled_from(["ha*", "*us", "?aus", "t?r*", "*", "15*", "c++", "haus", "x*"])),
    st.builds(terms.Fuzzy, COLUMN, st.sampled_from(["haus", "huas", "mau", "tüer", "x"]), st.integers(1, 2)),
    st.builds(terms.Keyword, st.just("place"), st.sampled_from(PLACES)),
    st.builds(terms.DateRange, st.one_of(st.none(), DAY), st.one_of(st.none(), DAY)),
    st.just(terms.MatchAll()),
    st.just(terms.MatchNone()),
)
queries: st.SearchStrategy[terms.Terms] = st.recursive(
    leaves,
    lambda inner: st.one_of(
        st.lists(inner, min_size=1, max_size=3).map(lambda parts: terms.And(tuple(parts))),
        st.lists(inner, min_size=1, max_size=3).map(lambda parts: terms.Or(tuple(parts))),
        st.builds(terms.AndNot, inner, inner),
        st.builds(terms.Should, inner, inner),
    ),
    max_leaves=6,
)


# By what part of it a score may differ: tantivy keeps the lengths of texts in one byte, Whoosh's segments keep them.
# OpenSearch does both, and counts an entry without a column as one of one word.
ROUNDING = {"whoosh": 0.0, "tantivy": 0.02, "opensearch": 0.1}


def assert_alike(twin: Engine, engine: Engine, query: terms.Terms, rounding: float | None) -> None:
    """Same answers, facets and order by date; scores that differ by no more than that part, if they are to be alike."""
    for sort in reversed(SORTS):  # relevance comes last: its scores are compared below
        request = EngineRequest(query, sort=sort, size=20, facets={"place": 5})
        right, found = twin.search(request), engine.search(request)
        assert engine.ids(query, 5) == twin.ids(query, 5)
        assert found.total == right.total
        assert found.facets == right.facets
        if sort != "relevance":
            assert [match.id for match in found.matches] == [match.id for match in right.matches]
        for match in right.matches[:3] if sort != "relevance" else ():
            at = ListPosition(match.score, match.day, match.id, 1)
            back = EngineRequest(query, sort=sort, size=2, after=at, back=True)
            assert [row.id for row in engine.search(back).matches] == [row.id for row in twin.search(back).matches]
    scores = {match.id: match.score for match in right.matches}
    assert {match.id for match in found.matches} == scores.keys()
    for match in found.matches if rounding is not None else ():
        assert abs(match.score - scores[match.id]) <= 0.001 + rounding * scores[match.id]


def compare(name: str, first: list[Entry], second: list[Entry], gone: set[str], asked: list[terms.Terms]) -> None:
    """Build both in two blocks, the second of which replaces and deletes, and ask after each."""
    with tempfile.TemporaryDirectory() as folder:
        engines = [create(kind, Path(folder) / kind, first) for kind in ("memory", name)]
        for query in asked:
            # Entries that were replaced may still count in the statistics of an engine, so scores differ then.
            distinct = len({entry.id for entry in first}) == len(first)
            # OpenSearch scores places where words are near each other by how near they are.
            comparable = name != "opensearch" or not any(
                isinstance(leaf, terms.Near) for leaf in terms.scoring_leaves(query)
            )
            assert_alike(*engines, query, ROUNDING[name] if distinct and comparable else None)
        for engine in engines:
            change(engine, second, gone)
        for query in asked:
            assert_alike(*engines, query, None)
        engines[1].close()
        remove(name, Path(folder) / name)


def change(engine: Engine, entries: list[Entry], gone: set[str]) -> None:
    with engine.writer() as writer:
        for id in sorted(gone):
            writer.delete(id)
        for entry in entries:
            writer.put(entry)
    engine.refresh()


asked_queries = st.lists(queries, min_size=1, max_size=6)
ids = st.sets(st.sampled_from("abcdefghijkl"), max_size=3)


@settings(max_examples=60)
@given(entries(), entries(), ids, asked_queries)
def test_whoosh_answers_as_its_twin(
    first: list[Entry], second: list[Entry], gone: set[str], asked: list[terms.Terms]
) -> None:
    """Whoosh finds, counts, sorts and scores as the memory engine does, after replacing and deleting, too."""
    compare("whoosh", first, second, gone, asked)


@settings(max_examples=20)
@given(st.lists(st.tuples(entries(), ids), min_size=8, max_size=12), asked_queries)
def test_whoosh_answers_as_its_twin_after_many_commits(
    blocks: list[tuple[list[Entry], set[str]]], asked: list[terms.Terms]
) -> None:
    """Segments that were merged, and cleared of what was deleted from them, answer as before."""
    with tempfile.TemporaryDirectory() as folder:
        engines = [create(kind, Path(folder) / kind, []) for kind in ("memory", "whoosh")]
        for added, gone in blocks:
            for engine in engines:
                change(engine, added, gone)
        for query in asked:
            assert_alike(*engines, query, None)
        for id in "abcdefghijkl":
            assert engines[1].get(id) == engines[0].get(id)
        engines[1].close()


@settings(max_examples=60)
@given(entries(), entries(), ids, asked_queries)
def test_tantivy_answers_as_its_twin(
    first: list[Entry], second: list[Entry], gone: set[str], asked: list[terms.Terms]
) -> None:
    """tantivy finds, counts, sorts and scores as the memory engine does, after replacing and deleting, too."""
    compare("tantivy", first, second, gone, asked)


@pytest.mark.cluster
@settings(max_examples=40)
@given(entries(), entries(), ids, asked_queries)
def test_opensearch_answers_as_its_twin(
    first: list[Entry], second: list[Entry], gone: set[str], asked: list[terms.Terms]
) -> None:
    """OpenSearch finds, counts and sorts as the memory engine does, and scores nearly so, after changes, too."""
    compare("opensearch", first, second, gone, asked)
