"""A verb is found where it stands apart from its prefix, and a word that merely looks like one is none."""

import tomllib
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.german.analysis import analyse
from search.german.separated_verbs import may_be_separated, separated_verbs
from search.german.stemming import stem
from tests.german.test_invariants import is_term, texts

CASES = tomllib.loads(Path(__file__).with_name("separated_verbs.toml").read_text(encoding="utf-8"))
CLAUSES = st.lists(
    st.sampled_from(["Züge", "fielen", "Fällt", "kündigt", "an", "aus", "ab", ".", ",", "\n", "\n\n", "und", "von",
                     "Hause", "ge\u00adht", "U\u0308bt", "A-", "15", "weiter", "so", "ging", "auf"]),
    max_size=30,
).map(" ".join)  # fmt: skip


def verbs(text: str) -> set[str]:
    return {part.term for part in separated_verbs(text)}


@pytest.mark.parametrize(("text", "verb"), [(case["text"], verb) for case in CASES["has"] for verb in case["verbs"]])
def test_a_text_has_a_verb(text: str, verb: str) -> None:
    """A text has each verb of its case, in any form."""
    assert stem(verb) in verbs(text)


@pytest.mark.parametrize(("text", "verb"), [(case["text"], case["verb"]) for case in CASES["other"]])
def test_what_ends_with_a_prefix_may_be_no_verb(text: str, verb: str) -> None:
    """What looks like the prefix of a verb is none if the verb is not before it in its clause."""
    assert stem(verb) not in verbs(text)


@pytest.mark.parametrize("case", CASES["marked"], ids=lambda case: case["text"][:30])
def test_a_verb_stands_at_its_finite_form(case: dict[str, Any]) -> None:
    """What is marked is the finite form."""
    found = sorted(separated_verbs(case["text"]))
    assert [case["text"][start:end] for start, end, _ in found] == case["letters"]


@given(st.one_of(texts, CLAUSES))
def test_a_verb_is_a_word_of_the_text(text: str) -> None:
    """A verb ends with a word of the text, and has a term that the list of verbs knows."""
    ends = {token.end for token in analyse(text).tokens}
    for part in separated_verbs(text):
        assert part.end in ends
        assert is_term(part.term)
        assert may_be_separated(part.term)
