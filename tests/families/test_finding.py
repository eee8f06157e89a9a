"""Articles with one text become a family, whatever the order and the commits in which they come."""

import gc
import tracemalloc
import weakref
from itertools import pairwise
from pathlib import Path
from unittest.mock import patch

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from indexer.pipeline import Job, index
from search import Article, Request, open_archive, write_archive
from search.errors import SettingUnusable
from search.families import finding
from search.families.arrivals import Arrivals
from search.families.traits import DAY, Traits, key_of
from search.store.checking import check_archive
from search.store.directory import IndexDirectory
from search.store.entry import stored_traits, to_entry, traits_of
from search.store.place import usable_manifest
from tests.archive.test_rights import ENGINES
from tests.families.sample import article, family, partition, put, text

LATER = "2020-05-12"


@pytest.fixture(params=ENGINES)
def engine(request: pytest.FixtureRequest) -> str:
    return str(request.param)


def test_copies_are_a_family_across_commits(tmp_path: Path, engine: str) -> None:
    """What is cut, and what is added to, joins the family of the text; the earliest stands first, undated ones last."""
    put(tmp_path, [article("b", text("a")), article("z", text("z"))], engine)
    with open_archive(tmp_path) as archive:
        assert partition(archive, "bz") == set()
        put(tmp_path, [article("c", text("a", 60), LATER), article("a", text("a"), None)])
        assert partition(archive, "abcz") == {("b", "c", "a")}
        put(tmp_path, [article("d", f"{text('neu', 20)} {text('a')}", "2020-05-09")])
        assert family(archive, "a") == ["d", "b", "c", "a"]


def test_articles_join_and_leave_by_their_texts(tmp_path: Path, engine: str) -> None:
    """An article that is deleted, or gets another text, leaves its family; the others stay one."""
    put(tmp_path, [article(id, text("a")) for id in "abc"] + [article("z", text("z"))], engine)
    with open_archive(tmp_path) as archive:
        assert partition(archive, "abcz") == {("a", "b", "c")}
        put(tmp_path, [article("b", text("z"))])
        assert partition(archive, "abcz") == {("a", "c"), ("b", "z")}
        with write_archive(tmp_path) as writer:
            writer.delete("a")
        assert partition(archive, "bcz") == {("b", "z")}
        put(tmp_path, [article("b", text("a"))])
        assert partition(archive, "bcz") == {("b", "c")}
        with write_archive(tmp_path) as writer:
            writer.delete("c")
            writer.put(article("d", text("z")))
            writer.forget()
        assert partition(archive, "bdz") == {("d", "z")}


def test_what_leaves_a_family_and_comes_back_is_in_it_once(tmp_path: Path) -> None:
    """Two levels have it then, and the newer one counts."""
    put(tmp_path, [article(f"{name}{number}", text(name)) for name in "abcdef" for number in range(2)])
    for body in (text("z"), text("a")):
        put(tmp_path, [article("a1", body)])
    with open_archive(tmp_path) as archive:
        assert family(archive, "a0") == ["a0", "a1"]


def test_what_joins_two_families_makes_them_one(tmp_path: Path, engine: str) -> None:
    """A text that has both halves is a copy of either, so all are one family."""
    halves = [article("a", text("a")), article("b", text("a")), article("c", text("c")), article("d", text("c"))]
    put(tmp_path, halves, engine)
    with open_archive(tmp_path) as archive:
        assert partition(archive, "abcd") == {("a", "b"), ("c", "d")}
        put(tmp_path, [article("e", f"{text('a')} {text('c')}")])
        assert partition(archive, "abcde") == {("a", "b", "c", "d", "e")}


def test_what_is_reported_each_day_in_the_same_words_is_no_copy(tmp_path: Path) -> None:
    """Of different days, texts must share more than of one day, whether there are dates or not."""
    reports = [f"{text('a', 60)} {text(name, 40)}" for name in "bcd"]
    put(tmp_path, [article("b", reports[0]), article("c", reports[1]), article("d", reports[2], LATER)])
    with open_archive(tmp_path) as archive:
        assert partition(archive, "bcd") == {("b", "c")}
    put(tmp_path / "undated", [article(name, body, None) for name, body in zip("bcd", reports, strict=True)])
    with open_archive(tmp_path / "undated") as archive:
        assert partition(archive, "bcd") == set()


def test_an_item_is_no_copy_of_a_ticker(tmp_path: Path) -> None:
    """What stands among many others in a long text does not hang together with them by that."""
    items = [article(name, text(name)) for name in "abcdef"]
    put(tmp_path, [*items, article("t", " ".join(one.body for one in items))])
    with open_archive(tmp_path) as archive:
        assert partition(archive, "abcdeft") == set()


def test_families_have_a_span_of_days(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What appears later than the setting says is no copy: a text that comes again each day makes several families."""
    monkeypatch.setenv("NACHLESE_FAMILY_DAYS", "2")
    days = [article(str(day), text("a"), f"2020-05-{day}") for day in range(10, 20)]
    put(tmp_path, days)
    with open_archive(tmp_path) as archive:
        families = partition(archive, [one.id for one in days])
    assert len(families) >= 3
    assert all(int(members[-1]) - int(members[0]) <= 2 for members in families)


def test_a_span_that_is_none_is_told_before_anything_is_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Not after the first ten thousand articles."""
    monkeypatch.setenv("NACHLESE_FAMILY_DAYS", "drei")
    with pytest.raises(SettingUnusable, match="must be a number"), write_archive(tmp_path / "index"):
        pytest.fail("it was begun")
    assert not (tmp_path / "index").exists()


@settings(max_examples=10, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_the_order_and_the_commits_do_not_matter(tmp_path_factory: pytest.TempPathFactory, data: st.DataObject) -> None:
    """In any order, in any commits, and with what was deleted meanwhile, the families are those of one run."""
    articles = [article(f"{name}{number}", text(name, 60 + 10 * number)) for name in "abc" for number in range(3)]
    articles += [article("e", text("e")), article("ab", f"{text('a', 80)} {text('b', 80)}")]
    shuffled = data.draw(st.permutations(articles))
    deleted = data.draw(st.sets(st.sampled_from([one.id for one in articles]), max_size=2))
    index = tmp_path_factory.mktemp("index")
    cuts = sorted({0, len(shuffled), *data.draw(st.sets(st.integers(1, len(shuffled) - 1), max_size=4))})
    for first, last in pairwise(cuts):
        put(index, shuffled[first:last], "memory")
    with write_archive(index) as writer:
        for id in deleted:
            writer.delete(id)
    put(index, [one for one in articles if one.id in deleted])
    with open_archive(index) as archive:
        found = partition(archive, [one.id for one in articles])
    assert found == {("a0", "a1", "a2", "ab", "b0", "b1", "b2"), ("c0", "c1", "c2")}


def test_many_equal_articles_are_looked_at_in_part(tmp_path: Path) -> None:
    """However many articles have one text, each is compared with few; they are one family, listed in part."""
    with (
        patch.object(finding, "MOST_LISTED", 4),
        patch.object(finding, "repeats", wraps=finding.repeats) as compared,
    ):
        for first in range(0, 300, 100):
            put(tmp_path, [article(f"{number:03}", text("a")) for number in range(first, first + 100)])
        assert compared.call_count <= 300 * finding.MOST_COMPARED
    with open_archive(tmp_path) as archive:
        found = archive.family("299")
        assert found is not None
        assert (found.size, len(found.articles)) == (300, 100)
        assert len(archive.search(Request(sort="newest", collapse=True)).hits) == 1


def without_families(index: Path) -> None:
    """Make of an index one of a version that knew no families."""
    for file in index.glob("generation-*/*.snapshot"):
        if file.name.startswith(("sketches", "members")):
            file.unlink()
    place = IndexDirectory(index)
    manifest = usable_manifest(place)
    place.publish(manifest.engine, manifest.generation, manifest.articles)


def test_the_run_that_finds_all_families_says_so(tmp_path: Path) -> None:
    """It takes a while after which nothing is to be seen: who waits is told beforehand, and once."""
    (tmp_path / "news").mkdir()
    (tmp_path / "news" / "a.txt").write_text("Titel\n\nEin Text.\n")
    told: list[str] = []
    job = Job((str(tmp_path / "news"),), tmp_path / "index", entities=False, jobs=1)
    index(job, tell=told.append)
    assert told == []
    without_families(tmp_path / "index")
    index(job, tell=told.append)
    index(job, tell=told.append)
    assert told == ["Looks for copies among all 1 articles of the index, which is done once."]


def test_an_index_without_families_gets_them(tmp_path: Path) -> None:
    """The next run of an index of a version that knew no families finds those of all articles."""
    put(tmp_path, [article("a", text("a")), article("b", text("a"))])
    without_families(tmp_path)
    with open_archive(tmp_path) as archive:
        assert family(archive, "a") == []
        put(tmp_path, [article("c", text("c"))])
        assert family(archive, "a") == ["a", "b"]


def test_what_finds_copies_is_told_of_what_is_stored_as_of_what_is_put() -> None:
    """Else an article that nobody has changed would count as changed once a run was killed."""
    for one in (article("a", text("a")), article("b", "Ein Satz.", day=None), Article("c", "Häuser – „ja“", title="ß")):
        entry = to_entry(one, one.fingerprint())
        assert stored_traits(entry.stored) == traits_of(entry)


def test_what_was_known_is_looked_up_and_not_looked_through() -> None:
    """A million articles that are known cost no copy of their keys for each that is new."""
    ids = [str(number) for number in range(50)]
    known = np.union1d(np.arange(200_000, dtype=np.uint64), np.array(list(map(key_of, ids[::2])), np.uint64))
    asked = Arrivals((), b"", known, is_another_archive=False)
    tracemalloc.start()
    answers = [asked.was_known(id) for id in ids]
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert answers == [True, False] * 25
    assert peak < 200_000


def test_a_run_that_was_killed_is_made_good(tmp_path: Path, engine: str) -> None:
    """If a run is killed between the engine's commit and ours, the next one finds what its articles are."""
    put(tmp_path, [article("a", text("a")), article("b", text("b"))], engine)

    class Killed(BaseException):
        """Nothing catches it."""

    with patch.object(IndexDirectory, "publish", side_effect=Killed), pytest.raises(Killed):
        put(tmp_path, [article("b", text("a")), article("c", text("a"))])
    put(tmp_path, [])
    with open_archive(tmp_path) as archive:
        assert partition(archive, "abc") == {("a", "b", "c")}
    assert check_archive(tmp_path).is_sound
    assert not check_archive(tmp_path).unexpected


def test_a_rebuild_finds_families_anew(tmp_path: Path) -> None:
    """A rebuild of many commits has its families, and leaves no files but those in use."""
    put(tmp_path, [article(str(number), text("a")) for number in range(3)])
    with write_archive(tmp_path, rebuild=True) as writer:
        for number in range(4):
            writer.put(article(str(number), text("a" if number else "z")))
            writer.checkpoint()
    with open_archive(tmp_path) as archive:
        assert partition(archive, "0123") == {("1", "2", "3")}
    assert not check_archive(tmp_path).unexpected


def test_little_is_written_for_little_that_is_new(tmp_path: Path) -> None:
    """A commit of one article leaves the large levels as they are."""
    put(tmp_path, [article(str(number), text(f"a{number}")) for number in range(100)])
    before = {file.name for file in tmp_path.glob("generation-*/sketches0-*")}
    put(tmp_path, [article("neu", text("neu"))])
    assert {file.name for file in tmp_path.glob("generation-*/sketches0-*")} == before
    assert list(tmp_path.glob("generation-*/sketches1-*"))


def test_what_was_looked_through_is_freed_at_once() -> None:
    """Nothing of a commit waits for Python's collector, which comes by once in half a million articles."""

    def text_of(id: str) -> str:
        return f"Der Text von {id} hat einige Worte."

    held = weakref.ref(text_of)
    gc.disable()
    try:
        changes = {id: Traits(DAY, (1, 2), mark) for mark, id in enumerate("abc")}
        finding.find([], [], changes, text_of, span=3)
        del text_of
        assert held() is None
    finally:
        gc.enable()
