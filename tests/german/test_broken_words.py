"""Broken words are read whole, and every one stands where its letters stand."""

from hypothesis import given
from hypothesis import strategies as st

from search.german.analysis import analyse
from search.german.broken_words import whole
from tests.german.test_layers import BROKEN


@given(BROKEN)
def test_places_lead_back_to_the_text(text: str) -> None:
    """What is left of a text stands in it at the places told, in order."""
    mended = whole(text)
    if mended is None:
        return
    spans = [mended.span(at, at + 1) for at in range(len(mended.text))]
    assert "".join(text[start : start + 1] for start, _ in spans) == mended.text
    assert all(end == start + 1 for start, end in spans)
    assert [start for start, _ in spans] == sorted({start for start, _ in spans})


@given(BROKEN)
def test_nothing_is_left_to_mend(text: str) -> None:
    """What was left out was white space and signs that divide; all letters are kept."""
    mended = whole(text)
    if mended is not None:
        assert [letter for letter in text if letter.isalpha()] == [letter for letter in mended.text if letter.isalpha()]


@given(st.integers(1, 3), st.sampled_from(["-\n", "\u00ac\n", "- ", "-\r\n", "-\n\n", "\u00ad\n"]))
def test_a_broken_word_has_the_terms_of_the_word(spaces: int, sign: str) -> None:
    """Where the word was broken makes no difference to its terms, and its parts lie within it."""
    text = f"Die Verfassungs{sign}{' ' * (spaces - 1)}gerichte tagen."
    tokens, parts = analyse(text)
    assert [token.word.exact for token in tokens] == ["die", "verfassungsgerichte", "tagen"]
    assert [text[part.start : part.end] for part in parts] == ["Verfassungs", "gerichte"]


def test_a_page_of_pieces_is_read_in_time() -> None:
    """A hundred thousand pieces in a row are read piece by piece."""
    tokens, _ = analyse("ab-\n" * 100_000)
    assert tokens
