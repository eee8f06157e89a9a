"""Other spellings are few, and none is asked for a plain word."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.german.equivalents import MOST_EQUIVALENTS, equivalents
from search.german.place_names import other_place_names


@given(st.text("0123456789 .,-§%&AaBzuUnd", max_size=40))
def test_equivalents_are_bounded(text: str) -> None:
    """No text has more other spellings than the bound, none is the text itself, and none is empty."""
    found = equivalents(text)
    assert len(found) <= MOST_EQUIVALENTS
    assert text not in found
    assert all(other.strip() for other in found)


@pytest.mark.parametrize(
    "word", ["Haus", "der", "Merkel", "2021", "prägen", "Essen", "dass", "US-", "A", "7", "32.13.2020"]
)
def test_plain_words_have_no_other_spelling(word: str) -> None:
    """Words, numbers and days that no calendar has stay what they are."""
    assert equivalents(word) == ()


def test_places_have_each_others_names() -> None:
    """Every name of a place leads to the others, in capitals and in the genitive, too."""
    assert set(other_place_names("KYIVS")) == {"Kiew", "Kyjiw", "Kiev"}
    assert "Weißrussland" in list(other_place_names("Belarus"))
