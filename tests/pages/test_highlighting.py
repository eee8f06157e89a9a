"""Text cut at its marks."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.article import Mention
from web.pages.highlighting import Paragraph, Span, TextRun, first_mentions, paragraphs, text_runs

MARKS = st.lists(st.tuples(st.integers(-3, 30), st.integers(-3, 30)))


def test_marks_cut_the_text_into_text_runs() -> None:
    """Marked and unmarked pieces alternate as the offsets say."""
    assert text_runs("Atomprogramm neu", [(4, 12)]) == (TextRun("Atom"), TextRun("programm", True), TextRun(" neu"))


@given(st.text(max_size=30), MARKS)
def test_text_runs_joined_are_the_text(text: str, marks: list[tuple[int, int]]) -> None:
    """Whatever the marks, no letter is lost, doubled or moved, and only what a mark covers is marked."""
    found = text_runs(text, marks)
    assert "".join(text_run.text for text_run in found) == text
    covered = [any(start <= place < end for start, end in marks) for place in range(len(text))]
    assert [text_run.marked for text_run in found for _ in text_run.text] == covered


@given(st.text(alphabet="ab \n\r", max_size=30), MARKS)
def test_paragraphs_lose_only_white_space(body: str, marks: list[tuple[int, int]]) -> None:
    """Paragraphs keep every letter and its mark, and none of them is empty."""
    found = paragraphs(body, marks)
    cut = [[text_run for span in part.spans for text_run in span.text_runs] for part in found]
    letters = [(letter, text_run.marked) for part in cut for text_run in part for letter in text_run.text]
    covered = [any(start <= place < end for start, end in marks) for place in range(len(body))]
    expected = [pair for pair in zip(body, covered, strict=True) if not pair[0].isspace()]
    assert [pair for pair in letters if not pair[0].isspace()] == expected
    assert all(any(text_run.text.strip() for text_run in part) for part in cut)


def test_empty_lines_keep_paragraphs_apart() -> None:
    """An empty line begins a paragraph, a single line break does not, and marks follow their words."""
    assert paragraphs("eins\nzwei\r\n \r\ndrei", [(14, 18)]) == (
        Paragraph((Span((TextRun("eins\nzwei\r"),)),)),
        Paragraph((Span((TextRun("drei", True),)),)),
    )


def test_names_are_spans_with_their_marks() -> None:
    """A mention is a span of its own, whatever marks begin or end inside of it."""
    kohl = Mention("body", 4, 15, "person", "Helmut Kohl")
    (paragraph,) = paragraphs("Als Helmut Kohl kam", [(0, 10)], [kohl])
    before, name, after = paragraph.spans
    assert before == Span((TextRun("Als ", True),))
    assert name == Span((TextRun("Helmut", True), TextRun(" Kohl")), kohl)
    assert after == Span((TextRun(" kam"),))


def test_only_the_first_mention_of_a_name_counts() -> None:
    """Of several mentions of one name the first is kept, whatever is between them."""
    found = [Mention("body", place, place + 1, "place", name) for place, name in enumerate("abac")]
    assert first_mentions(found) == (found[0], found[1], found[3])


@pytest.mark.parametrize(
    ("texts", "crossheads"),
    [
        (["Ein Satz.", "Der Streit", "Noch einer."], [1]),
        (["Der Streit", "Ein Satz."], []),
        (["Ein Satz.", "Mehr dazu"], []),
        (["Ein Satz.", "Tore:", "Noch einer."], []),
        (["Ein Satz.", "Eins", "Zwei", "Noch einer."], []),
        (["Ein Satz.", "Ein Wort " * 20, "Noch einer."], []),
    ],
)
def test_short_lines_between_paragraphs_are_crossheads(texts: list[str], crossheads: list[int]) -> None:
    """A short line that ends no sentence is a cross-head if whole paragraphs stand around it; a list is none."""
    found = paragraphs("\n\n".join(texts), ())
    assert [place for place, paragraph in enumerate(found) if paragraph.crosshead] == crossheads
