"""Sorted by relevance and recency, a list has the same articles as by relevance, each once, newer ones further up."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from search import Archive, Article, NewsDate, Request, open_archive, write_archive
from search.errors import SettingUnusable

OLD, NEW = "1990-01-01", "2024-05-01"


@pytest.fixture(scope="module", params=["memory", "whoosh", "tantivy"])
def archive(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Archive]:
    directory: Path = tmp_path_factory.mktemp("recent")
    with write_archive(directory, request.param) as writer:
        writer.put(Article("old", "Hafen Hafen Hafen", date=NewsDate(OLD)))
        writer.put(Article("new", "Hafen und anderes mehr", date=NewsDate(NEW)))
        writer.put(Article("undated", "Hafen Hafen"))
        for number in range(30):
            day = NewsDate(f"20{number:02}-03-{number % 28 + 1:02}")
            writer.put(Article(f"{number:02}", "Werft " * (number % 7 + 1) + "Lotse " * (number % 3), date=day))
    with open_archive(directory) as opened:
        yield opened


def walked(archive: Archive, request: Request) -> list[str]:
    """The ids of a list, page by page to its end and back to its beginning, which must be the same."""
    page = archive.search(request)
    there, back = [hit.id for hit in page.hits], []
    while page.next:
        page = archive.search(Request(request.text, sort=request.sort, size=request.size, cursor=page.next))
        there += [hit.id for hit in page.hits]
        assert page.first + len(page.hits) - 1 == len(there)
    last = [hit.id for hit in page.hits]
    while page.previous:
        page = archive.search(Request(request.text, sort=request.sort, size=request.size, cursor=page.previous))
        back = [hit.id for hit in page.hits] + back
    assert back + last == there
    return there


def test_newer_articles_stand_further_up(archive: Archive) -> None:
    """What is much older counts much less; what has no date counts as the oldest."""
    assert [hit.id for hit in archive.search(Request("Hafen")).hits] == ["old", "undated", "new"]
    assert [hit.id for hit in archive.search(Request("Hafen", sort="recent")).hits] == ["new", "old", "undated"]


@pytest.mark.parametrize("candidates", [500, 12, 1])
@pytest.mark.parametrize("size", [1, 5, 100])
def test_each_article_is_listed_once(
    archive: Archive, size: int, candidates: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The pages hold what answers, each once, on the way there and back, beyond the articles that are reordered too."""
    monkeypatch.setattr("search.recent.CANDIDATES", candidates)
    by_relevance = walked(archive, Request("Werft", size=size))
    listed = walked(archive, Request("Werft", sort="recent", size=size))
    assert sorted(listed) == sorted(by_relevance)
    assert sorted(listed[:candidates]) == sorted(by_relevance[:candidates])
    assert listed[candidates:] == by_relevance[candidates:]
    middle = archive.neighbours(Request("Werft", sort="recent"), listed[20], 21)
    around = (middle.previous, middle.next) if middle else ()
    assert [hit.id for hit in around if hit] == [listed[19], listed[21]]


def test_a_half_life_that_is_none_is_named(archive: Archive, monkeypatch: pytest.MonkeyPatch) -> None:
    """The half-life is a number of days above 0."""
    monkeypatch.setenv("NACHLESE_HALF_LIFE", "0")
    with pytest.raises(SettingUnusable, match="NACHLESE_HALF_LIFE"):
        archive.search(Request("Hafen", sort="recent"))
    monkeypatch.setenv("NACHLESE_HALF_LIFE", "1000000000")
    with pytest.raises(SettingUnusable):
        archive.search(Request("Hafen", sort="recent"))
    monkeypatch.setenv("NACHLESE_HALF_LIFE", "999999")
    assert archive.search(Request("Hafen", sort="recent")).hits[0].id == "old"
