"""Texts with rows of marks, which Unicode sorts when it normalises, are read in a time that grows with their length."""

import re
import unicodedata
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from search.german.analysis import analyse
from search.german.layers import layers
from search.german.normalisation import MOST_MARKS, Form, is_normalised, normalised
from search.german.tokens import without_invisible

MARKS = "\u0301\u0316\u0345\u0340\u0f71\u0f73\uff9e\uff9f"
FORMS: tuple[Form, ...] = ("NFC", "NFD", "NFKC", "NFKD")
PACKAGES = ("search", "indexer", "web")

with_marks = st.lists(
    st.one_of(st.text(MARKS, max_size=50), st.text("aÄß \u00ad„—𝒜", max_size=3), st.text(max_size=3)), max_size=8
).map("".join)


def longest_row(text: str) -> int:
    """The length of the longest row of signs that normalising may sort."""
    longest = row = 0
    for sign in unicodedata.normalize("NFKD", text):
        row = row + 1 if unicodedata.combining(sign) else 0
        longest = max(longest, row)
    return longest


@given(with_marks, st.sampled_from(FORMS))
def test_no_row_of_marks_is_longer_than_allowed(text: str, form: Form) -> None:
    """What is normalised has no long row of marks; a sign may itself be written with two or three."""
    assert longest_row(normalised(form, text)) <= 3 * MOST_MARKS + 3


@given(st.text(max_size=40), st.sampled_from(FORMS))
def test_without_long_rows_the_normal_forms_are_those_of_unicode(text: str, form: Form) -> None:
    """A text with fewer marks in a row is normalised as Unicode says."""
    if longest_row(text) <= MOST_MARKS:
        assert normalised(form, text) == unicodedata.normalize(form, text)
        assert is_normalised(form, text) == unicodedata.is_normalized(form, text)


@given(with_marks, st.sampled_from(FORMS))
def test_what_is_normalised_says_so(text: str, form: Form) -> None:
    """Only of a normalised text is it said that it is one."""
    if is_normalised(form, text):
        assert normalised(form, text) == text


def test_a_long_row_of_marks_keeps_its_word() -> None:
    """A word with thousands of marks is found by the word with the first of them."""
    marked = "a" + "\u0340\u0345\u0301\u0316" * 10_000
    assert longest_row(without_invisible(marked)) <= MOST_MARKS
    assert [token.word.form for token in analyse(f"Der Z{marked}un").tokens] == ["der", "zaun"]
    assert layers(f"Der Z{marked}un").form == "der zaun"


def test_texts_are_normalised_in_one_place() -> None:
    """No other code of ours normalises a text: dates, which are short, are cut first."""
    files = [file for name in PACKAGES for file in Path(name).rglob("*.py")]
    normalising = {
        file.name for file in files if re.search(r"unicodedata\.(is_)?normali[sz]e", file.read_text("utf-8"))
    }
    assert normalising == {"normalisation.py", "dates.py"}
