"""Text cut at its marks."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from web.marking import Segment, paragraphs, segments

MARKS = st.lists(st.tuples(st.integers(-3, 30), st.integers(-3, 30)))


def test_marks_cut_the_text_into_segments() -> None:
    """Marked and unmarked pieces alternate as the offsets say."""
    assert segments("Atomprogramm neu", [(4, 12)]) == (Segment("Atom"), Segment("programm", True), Segment(" neu"))


@given(st.text(max_size=30), MARKS)
def test_segments_joined_are_the_text(text: str, marks: list[tuple[int, int]]) -> None:
    """Whatever the marks, no letter is lost, doubled or moved, and only what a mark covers is marked."""
    found = segments(text, marks)
    assert "".join(segment.text for segment in found) == text
    covered = [any(start <= place < end for start, end in marks) for place in range(len(text))]
    assert [segment.marked for segment in found for _ in segment.text] == covered


@given(st.text(alphabet="ab \n\r", max_size=30), MARKS)
def test_paragraphs_lose_only_white_space(body: str, marks: list[tuple[int, int]]) -> None:
    """Paragraphs keep every letter and its mark, and none of them is empty."""
    found = paragraphs(body, marks)
    letters = [(letter, segment.marked) for part in found for segment in part for letter in segment.text]
    covered = [any(start <= place < end for start, end in marks) for place in range(len(body))]
    expected = [pair for pair in zip(body, covered, strict=True) if not pair[0].isspace()]
    assert [pair for pair in letters if not pair[0].isspace()] == expected
    assert all(any(segment.text.strip() for segment in part) for part in found)


def test_empty_lines_keep_paragraphs_apart() -> None:
    """An empty line begins a paragraph, a single line break does not, and marks follow their words."""
    assert paragraphs("eins\nzwei\r\n \r\ndrei", [(14, 18)]) == (
        (Segment("eins\nzwei\r"),),
        (Segment("drei", True),),
    )
