"""Marks stand at the right letters, for the right reason."""

import tomllib
from pathlib import Path
from typing import Any
from unittest.mock import patch

import pytest

from search.german.analysis import analyse_names
from search.hits import matching
from search.hits.highlight import SEPARATOR, marks, snippet
from search.hits.matching import QueryMatcher, why
from search.query.compile import compile_query
from search.query.parser import parse

CASES = tomllib.loads((Path(__file__).parent / "cases.toml").read_text(encoding="utf-8"))["case"]


def matcher(query: str) -> QueryMatcher:
    return QueryMatcher(compile_query(parse(query).query).clauses)


@pytest.mark.parametrize("case", CASES, ids=lambda case: ascii(case["query"] + " - " + case["text"])[:50])
def test_these_letters_are_marked(case: dict[str, Any]) -> None:
    """A text has the marks of its case and matches for its reason."""
    places = matcher(case["query"]).in_text("body", case["text"])
    assert [case["text"][start:end] for start, end in marks(places)] == case["marks"]
    assert why(places) == case.get("why")


@pytest.mark.parametrize("case", CASES, ids=lambda case: ascii(case["query"] + " - " + case["text"])[:50])
def test_a_short_text_is_its_own_snippet(case: dict[str, Any]) -> None:
    """The snippet of a short text is the text on one line, with the same marks."""
    shown = snippet(case["text"], matcher(case["query"]).in_text("body", case["text"]))
    assert on_one_line(shown.text) == on_one_line(case["text"])
    assert [on_one_line(shown.text[start:end]) for start, end in shown.marks] == list(map(on_one_line, case["marks"]))


def on_one_line(text: str) -> str:
    """A text without the signs that part its paragraphs."""
    return text.replace(SEPARATOR, "  ").replace("\n", " ").replace("\u00a0", " ")


def test_the_same_words_are_marked_in_the_headline() -> None:
    """A query without fields marks headline and body alike; one with a field only there."""
    for name, query in (("title", "Kohl"), ("body", "Kohl"), ("title", "titel:Kohl"), ("body", "text:Kohl")):
        assert marks(matcher(query).in_text(name, "Helmut Kohl")) == ((7, 11),)
    assert not matcher("titel:Kohl").in_text("body", "Helmut Kohl")
    assert not matcher("text:Kohl").in_text("title", "Helmut Kohl")


def test_names_match_in_any_spelling_but_not_in_any_form() -> None:
    """Müller is found as Mueller among names, Kohl not as Kohle, and a phrase does not reach into the next name."""
    assert matcher("Müller").in_names("entities", ["Herta Mueller"])
    assert not matcher("Kohl").in_names("entities", ["Kohle"])
    assert not matcher('"Kohl Merkel"').in_names("entities", ["Helmut Kohl", "Merkel"])
    assert not matcher('"Kohl Merkel"').in_names("entities", ["Helmut Kohl", "Kim Jong Un", "Merkel"])
    assert matcher('person:"Helmut Kohl"').in_names("person", ["Angela Merkel", "Helmut Kohl"])


def test_only_names_that_may_match_are_analysed() -> None:
    """Of many names of an article, those in which no word asked for can stand are not analysed."""
    with patch.object(matching, "analyse_names", wraps=analyse_names) as analysed:
        assert matcher("Kohl").in_names("entities", ["Angela Merkel", "Helmut Kohl", "Kim Jong Un"])
    analysed.assert_called_once_with("Helmut Kohl")


def test_marks_that_overlap_are_joined() -> None:
    """A phrase and a word in it are one mark, neighbours are two."""
    found = matcher('"Kim Jong" Jong "Jong Un" Putin').in_text("body", "Kim Jong Un Putin")
    assert marks(found) == ((0, 11), (12, 17))


def test_places_are_sorted() -> None:
    """Places come in the order of the text, longer ones first."""
    text = "Kim Jong Un trifft Kim, Un und Jong: US-Präsident."
    places = matcher('Un Kim "Kim Jong Un" Jong* US Präsident US-Präsident').in_text("body", text)
    assert [(place.start, -place.end) for place in places] == sorted((place.start, -place.end) for place in places)


def test_proximity_may_reach_into_the_next_name() -> None:
    """Two names of one article stand close to each other, as they do for the engine."""
    near = matcher('"Kohl Merkel"~3')
    assert near.in_names("entities", ["Helmut Kohl", "Angela Merkel"])
    assert not near.in_names("entities", ["Helmut Kohl", "Kim Jong Un", "Angela Merkel"])


def test_many_stars_are_survived() -> None:
    """A pattern of many stars is compared with a long word in one go."""
    assert not matcher("aa" + "*a" * 8 + "*b").in_text("body", "a" * 40)
    assert matcher("aa" + "*a" * 8 + "*b*").in_text("body", "a" * 40 + "bc")
    assert matcher("ab*b?*c").in_text("body", "abababxbcbc")


def test_proximity_of_three_words_needs_all_of_them() -> None:
    """Two of three words that should stand close together are no match."""
    near = matcher('"Kim Putin Trump"~2')
    assert not near.in_text("body", "Kim und Putin")
    assert marks(near.in_text("body", "Kim, Putin, Trump")) == ((0, 3), (5, 10), (12, 17))
