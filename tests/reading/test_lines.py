"""Lines become paragraphs: each border between two is judged by itself, in every format alike."""

from __future__ import annotations

import json
import re
import tomllib
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.lines import goes_on, join, paragraphs_of
from indexer.text import split_text
from tests.reading.sample import read_stdin, read_text, the_article

CASES = tomllib.loads((Path(__file__).parent / "lines.toml").read_text(encoding="utf-8"))["case"]
LINES = st.lists(
    st.lists(
        st.sampled_from("Der Rat hat die Ver- und beschlossen. aber, Köln lung [dpa] zu:".split()), max_size=5
    ).map(" ".join),
    max_size=12,
)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["name"])
def test_lines_are_paragraphs(case: dict[str, Any], tmp_path: Path) -> None:
    """The lines of a case make its paragraphs, in a record and in a page's <pre> as well."""
    assert paragraphs_of(case["lines"]) == case["paragraphs"]
    text = "\n".join(case["lines"])
    body = the_article(read_stdin(json.dumps({"body": text}).encode())).body
    assert body.split("\n\n") == case["paragraphs"]
    page = f"<title>Titel</title><h1>Titel</h1><pre>{text}</pre><p>Das Ende der Seite steht hier als Satz.</p>"
    assert the_article(read_text(tmp_path, "a.html", page)).body.split("\n\n")[:-1] == case["paragraphs"]


@given(LINES)
def test_nothing_is_lost_and_no_sentence_is_parted(lines: list[str]) -> None:
    """All letters stay in their order; no paragraph begins small, and none ends where a sentence surely goes on."""
    found = paragraphs_of(lines)
    assert re.sub(r"[^\w\[\],.:]", "", "".join(found)) == re.sub(r"[^\w\[\],.:]", "", "".join(lines))
    for paragraph, following in pairwise(found):
        assert not following[0].islower()
        assert not goes_on(paragraph, following)
    assert paragraphs_of([line for paragraph in found for line in ("", paragraph)]) == found


def test_lines_of_a_paragraph_are_one() -> None:
    """Lines are joined with what a sign at their end means."""
    assert join(["Innen-", "und Außen\u00ad", "politik"]) == "Innen- und Außenpolitik"
    assert join([]) == ""


HEADLINES = [
    (
        "Rat der Stadt beschließt nach\nlanger Debatte neue Brücke\n\nEin Satz.",
        "Rat der Stadt beschließt nach langer Debatte neue Brücke",
    ),
    ("Streit um die\nBrücke\nEin Satz.", "Streit um die Brücke"),
    ("Kritik nimmt zu\n\nEin Satz.", "Kritik nimmt zu"),
    ("Der Rat, der lange\n" + "noch tagte, war müde, und alle \n" * 8 + "gingen heim.", ""),
]


@pytest.mark.parametrize(("text", "headline"), HEADLINES)
def test_a_headline_is_no_half_sentence(text: str, headline: str) -> None:
    """A headline goes on in the next line where a sentence does; a whole paragraph is none."""
    assert split_text(text)[0] == headline


def test_a_page_is_joined_as_text_is(tmp_path: Path) -> None:
    """Words divided before <br>, and sentences that go on in the next <p>, are whole."""
    page = "<h1>T</h1><p>Die Verhand-<br>lung dauerte, und der<p>Rat ging<p>heim.<h2>Danach</h2><p>Es wurde still.</p>"
    body = the_article(read_text(tmp_path, "a.html", page)).body
    assert body.split("\n\n") == ["Die Verhandlung dauerte, und der Rat ging heim.", "Danach", "Es wurde still."]
