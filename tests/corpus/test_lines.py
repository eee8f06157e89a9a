"""Concordances: each line is a place that matches; collocates stand near it."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search import Archive, Article, Request, open_archive, write_archive
from search.corpus.collocations import Neighbourhood
from search.corpus.concordance import ORDERS, Line, _line, _whole_words
from search.corpus.words import Forms
from search.errors import BadRequest
from search.german.analysis import german_word


def test_a_line_is_where_the_query_matches(archive: Archive) -> None:
    """There is a line for each match in each hit, with the letters that are marked on the page."""
    found = archive.corpus.concordance(Request("Hochwasser"))
    marks = {
        id: [article.body[start:end] for start, end in archive.marks(article, "Hochwasser").body]
        for id in {line.id for line in found.lines}
        for article in (archive.article(id),)
    }
    assert (found.total, found.read) == (14, 14)
    assert len(found.lines) == sum(map(len, marks.values())) == 12 * 2 + 2
    for line in found.lines:
        assert line.match[slice(*line.mark)] in marks[line.id]


def test_a_part_of_a_word_is_shown_in_its_word(archive: Archive) -> None:
    """What matches in a compound is marked in the whole word."""
    lines = archive.corpus.concordance(Request("Wasser")).lines
    assert {(line.match, line.match[slice(*line.mark)]) for line in lines} == {("Hochwasser", "wasser")}


def test_a_phrase_is_one_place(archive: Archive) -> None:
    """A quotation is one match, with what stands around it."""
    lines = archive.corpus.concordance(Request('"dem Hochwasser"')).lines
    assert {line.match for line in lines} == {"dem Hochwasser"}
    assert {line.left.strip().rpartition(" ")[2] for line in lines} == {"Nach", "hielten"}


KEYS = {
    "newest": lambda line: line.date or "",
    "oldest": lambda line: line.date or "9",
    "left": lambda line: re.findall(r"\w+", line.left.lower())[::-1][:1],
    "right": lambda line: re.findall(r"\w+", line.right.lower())[:1],
    "word": lambda line: line.match.lower(),
    "source": lambda line: line.source or "",
}


@pytest.mark.parametrize("order", ORDERS)
def test_lines_are_sorted(archive: Archive, order: str) -> None:
    """Lines come by their date, by the word before or behind, by the word itself, or by source."""
    keys = [KEYS[order](line) for line in archive.corpus.concordance(Request("Hochwasser ODER Spiel"), order).lines]
    dated = [key for key in keys if key]
    assert dated == sorted(dated, reverse=order == "newest")


def test_where_time_is_short_there_are_fewer_lines(archive: Archive, monkeypatch: pytest.MonkeyPatch) -> None:
    """The lines of what was read are given, of one article at least, and it is told that they were cut short."""
    assert not archive.corpus.concordance(Request("Hochwasser")).cut_short
    monkeypatch.setattr("search.corpus.concordance.time_is_short", lambda _: True)
    found = archive.corpus.concordance(Request("Hochwasser"))
    assert (found.total, found.read, found.cut_short) == (14, 1, True)
    assert {line.id for line in found.lines} == {"flut-später"}


def test_where_all_words_stand_near_none_does_more_than_elsewhere() -> None:
    """With nothing to compare with there are no collocates."""
    near = Neighbourhood(5)
    near.add("Ebbe und Flut und Ebbe und Flut und Ebbe und Flut", [(0, 4), (18, 22), (36, 40)])
    assert near.collocates() == ()


@pytest.mark.parametrize("query", ["der ODER die ODER und", "der die und", "ein* ODER der ODER die"])
def test_the_commonest_words_have_lines(archive: Archive, query: str) -> None:
    """Words that stand next to nearly all others are answered, whatever the window."""
    for window in (0, 1, 5, 15):
        assert archive.corpus.concordance(Request(query), window=window).total


def test_an_unknown_order_is_refused(archive: Archive) -> None:
    """An order that there is not is an error that names those that there are."""
    with pytest.raises(BadRequest, match="newest, oldest"):
        archive.corpus.concordance(Request("Spiel"), "best")


def test_without_words_there_are_no_lines(archive: Archive) -> None:
    """A request that asks for no words matches nowhere; the number of articles is told."""
    found = archive.corpus.concordance(Request(place=("Köln",)))
    assert (found.total, found.lines) == (48, ())


def test_a_collocate_stands_near_and_not_elsewhere(archive: Archive) -> None:
    """What stands beside the word in all articles, and nowhere else in them, is a collocate."""
    found = archive.corpus.concordance(Request("Sandsäcke"), window=2)
    assert {one.text: (one.count, one.before) for one in found.collocates} == {
        "Helfer": (12, 12),
        "füllten": (12, 12),
        "Deiche": (12, 0),
    }
    assert archive.corpus.concordance(Request("Sandsäcke"), window=0).collocates == ()


TEXT = st.text(alphabet="aäb .,\n-„", max_size=60)


@given(TEXT, st.data())
def test_a_line_says_what_the_text_says(text: str, data: st.DataObject) -> None:
    """Whatever the text: left, match and right are parts of it in this order, and the mark is what was marked."""
    start = data.draw(st.integers(0, len(text)))
    mark = (start, data.draw(st.integers(start, len(text))))
    place = _whole_words(text, mark)
    line: Line = _line(Article("x", text), "body", text, place, mark)
    assert place[0] <= mark[0] <= mark[1] <= place[1]
    assert " ".join(f"{line.left}{line.match}{line.right}".split()).replace(" ", "") in "".join(text.split())
    assert line.match[slice(*line.mark)].split() == text[slice(*mark)].split()


@given(st.lists(st.sampled_from(["Elbe", "steigt", "hoch", "heute", "Dresden"]), max_size=30), st.integers(1, 5))
def test_near_and_far_are_all_words(words: list[str], window: int) -> None:
    """Each word of a text is near a place, far from all, or matched: nothing is counted twice."""
    text = " ".join(words)
    places = [match.span() for match in re.finditer("Elbe", text)]
    neighbourhood = Neighbourhood(window)
    neighbourhood.add(text, places)
    near = sum(neighbourhood._before.values()) + sum(neighbourhood._behind.values())
    matched = [place for place, word in enumerate(words) if word == "Elbe"]
    around = {at for place in matched for at in range(place - window, place + window + 1)} & set(range(len(words)))
    assert near == len(around - set(matched))


@given(st.text(alphabet="abeinrstuäöüßAEILN", min_size=3, max_size=12))
def test_forms_are_those_of_the_index(surface: str) -> None:
    """A word is counted under the form that the index has it by."""
    assert Forms()[surface] in (None, german_word(surface).form)


def test_the_lines_of_an_answer_are_bounded(tmp_path: object, monkeypatch: pytest.MonkeyPatch) -> None:
    """No more lines than MOST_LINES are given, however often a word stands there."""
    import search.corpus.concordance as module

    monkeypatch.setattr(module, "MOST_LINES", 50)
    directory = f"{tmp_path}/index"
    with write_archive(directory, engine="whoosh") as writer:
        for number in range(5):
            writer.put(Article(f"a{number}", "Wort " * 30))
    with open_archive(directory) as archive:
        found = archive.corpus.concordance(Request("Wort"))
    assert (found.total, found.read, len(found.lines)) == (5, 2, 50)
