"""What holds for any query text whatever, said in words and tried at random."""

import tempfile
from collections.abc import Iterator
from dataclasses import fields
from functools import cache
from pathlib import Path
from random import Random

from hypothesis import given
from hypothesis import strategies as st

from search.engines.base import Engine, EngineRequest
from search.query import nodes
from search.query.compile import compile_query
from search.query.notices import notice
from search.query.parser import DEEPEST, MOST_LEXEMES, parse
from search.query.relax import with_any_word, with_forms
from search.query.terms import leaves
from tests.engines.samples import create, entry
from tests.torture.query_texts import GLUE, PIECES


@st.composite
def pieced(draw: st.DrawFn) -> str:
    """Pieces of queries in any order, with or without spaces between them."""
    chosen = draw(st.lists(st.sampled_from(PIECES), max_size=9))
    return "".join(piece + draw(st.sampled_from(GLUE)) for piece in chosen)


texts = st.one_of(pieced(), pieced(), st.text(max_size=40), st.text('ab -"()*?~=:UNDODER„“\u00ad\u0308.,', max_size=30))


def inside(query: nodes.Query) -> Iterator[nodes.Query]:
    """The query and all queries in it."""
    yield query
    for field in fields(query):
        value = getattr(query, field.name)
        for inner in value if isinstance(value, tuple) else (value,):
            if isinstance(inner, nodes.Query):
                yield from inside(inner)


@cache
def engine() -> Engine:
    folder = Path(tempfile.mkdtemp())
    samples = [
        entry("1", "Kim trifft Putin. 15 000 Lehrer:innen in der Straße.", "Kohl", "2024-03", person=("Kim Jong Un",)),
        entry("2", "Der US-Präsident ist nicht schuldig, Müller schreibt C++ bei AT&T.", "Ukraine", "2023", "ORF"),
        entry("3", "a b c d", "b a", place=("Ukraine",)),
    ]
    return create("memory", folder / "memory", samples)


def found(query: nodes.Query) -> set[str]:
    return {match.id for match in engine().search(EngineRequest(compile_query(query).terms, size=9)).matches}


@given(texts)
def test_no_text_fails(text: str) -> None:
    """Any text whatever is understood, compiled and answered, and every notice has a message."""
    parsed = parse(text)
    assert found(parsed.query) <= {"1", "2", "3"}
    assert len(compile_query(parsed.query).clauses) <= 20 * MOST_LEXEMES
    assert all(notice(code, detail).message for code, detail in parsed.notices)
    for relaxed in (with_forms(parsed.query), with_any_word(parsed.query)):
        if relaxed:
            assert found(relaxed) <= {"1", "2", "3"}


@given(texts)
def test_a_description_means_the_query(text: str) -> None:
    """The description of a query is a text that means exactly this query."""
    query = parse(text).query
    if not isinstance(query, nodes.MatchNone):
        assert parse(nodes.describe(query)).query == query


@given(texts)
def test_nothing_stands_inside_no_query(text: str) -> None:
    """A query is flat: nothing empty, nothing with one part and no double negation is left in it."""
    query = parse(text).query
    for inner in inside(query):
        match inner:
            case nodes.And(queries) | nodes.Or(queries):
                assert len(queries) >= 2
                assert not any(isinstance(part, (nodes.MatchNone, type(inner))) for part in queries)
            case nodes.Not(nodes.Not()):
                raise AssertionError("double negation")
            case nodes.MatchNone():
                assert inner is query


@given(texts)
def test_every_word_of_a_query_has_a_word_in_it(text: str) -> None:
    """All words, phrases, patterns and so on of a query hold something that can be looked up."""
    assert all(list(leaves(unit)) for unit in compile_query(parse(text).query).clauses)


@given(texts)
def test_the_depth_is_bounded(text: str) -> None:
    """No query nests deeper than its limit allows."""

    def depth(query: nodes.Query) -> int:
        below = [depth(inner) for inner in inside(query) if inner is not query]
        return 1 + max(below, default=0)

    assert depth(parse(text).query) <= 3 * DEEPEST


@given(texts)
def test_relaxing_finds_at_least_as_much(text: str) -> None:
    """Whatever answers a query also answers each relaxation of it."""
    query = parse(text).query
    for relaxed in (with_forms(query), with_any_word(query)):
        if relaxed:
            assert found(query) <= found(relaxed)


words = st.sampled_from(["Kim", "Putin", "Straße", '"nicht schuldig"', "a", "b", "titel:Kohl", "text:(Kim a)", "=c"])
limits = st.sampled_from(
    ["-Kim", "-b", 'NICHT "a b"', "-titel:b", "titel:-b", "text:(-Kim)", "datum:2024", "datum:2023..", "-datum:2023",
     "text:datum:2024", "-(Kim ODER b)"]
)  # fmt: skip


@given(st.lists(words, min_size=2, max_size=4), st.lists(limits, min_size=1, max_size=3), st.randoms())
def test_relaxing_keeps_exclusions_and_dates(asked: list[str], kept: list[str], random: Random) -> None:
    """What a query excludes or limits to dates, its relaxations exclude and limit too."""
    pieces = asked + kept
    random.shuffle(pieces)
    query = parse(" ".join(pieces)).query
    allowed = set.intersection(*(found(parse(limit).query) for limit in kept))
    for relaxed in (with_forms(query), with_any_word(query), with_any_word(with_forms(query) or query)):
        if relaxed:
            assert found(relaxed) <= allowed
