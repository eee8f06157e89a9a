"""What `annotate` promises for any article."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer import annotate
from indexer.entities import MOST_NAMES
from search import Article, Entities

PARTS = st.sampled_from(
    "Präsident Dr. Peter Müller Müllers von der Ukraine Russlands in Berlin (dpa) SPD AG GmbH Agentur „ “ ( ) . - ' \n"
    .split(" ")
)  # fmt: skip


def test_declared_names_come_first() -> None:
    """Names that an article declares are kept in their order, found ones follow, none comes twice."""
    declared = Entities(person=("Merkel, Angela", "Kim Jong Un", "King, Jr."), place=("Mordor",))
    article = Article("1", "Kim Jong-un traf Kanzlerin Merkel und Olaf Scholz in Frankreich.", entities=declared)
    assert annotate(article).entities == Entities(
        person=("Angela Merkel", "Kim Jong Un", "King, Jr.", "Olaf Scholz"), place=("Mordor", "Frankreich")
    )


def test_only_entities_change() -> None:
    """Everything else about an article stays as it is."""
    article = Article("1", "Olaf Scholz sprach.", title="T", source="S", url="https://e.org/1", authors=("A",))
    annotated = annotate(article)
    assert annotated.entities.person == ("Olaf Scholz",)
    assert {**annotated.as_json(), "entities": None} == {**article.as_json(), "entities": None}


def test_the_title_counts() -> None:
    """Names in the title are found, and come before those of the body."""
    assert annotate(Article("1", "Peru schweigt.", title="Chile jubelt")).entities.place == ("Chile", "Peru")


def test_found_names_are_limited_declared_ones_are_not() -> None:
    """Of a list of names only the first are taken; what an article declares is never cut."""
    names = tuple(f"Peter M{chr(97 + i // 26)}{chr(97 + i % 26)}ler" for i in range(40))
    assert len(annotate(Article("1", " sagte. ".join(names))).entities.person) == MOST_NAMES
    assert annotate(Article("1", "x", entities=Entities(person=names))).entities.person == names


@given(st.text(max_size=200) | st.lists(PARTS, max_size=60).map(" ".join))
def test_any_text_can_be_annotated(text: str) -> None:
    """Names have letters, stand on one line, and come once."""
    entities = annotate(Article("1", text)).entities
    for names in (entities.person, entities.place, entities.organisation):
        assert len(set(names)) == len(names)
        assert all(name == " ".join(name.split()) and any(map(str.isalpha, name)) for name in names)


LONG = 300_000
TWISTED = [
    "A" * LONG,
    "A'" * (LONG // 2),
    "A-b" * (LONG // 3),
    "Peter von " * (LONG // 10),
    "Präsident " * (LONG // 10),
    "(AB)" * (LONG // 4),
    "Ab AG " * (LONG // 6),
    "Agentur „" * (LONG // 9),
    " " * LONG,
]


@pytest.mark.parametrize("text", TWISTED, ids=[text[:10] for text in TWISTED])
def test_time_grows_with_the_length_only(text: str) -> None:
    """A text of any shape is annotated in seconds; a pattern that tries again and again would take hours."""
    started = time.perf_counter()
    annotate(Article("1", text))
    assert time.perf_counter() - started < 10
