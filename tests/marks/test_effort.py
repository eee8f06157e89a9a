"""Marking the hits of an answer has a bound on its work, whatever is asked and however long the texts are."""

from functools import partial
from pathlib import Path

import pytest

from search import Article, Request, open_archive, write_archive
from search.hits import candidates
from search.hits.effort import MOST_EFFORT, WORD, Effort
from search.hits.matching import QueryMatcher
from search.query.readings import readings

NOUNS = "Jahr Mensch Land Stadt Woche Regierung Präsident Partei Polizei Zeit Ende Frau Mann Kind Arbeit Wahl Haus Geld"
HOSTILE = [
    "Merkel",
    " ODER ".join(NOUNS.split()),
    " ODER ".join(f'"{first} {second}"~50' for first in ("der", "die", "in") for second in ("in", "zu", "den", "und")),
    "*ung* ODER *ver* ODER *sch*",
    "Merkl~ ODER Regirung~2",
    " ODER ".join(f"w{number}" for number in range(150)),
]
TEXT = "Die Regierung der Stadt sprach in der Woche mit Frau Merkel über die Versorgung der Kinder zu Hause. " * 10_000


def matcher(text: str) -> QueryMatcher:
    return QueryMatcher(next(iter(readings(Request(text)))).clauses)


@pytest.mark.parametrize("query", HOSTILE)
def test_a_long_text_is_marked_as_far_as_the_effort_reaches(query: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Of a text of a megabyte no more words are analysed than the effort pays for, and no more is noted than spent."""
    analysed: list[str] = []
    real = candidates.analysed_chunk
    monkeypatch.setattr(candidates, "analysed_chunk", lambda chunk: (analysed.append(chunk), real(chunk))[1])
    effort = Effort(20_000)
    matcher(query).in_text("body", TEXT, effort)
    assert len(analysed) * WORD <= 20_000
    assert effort.left > -5 * 20_000


def test_the_beginning_is_marked_first() -> None:
    """Where the effort ends within a text, the matches before that are marked as ever."""
    everywhere, at_first = (matcher("Merkel").in_text("body", TEXT[:20_000], Effort(units)) for units in (10**9, 500))
    assert at_first
    assert at_first == everywhere[: len(at_first)]


def test_a_page_of_ordinary_articles_is_marked() -> None:
    """A hundred articles of ordinary length are marked for queries as readers ask them."""
    effort = Effort()
    for _ in range(100):
        matcher("Regierung Merkel Versorgung").in_text("body", TEXT[:6_000], effort)
    assert 0 < effort.left < MOST_EFFORT


def test_hits_beyond_the_effort_are_shown_unmarked_and_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """All hits are there; those beyond the effort have their beginning as snippet, and a notice says how many have
    marks."""
    with write_archive(tmp_path, "memory") as writer:
        for number in range(4):
            writer.put(Article(str(number), "Die Wahl in Hessen.", title="Wahl"))
    monkeypatch.setattr("search.hits.hit.Effort", partial(Effort, 45))
    with open_archive(tmp_path) as archive:
        page = archive.search(Request("Wahl"))
    assert [bool(hit.title_marks and hit.snippet.marks) for hit in page.hits] == [True, True, False, False]
    assert [hit.why is None for hit in page.hits] == [False, False, True, True]
    assert [(notice.code, "ersten 2 Treffern" in notice.message) for notice in page.query.notices] == [
        ("few_marked", True)
    ]
