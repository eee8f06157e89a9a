"""A list that is collapsed has each family once, by its earliest article that answers, and can be walked both ways."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from unittest.mock import Mock, patch

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from search import Archive, Request, open_archive
from search.corpus.periods import UNITS
from search.errors import BadRequest
from search.families.reading import Families
from tests.archive.test_rights import ENGINES
from tests.families.sample import article, family, put, text

DAYS = ("2020-05-09", "2020-05-10", "2020-05-11", None)


@pytest.fixture(scope="module", params=ENGINES)
def archive(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Archive]:
    """Families of one to seven articles in several papers, all with the word Wahl, in the order of their numbers."""
    index = tmp_path_factory.mktemp("index")
    articles = [
        article(f"{name}{number}", f"Wahl {text(name, 60 + 5 * number)}", DAYS[number * 3 % 4], f"Blatt {number % 3}")
        for size, name in enumerate("abcdefg", start=1)
        for number in range(size)
    ]
    put(index, articles, str(request.param))
    with open_archive(index) as opened:
        yield opened


def walked(archive: Archive, request: Request) -> list[list[tuple[int, str]]]:
    """The pages of a list, of each hit rank and id; walking back finds the same ones."""
    page = archive.search(request)
    pages, seen = [page], []
    while page.next:
        page = archive.search(replace(request, cursor=page.next))
        pages.append(page)
    for page in pages:
        seen.append([(rank, hit.id) for rank, hit in zip(page.ranks, page.hits, strict=True)])
    for earlier, page in zip(pages[-2::-1], pages[:0:-1], strict=False):
        assert page.previous
        assert archive.search(replace(request, cursor=page.previous)).hits == earlier.hits
    assert pages[0].previous is None
    return seen


@settings(max_examples=8, deadline=None)
@given(
    size=st.integers(1, 9),
    sort=st.sampled_from(["relevance", "recent", "newest", "oldest"]),
    source=st.sampled_from([(), ("Blatt 0",), ("Blatt 1", "Blatt 2")]),
)
def test_each_family_is_listed_once(archive: Archive, size: int, sort: str, source: tuple[str, ...]) -> None:
    """All pages together are the list without copies of earlier articles that answer, each hit at its own rank."""
    asked = Request("Wahl", sort=sort, source=source, size=100)  # type: ignore[arg-type]
    whole = [hit.id for hit in archive.search(asked).hits]
    expected = [
        (rank, id)
        for rank, id in enumerate(whole, start=1)
        if next((one for one in family(archive, id) if one in whole), id) == id
    ]
    pages = walked(archive, replace(asked, collapse=True, size=size))
    assert [row for page in pages for row in page] == expected
    assert all(len(page) == size for page in pages[:-1])


@pytest.mark.parametrize("sort", ["relevance", "recent", "newest", "oldest"])
def test_neighbours_are_those_of_the_collapsed_list(archive: Archive, sort: str) -> None:
    """Who goes from hit to hit sees the collapsed list as it is, with the rank of each."""
    asked = Request("Wahl", sort=sort, size=100, collapse=True)  # type: ignore[arg-type]
    page = archive.search(asked)
    rows = [None, *((hit.id, rank) for hit, rank in zip(page.hits, page.ranks, strict=True)), None]
    assert len(rows) == 9
    for before, here, behind in zip(rows, rows[1:], rows[2:], strict=False):
        assert here
        found = archive.neighbours(asked, *here)
        assert found
        assert (found.previous and (found.previous.id, here[1] - found.before)) == before
        assert (found.next and (found.next.id, here[1] + found.behind)) == behind


def test_a_list_of_copies_is_read_in_few_pieces(tmp_path: Path) -> None:
    """Pieces grow, as an engine reads each from the beginning of the list."""
    put(tmp_path, [article(f"{number:04}", f"Wahl {text('a')}") for number in range(900)], "memory")
    with open_archive(tmp_path) as opened:
        listing = Mock(wraps=opened._engine.search)
        with patch("search.archive.listed", lambda _engine, _sort, asked: listing(asked)):
            assert len(opened.search(Request("Wahl", size=5, collapse=True)).hits) == 1
        assert listing.call_count == 6


def test_an_archive_that_knows_no_copies_says_so(archive: Archive, monkeypatch: pytest.MonkeyPatch) -> None:
    """In a cluster, and in an index of an old version, a collapsed list has all articles, and a notice."""
    asked = Request("Wahl", collapse=True, size=100)
    assert not archive.search(asked).query.notices
    monkeypatch.setattr(archive._holding, "knows_copies", lambda: False)
    monkeypatch.setattr(archive._holding, "families", lambda: Families(()))
    found = archive.search(asked)
    assert len(found.hits) == found.total == 28
    assert [notice.code for notice in found.query.notices] == ["copies_unknown"]
    assert not archive.search(replace(asked, collapse=False)).query.notices


def test_numbers_count_articles(archive: Archive) -> None:
    """Total and facets are those of all articles, collapsed or not, as each can be narrowed down to."""
    whole, collapsed = (archive.search(Request("Wahl", collapse=collapse)) for collapse in (False, True))
    assert (collapsed.total, collapsed.facets) == (whole.total, whole.facets) == (28, whole.facets)


def test_hits_name_their_families(archive: Archive) -> None:
    """A hit has its family with the earliest members, whether the list is collapsed or not; who is alone has none."""
    hits = {hit.id: hit.family for hit in archive.search(Request("Wahl", size=100)).hits}
    assert hits["a0"] is None
    found = hits["g6"]
    assert found is not None
    assert (found.size, len(found.articles)) == (7, 5)
    assert [member.id for member in found.articles] == family(archive, "g0")[:5]
    assert found.as_json()["articles"][0]["headline"] == f"Titel {found.articles[0].id}"


def test_a_cursor_belongs_to_its_list(archive: Archive) -> None:
    """A cursor of the whole list is refused by the collapsed one."""
    cursor = archive.search(Request("Wahl", size=3)).next
    with pytest.raises(BadRequest, match="another request"):
        archive.search(Request("Wahl", size=3, cursor=cursor, collapse=True))


@settings(max_examples=12, deadline=None)
@given(
    unit=st.sampled_from(UNITS),
    text=st.sampled_from(["Wahl", "c61 ODER g60 ODER d65", "nirgends"]),
    source=st.sampled_from([(), ("Blatt 0",), ("Blatt 1", "Blatt 2")]),
)
def test_curves_count_the_families_of_each_period(
    archive: Archive, unit: str, text: str, source: tuple[str, ...]
) -> None:
    """A number is that of the families that all hits of a period are of, and so is that of all articles."""
    asked = Request(text, source=source, collapse=True, sort="oldest", size=100)
    found = archive.corpus.curves({"": asked}, unit)
    (curve,) = found.curves
    assert curve.counts == tuple(families_in(archive, asked, step) for step in found.periods)
    assert curve.all == tuple(families_in(archive, replace(asked, text=""), step) for step in found.periods)
    assert all(some <= of for some, of in zip(curve.counts, curve.all, strict=True))
    (plain,) = archive.corpus.curves({"": replace(asked, collapse=False)}, unit).curves
    assert (curve.total, curve.missing) == (plain.total, plain.missing)
    assert all(some <= of for some, of in zip(curve.counts, plain.counts, strict=True))


def families_in(archive: Archive, request: Request, period: str) -> int:
    """The slow way: each hit of a list with all copies, by the date that it shows, and the family of each."""
    hits = archive.search(replace(request, collapse=False)).hits
    within = [hit.id for hit in hits if hit.date and hit.date.startswith(period.removesuffix("X"))]
    return len({tuple(family(archive, id)) or (id,) for id in within})


def test_a_number_of_a_curve_leads_to_as_many_hits(archive: Archive) -> None:
    """Who follows a number of families to the list of its period finds each of them once."""
    asked = Request("Wahl", collapse=True, size=100)
    found = archive.corpus.curves({"": asked}, "day")
    (curve,) = found.curves
    assert sum(curve.counts) > len(archive.search(asked).hits)  # a family is in each period that has an article of it
    for step, count in zip(found.periods, curve.counts, strict=True):
        day = date.fromisoformat(step)
        assert count == len(archive.search(replace(asked, since=day, until=day)).hits)


def test_curves_of_an_archive_that_knows_no_copies_are_refused(
    archive: Archive, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A curve has no place for a notice, and numbers of articles must not pass for those of families."""
    monkeypatch.setattr(archive._holding, "knows_copies", lambda: False)
    with pytest.raises(BadRequest, match="leave out collapse") as refusal:
        archive.corpus.curves({"": Request("Wahl", collapse=True)})
    assert refusal.value.parameter == "collapse"
    assert archive.corpus.curves({"": Request("Wahl")}).curves[0].total == 28
