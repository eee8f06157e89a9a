"""Snippets show where a text matches, in whole sentences where they fit."""

import re
from unittest.mock import patch

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.hits import highlight
from search.hits.highlight import ELLIPSIS, SNIPPET_LENGTH, marks, snippet
from search.hits.matching import QueryMatcher
from search.page import Snippet
from search.query.compile import compile_query
from search.query.parser import parse
from tests.marks.samples import WORDS, single

FILLING = ("der", "Bericht", "über", "ein", "Verfassungsgericht", "am", "13.", "August", "z.", "B.", "Dr.", "und")
_sentence = st.lists(st.sampled_from(FILLING + WORDS[:30]), min_size=1, max_size=25).map(
    lambda words: " ".join([words[0].capitalize(), *words[1:]])
)
_ends = st.sampled_from([". ", ". ", "! ", "? ", ".“ ", ": ", ".\n\n", "\n", ", "])
prose = st.lists(st.tuples(_sentence, _ends), max_size=14).map(
    lambda pairs: "".join(sentence + end for sentence, end in pairs)
)


def snip(query: str, text: str) -> tuple[Snippet, tuple[tuple[int, int], ...]]:
    """The snippet of a text and the marks of the whole text."""
    places = QueryMatcher(compile_query(parse(query).query).clauses).in_text("body", text)
    return snippet(text, places), marks(places)


def offsets(shown: Snippet, text: str) -> list[int]:
    """Where in the text the snippet can have been taken from."""
    plain, passage = re.sub(r"\s", " ", text), shown.text.removeprefix(ELLIPSIS).removesuffix(ELLIPSIS)
    return [at for at in range(len(plain) + 1) if plain.startswith(passage, at)]


def check(query: str, text: str) -> None:
    """All that holds for the snippet of a text without an ellipsis of its own."""
    shown, all_marks = snip(query, text)
    before = len(ELLIPSIS) * shown.text.startswith(ELLIPSIS)
    length = len(shown.text) - before - len(ELLIPSIS) * shown.text.endswith(ELLIPSIS)
    assert length <= SNIPPET_LENGTH
    assert "\n" not in shown.text
    starts = offsets(shown, text)
    assert starts
    if not before:
        assert any(not text[:at].strip() or re.search(r"([.!?][\"“”»«)]*\s+|\n\s*\n\s*)$", text[:at]) for at in starts)
    if not shown.text.endswith(ELLIPSIS):
        ends = [at - before + len(shown.text) for at in starts]
        assert any(not text[at:].strip() or re.search(r"[.!?][\"“”»«)]*$", text[:at]) for at in ends)
    assert bool(shown.marks) == bool(all_marks)
    assert all(before <= left < right <= before + length for left, right in shown.marks)
    assert all(right <= left for (_, right), (left, _) in zip(shown.marks, shown.marks[1:], strict=False))
    assert any(agree(shown.marks, all_marks, at - before, at, at + length) for at in starts)


def agree(
    shown: tuple[tuple[int, int], ...], full: tuple[tuple[int, int], ...], shift: int, start: int, end: int
) -> bool:
    """Whether marks in a snippet are those of the text between start and end; at its edges they may be cut."""
    moved = {(left + shift, right + shift) for left, right in shown}
    inside = {mark for mark in full if start <= mark[0] and mark[1] <= end}
    return inside <= moved and all(any(a <= left and right <= b for a, b in full) for left, right in moved)


@given(single(), prose)
def test_a_snippet_is_a_passage_of_the_text_with_its_marks(query: str, text: str) -> None:
    """A snippet is a short passage with the marks of the text there; it shows a mark if the text has one."""
    check(query, text)


@given(st.lists(single(), min_size=2, max_size=4).map(" ".join), prose)
def test_a_snippet_of_several_words_is_a_passage_of_the_text(query: str, text: str) -> None:
    """The same holds for a query of several words."""
    check(query, text)


@given(st.lists(single(), min_size=1, max_size=3).map(" ".join), prose, prose)
def test_sentences_far_from_any_place_change_nothing(query: str, text: str, rest: str) -> None:
    """The snippet is the same as if all sentences of the text were known."""
    places = QueryMatcher(compile_query(parse(query).query).clauses).in_text("body", text)
    whole = text + rest
    known = highlight._sentences(whole, [], len(whole))
    with patch.object(highlight, "_sentences", return_value=known):
        right = snippet(whole, places)
    assert snippet(whole, places) == right


@given(single(), st.text(max_size=400).filter(lambda text: ELLIPSIS not in text))
def test_any_text_has_a_snippet(query: str, text: str) -> None:
    """Any text whatever has a snippet that keeps to its length."""
    shown, _ = snip(query, text)
    assert len(shown.text) <= SNIPPET_LENGTH + 2 * len(ELLIPSIS)


@pytest.mark.parametrize(
    "text", ["", " ", "\n", "\n\n\n", " \n \t ", "a", "!", "§", "Kohl", "\n\nKohl\n\n", "  Kohl.  Kohl  "]
)
def test_short_texts_have_themselves_as_snippet(text: str) -> None:
    """The snippet of a short text has no ellipsis, and no more than the white space around it is missing."""
    shown, all_marks = snip("Kohl", text)
    assert shown.text.split() == text.split()
    assert len(shown.marks) == len(all_marks)


@pytest.mark.parametrize(
    ("query", "text"),
    [
        ("x" * 10_000, "x" * 10_000),
        ("xx*", "x" * 10_000),
        ("Kohl", "x" * 10_000 + " Kohl " + "y" * 10_000),
        ("Kohl", "x" * 1_000 + "-Kohl"),
        ("Kohl", "https://example.org/" + "a/" * 500 + "Kohl"),
        ("Kohl", "Kohl " * 3 + "x" * 10_000),
        ("Kohl", "a " * 500 + "Kohl" + " b" * 500),
        ("Kohl", "a-" * 500 + "Kohl" + "-b" * 500),
        ("Kohl", "\n" * 1_000 + "Kohl" + "\n" * 1_000),
        ("Kohl", " " * 1_000 + "Kohl" + " " * 1_000),
        ('"Kohl Kanzler"', "a " * 60 + "Kohl. Kanzler" + " b" * 500),
        ('"Kohl Kanzler"', "a " * 69 + "Kohl. Kanzler" + " b" * 500),
        ('"' + "Kohl " * 100 + '"', "Kohl " * 100),
        ("15000", "a " * 135 + "15 000 000 b 15 000" + " b" * 500),
    ],
    ids=range(14),
)
def test_giant_words_and_gaps_do_not_hide_the_match(query: str, text: str) -> None:
    """However long words, gaps and phrases are, the snippet shows at least a part of a match."""
    check(query, text)


def test_the_passage_with_more_of_the_query_is_shown() -> None:
    """Of two passages the one with more different words of the query is shown, not the one with more of one."""
    text = "Kohl, Kohl und Kohl. " + "Es geht um etwas anderes. " * 30 + "Kohl trifft Mitterrand. " + "Ende gut. " * 40
    shown, _ = snip("Kohl Mitterrand", text)
    assert "Mitterrand" in shown.text
    assert shown.text.startswith(("Es geht", "Kohl trifft"))


def test_an_exact_match_is_shown_rather_than_a_form() -> None:
    """Of two passages the one with the word as typed is shown."""
    shown, _ = snip(
        "Kohl", "Die Kohle geht aus. " + "Es geht um etwas anderes. " * 30 + "Da lacht Kohl. " + "Ende. " * 90
    )
    assert "Da lacht Kohl." in shown.text


@pytest.mark.parametrize("stop", ["z. B. ", "Dr. ", "am 13. ", "ca. ", "Prof. ", "Nr. ", "Mio. "])
def test_an_abbreviation_ends_no_sentence(stop: str) -> None:
    """A snippet does not begin behind the full stop of an abbreviation or a number."""
    text = (
        "Es beginnt. "
        + "Hier steht etwas ohne Belang und noch mehr davon. " * 8
        + f"So kam {stop}Kohl nach Bonn. Ende."
    )
    shown, _ = snip("Kohl", text)
    assert not shown.text.startswith("Kohl")
    assert f"{stop}Kohl" in shown.text


ENDS = [
    # a text that is too long, and how the snippet of its first sentence ends
    ("Kohl kam nach Bonn. " + "Und so weiter ohne Ende " * 20, "Kohl kam nach Bonn. Und so weiter"),
    ("Kohl sagte in Bonn, was er zu sagen hatte, und zwar wie immer sehr ausführlich und ohne Eile, nämlich dies und "
     "das und jenes:\n\n" + "Es geht um etwas anderes " * 30, "…"),
    ("Kohl " + "war in Bonn und in Berlin " * 7 + "zu Gast. " + "Und so weiter ohne Ende " * 20, "zu Gast."),
    ("Kohl " + "war in Bonn und in Berlin " * 7 + "zu Gast.“ " + "Und so weiter ohne Ende " * 20, "zu Gast.“"),
    ("Kohl " + "war in Bonn und in Berlin " * 7 + "zu Gast.\n\n– " + "und so weiter ohne Ende " * 20, "…"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "end"), ENDS, ids=range(len(ENDS)))
def test_a_snippet_ends_with_a_sentence_or_with_an_ellipsis(text: str, end: str) -> None:
    """Neither a colon nor the end of a line ends a snippet."""
    shown, _ = snip("Kohl", text)
    assert shown.text.endswith(end) or (shown.text.startswith(end) and shown.text.endswith(ELLIPSIS))


@pytest.mark.parametrize(("gap", "sign"), [("\n\n", " · "), (" \n \n\n", " · "), ("\n", " "), (".\n\n", ".  ")])
def test_a_cross_head_does_not_run_into_the_text(gap: str, sign: str) -> None:
    """A point stands between a cross-head and the paragraph below, and the marks behind it are right."""
    shown, _ = snip("Kohl Bonn", f"Der Kohl im Amt{gap}In Bonn war Kohl zu Gast.")
    assert shown.text == f"Der Kohl im Amt{sign}In Bonn war Kohl zu Gast."
    assert [shown.text[left:right] for left, right in shown.marks] == ["Kohl", "Bonn", "Kohl"]


def test_a_long_text_full_of_matches_has_a_snippet() -> None:
    """A book with thousands of matches has a snippet like any other text."""
    shown, all_marks = snip("der", "Der Mann und der Hund gehen in der Stadt. " * 1_000)
    assert len(all_marks) == 3_000
    assert len(shown.marks) >= 9
