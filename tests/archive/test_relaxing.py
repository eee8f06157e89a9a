"""What is asked is kept: only words that were merely listed are relaxed, and only where that is allowed."""

import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from search import Archive, Article, Request, open_archive, write_archive
from search.page import MATCHINGS

CASES = tomllib.loads((Path(__file__).parent / "relaxing.toml").read_text(encoding="utf-8"))["case"]


@pytest.fixture(scope="module", params=["memory", "whoosh", "tantivy"])
def archive(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Archive]:
    directory: Path = tmp_path_factory.mktemp("relaxing")
    with write_archive(directory, request.param) as writer:
        writer.put(Article("bahn", "Die Bahn hält im Regen."))
        writer.put(Article("bruecke", "Die Brücke steht, Häuser brennen."))
    with open_archive(directory) as opened:
        yield opened


@pytest.mark.parametrize("case", CASES, ids=lambda case: ascii(case["text"])[:40])
def test_only_what_was_listed_is_relaxed(archive: Archive, case: dict[str, Any]) -> None:
    """A query is relaxed, or answered with nothing but what asks for less, as its case says."""
    page = archive.search(Request(case["text"]))
    assert sorted(hit.id for hit in page.hits) == case.get("finds", [])
    assert [notice.code for notice in page.query.notices] == case.get("notices", [])
    assert [other.text for other in page.query.looser] == case.get("looser", [])


@pytest.mark.parametrize("case", CASES, ids=lambda case: ascii(case["text"])[:40])
def test_what_asks_for_less_finds_what_it_says(archive: Archive, case: dict[str, Any]) -> None:
    """Each query that is offered is understood without a notice and finds as many articles as it says."""
    for other in archive.search(Request(case["text"])).query.looser:
        page = archive.search(Request(other.text))
        assert (page.total, page.query.notices) == (other.total, ())
        assert other.total


@pytest.mark.parametrize("case", CASES, ids=lambda case: ascii(case["text"])[:40])
def test_nothing_is_relaxed_where_that_is_forbidden(archive: Archive, case: dict[str, Any]) -> None:
    """Without `relax` a query finds what has all that is asked, whatever its order, and says what asks for less."""
    for sort in ("relevance", "newest"):
        page = archive.search(Request(case["text"], relax=False, sort=sort))  # type: ignore[arg-type]
        assert (page.total, page.query.notices) == (0, ())
        assert page.query.looser


def test_words_match_as_closely_as_asked(tmp_path: Path) -> None:
    """By default compounds count; they do not among word forms, and no form does among the words as typed."""
    bodies = {
        "exact": "Das Haus steht.",
        "form": "Die Häuser stehen.",
        "part": "Ein Hochhaus steht.",
        "none": "Ein Hut.",
    }
    with write_archive(tmp_path, "memory") as writer:
        for id, body in bodies.items():
            writer.put(Article(id, body))
    found = {"exact": {"exact"}, "forms": {"exact", "form"}, "all": {"exact", "form", "part"}}
    with open_archive(tmp_path) as archive:
        for text in ("Haus", "Haus Hochhaus Häuserzeile"):
            for matching, ids in found.items():
                page = archive.search(Request(text, match=matching))  # type: ignore[arg-type]
                assert {hit.id for hit in page.hits} >= ids & {"exact"}
                assert archive.matchings(Request(text), page.reading)[matching] == page.total  # type: ignore[index]
                if text == "Haus":
                    assert {hit.id for hit in page.hits} == ids
        assert archive.matchings(Request("datum:2024")) == archive.matchings(Request()) == {}


def test_the_parts_of_a_compound_are_no_form_of_it(tmp_path: Path) -> None:
    """As the last resort a long compound is its parts near each other, but not where only word forms are asked."""
    with write_archive(tmp_path, "memory") as writer:
        writer.put(Article("apart", "Der Bund zieht die Notbremse."))
    with open_archive(tmp_path) as archive:
        totals = {match: archive.search(Request("Bundesnotbremse", match=match)).total for match in MATCHINGS}
    assert totals == {"exact": 0, "forms": 0, "all": 1}
