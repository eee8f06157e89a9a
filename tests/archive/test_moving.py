"""Moving about in the archive: pages back and forth, neighbours of a hit, counts over time, similar articles."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from search import Archive, Article, NewsDate, Request, open_archive, write_archive
from search.page import SORTS, Sort

ARTICLES = (
    *(Article(f"wahl-{n:02}", f"Die Wahl in Hessen, Bericht {n}. " + "Wahl " * (n % 4), f"Wahl {n}",
              NewsDate(f"20{n % 3 + 20}-0{n % 9 + 1}-1{n % 5}")) for n in range(25)),
    Article("hafen", "Im Hamburger Hafen streiken die Lotsen. Der Streik der Lotsen legt die Elbe lahm.",
            "Lotsen streiken in Hamburg", NewsDate("2024-05-02")),
    Article("elbe", "Die Lotsen auf der Elbe beenden ihren Streik. Hamburg atmet auf, der Hafen arbeitet wieder.",
            "Ende des Streiks der Lotsen", NewsDate("2024-05-09")),
    Article("monat", "Das Museum in Hamburg zeigt Gemälde.", "Museum", NewsDate("2024-05")),
    Article("ohne", "Ein Bericht ohne Überschrift. " * 9, ""),
)  # fmt: skip


@pytest.fixture(scope="module", params=["memory", "whoosh", "tantivy"])
def archive(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Archive]:
    directory: Path = tmp_path_factory.mktemp("moving")
    with write_archive(directory, request.param) as writer:
        for article in ARTICLES:
            writer.put(article)
    with open_archive(directory) as opened:
        yield opened


@pytest.mark.parametrize("sort", SORTS)
def test_pages_lead_back_as_they_led_on(archive: Archive, sort: Sort) -> None:
    """Going on to the last page and back to the first shows the same pages with the same ranks."""
    page = archive.search(Request(text="Wahl", sort=sort, size=7))
    seen = [page]
    while page.next:
        page = archive.search(Request(text="Wahl", sort=sort, size=7, cursor=page.next))
        seen.append(page)
    assert [page.first for page in seen] == [1, 8, 15, 22]
    for earlier in reversed(seen[:-1]):
        page = archive.search(Request(text="Wahl", sort=sort, size=7, cursor=page.previous))
        assert (page.first, page.hits) == (earlier.first, earlier.hits)
        assert (page.previous is None) == (page.first == 1)
        assert page.next is not None


@pytest.mark.parametrize("text", ["Wahl", "Wahl Quastenflosser", '"Wahlen in Hessen"', "", "datum:2021"])
def test_each_hit_knows_its_neighbours(archive: Archive, text: str) -> None:
    """The neighbours of a hit are those before and after it in the list, however the query was read."""
    request = Request(text=text, size=100)
    page = archive.search(request)
    listed = [None, *(hit.id for hit in page.hits), None]
    for rank in (1, 2, len(page.hits)):
        around = archive.neighbours(request, page.hits[rank - 1].id, rank)
        assert around is not None
        assert (around.previous.id if around.previous else None) == listed[rank - 1]
        assert (around.next.id if around.next else None) == listed[rank + 1]
        assert around.total == page.total


def test_an_article_outside_the_list_has_no_neighbours(archive: Archive) -> None:
    """What the request does not find, or is not there at all, stands next to nothing."""
    assert archive.neighbours(Request(text="Wahl"), "hafen", 3) is None
    assert archive.neighbours(Request(text="Wahl"), "unbekannt") is None


def test_articles_are_counted_over_time(archive: Archive) -> None:
    """Years, months and days count the articles dated at least that precisely, newest first."""
    asked = Request(since=date(2024, 1, 1))
    assert [(value.value, value.count) for value in archive.values(asked, "year", 9)] == [("2024", 3)]
    assert [(value.value, value.count) for value in archive.values(asked, "month", 9)] == [("2024-05", 3)]
    assert [value.value for value in archive.values(asked, "day", 9)] == ["2024-05-09", "2024-05-02"]


def test_values_are_those_of_the_reading_that_is_shown(archive: Archive) -> None:
    """If a query had to be relaxed, its values are counted over what is shown."""
    assert sum(value.count for value in archive.values(Request(text="Lotsen Quastenflosser"), "year", 9)) == 2


def test_count_takes_the_query_as_asked(archive: Archive) -> None:
    """A count relaxes nothing."""
    assert archive.count(Request(text="Lotsen Hamburg")) == 2
    assert archive.count(Request(text="Lotsen Quastenflosser")) == 0


def test_similar_articles_share_rare_nouns(archive: Archive) -> None:
    """The other article on the same matter comes first; the article itself and unrelated ones are left out."""
    alike = [hit.id for hit in archive.similar(archive.article("hafen"))]
    assert alike[0] == "elbe"
    assert not {"hafen", "ohne"} & set(alike)
    assert len(archive.similar(archive.article("wahl-01"), size=3)) <= 3


def test_an_article_without_title_is_called_by_its_first_words(archive: Archive) -> None:
    """Its headline is its beginning, cut between words; its title stays empty."""
    (hit,) = archive.search(Request(text="Überschrift")).hits
    assert hit.title == ""
    assert hit.headline.startswith("Ein Bericht ohne Überschrift. Ein")
    assert hit.headline.endswith(" …")
    assert len(hit.headline) <= 90
    assert archive.article("ohne").headline == hit.headline
