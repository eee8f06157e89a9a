"""`nachlese delete` removes articles, and with --forget their text from the disk."""

import pytest

from tests.commands.running import Shell

NEWS = ({"id": "a", "body": "Die Wahl in Hessen."}, {"id": "b b", "body": "Die Quastenflosserkonferenz in Hessen."})


@pytest.fixture
def filled(shell: Shell) -> Shell:
    shell.records("news.jsonl", *NEWS)
    shell.run("index", "news.jsonl", "--no-entities")
    return shell


def holds(shell: Shell, word: str) -> bool:
    """Whether any file of the index has a word, as it is or in small letters."""
    return any(
        word.encode() in (content := file.read_bytes()) or word.lower().encode() in content
        for file in (shell.folder / "index").rglob("*")
        if file.is_file()
    )


def test_deleting_leaves_the_others(filled: Shell) -> None:
    """The articles named are no longer found, the others are."""
    done = filled.run("delete", "b b")
    assert (done.code, done.out, done.err) == (0, "1 deleted\n", "")
    assert filled.ids("Hessen") == ["a"]


def test_forgetting_leaves_no_text(filled: Shell) -> None:
    """With --forget no file has the article's words, and of those deleted before neither."""
    assert filled.run("delete", "b b").code == 0
    assert holds(filled, "Quastenflosserkonferenz")
    done = filled.run("delete", "--forget", "--json")
    assert (done.code, done.json) == (0, {"deleted": [], "unknown": [], "forgotten": True})
    assert not holds(filled, "Quastenflosserkonferenz")
    assert filled.ids("Hessen") == ["a"]
    assert filled.run("check").code == 0


def test_an_unknown_id_is_told(filled: Shell) -> None:
    """An unknown ID is named, the others are deleted all the same."""
    done = filled.run("delete", "c", "a", "a")
    assert (done.code, done.out) == (1, "1 deleted\n")
    assert "No article has the ID c" in done.err
    assert filled.ids("Hessen") == ["b b"]


def test_deleting_needs_an_index_and_an_id(shell: Shell) -> None:
    """Without an index, and without anything to delete, one sentence says so, and no index is made."""
    assert shell.run("delete", "a").code == 4
    assert not (shell.folder / "index").exists()
    assert shell.run("delete").code == 2
