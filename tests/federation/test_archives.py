"""Two archives of different engines, asked as one: everything that one archive is asked."""

from __future__ import annotations

import shutil
from dataclasses import replace
from pathlib import Path

import pytest

from search import Archive, Article, Request, open_archive, write_archive
from search.errors import ArticleNotFound, IndexDamaged, IndexIncompatible, IndexMissing, SettingUnusable
from search.federation import holding
from search.federation.addresses import named_addresses
from search.page import REQUEST_SORTS, Page
from tests.federation.sample import ARCHIVES, MAUER, SAME_ID

MAUER_REQUEST = Request("Mauer")


def ids(page: Page) -> list[str]:
    return [hit.id for hit in page.hits]


def test_a_search_finds_the_articles_of_both(several: Archive, one: Archive) -> None:
    """They find, count and offer what one archive with all of their articles does, and say which archive has it."""
    found, right = several.search(MAUER_REQUEST), one.search(MAUER_REQUEST)
    assert set(ids(found)) == set(ids(right)) == MAUER
    assert found.total == right.total
    counted = dict(found.facets)
    assert {value.value: value.count for value in counted.pop("archive")} == {"Abendblatt": 3, "Chronik": 3}
    assert counted == right.facets
    titles = {hit.id: hit.title for hit in found.hits}
    assert titles[f"Abendblatt/{SAME_ID}"] != titles[f"Chronik/{SAME_ID}"]


def test_scores_are_those_of_one_archive(several: Archive, one: Archive) -> None:
    """A word weighs as much as in one archive, whichever archive has it; what is left is the length of the texts."""
    scores = {hit.id: hit.score for hit in one.search(MAUER_REQUEST).hits}
    for hit in several.search(MAUER_REQUEST).hits:
        assert hit.score == pytest.approx(scores[hit.id], rel=0.25)


@pytest.mark.parametrize("sort", REQUEST_SORTS)
@pytest.mark.parametrize("collapse", [False, True])
def test_pages_lead_through_all_hits_and_back(several: Archive, sort: str, collapse: bool) -> None:
    """Cursors of several archives have each hit once, forth and back, in each order."""
    request = Request("Mauer", sort=sort, size=2, collapse=collapse)  # type: ignore[arg-type]
    pages = [several.search(request)]
    while cursor := pages[-1].next:
        pages.append(several.search(replace(request, cursor=cursor)))
    forth = [id for page in pages for id in ids(page)]
    assert len(forth) == len(set(forth)) == (len(MAUER) - 1 if collapse else len(MAUER))
    page, back = pages[-1], ids(pages[-1])
    while page.previous:
        page = several.search(replace(request, cursor=page.previous))
        back = ids(page) + back
    assert back == forth


def test_the_articles_of_one_archive_can_be_asked_for(several: Archive, one: Archive) -> None:
    """The filter `archive` narrows, two names mean either; an archive by itself has no name."""
    assert set(ids(several.search(replace(MAUER_REQUEST, archive=("Chronik",))))) == {
        id for id in MAUER if id.startswith("Chronik/")
    }
    assert several.count(replace(MAUER_REQUEST, archive=("Chronik", "Abendblatt"))) == len(MAUER)
    assert one.count(replace(MAUER_REQUEST, archive=("one",))) == 0
    assert one.archives == ()
    assert "archive" not in one.search(MAUER_REQUEST).facets


def test_an_article_is_known_by_the_name_of_its_archive(several: Archive) -> None:
    """The same id in two archives is two articles; without a name it is that of the first archive that has it."""
    for name, articles in ARCHIVES.items():
        for article in articles:
            found = several.article(f"{name}/{article.id}")
            assert (found.id, found.title, found.body) == (f"{name}/{article.id}", article.title, article.body)
    assert several.article(SAME_ID).id == f"Abendblatt/{SAME_ID}"
    assert several.article("wn-123").id == "Chronik/wn-123"
    assert [hit.id for hit in several.hits(["Chronik/wn-123", "gibt/es/nicht"])] == ["Chronik/wn-123"]
    with pytest.raises(ArticleNotFound):
        several.article("Morgenpost/wn-123")


def test_names_words_and_values_are_those_of_both(several: Archive, one: Archive) -> None:
    """Names, suggestions, corrections, frequencies and counts over time are added up."""
    assert several.entities() == one.entities()
    assert several.entities("person", "kre", 1) == one.entities("person", "kre", 1)
    assert several.suggest("mau") == one.suggest("mau")
    assert (
        several.search(Request("Kanlzer")).query.corrections == one.search(Request("Kanlzer")).query.corrections != ()
    )
    assert several.frequency("mauer") == one.frequency("mauer")
    assert several.values(MAUER_REQUEST, "day", 50) == one.values(MAUER_REQUEST, "day", 50)
    assert several.matchings(MAUER_REQUEST) == one.matchings(MAUER_REQUEST)
    assert several.counts("source") == one.counts("source")
    assert len(several.sample(100)) == sum(map(len, ARCHIVES.values()))


def test_similar_articles_and_neighbours_may_be_of_the_other(several: Archive) -> None:
    """What is like an article, and what stands beside it in a list, is looked for in both."""
    alike = [hit.id for hit in several.similar(several.article("Chronik/kopie-3"))]
    assert {"Abendblatt/kopie-1", "Abendblatt/kopie-2"} <= set(alike)
    assert "Chronik/kopie-3" not in alike
    listed = ids(several.search(MAUER_REQUEST))
    for place, id in enumerate(listed):
        beside = several.neighbours(MAUER_REQUEST, id, place + 1)
        assert beside
        assert beside.total == len(listed)
        assert (beside.previous.id if beside.previous else None) == (listed[place - 1] if place else None)
        assert (beside.next.id if beside.next else None) == (listed[place + 1] if place + 1 < len(listed) else None)


def test_families_are_those_of_each_archive_and_a_notice_says_so(several: Archive) -> None:
    """Copies are known within an archive; who lists each text once is told that another archive may have it, too."""
    family = several.family("Abendblatt/kopie-2")
    assert family
    assert [member.id for member in family.articles] == ["Abendblatt/kopie-1", "Abendblatt/kopie-2"]
    assert several.family("Chronik/kopie-3") is None
    codes = [notice.code for notice in several.search(Request("Kanzler", collapse=True)).query.notices]
    assert codes == ["collapsed_apart"]


def test_many_articles_are_asked_at_once(several: Archive, one: Archive) -> None:
    """Curves, lines, typical words, comparisons and records are those of one archive with all articles."""
    corpus, right = several.corpus, one.corpus
    asked = {"Mauer": MAUER_REQUEST}
    assert corpus.curves(asked).as_json() == right.curves(asked).as_json()
    assert corpus.concordance(MAUER_REQUEST).total == right.concordance(MAUER_REQUEST).total
    lines = {(line.id, line.left) for line in corpus.concordance(MAUER_REQUEST).lines}
    assert lines == {(line.id, line.left) for line in right.concordance(MAUER_REQUEST).lines}
    assert corpus.typical(MAUER_REQUEST).as_json() == right.typical(MAUER_REQUEST).as_json()
    assert (
        corpus.compare(MAUER_REQUEST, Request("Berlin")).both.total
        == right.compare(MAUER_REQUEST, Request("Berlin")).both.total
    )
    made = corpus.record(replace(MAUER_REQUEST, archive=("Chronik",)))
    assert made.ids == tuple(sorted(id for id in MAUER if id.startswith("Chronik/")))
    assert corpus.rerun(made).is_same


def test_what_is_new_is_asked_of_each_archive(several: Archive) -> None:
    """`watch` works on one archive, and the error says so."""
    with pytest.raises(IndexIncompatible, match="each of them by itself"):
        several.arrivals(b"")


def test_a_commit_of_either_is_seen(folder: Path, tmp_path: Path) -> None:
    """What is put into one of the archives is found at once, and is told from what was before."""
    for name in ARCHIVES:
        shutil.copytree(folder / name, tmp_path / name)
    with open_archive(*(tmp_path / name for name in ARCHIVES)) as several:
        before = several.commit
        with write_archive(tmp_path / "Chronik") as writer:
            writer.put(Article(id="neu", body="Ein Mauersegler über der Mauer."))
        assert several.count(MAUER_REQUEST) == len(MAUER) + 1
        assert several.commit != before
        assert several.status().articles == sum(map(len, ARCHIVES.values())) + 1


def test_an_archive_that_is_missing_is_left_out_until_it_comes(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The others answer with a notice; without any the error is that of the first. It is tried again after a while."""
    there, missing = folder / "Abendblatt", tmp_path / "Chronik"
    with pytest.raises(IndexMissing):
        open_archive(tmp_path / "a", tmp_path / "b")
    with open_archive(there, missing) as several:
        found = several.search(MAUER_REQUEST)
        assert (several.absent, found.total) == (("Chronik",), 3)
        assert [(notice.code, "Chronik" in notice.message) for notice in found.query.notices] == [
            ("archives_absent", True)
        ]
        monkeypatch.setattr(holding, "AGAIN", 0.0)
        shutil.copytree(folder / "Chronik", missing)
        assert several.search(MAUER_REQUEST).total == len(MAUER)
        assert several.absent == ()


def test_an_archive_that_is_damaged_while_it_is_open_is_left_out(folder: Path, tmp_path: Path) -> None:
    """What is damaged later is left out as well, and the answer says so."""
    for name in ARCHIVES:
        shutil.copytree(folder / name, tmp_path / name)
    with open_archive(*(tmp_path / name for name in ARCHIVES)) as several:
        assert several.search(MAUER_REQUEST).total == len(MAUER)
        (tmp_path / "Chronik/archive.json").write_text("{}")
        found = several.search(MAUER_REQUEST)
        assert found.total == 3
        assert [notice.code for notice in found.query.notices] == ["archives_absent"]
        (tmp_path / "Abendblatt/archive.json").write_text("{}")
        with pytest.raises((IndexDamaged, IndexIncompatible)):
            several.search(MAUER_REQUEST)


def test_names_are_those_of_folders_or_are_given(tmp_path: Path) -> None:
    """A name is given before =, unless a folder has that whole name; a path with / before = is no name."""
    folder = tmp_path / "a=b"
    folder.mkdir()
    assert named_addresses((str(folder),)) == {"a=b": str(folder)}
    assert named_addresses(("Blatt=x/y", "z/", "opensearch://h:9200/cluster")) == {
        "Blatt": "x/y",
        "z": "z/",
        "cluster": "opensearch://h:9200/cluster",
    }
    for unusable in (("x/a", "y/a"), ("=x", "y"), (" b=x", "y"), ("n" * 61 + "=x", "y"), ("/", "y")):
        with pytest.raises(SettingUnusable, match="NAME=DIR"):
            named_addresses(unusable)
