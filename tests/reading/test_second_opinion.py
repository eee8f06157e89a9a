"""A second reader is asked where ours finds little of what a page says; without it everything works."""

from __future__ import annotations

from pathlib import Path

import pytest

from indexer import second_opinion
from tests.reading.sample import read_text, the_article, the_problem

# Our rules take what is marked as comments for comments, even if it is all that a page has.
SENTENCES = [
    f"Am Tag {number} fuhr die Fähre mit {number + 3} Gästen nach Norden und kam am Abend an." for number in range(9)
]
COMMENTS = f"<title>T</title><h1>T</h1><div class=comments>{''.join(f'<p>{each}</p>' for each in SENTENCES)}</div>"


@pytest.fixture
def read_by(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Has the second reader answer what this list holds."""
    answers: list[str] = []
    monkeypatch.setattr(second_opinion, "is_installed", lambda: True)
    monkeypatch.setattr(second_opinion, "_extracted", lambda _html: "\n".join(answers))
    return answers


def test_without_it_the_problem_names_it(tmp_path: Path) -> None:
    """What no reader finds a text in is a problem that names the extra, if that is not installed."""
    assert "the extra `pages`" in the_problem(read_text(tmp_path, "a.html", COMMENTS)).message


def test_it_reads_what_ours_do_not(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The library itself finds a text that our rules take for boilerplate."""
    monkeypatch.undo()
    monkeypatch.setattr(second_opinion, "is_installed", lambda: True)
    page = COMMENTS.replace("comments", "kommentare")
    assert SENTENCES[4] in the_article(read_text(tmp_path, "a.html", page)).body


def test_a_far_longer_text_is_taken(tmp_path: Path, read_by: list[str]) -> None:
    """Its text is taken if ours has less than three quarters of it, without headline, remarks and repetitions."""
    often = "Dieser Satz steht auf der Seite immer wieder, und zwar vor jedem Film."
    read_by += ["T", *SENTENCES, "- Ein Punkt.", "© 2020 Flusskurier", *[often] * 3]
    body = the_article(read_text(tmp_path, "a.html", COMMENTS)).body
    assert body.split("\n\n") == [*SENTENCES, "Ein Punkt.", often]


@pytest.mark.parametrize("answer", [[], ["Nur Start", "Und Kontakt"], SENTENCES[:6]])
def test_ours_is_kept_otherwise(tmp_path: Path, read_by: list[str], answer: list[str]) -> None:
    """Ours is kept if the other is none, no sentences, or not much longer."""
    read_by += answer
    page = COMMENTS.replace("</h1>", "</h1>" + "".join(f"<p>{each} Das war schön.</p>" for each in SENTENCES[:5]))
    body = the_article(read_text(tmp_path, "a.html", page)).body
    assert body.split("\n\n") == [f"{each} Das war schön." for each in SENTENCES[:5]]


def test_it_is_not_asked_about_giants(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, read_by: list[str]) -> None:
    """A page of too many tags is not handed to it: it walks over all of them again and again."""
    read_by += SENTENCES
    monkeypatch.setattr(second_opinion, "_MOST_TAGS", 10)
    assert "holds no text" in the_problem(read_text(tmp_path, "a.html", COMMENTS)).message
