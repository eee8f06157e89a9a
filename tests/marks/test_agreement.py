"""Engines and marks agree: what is found has a place, and what has a place is found."""

import tempfile
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from search.article import ENTITY_TYPES, Article, Entities
from search.engines.base import EngineRequest
from search.hits.matching import Occurrence, QueryMatcher, why
from search.query import nodes
from search.query.compile import compile_query
from search.query.parser import parse
from search.store.entry import to_entry
from tests.engines.samples import create
from tests.marks.samples import names, single, texts

articles = st.builds(
    Article,
    id=st.just("a"),
    body=texts,
    title=texts,
    entities=st.builds(Entities, person=names, place=names, organisation=st.just(())),
)


def is_found(article: Article, query: nodes.Query) -> bool:
    with tempfile.TemporaryDirectory() as folder:
        engine = create("memory", Path(folder) / "memory", [to_entry(article, "")])
        return bool(engine.search(EngineRequest(compile_query(query).terms)).total)


def places(article: Article, query: nodes.Query) -> list[Occurrence]:
    matcher = QueryMatcher(compile_query(query).clauses)
    found = matcher.in_text("title", article.title) + matcher.in_text("body", article.body)
    every_name = [name for type in ENTITY_TYPES for name in article.entities.of(type)]
    found += matcher.in_names("entities", every_name)
    for type in ENTITY_TYPES:
        found += matcher.in_names(type, article.entities.of(type))
    return found


@settings(max_examples=300)
@given(articles, single())
def test_one_unit_is_found_where_it_has_a_place(article: Article, text: str) -> None:
    """An article is found by a word, phrase or the like exactly if this has a place in it."""
    query = parse(text).query
    if len(compile_query(query).clauses) == 1:
        assert is_found(article, query) == bool(places(article, query))


@settings(max_examples=150)
@given(articles, st.lists(single(), min_size=2, max_size=4), st.sampled_from([" ", " ODER "]))
def test_what_is_found_has_a_place(article: Article, several: list[str], join: str) -> None:
    """An article that several words find has a place, and with it a reason why it was found."""
    query = parse(join.join(several)).query
    found = places(article, query)
    if is_found(article, query):
        assert found
        assert why(found)


@settings(max_examples=150)
@given(articles, st.lists(single(), min_size=2, max_size=3))
def test_each_word_that_is_found_has_its_own_place(article: Article, several: list[str]) -> None:
    """Of a query of several words, each that the article answers has a place of its own."""
    query = parse(" ".join(several)).query
    if is_found(article, query):
        assert {place.clause for place in places(article, query)} == set(range(len(compile_query(query).clauses)))


@given(articles, single())
def test_places_lie_on_letters(article: Article, text: str) -> None:
    """A place in a text begins and ends with a sign that is no white space."""
    matcher = QueryMatcher(compile_query(parse(text).query).clauses)
    for name, content in (("title", article.title), ("body", article.body)):
        for place in matcher.in_text(name, content):
            assert 0 <= place.start < place.end <= len(content)
            assert content[place.start : place.end] == content[place.start : place.end].strip()
