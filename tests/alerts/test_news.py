"""What is new is sent, each story once, whatever happens to the index and however often is looked."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from search import write_archive
from search.errors import IndexIncompatible, IndexMissing
from search.store.directory import IndexDirectory
from search.store.place import usable_manifest
from tests.alerts.conftest import BASE, SAVED, Desk
from tests.families.sample import article, put, text
from web.alerts.outbox import OutboxUnusable, open_outbox
from web.alerts.watching import Watcher
from web.saved_search import SearchesUnreadable


def flood(name: str) -> str:
    return f"Hochwasser am Rhein {text(name, 60)}"


def test_the_first_run_notes_what_there_is(desk: Desk) -> None:
    """What was there when watching began is not sent, and neither is what came before a search was saved."""
    desk.saves(SAVED)
    assert desk.watcher().run().is_first
    put(desk.index, [article("1", flood("a"))])
    assert desk.watcher().run().new == {"Flut": 1}
    desk.saves(SAVED + '[[search]]\nname = "Rhein"\nquery = "Rhein"\njsonl = "rhein.jsonl"')
    assert desk.watcher().run().new == {}
    put(desk.index, [article("2", flood("b"))])
    assert desk.watcher().run().new == {"Flut": 1, "Rhein": 1}
    assert (desk.lines(), desk.lines("rhein.jsonl")) == (["1", "2"], ["2"])


def test_each_story_is_sent_once(desk: Desk) -> None:
    """Of copies that come together the earliest is sent, one that comes later is not, nor is what was replaced."""
    desk.saves(SAVED)
    desk.watcher().run()
    put(desk.index, [article("1", flood("a")), article("0", flood("a"), "2020-05-09"), article("x", text("x"))])
    assert desk.watcher().run().new == {"Flut": 1}
    put(desk.index, [article("2", flood("a")), article("0", flood("a") + " neu"), article("3", flood("c"))])
    assert desk.watcher().run().new == {"Flut": 1}
    assert desk.watcher().run().sent == 0
    assert desk.lines() == ["0", "3"]


def test_a_copy_is_news_to_whom_the_first_was_none(desk: Desk) -> None:
    """Whose filter the first article did not answer gets the copy that does."""
    desk.saves(SAVED + 'filters = { source = "Abendblatt" }')
    desk.watcher().run()
    put(desk.index, [article("1", flood("a"), source="Morgenpost")])
    assert desk.watcher().run().new == {}
    put(desk.index, [article("2", flood("a"), source="Abendblatt")])
    assert desk.watcher().run().new == {"Flut": 1}


def test_nothing_is_sent_again(desk: Desk) -> None:
    """A rebuild, and an article that is deleted and comes back, are no news."""
    desk.saves(SAVED)
    desk.watcher().run()
    put(desk.index, [article("1", flood("a"))])
    desk.watcher().run()
    with write_archive(desk.index) as writer:
        writer.delete("1")
    desk.watcher().run()
    with write_archive(desk.index, rebuild=True) as writer:
        for one in (article("alt", "Hochwasser"), article("1", flood("a")), article("2", flood("b"), None)):
            writer.put(one)
    assert desk.watcher().run().new == {"Flut": 1}
    assert desk.lines() == ["1", "2"]


def test_a_search_is_never_relaxed(desk: Desk) -> None:
    """What only has some of the words is no news."""
    desk.saves(SAVED.replace("Hochwasser", "Hochwasser am Rhein Lawine Erdbeben"))
    desk.watcher().run()
    put(desk.index, [article("1", flood("a"))])
    assert desk.watcher().run().new == {}


def test_many_new_articles_are_several_messages(desk: Desk) -> None:
    """A message has a hundred stories at most, and all of them arrive."""
    desk.saves(SAVED)
    desk.watcher().run()
    put(desk.index, [article(f"{number:03}", f"Hochwasser {number}") for number in range(250)])
    watched = desk.watcher().run()
    assert (watched.new, watched.sent) == ({"Flut": 250}, 3)
    assert sorted(desk.lines()) == [f"{number:03}" for number in range(250)]


def test_the_feed_has_what_was_sent(desk: Desk) -> None:
    """The feed lists the newest stories first, with links that leave the site."""
    desk.saves('[[search]]\nname = "Flut & <Co>"\nquery = "Hochwasser"\natom = "flut.atom"')
    desk.watcher().run()
    for name in "ab":
        put(desk.index, [article(name, flood(name))])
        desk.watcher().run()
    feed = (desk.folder / "flut.atom").read_text(encoding="utf-8")
    assert feed.index(f"{BASE}/artikel/b") < feed.index(f"{BASE}/artikel/a")
    assert "Flut &amp; &lt;Co&gt;" in feed
    assert "/artikel/alt" not in feed


def test_an_index_that_cannot_tell_is_told(desk: Desk, tmp_path: Path) -> None:
    """Of no index, and of one that does not know what is new, the remedy is told."""
    desk.saves(SAVED)
    with pytest.raises(IndexMissing):
        Watcher(tmp_path / "nichts", BASE, desk.searches, tmp_path / "s").run()
    for file in desk.index.glob("generation-*/sketches*"):
        file.unlink()
    manifest = usable_manifest(IndexDirectory(desk.index))
    IndexDirectory(desk.index).publish(manifest.engine, manifest.generation, manifest.articles)
    with pytest.raises(IndexIncompatible, match="Run once: nachlese index"):
        desk.watcher().run()


def test_one_process_watches(desk: Desk) -> None:
    """A second process is refused, and so is a file that is no outbox."""
    desk.saves(SAVED)
    with open_outbox(desk.folder / "state.sqlite"), pytest.raises(OutboxUnusable, match="Another process"):
        desk.watcher().run()
    (desk.folder / "state.sqlite").write_bytes(b"kein SQLite" * 100)
    with pytest.raises(OutboxUnusable, match="cannot be used"):
        desk.watcher().run()


def test_the_state_of_another_archive_is_refused(desk: Desk, tmp_path: Path) -> None:
    """Else all articles of that archive would be news: a remedy is told, and nothing is sent."""
    desk.saves(SAVED)
    desk.watcher().run()
    put(tmp_path / "other", [article("1", flood("a")), article("2", flood("b"))], "memory")
    watcher = Watcher(tmp_path / "other", BASE, desk.searches, tmp_path / "state.sqlite")
    with pytest.raises(OutboxUnusable, match=r"another archive.*--state"):
        watcher.run()
    assert desk.lines() == []
    assert desk.watcher().run().failures == ()


def test_a_state_in_no_folder_is_refused(desk: Desk, tmp_path: Path) -> None:
    """A name that is mistyped makes no new folder in which watching would begin anew."""
    desk.saves(SAVED)
    with pytest.raises(OutboxUnusable, match="There is no folder"):
        Watcher(desk.index, BASE, desk.searches, tmp_path / "nichts" / "state.sqlite").run()
    assert not (tmp_path / "nichts").exists()


@pytest.fixture
def commits(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> Iterator[list[Callable[[], object]]]:
    """What happens while one waits between two looks at the index; nothing more is an error."""
    todo: list[Callable[[], object]] = []
    monkeypatch.setattr("web.alerts.watching.time.sleep", lambda _: todo.pop(0)())
    yield todo
    assert not todo


def test_following_goes_on_while_the_searches_are_wrong(desk: Desk, commits: list[Callable[[], object]]) -> None:
    """A file that is half written is told, and watched is what it said before; later what it says then."""
    desk.saves(SAVED)
    warnings: list[str] = []
    runs = desk.watcher().runs(warnings.append)
    assert next(runs).is_first
    commits += [lambda: desk.saves(SAVED[:20]), lambda: put(desk.index, [article("1", flood("a"))])]
    assert next(runs).new == {"Flut": 1}
    (warning,) = warnings
    assert "is no TOML" in warning
    assert "as they were before" in warning
    commits += [lambda: desk.saves(SAVED.replace("Flut", "Pegel")), lambda: put(desk.index, [article("2", flood("b"))])]
    assert next(runs).new == {"Pegel": 1}
    assert len(warnings) == 1


def test_following_says_that_it_waits_for_an_index(
    desk: Desk, tmp_path: Path, commits: list[Callable[[], object]]
) -> None:
    """An index that is not there yet is told once; then its first run is noted."""
    desk.saves(SAVED)
    warnings: list[str] = []
    runs = Watcher(tmp_path / "later", BASE, desk.searches, tmp_path / "state.sqlite").runs(warnings.append)
    commits += [lambda: None, lambda: put(tmp_path / "later", [article("1", flood("a"))], "memory")]
    assert next(runs).is_first
    assert ["waits for it" in warning for warning in warnings] == [True]


def test_following_begins_with_searches_that_can_be_used(desk: Desk) -> None:
    """Where there is no earlier state of the file, what is wrong with it ends the command."""
    desk.saves("[[search")
    with pytest.raises(SearchesUnreadable):
        next(desk.watcher().runs(print))
