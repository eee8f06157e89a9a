"""Compounds that a text says in several words are found where they stand, and parts that merely meet are none."""

import tomllib
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.german.analysis import analyse
from search.german.chunks import spans
from search.german.open_compounds import OPEN_SIGN, open_compound_terms, open_compounds, open_compounds_from
from search.german.tokens import normalise
from tests.german.test_invariants import is_term, texts

CASES = tomllib.loads(Path(__file__).with_name("open_compounds.toml").read_text(encoding="utf-8"))
SAYINGS = st.lists(
    st.sampled_from(
        ["Wahl", "zum", "Deutschen", "Bundestag", "Ex-Minister", "für", "Wirtschaft", "und", "Energie", "der", "Schutz",
         "Umwelt.", "(Umwelt)", "Ausstieg", "aus", "„Kohle“", "Lehrer:innen", "Um\u00adwelt", "U\u0308bung", "Tag",
         "\n", "des", "Landes:", "15", "000", "a\u00adWahl", "AT&Tag", "Lehrer/-Innen", "WAHL", "Zahl", "an",
         "in", "im", "den", "nach", "Reise"]
    ),
    max_size=30,
).map(" ".join)  # fmt: skip


def says(text: str, compound: str) -> bool:
    """Whether a text says a compound in several words."""
    return not {part.term for part in open_compounds(text)}.isdisjoint(open_compound_terms(normalise(compound)))


@pytest.mark.parametrize(
    ("text", "compound"), [(case["text"], word) for case in CASES["says"] for word in case["words"]]
)
def test_a_text_says_a_compound(text: str, compound: str) -> None:
    """A text says each compound of its case."""
    assert says(text, compound)


@pytest.mark.parametrize("case", CASES["marked"], ids=lambda case: case["text"][:30])
def test_a_compound_stands_from_its_first_word_to_its_last(case: dict[str, Any]) -> None:
    """What a text says in several words are these letters."""
    assert [case["text"][start:end] for start, end, _ in open_compounds(case["text"])] == case["letters"]


@pytest.mark.parametrize(("text", "compound"), [(case["text"], case["word"]) for case in CASES["other"]])
def test_words_that_merely_meet_are_no_compound(text: str, compound: str) -> None:
    """A text that has both parts of a compound does not say it."""
    assert not says(text, compound)


@given(st.one_of(texts, SAYINGS))
def test_a_compound_is_some_words_of_one_sentence(text: str) -> None:
    """What several words say begins and ends with a word, goes beyond no sentence, and is a term that no word has."""
    tokens, _ = analyse(text)
    starts, ends = {token.start for token in tokens}, {token.end for token in tokens}
    for start, end, term in open_compounds(text):
        assert start in starts
        assert end in ends
        assert not set(".;!?") & set(text[start:end])
        assert is_term(term)
        assert OPEN_SIGN in term
    assert not any(OPEN_SIGN in term for token in tokens for term in (token.word.exact, token.word.form))


@given(st.one_of(texts, SAYINGS))
def test_each_compound_is_found_from_its_first_word(text: str) -> None:
    """Looked for from each chunk of a text, the same are found as in the whole."""
    assert [part for start, end in spans(text) for part in open_compounds_from(text, start, end)] == list(
        open_compounds(text)
    )


def test_a_word_without_an_end_is_no_head() -> None:
    """Of a word that is longer than any, no letter is asked whether a head begins there: that takes the square."""
    assert not list(open_compounds("Wahl" * 30 + " zum Bundestag"))
